#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace amayesh::detail {

/// A .qgz: a zip of the project's XML. The same text gives the same bytes.
/// Throws: IoError naming `target` where there is no memory for it.
[[nodiscard]] std::vector<unsigned char> archive_of(const std::string& qgs, const std::filesystem::path& target);

/// Refuses to replace a .qgz that we did not write, or that QGIS has saved since.  Throws: IoError.
void refuse_foreign_archive(const std::filesystem::path& archive);

}  // namespace amayesh::detail
