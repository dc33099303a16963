#include "study/load_paths.hpp"

#include <glob.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>

namespace amayesh::detail {
namespace {

bool is_connection(std::string_view source) {
    return source.starts_with("PG:") || source.starts_with("postgresql:") || source.find("://") != source.npos;
}

/// The part before the path: "${NAME}" as written, and the folder that it stands for.
struct Base {
    std::string written;
    std::string folder;
    std::string rest;
};

Base split_base(const std::string& source, const std::filesystem::path& folder) {
    if (source.starts_with("${")) {
        const std::size_t end = source.find('}');
        if (end == source.npos || end + 1 >= source.size() || source[end + 1] != '/')
            throw InvalidInput(printable(fmt::format("source '{}': a variable is written \"${{NAME}}/path\"", source)));
        const std::string name = source.substr(2, end - 2);
        const char* value = std::getenv(name.c_str());
        if (value == nullptr || *value == '\0')
            throw InvalidInput(
                fmt::format("source '{}': the environment variable {} is not set; set it to the folder "
                            "of the data",
                            source, name));
        return {source.substr(0, end + 2), std::filesystem::absolute(value).string() + "/", source.substr(end + 2)};
    }
    if (source.starts_with("/")) return {"", "", source};
    const std::string base = std::filesystem::absolute(folder.empty() ? "." : folder).lexically_normal().string();
    return {"", base.ends_with("/") ? base : base + "/", source};
}

/// Backslashes before what a glob would take for a pattern: folders may have such names.
std::string escape_pattern(std::string_view path) {
    std::string escaped;
    for (const char c : path) {
        if (std::string_view{"*?[]\\"}.find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

struct GlobMatches {
    glob_t matches{};
    GlobMatches() = default;
    GlobMatches(const GlobMatches&) = delete;
    GlobMatches& operator=(const GlobMatches&) = delete;
    ~GlobMatches() { globfree(&matches); }  // the C library's list has no other owner
};

std::vector<std::string> match_pattern(const std::string& pattern) {
    GlobMatches found;
    if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found.matches) != 0) return {};
    std::vector<std::string> paths(found.matches.gl_pathv, found.matches.gl_pathv + found.matches.gl_pathc);
    std::ranges::sort(paths);
    return paths;
}

}  // namespace

std::vector<SourcePath> expand_source(const std::string& source, const std::filesystem::path& folder) {
    if (is_connection(source)) return {{source, source, false}};
    if (source.starts_with("/vsi")) return {{source, source, true}};
    const Base base = split_base(source, folder);
    const std::string path = base.folder + base.rest;
    const bool is_pattern = base.rest.find_first_of("*?[") != std::string::npos;
    std::error_code ignored;  // a path that cannot be looked at is no literal name; the reader says why
    if (!is_pattern || std::filesystem::exists(path, ignored)) return {{path, source, true}};

    std::vector<SourcePath> sources;
    for (const std::string& match : match_pattern(escape_pattern(base.folder) + base.rest))
        sources.push_back({match, base.written + match.substr(base.folder.size()), true});
    if (sources.empty()) throw IoError(printable(fmt::format("source '{}': no file matches ({})", source, path)));
    return sources;
}

}  // namespace amayesh::detail
