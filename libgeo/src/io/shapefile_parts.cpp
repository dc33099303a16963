#include "io/shapefile_parts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr std::uint64_t shape_header_bytes = 100;
constexpr std::uint64_t index_record_bytes = 8;
constexpr std::uint64_t table_header_bytes = 32;

struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};
using File = std::unique_ptr<VSILFILE, CloseFile>;

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

struct TableField {
    std::size_t offset = 0;  ///< In the record; its first byte is the mark of deletion.
    std::size_t width = 0;
    bool is_numeric = false;
};

/// Goes through the records of a table, whose header was found good.
class TableReader {
public:
    explicit TableReader(const ResolvedSource& source)
        : m_table{require_part(source, ".dbf")}, m_file{VSIFOpenL(m_table.name.c_str(), "rb")} {
        if (!m_file) fail_to_read(source.shown, "its .dbf file cannot be opened again");
        const std::uint64_t header = little_endian(m_table, 8, 2);
        m_record.resize(little_endian(m_table, 10, 2));
        m_left = little_endian(m_table, 4, 4);
        read_fields(header);
        VSIFSeekL(m_file.get(), header, SEEK_SET);
    }
    [[nodiscard]] const std::vector<TableField>& fields() const noexcept { return m_fields; }
    /// Nothing at the end; the view holds until the next call.
    std::optional<std::string_view> next() {
        if (m_left == 0 || VSIFReadL(m_record.data(), 1, m_record.size(), m_file.get()) != m_record.size())
            return std::nullopt;
        --m_left;
        return std::string_view(m_record);
    }

private:
    void read_fields(std::uint64_t header) {
        constexpr std::size_t type_at = 11;
        constexpr std::size_t width_at = 16;
        std::string bytes(header, '\0');
        VSIFReadL(bytes.data(), 1, bytes.size(), m_file.get());
        std::size_t offset = 1;
        for (std::size_t at = table_header_bytes; at + table_header_bytes <= bytes.size() && bytes[at] != '\r';
             at += table_header_bytes) {
            const std::size_t width = static_cast<unsigned char>(bytes[at + width_at]);
            if (offset + width > m_record.size()) return;
            const char type = bytes[at + type_at];
            m_fields.push_back({offset, width, type == 'N' || type == 'F'});
            offset += width;
        }
    }

    Part m_table;
    File m_file;
    std::string m_record;
    std::uint64_t m_left = 0;
    std::vector<TableField> m_fields;
};

/// Stars stand for a number that did not fit: they, blanks and NULs are NULL.
bool is_number_or_empty(std::string_view text) {
    const std::size_t first = text.find_first_not_of(std::string_view(" \0+", 3));
    if (first == std::string_view::npos || text[first] == '*') return true;
    text = text.substr(first, text.find_last_not_of(std::string_view(" \0", 2)) + 1 - first);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
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
    std::uint64_t deleted = 0;
    TableReader reader(source);
    while (const auto record = reader.next()) deleted += record->front() == '*' ? 1 : 0;
    return deleted;
}

std::vector<UnreadableNumber> find_unreadable_numbers(const ResolvedSource& source, const std::vector<bool>& chosen) {
    std::vector<UnreadableNumber> found;
    TableReader reader(source);
    std::vector<std::pair<std::size_t, TableField>> numeric;
    for (std::size_t i = 0; i < std::min(chosen.size(), reader.fields().size()); ++i)
        if (chosen[i] && reader.fields()[i].is_numeric) numeric.emplace_back(i, reader.fields()[i]);
    if (numeric.empty()) return found;
    for (std::int64_t row = 0; const auto record = reader.next(); ++row) {
        if (record->front() == '*') continue;  // deleted
        for (const auto& [index, field] : numeric)
            if (const std::string_view text = record->substr(field.offset, field.width); !is_number_or_empty(text))
                found.push_back({row, index, std::string(text)});
    }
    return found;
}

}  // namespace amayesh::detail
