#include "io/shapefile_parts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr std::uint64_t shape_header_bytes = 100;
constexpr std::uint64_t index_record_bytes = 8;
constexpr std::uint64_t table_header_bytes = 32;

struct Part {
    std::string name;  ///< GDAL's name of the file.
    std::uint64_t size = 0;
    std::array<unsigned char, 32> start{};
};

std::optional<Part> open_part(const std::string& name) {
    VSIStatBufL status{};
    if (VSIStatL(name.c_str(), &status) != 0) return std::nullopt;
    VSILFILE* file = VSIFOpenL(name.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    Part part{name, static_cast<std::uint64_t>(status.st_size)};
    VSIFReadL(part.start.data(), 1, part.start.size(), file);
    VSIFCloseL(file);
    return part;
}

/// The file beside `main` with that ending, in lower or upper case.
std::optional<Part> find_part(const std::string& main, std::string ending) {
    const std::string stem = main.substr(0, main.find_last_of('.'));
    if (auto part = open_part(stem + ending)) return part;
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return open_part(stem + ending);
}

std::uint64_t big_endian(const Part& part, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8U | part.start[at + i];
    return value;
}

std::uint64_t little_endian(const Part& part, std::size_t at, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8U | part.start[at + i];
    return value;
}

Part require_part(const ResolvedSource& source, const std::string& ending) {
    if (auto part = find_part(source.gdal_name, ending)) return *part;
    fail_to_read(source.shown, fmt::format("its {} file is missing", ending),
                 "a Shapefile is .shp, .shx and .dbf together: copy all of them");
}

void require_length(const ResolvedSource& source, const Part& part, std::uint64_t stated) {
    if (part.size >= stated) return;
    const std::string ending = part.name.substr(part.name.find_last_of('.'));
    fail_to_read(source.shown, fmt::format("its {} file is cut: {} of {} bytes", ending, part.size, stated),
                 "get the file again");
}

std::uint64_t check_shapes(const ResolvedSource& source) {
    const Part shapes = require_part(source, ".shp");
    const Part index = require_part(source, ".shx");
    require_length(source, shapes, std::max(shape_header_bytes, big_endian(shapes, 24) * 2));
    require_length(source, index, std::max(shape_header_bytes, big_endian(index, 24) * 2));
    return (std::max(shape_header_bytes, big_endian(index, 24) * 2) - shape_header_bytes) / index_record_bytes;
}

std::uint64_t check_table(const ResolvedSource& source, const Part& table) {
    const std::uint64_t records = little_endian(table, 4, 4);
    const std::uint64_t header = little_endian(table, 8, 2);
    const std::uint64_t record = little_endian(table, 10, 2);
    if (header < table_header_bytes || record == 0)
        fail_to_read(source.shown, "the header of its .dbf file makes no sense", "get the file again");
    require_length(source, table, header + records * record);
    return records;
}

std::string read_stated_encoding(const ResolvedSource& source, const Part& table) {
    const std::optional<Part> page = find_part(source.gdal_name, ".cpg");
    if (!page) return encoding_of_language_byte(table.start[29]);
    const auto length = std::min<std::uint64_t>(page->size, page->start.size());
    const std::string text(page->start.begin(), page->start.begin() + static_cast<std::ptrdiff_t>(length));
    return encoding_name(text.substr(0, text.find_first_of("\r\n")));
}

}  // namespace

ShapefileParts check_shapefile(const ResolvedSource& source) {
    const bool has_shapes = source.format == SourceFormat::shapefile;
    const Part table = require_part(source, ".dbf");
    const std::uint64_t rows = check_table(source, table);
    if (has_shapes) {
        const std::uint64_t shapes = check_shapes(source);
        if (shapes != rows)
            fail_to_read(source.shown, fmt::format("its .shx counts {} features, its .dbf {} rows", shapes, rows),
                         "the files do not belong together or were cut: get them again");
    }
    return {rows, read_stated_encoding(source, table)};
}

std::uint64_t count_deleted_rows(const ResolvedSource& source) {
    const Part table = require_part(source, ".dbf");
    const std::uint64_t record = little_endian(table, 10, 2);
    VSILFILE* file = VSIFOpenL(table.name.c_str(), "rb");
    if (file == nullptr) fail_to_read(source.shown, "its .dbf file cannot be opened again");
    std::string row(record, '\0');
    VSIFSeekL(file, little_endian(table, 8, 2), SEEK_SET);
    std::uint64_t deleted = 0;
    for (std::uint64_t left = little_endian(table, 4, 4); left > 0; --left)
        if (VSIFReadL(row.data(), 1, row.size(), file) == row.size() && row.front() == '*') ++deleted;
    VSIFCloseL(file);
    return deleted;
}

}  // namespace amayesh::detail
