#pragma once

#include <filesystem>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// What a map says of itself.
struct MapSheet {
    std::string title{};  ///< Any text; it is shown as it stands.
    TitleLanguage language = TitleLanguage::english;
    std::string as_of{};  ///< Dates of the data as the study writes them: "1395", "1395 – 1397"; empty = not stated.
    Crs crs = Crs::wgs84();
};

/// Gives every layer that the sink holds its styles, two or more, in both languages, and the GeoPackage a project that
/// shows them, with map themes and print layouts. Layers that the schema does not know get a plain style.
/// Nothing is done where the target is no GeoPackage. The same layers give the same bytes.
AMAYESH_EXPORT void draw_map(const MapSheet& sheet, VectorSink& sink);

/// The styles alone.
AMAYESH_EXPORT void draw_layers(TitleLanguage language, VectorSink& sink);

/// A style of the attribute form alone, for a layer to be filled in: titles, lists of words, what must be filled.
AMAYESH_EXPORT LayerStyle form_style(const LayerDefinition& layer);

}  // namespace amayesh
