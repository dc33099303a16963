#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <amayesh/study/study_draft.hpp>

namespace amayesh::detail {

/// A file, or files of one folder whose names differ in one number.
struct FileGroup {
    std::string source;              ///< Path below the folder; a glob where there are several.
    std::vector<std::string> files;  ///< Paths below the folder, sorted.
    bool is_raster = false;
};

struct FolderInventory {
    std::vector<FileGroup> groups;     ///< Sorted by source.
    std::vector<SkippedFile> skipped;  ///< Sorted by path.
};

/// The data files of a folder, by their extensions; hidden ones and parts of others (.dbf beside .shp) left out.
/// Throws: IoError where the folder is missing or is no folder.
FolderInventory list_data_files(const std::filesystem::path& folder, const DraftOptions& options);

/// The files of a group as groups of their own.
std::vector<FileGroup> part_group(const FileGroup& group);

}  // namespace amayesh::detail
