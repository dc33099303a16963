#pragma once

#include <span>
#include <string>

#include <pugixml.hpp>

#include <amayesh/crs/crs.hpp>
#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/schema.hpp>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

/// What a map says of itself.
struct MapSheet {
    std::string title{};  ///< Any text; it is shown as it stands.
    TitleLanguage language = TitleLanguage::english;
    std::string as_of{};  ///< Dates of the data as the study writes them: "1395", "1395 – 1397"; empty = not stated.
    Crs crs = Crs::wgs84();
};

/// The project that shows the layers of a GeoPackage, in the styles of `views_of`.
[[nodiscard]] QgisProject project_of(const MapSheet& sheet, const StoredPackage& package);

/// What the GeoPackage is, for catalogues: title, language, extent in degrees, and how it was made.
[[nodiscard]] std::string metadata_of(const MapSheet& sheet, const StoredPackage& package,
                                      std::span<const ManifestEntry> manifest);

/// `spatialrefsys`, as QGIS keeps a CRS.
void add_crs(pugi::xml_node parent, const Crs& crs);

/// Variable of the project that holds the dates of the data.
inline constexpr const char* as_of_variable = "data_as_of";

/// A layer and how it is shown.
struct DrawnLayer {
    const StoredLayer* layer;
    const LayerMap* map;
};

/// A layer as the tree of layers and the legend name it.
pugi::xml_node add_tree_layer(pugi::xml_node parent, const DrawnLayer& drawn, const StoredPackage& package,
                              TitleLanguage language);

[[nodiscard]] std::string title_of(const StoredLayer& layer, TitleLanguage language);

/// A print layout for each view.
void add_layouts(pugi::xml_node project, const MapSheet& sheet, const StoredPackage& package, const Box& extent);

}  // namespace amayesh::detail
