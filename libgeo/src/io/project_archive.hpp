#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace amayesh::detail {

/// Refuses a GeoPackage that no project can name: QGIS takes what follows a "|" for an option, XML holds no control
/// characters, and a file name may be no text at all.  Throws: IoError.
void refuse_unnameable(const std::filesystem::path& geopackage);

/// A .qgz: a zip of the project's XML. The same text gives the same bytes.
/// Throws: IoError naming `target` where there is no memory for it.
[[nodiscard]] std::vector<unsigned char> archive_of(const std::string& qgs, const std::filesystem::path& target);

/// True for what `archive_of` gave; false for anything else, and for what QGIS has saved since.
[[nodiscard]] bool is_our_archive(std::span<const unsigned char> archive);

/// Refuses to replace a .qgz that we did not write, or that QGIS has saved since.  Throws: IoError.
void refuse_foreign_archive(const std::filesystem::path& archive);

}  // namespace amayesh::detail
