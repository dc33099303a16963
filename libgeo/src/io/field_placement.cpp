#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <ogr_geometry.h>

#include "io/gdal_session.hpp"
#include "io/geometry_conversion.hpp"
#include "io/raw_table.hpp"

namespace amayesh::detail {
namespace {

constexpr std::string_view arabic_zero = "\xD9\xA0";   // U+0660
constexpr std::string_view persian_zero = "\xDB\xB0";  // U+06F0
constexpr std::string_view arabic_point = "\xD9\xAB";  // U+066B

/// The digits, signs and points of a number in ASCII; other signs as they are.
std::string to_ascii_number(std::string_view text) {
    std::string ascii;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view letter = text.substr(i, 2);
        const auto is_digit_after = [&](std::string_view zero) {
            return letter.size() == 2 && letter[0] == zero[0] &&
                   static_cast<unsigned char>(letter[1]) >= static_cast<unsigned char>(zero[1]) &&
                   static_cast<unsigned char>(letter[1]) <= static_cast<unsigned char>(zero[1]) + 9;
        };
        const auto digit = [&](std::string_view zero) { return static_cast<char>('0' + (letter[1] - zero[1])); };
        if (is_digit_after(arabic_zero))
            ascii += digit(arabic_zero), ++i;
        else if (is_digit_after(persian_zero))
            ascii += digit(persian_zero), ++i;
        else if (letter == arabic_point)
            ascii += '.', ++i;
        else
            ascii += text[i];
    }
    return ascii;
}

std::optional<double> parse_coordinate(std::string_view text) {
    std::string ascii = to_ascii_number(text);
    const std::size_t first = ascii.find_first_not_of(" \t\r\n+");
    if (first == std::string::npos) return std::nullopt;
    ascii = ascii.substr(first, ascii.find_last_not_of(" \t\r\n") + 1 - first);
    double value = 0;
    const auto [end, error] = std::from_chars(ascii.data(), ascii.data() + ascii.size(), value);
    if (error != std::errc{} || end != ascii.data() + ascii.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<double> coordinate_at(const Column& column, std::size_t row) {
    if (column.is_null[row] != 0) return std::nullopt;
    switch (column.type) {
        case Column::Type::integer:
            return static_cast<double>(column.integers[row]);
        case Column::Type::real:
            return std::isfinite(column.reals[row]) ? std::optional(column.reals[row]) : std::nullopt;
        case Column::Type::text:
            return parse_coordinate(column.texts[row]);
    }
    return std::nullopt;
}

std::string shown_at(const Column& column, std::size_t row) {
    if (column.is_null[row] != 0) return "nothing";
    return column.type == Column::Type::text ? fmt::format("'{}'", column.texts[row]) : "a number that is not finite";
}

class Placement {
public:
    Placement(FeatureTable& table, const VectorSourceOptions& options, ProblemReport& problems)
        : m_table{table}, m_options{options}, m_problems{problems} {
        table.geometries.assign(table.size(), Geometry{});
    }

    void by_coordinates(const Column& x, const Column& y) {
        for (std::size_t row = 0; row < m_table.size(); ++row) {
            const auto east = coordinate_at(x, row);
            const auto north = coordinate_at(y, row);
            if (east && north) {
                m_table.geometries[row] = Point{*east, *north};
                continue;
            }
            const Column& wrong = east ? y : x;
            const bool is_missing = wrong.is_null[row] != 0;
            report(row, wrong, is_missing ? ProblemKind::geometry_missing : ProblemKind::value_not_a_number,
                   fmt::format("coordinate is {}", shown_at(wrong, row)));
        }
    }

    void by_wkt(const Column& wkt) {
        for (std::size_t row = 0; row < m_table.size(); ++row) {
            if (wkt.is_null[row] != 0) {
                report(row, wkt, ProblemKind::geometry_missing, "no geometry");
                continue;
            }
            const GdalFailures failures;
            OGRGeometry* raw = nullptr;
            const OGRErr error = OGRGeometryFactory::createFromWkt(wkt.texts[row].c_str(), nullptr, &raw);
            const OGRGeometryUniquePtr shape(raw);
            if (error != OGRERR_NONE || !shape) {
                report(row, wkt, ProblemKind::feature_unreadable,
                       fmt::format("the text is not WKT{}{}", failures.text().empty() ? "" : ": ", failures.text()));
                continue;
            }
            place(row, wkt, from_ogr(*shape));
        }
    }

private:
    void place(std::size_t row, const Column& wkt, ConvertedGeometry&& converted) {
        if (!converted.is_finite) {
            report(row, wkt, ProblemKind::geometry_not_finite, "a coordinate is not finite");
        } else if (std::holds_alternative<std::monostate>(converted.geometry)) {
            report(row, wkt, ProblemKind::geometry_empty, "the geometry is empty");
        } else {
            m_table.geometries[row] = std::move(converted.geometry);
        }
    }

    void report(std::size_t row, const Column& column, ProblemKind kind, std::string message) {
        Problem problem =
            problem_of(m_table, m_options, Severity::warning, kind, std::move(message), "kept without geometry");
        problem.feature = std::to_string(m_table.row_ids[row]);
        problem.field = column.name;
        m_problems.add(std::move(problem));
    }

    FeatureTable& m_table;
    const VectorSourceOptions& m_options;
    ProblemReport& m_problems;
};

void drop_columns_not_asked_for(FeatureTable& table, const VectorSourceOptions& options) {
    if (!options.fields) return;
    std::erase_if(table.columns,
                  [&](const Column& c) { return find_field(*options.fields, c.name) == std::string::npos; });
}

}  // namespace

void place_by_fields(FeatureTable& table, const VectorSourceOptions& options, ProblemReport& problems) {
    const bool by_coordinates = !options.x_field.empty() || !options.y_field.empty();
    if (!by_coordinates && options.wkt_field.empty()) return;
    if (by_coordinates && (options.x_field.empty() || options.y_field.empty()))
        fail_to_read(table.file, "only one of x and y names a field", "name both");
    Placement placement(table, options, problems);
    if (by_coordinates) {
        placement.by_coordinates(*table.find(options.x_field), *table.find(options.y_field));
    } else {
        const Column& wkt = *table.find(options.wkt_field);
        if (wkt.type != Column::Type::text) fail_to_read(table.file, fmt::format("field '{}' holds no WKT", wkt.name));
        placement.by_wkt(wkt);
    }
    drop_columns_not_asked_for(table, options);
}

}  // namespace amayesh::detail
