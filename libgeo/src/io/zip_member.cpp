#include "io/zip_member.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <system_error>
#include <vector>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "io/source_name.hpp"

namespace amayesh::detail {
namespace {

struct Member {
    std::string path;
    std::uint64_t bytes = 0;
};

constexpr std::uint64_t small_enough_at_any_ratio = std::uint64_t{64} << 20;
constexpr std::uint64_t most_inflation = 200;  ///< Times; text and XML reach about 20.
constexpr std::uint64_t most_workbook_bytes = std::uint64_t{256}
                                              << 20;  ///< Rows are kept in memory, several times as large.
constexpr std::size_t most_members = 10'000;

struct CloseFolder {
    void operator()(VSIDIR* folder) const noexcept { VSICloseDir(folder); }
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string gdal_folder(const ZipName& zip) { return "/vsizip/{" + zip.archive.string() + "}"; }

std::vector<Member> list_members(const ZipName& zip, const std::string& shown) {
    const std::unique_ptr<VSIDIR, CloseFolder> folder(VSIOpenDir(gdal_folder(zip).c_str(), -1, nullptr));
    if (!folder) fail_to_read(shown, "the zip is damaged, cut or not a zip", "get the file again");
    std::vector<Member> members;
    while (const VSIDIREntry* entry = VSIGetNextDirEntry(folder.get())) {
        if (VSI_ISDIR(entry->nMode)) continue;
        members.push_back({entry->pszName, static_cast<std::uint64_t>(entry->nSize)});
        if (members.size() > most_members) fail_to_read(shown, fmt::format("the zip has over {} files", most_members));
    }
    return members;
}

bool has_extension(const Member& member, std::string_view extension) { return lower(member.path).ends_with(extension); }

std::string stem_of(const std::string& path) { return lower(path.substr(0, path.find_last_of('.'))); }

void check_inflation(const ZipName& zip, const std::string& shown, std::uint64_t inflated, std::uint64_t most_bytes) {
    std::error_code error;
    const std::uint64_t packed = std::max<std::uint64_t>(1, std::filesystem::file_size(zip.archive, error));
    if (inflated > most_bytes)
        fail_to_read(shown, fmt::format("it inflates to {} bytes, the limit is {}", inflated, most_bytes),
                     "unpack it and look at it, or raise the limit");
    if (inflated > small_enough_at_any_ratio && inflated / packed > most_inflation)
        fail_to_read(
            shown,
            fmt::format("it inflates {} times, to {} bytes, as no honest data does", inflated / packed, inflated),
            "unpack it and look at it");
}

/// Every member that inflates: a lie in one is found in the sum.
std::uint64_t inflated_bytes(const std::vector<Member>& members) {
    std::uint64_t sum = 0;
    for (const Member& m : members) sum += m.bytes;
    return sum;
}

std::vector<Member> data_members(const std::vector<Member>& members) {
    constexpr std::array extensions{".shp", ".gpkg", ".geojson", ".json", ".fgb", ".csv", ".tif", ".tiff"};
    std::vector<Member> data;
    std::vector<Member> tables;
    for (const Member& m : members) {
        if (m.path.starts_with("__MACOSX/")) continue;
        if (std::any_of(extensions.begin(), extensions.end(), [&](const char* e) { return has_extension(m, e); }))
            data.push_back(m);
        else if (has_extension(m, ".dbf"))
            tables.push_back(m);
    }
    return data.empty() ? tables : data;
}

const Member& choose_member(const std::vector<Member>& members, const ZipName& zip, const std::string& shown) {
    for (const Member& m : members)
        if (m.path == zip.member) return m;
    const std::vector<Member> data = data_members(members);
    if (zip.member.empty() && data.size() == 1)
        return *std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.path == data[0].path; });
    std::vector<std::string> names;
    for (const Member& m : data) names.push_back(m.path);
    if (names.size() > 10) names.resize(10);
    fail_to_read(shown, zip.member.empty() ? "the zip holds no single data file" : "the zip holds no such file",
                 names.empty() ? "it holds no data file that is read here"
                               : fmt::format("name one of: {}", fmt::join(names, ", ")));
}

}  // namespace

std::string find_zip_member(const ZipName& zip, const std::string& shown, std::uint64_t most_bytes) {
    const std::vector<Member> members = list_members(zip, shown);
    const Member& chosen = choose_member(members, zip, shown);
    std::vector<Member> together;
    for (const Member& m : members)
        if (stem_of(m.path) == stem_of(chosen.path)) together.push_back(m);
    check_inflation(zip, shown, inflated_bytes(together), most_bytes);
    return gdal_folder(zip) + "/" + chosen.path;
}

bool is_workbook(const ZipName& zip, const std::string& shown, std::uint64_t most_bytes) {
    const std::vector<Member> members = list_members(zip, shown);
    const bool found =
        std::any_of(members.begin(), members.end(), [](const Member& m) { return m.path == "xl/workbook.xml"; });
    if (found) check_inflation(zip, shown, inflated_bytes(members), std::min(most_bytes, most_workbook_bytes));
    return found;
}

}  // namespace amayesh::detail
