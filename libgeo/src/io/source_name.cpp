#include "io/source_name.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <system_error>
#include <vector>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>

#include "io/postgres_name.hpp"
#include "io/zip_member.hpp"

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view allowed_formats =
    "Shapefile, GeoPackage, GeoJSON, FlatGeobuf, CSV, XLSX, DBF, GeoTIFF or a PostgreSQL connection";
constexpr std::size_t bytes_looked_at = 1024;
constexpr std::string_view blank = " \t\r\n";

std::string lower_extension(std::string_view name) {
    const std::size_t dot = name.find_last_of("./");
    if (dot == std::string_view::npos || name[dot] == '/') return "";
    std::string extension(name.substr(dot));
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

struct FileStart {
    std::string bytes;
    std::uint64_t size = 0;
};

FileStart read_start(const std::string& gdal_name, const std::string& shown) {
    VSIStatBufL status{};
    if (VSIStatL(gdal_name.c_str(), &status) != 0) fail_to_read(shown, "it does not exist");
    VSILFILE* file = VSIFOpenL(gdal_name.c_str(), "rb");
    if (file == nullptr) fail_to_read(shown, "it cannot be opened", "check its permissions");
    FileStart start{std::string(bytes_looked_at, '\0'), static_cast<std::uint64_t>(status.st_size)};
    start.bytes.resize(VSIFReadL(start.bytes.data(), 1, start.bytes.size(), file));
    VSIFCloseL(file);
    return start;
}

bool is_binary(std::string_view bytes) { return bytes.find('\0') != std::string_view::npos; }

/// The format that the first bytes show; nothing for text that could be CSV and for what is unknown.
std::optional<SourceFormat> format_of_bytes(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("SQLite format 3\0"sv)) return SourceFormat::geopackage;
    if (bytes.starts_with("\0\0\x27\x0A"sv)) return SourceFormat::shapefile;
    if (bytes.starts_with("fgb\x03"sv)) return SourceFormat::flatgeobuf;
    if (bytes.starts_with("PK\x03\x04"sv)) return SourceFormat::xlsx;
    for (const std::string_view magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})
        if (bytes.starts_with(magic)) return SourceFormat::geotiff;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const std::size_t first = bytes.find_first_not_of(blank);
    if (first != std::string_view::npos && bytes[first] == '{' && !is_binary(bytes)) return SourceFormat::geojson;
    return std::nullopt;
}

SourceFormat format_of_text(std::string_view bytes, const std::string& shown) {
    const std::size_t first = bytes.find_first_not_of(blank);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        fail_to_read(shown, "its text is UTF-16", "save it as CSV in UTF-8");
    if (first != std::string_view::npos && bytes[first] == '<')
        fail_to_read(shown, "it is XML (a VRT, KML, GML or web page), whatever its name says",
                     fmt::format("give a {}", allowed_formats));
    if (is_binary(bytes)) fail_to_read(shown, "its format is not known", fmt::format("give a {}", allowed_formats));
    return SourceFormat::csv;
}

/// An empty or cut file that a binary format's name promises; text would be read as CSV.
void refuse_broken_promise(const std::string& extension, const std::string& shown) {
    constexpr std::array binary_names{".shp", ".gpkg", ".fgb", ".xlsx", ".tif", ".tiff", ".zip", ".geojson"};
    if (std::find(binary_names.begin(), binary_names.end(), extension) != binary_names.end())
        fail_to_read(shown,
                     fmt::format("its content is not that of a {} file: damaged, cut or something else", extension),
                     "get the file again");
}

SourceFormat find_format(const FileStart& start, const std::string& name, const std::string& shown) {
    if (start.size == 0) fail_to_read(shown, "it is empty", "get the file again");
    if (const auto format = format_of_bytes(start.bytes)) return *format;
    const std::string extension = lower_extension(name);
    if (extension == ".dbf") return SourceFormat::dbf;
    const SourceFormat format = format_of_text(start.bytes, shown);
    refuse_broken_promise(extension, shown);
    return format;
}

bool names_something_remote(const std::string& source) {
    return source.find("://") != std::string::npos || source.starts_with("http:") || source.starts_with("https:") ||
           source.starts_with("ftp:") || source.find("/vsi", 1) != std::string::npos ||
           (source.starts_with("/vsi") && !source.starts_with("/vsizip/"));
}

[[noreturn]] void refuse_remote(const std::string& source) {
    fail_to_read(source, "only files on this machine are opened; the name points elsewhere",
                 "copy the file here, or allow it with --allow-network");
}

