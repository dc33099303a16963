#pragma once

#include <filesystem>
#include <span>

#include <amayesh/core/export.hpp>
#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// Gives every layer that the sink holds its styles, two or more, in both languages, and the GeoPackage a project that
/// shows them, with map themes and print layouts. Title, language, dates and working CRS are those of the manifest.
/// Layers that the schema does not know get a plain style. Nothing is done where the target is no GeoPackage.
AMAYESH_EXPORT void draw_map(std::span<const ManifestEntry> manifest, VectorSink& sink);

/// Writes the project of a result that is there anew, in it and beside it: for a file that was renamed.
/// Throws: IoError as `write_project` and `read_vector`; InvalidInput where the file holds no result.
AMAYESH_EXPORT void redraw_map(const std::filesystem::path& file, Overwrite replace);

/// The styles alone.
AMAYESH_EXPORT void draw_layers(TitleLanguage language, VectorSink& sink);

/// A style of the attribute form alone, for a layer to be filled in: titles, lists of words, what must be filled.
AMAYESH_EXPORT LayerStyle form_style(const LayerDefinition& layer);

}  // namespace amayesh
