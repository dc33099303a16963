#include <string_view>
#include <system_error>
#include <vector>

#include <dlfcn.h>

#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

constexpr std::string_view standards_below_prefix = "share/amayesh/standards";

bool is_file(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
}

/// `share/amayesh/standards` under the prefix that this library stands in: lib/ or lib/<triplet>/ below it. The build
/// folder is laid out like a prefix.
std::vector<std::filesystem::path> folders_beside_library() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(&find_standards_file), &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code error;
    std::filesystem::path folder = std::filesystem::weakly_canonical(info.dli_fname, error).parent_path();
    std::vector<std::filesystem::path> folders;
    for (int level = 0; level < 3 && folder.has_relative_path(); ++level) {
        folder = folder.parent_path();
        folders.push_back(folder / standards_below_prefix);
    }
    return folders;
}

}  // namespace

std::optional<std::filesystem::path> find_standards_file(const std::string& name, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> folders{folder};
    for (std::filesystem::path& installed : folders_beside_library()) folders.push_back(std::move(installed));
    const bool has_path = name.find('/') != std::string::npos;
    for (const std::filesystem::path& candidate : folders) {
        for (const std::string& spelling : {name, name + ".toml"})
            if (is_file(candidate / spelling)) return candidate / spelling;
        // A name with folders in it is the user's own file, never one of ours.
        if (has_path) break;
    }
    return std::nullopt;
}

}  // namespace amayesh::detail
