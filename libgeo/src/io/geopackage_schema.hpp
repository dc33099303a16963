#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include <amayesh/io/vector_sink.hpp>

#include "io/geopackage_index.hpp"

namespace amayesh::detail {

/// A layer that was written, and how many rows it must have.
struct WrittenLayer {
    LayerDefinition definition;
    std::size_t rows = 0;
    std::optional<IndexedLayer> index{};  ///< Where the layer is to get an R-tree in a GeoPackage.
};

/// Adds what GDAL 3.6 cannot write, or not fast: titles (aliases), comments and domains of fields, through the GeoPackage
/// schema extension and a default style for QGIS; R-trees; then counts the rows and lets SQLite check the file.
/// Throws: IoError naming `target` for whatever SQLite says.
void finish_geopackage(const std::filesystem::path& file, std::span<const WrittenLayer> layers,
                       const std::filesystem::path& target);

}  // namespace amayesh::detail