[[noreturn]] void refuse_folder(const std::string& source, const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string extension = lower_extension(entry.path().filename().string());
        for (const char* known : {".shp", ".gpkg", ".geojson", ".fgb", ".csv", ".xlsx", ".tif"})
            if (extension == known) names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    if (names.size() > 5) names.resize(5);
    fail_to_read(source, "it is a folder",
                 names.empty() ? "name a file" : fmt::format("name a file in it: {}", fmt::join(names, ", ")));
}

/// Splits "…/x.zip/inner.shp" where x.zip is a file; nothing otherwise.
std::optional<ZipName> find_zip_in(const fs::path& path) {
    for (fs::path head = path.parent_path(); head.has_relative_path(); head = head.parent_path()) {
        std::error_code error;
        if (fs::is_regular_file(head, error)) return ZipName{head, path.lexically_relative(head).generic_string()};
        if (fs::exists(head, error)) return std::nullopt;
    }
    return std::nullopt;
}

ResolvedSource resolve_zip(const std::string& source, const ZipName& zip, const SourceLimits& limits) {
    ResolvedSource found{source, find_zip_member(zip, source, limits.most_bytes), SourceFormat::csv, zip.archive, true};
    found.format = find_format(read_start(found.gdal_name, source), found.gdal_name, source);
    if (found.format == SourceFormat::xlsx)
        fail_to_read(source, "it is an archive inside an archive", "unpack the outer one");
    return found;
}

ResolvedSource resolve_remote(const std::string& source) {
    const std::string gdal_name = source.starts_with("/vsi") ? source : "/vsicurl/" + source;
    ResolvedSource found{source, gdal_name, SourceFormat::csv, {}, true};
    found.format = find_format(read_start(gdal_name, source), gdal_name, source);
    return found;
}

ResolvedSource resolve_file(const std::string& source, const fs::path& path, const SourceLimits& limits) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error).lexically_normal();
    ResolvedSource found{source, absolute.string(), SourceFormat::csv, absolute, false};
    const FileStart start = read_start(found.gdal_name, source);
    if (start.size > limits.most_bytes)
        fail_to_read(source, fmt::format("it has {} bytes, the limit is {}", start.size, limits.most_bytes),
                     "split it, or raise the limit");
    found.format = find_format(start, found.gdal_name, source);
    if (found.format != SourceFormat::xlsx) return found;
    const ZipName zip{absolute, ""};
    if (is_workbook(zip, source, limits.most_bytes)) return found;
    return resolve_zip(source, zip, limits);
}

}  // namespace

void fail_to_read(std::string_view shown, std::string_view why, std::string_view way_out) {
    throw IoError(printable(fmt::format("cannot read {}: {}{}{}", shown, why, way_out.empty() ? "" : "; ", way_out)));
}

const char* driver_of(SourceFormat format) noexcept {
    switch (format) {
        case SourceFormat::shapefile:
        case SourceFormat::dbf:
            return "ESRI Shapefile";
        case SourceFormat::geopackage:
            return "GPKG";
        case SourceFormat::geojson:
            return "GeoJSON";
        case SourceFormat::flatgeobuf:
            return "FlatGeobuf";
        case SourceFormat::csv:
            return "CSV";
        case SourceFormat::xlsx:
            return "XLSX";
        case SourceFormat::postgresql:
            return "PostgreSQL";
        case SourceFormat::geotiff:
            return "GTiff";
    }
    return "";
}

ResolvedSource resolve_source(const std::string& source, const SourceLimits& limits) {
    if (source.empty()) fail_to_read("(nothing)", "the name is empty");
    if (source.find('\0') != std::string::npos) fail_to_read("(name with a NUL)", "no file has such a name");
    if (is_postgres_name(source)) {
        check_postgres_name(source, limits.network);
        return {without_password(source), source, SourceFormat::postgresql, {}, false};
    }
    std::error_code error;
    const fs::file_status status = fs::status(source, error);
    if (fs::is_directory(status)) refuse_folder(source, source);
    if (fs::is_regular_file(status)) return resolve_file(source, source, limits);
    if (fs::exists(status)) fail_to_read(source, "it is a device, pipe or socket, not a file");
    if (names_something_remote(source)) {
        if (limits.network == NetworkUse::refused) refuse_remote(source);
        return resolve_remote(source);
    }
    const std::string_view vsizip = "/vsizip/";
    const fs::path path = source.starts_with(vsizip) ? fs::path(source.substr(vsizip.size())) : fs::path(source);
    if (source.starts_with(vsizip) && fs::is_regular_file(path, error))
        return resolve_zip(source, {fs::absolute(path), ""}, limits);
    if (const auto zip = find_zip_in(fs::absolute(path))) return resolve_zip(source, *zip, limits);
    fail_to_read(source, "there is no such file", "check the name and the folder it is relative to");
}

}  // namespace amayesh::detail
