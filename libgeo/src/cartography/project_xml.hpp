#pragma once

#include <pugixml.hpp>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/io/geopackage_project.hpp>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

/// The project that shows the layers of a GeoPackage, whose styles are those of `styles_of`.
[[nodiscard]] QgisProject project_of(const MapSheet& sheet, const StoredPackage& package);

/// `spatialrefsys`, as QGIS keeps a CRS.
void add_crs(pugi::xml_node parent, const Crs& crs);

/// What is drawn of a package: its layers with their maps, lowest first.
struct DrawnLayer {
    const StoredLayer* layer;
    const LayerMap* map;
};

/// A layer as the tree of layers and the legend name it.
void add_tree_layer(pugi::xml_node parent, const DrawnLayer& drawn, const std::string& source, TitleLanguage language,
                    bool is_shown);
[[nodiscard]] std::string source_of(const StoredPackage& package, const StoredLayer& layer);

/// A print layout for each view.
void add_layouts(pugi::xml_node project, const MapSheet& sheet, const StoredPackage& package, const Box& extent);

}  // namespace amayesh::detail
