#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace amayesh::detail {

/// One source to open.
struct SourcePath {
    std::string opened;   ///< What is given to the reader: an absolute path, or a connection.
    std::string written;  ///< As the study names it, globs filled in, variables left as written.
    bool is_file = true;  ///< False for a connection.
};

/// The sources that a text of the study stands for, in the order of their bytes.
///
/// "${NAME}/…" takes a folder from the environment; other paths are relative to `folder`. A path that exists is one
/// source whatever characters it has; else `*`, `?` and `[…]` match names. Connections and virtual paths stay as they are.
/// Throws: InvalidInput for a variable that is not set; IoError for a glob without a match.
std::vector<SourcePath> expand_source(const std::string& source, const std::filesystem::path& folder);

}  // namespace amayesh::detail
