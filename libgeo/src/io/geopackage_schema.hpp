#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/io/vector_sink.hpp>

#include "io/geopackage_index.hpp"

namespace amayesh::detail {

class GeoPackageDatabase;

/// A layer that was written, and how many rows it must have.
struct WrittenLayer {
    LayerDefinition definition;
    std::size_t rows = 0;
    std::optional<Crs> crs{};
    Box extent{};                         ///< Of the rows that have a geometry.
    std::optional<IndexedLayer> index{};  ///< Where the layer is to get an R-tree in a GeoPackage.
    std::vector<LayerStyle> styles{};
};

/// A project and its archive, ready to be stored.
struct ArchivedProject {
    std::string name;
    std::vector<unsigned char> qgz;
};

/// What goes into a GeoPackage besides rows.
struct PackageContent {
    std::span<const WrittenLayer> layers;
    const std::optional<ArchivedProject>& project;
    const std::string& metadata;  ///< Empty = none.
};

/// The bytes that hexadecimal digits stand for, as `store_project` writes them; those before the first that is none.
[[nodiscard]] std::vector<unsigned char> bytes_of_hexadecimal(std::string_view digits);

/// Puts the project into QGIS's table, in the place of one of that name.
void store_project(const GeoPackageDatabase& database, const ArchivedProject& project);

/// Adds what GDAL 3.6 cannot write, or not fast: titles, comments and domains of fields, through the GeoPackage schema
/// extension; metadata; styles and a project for QGIS; R-trees; then counts the rows and lets SQLite check the file.
/// Throws: IoError naming `target` for whatever SQLite says.
void finish_geopackage(const std::filesystem::path& file, const PackageContent& content,
                       const std::filesystem::path& target);

}  // namespace amayesh::detail
