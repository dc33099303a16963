#include "study/folder_inventory.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> vector_extensions{".shp", ".dbf", ".gpkg", ".geojson", ".json",
                                                            ".fgb", ".csv", ".tsv",  ".xlsx"};
constexpr std::array<std::string_view, 2> raster_extensions{".tif", ".tiff"};

std::string lower_extension(const fs::path& file) {
    std::string extension = file.extension().string();
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return extension;
}

bool is_vector(const fs::path& file) {
    return std::ranges::find(vector_extensions, lower_extension(file)) != vector_extensions.end();
}

bool is_raster(const fs::path& file) {
    return std::ranges::find(raster_extensions, lower_extension(file)) != raster_extensions.end();
}

bool is_hidden(const fs::path& file) { return file.filename().string().starts_with('.'); }

/// A .dbf of a shapefile, whose geometry stands beside it.
bool is_part_of_shapefile(const fs::path& file) {
    if (lower_extension(file) != ".dbf") return false;
    std::error_code ignored;  // a name that cannot be looked at is no neighbour
    for (const char* extension : {".shp", ".SHP", ".Shp"})
        if (fs::exists(fs::path(file).replace_extension(extension), ignored)) return true;
    return false;
}

/// Walks a folder, sorted, without following links to folders.
class Walk {
public:
    Walk(const fs::path& folder, const DraftOptions& options) : m_folder{folder}, m_options{options} {}

    void visit(const fs::path& below, int depth) {
        std::error_code error;
        std::vector<fs::directory_entry> entries;
        for (fs::directory_iterator it(below, error), end; !error && it != end; it.increment(error))
            entries.push_back(*it);
        if (error) {
            skip(below, error.message());
            return;
        }
        std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().string(); });
        for (const fs::directory_entry& entry : entries) visit_entry(entry, depth);
    }

    std::vector<std::string> files;
    std::vector<SkippedFile> skipped;

private:
    void visit_entry(const fs::directory_entry& entry, int depth) {
        if (is_hidden(entry.path())) return;
        std::error_code error;
        if (entry.is_directory(error) && !entry.is_symlink(error)) {
            if (depth >= m_options.most_depth)
                skip(entry.path(), fmt::format("deeper than {} folders", m_options.most_depth));
            else
                visit(entry.path(), depth + 1);
            return;
        }
        if (lower_extension(entry.path()) == ".zip")
            skip(entry.path(), "an archive: unpack it, or name a file in it (x.zip/layer.shp)");
        const bool is_data = is_vector(entry.path()) || is_raster(entry.path());
        if (!is_data || is_part_of_shapefile(entry.path())) return;
        if (!entry.is_regular_file(error))
            skip(entry.path(), "not a file");
        else
            add(entry);
    }

    void add(const fs::directory_entry& entry) {
        std::error_code error;
        const std::uintmax_t size = entry.file_size(error);
        if (error)
            skip(entry.path(), error.message());
        else if (size > m_options.most_bytes)
            skip(entry.path(), fmt::format("larger than {} MB", m_options.most_bytes >> 20));
        else if (files.size() >= m_options.most_files)
            skip(entry.path(), fmt::format("more than {} files", m_options.most_files));
        else
            files.push_back(below_folder(entry.path()));
    }

    void skip(const fs::path& path, std::string reason) { skipped.push_back({below_folder(path), std::move(reason)}); }
    std::string below_folder(const fs::path& path) const { return path.lexically_relative(m_folder).generic_string(); }

    fs::path m_folder;
    const DraftOptions& m_options;
};

/// A name taken apart at its last number that makes it one of a row: "IR-", "06", ".all.min.geojson".
struct NumberedName {
    std::string before;
    std::string number;
    std::string after;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<NumberedName> numbered_names(const std::string& path) {
    std::vector<NumberedName> names;
    const std::size_t file = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
    for (std::size_t i = file; i < path.size(); ++i) {
        if (!is_digit(path[i])) continue;
        std::size_t end = i;
        while (end < path.size() && is_digit(path[end])) ++end;
        names.push_back({path.substr(0, i), path.substr(i, end - i), path.substr(end)});
        i = end;
    }
    return names;
}

bool is_year(const std::string& number) {
    return number.size() == 4 && (number.starts_with("13") || number.starts_with("14") || number.starts_with("19") ||
                                  number.starts_with("20"));
}

bool has_pattern_signs(std::string_view text) { return text.find_first_of("*?[]\\") != std::string_view::npos; }

/// Numbers by the text before and behind them.
using NumberedFiles = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

NumberedFiles number_files(const std::vector<std::string>& files) {
    NumberedFiles numbered;
    for (const std::string& path : files)
        for (const NumberedName& name : numbered_names(path))
            numbered[{name.before, name.after}].push_back(name.number);
    return numbered;
}

/// Many files of one kind; years of one table are not.
bool is_row_of_files(const std::vector<std::string>& numbers) {
    constexpr std::size_t fewest_alike = 3;
    return numbers.size() >= fewest_alike && !std::ranges::all_of(numbers, is_year);
}

/// Whether the glob takes up exactly the group's files.
bool glob_is_exact(const std::string& before, const std::string& after, const std::vector<std::string>& files,
                   std::size_t group_size) {
    std::size_t matches = 0;
    for (const std::string& path : files)
        if (path.size() >= before.size() + after.size() && path.starts_with(before) && path.ends_with(after) &&
            path.find('/', before.size()) == std::string::npos)
            ++matches;
    return matches == group_size;
}

std::vector<FileGroup> group_alike(const std::vector<std::string>& files) {
    std::set<std::string> grouped;
    std::vector<FileGroup> groups;
    for (const auto& [ends, numbers] : number_files(files)) {
        const auto& [before, after] = ends;
        if (!is_row_of_files(numbers) || has_pattern_signs(before + after) ||
            !glob_is_exact(before, after, files, numbers.size()))
            continue;
        FileGroup group{before + "*" + after, {}, false};
        for (const std::string& number : numbers)
            if (!grouped.contains(before + number + after)) group.files.push_back(before + number + after);
        if (group.files.size() != numbers.size()) continue;
        std::ranges::sort(group.files);
        grouped.insert(group.files.begin(), group.files.end());
        groups.push_back(std::move(group));
    }
    for (const std::string& path : files)
        if (!grouped.contains(path)) groups.push_back({path, {path}, false});
    return groups;
}

void require_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error))
        throw IoError(fmt::format("{}: no such folder; name the folder that holds the data", folder.string()));
    if (!fs::is_directory(folder, error))
        throw IoError(fmt::format("{}: is a file; name the folder that it stands in", folder.string()));
}

}  // namespace

FolderInventory list_data_files(const fs::path& folder, const DraftOptions& options) {
    require_folder(folder);
    Walk walk(folder, options);
    walk.visit(folder, 0);
    FolderInventory inventory;
    inventory.groups = group_alike(walk.files);
    for (FileGroup& group : inventory.groups) group.is_raster = is_raster(group.files.front());
    std::ranges::sort(inventory.groups, {}, &FileGroup::source);
    inventory.skipped = std::move(walk.skipped);
    std::ranges::sort(inventory.skipped, {}, &SkippedFile::path);
    return inventory;
}

std::vector<FileGroup> part_group(const FileGroup& group) {
    std::vector<FileGroup> parts;
    for (const std::string& file : group.files) parts.push_back({file, {file}, group.is_raster});
    return parts;
}

}  // namespace amayesh::detail
