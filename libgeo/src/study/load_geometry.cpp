#include "study/load_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/geometry/validity.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t fewest_rows_per_thread = 256;
constexpr int samples_a_side = 20;

bool is_finite(const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); }
bool all_finite(std::span<const Point> points) { return std::ranges::all_of(points, is_finite); }

bool are_finite(const Geometry& geometry) {
    if (const auto* point = std::get_if<Point>(&geometry)) return is_finite(*point);
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        return std::ranges::all_of(lines->parts, [](const LineString& line) { return all_finite(line); });
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        return std::ranges::all_of(shape->parts, [](const Polygon& part) {
            return all_finite(part.outer) &&
                   std::ranges::all_of(part.holes, [](const Ring& r) { return all_finite(r); });
        });
    return true;
}

/// A first vertex, to show where; nothing for a geometry without vertices.
std::optional<Point> first_vertex(const Geometry& geometry) {
    if (const auto* point = std::get_if<Point>(&geometry)) return *point;
    if (const auto* points = std::get_if<MultiPoint>(&geometry))
        return points->empty() ? std::nullopt : std::optional{points->front()};
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        for (const LineString& line : lines->parts)
            if (!line.empty()) return line.front();
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (const Polygon& part : shape->parts)
            if (!part.outer.empty()) return part.outer.front();
    return std::nullopt;
}

bool is_in_degrees(const Point& p) { return std::abs(p.x) <= 180 && std::abs(p.y) <= 90; }

/// The first vertex of a list that is no longitude and latitude.
std::optional<Point> vertex_off_earth(std::span<const Point> points) {
    const auto found = std::ranges::find_if_not(points, is_in_degrees);
    return found == points.end() ? std::nullopt : std::optional{*found};
}

/// The first vertex of a geometry that is no longitude and latitude.
std::optional<Point> vertex_off_earth(const Geometry& geometry) {
    if (const auto* point = std::get_if<Point>(&geometry)) return vertex_off_earth(std::span{point, 1});
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) return vertex_off_earth(std::span{*points});
    std::optional<Point> found;
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        for (const LineString& line : lines->parts)
            if (!found) found = vertex_off_earth(std::span{line});
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (const Polygon& part : shape->parts) {
            if (!found) found = vertex_off_earth(std::span{part.outer});
            for (const Ring& hole : part.holes)
                if (!found) found = vertex_off_earth(std::span{hole});
        }
    return found;
}

bool is_about_place(ProblemKind kind) {
    return kind == ProblemKind::geometry_missing || kind == ProblemKind::geometry_empty ||
           kind == ProblemKind::geometry_not_finite || kind == ProblemKind::geometry_wrong_type;
}

std::unordered_map<std::string, std::size_t> rows_by_id(const FeatureTable& rows) {
    std::unordered_map<std::string, std::size_t> by_id;
    for (std::size_t row = 0; row < rows.size(); ++row) by_id.emplace(std::to_string(rows.row_ids[row]), row);
    return by_id;
}

std::string_view type_name(const Geometry& geometry) {
    constexpr std::string_view names[] = {"nothing", "a point", "points", "a line", "a polygon"};
    return names[geometry.index()];
}

bool is_accepted(const Geometry& geometry, const AcceptedShapes& accepted) {
    if (std::holds_alternative<Point>(geometry)) return accepted.points;
    if (std::holds_alternative<MultiLine>(geometry)) return accepted.lines;
    if (std::holds_alternative<MultiPolygon>(geometry)) return accepted.polygons;
    return false;
}

/// Checks the rows of one chunk; holds what is made once a thread.
class RowChecker {
public:
    RowChecker(LayerTable& table, const AcceptedShapes& accepted, const std::string& role,
               std::span<const std::string> labels, std::span<const std::uint8_t> told)
        : m_table{table}, m_accepted{accepted}, m_role{role}, m_labels{labels}, m_told{told} {}

    RowPlace check(std::size_t row) {
        Geometry& geometry = m_table.rows.geometries[row];
        if (auto* points = std::get_if<MultiPoint>(&geometry); points != nullptr && points->size() == 1)
            geometry = Point{points->front()};
        if (std::holds_alternative<std::monostate>(geometry)) return check_missing(row);
        if (!is_accepted(geometry, m_accepted)) {
            report(row, ProblemKind::geometry_wrong_type,
                   fmt::format("{} where the layer has {}", type_name(geometry), accepted_names()), "skipped",
                   first_vertex(geometry));
            return RowPlace::skipped;
        }
        if (!first_vertex(geometry))
            return drop(row, ProblemKind::geometry_empty, "the geometry is empty", std::nullopt);
        if (!are_finite(geometry))
            return drop(row, ProblemKind::geometry_not_finite, "a coordinate is not a number", std::nullopt);
        if (const RowPlace place = check_position(row); place != RowPlace::usable) return place;
        if (std::holds_alternative<MultiPolygon>(geometry)) return repair(row);
        return RowPlace::usable;
    }

    ProblemReport& problems() noexcept { return m_problems; }

private:
    RowPlace check_missing(std::size_t row) {
        if (m_accepted.may_be_missing || m_told[row] != 0) return RowPlace::none;
        return drop(row, ProblemKind::geometry_missing, "no geometry", std::nullopt);
    }

    RowPlace check_position(std::size_t row) {
        const Point first = *first_vertex(m_table.rows.geometries[row]);
        if (std::holds_alternative<Point>(m_table.rows.geometries[row]) && first == Point{0, 0})
            return drop(row, ProblemKind::place_null_island, "the position is 0, 0: unknown, written as zero",
                        std::nullopt);
        if (!m_table.crs->is_geographic()) return RowPlace::usable;
        if (const std::optional<Point> off = vertex_off_earth(m_table.rows.geometries[row]))
            return drop(row, ProblemKind::geometry_not_finite,
                        fmt::format("{:.10g}, {:.10g} are not longitude and latitude in degrees", off->x, off->y),
                        std::nullopt);
        return RowPlace::usable;
    }

    RowPlace repair(std::size_t row) {
        auto& shape = std::get<MultiPolygon>(m_table.rows.geometries[row]);
        const std::optional<Invalidity> fault = find_invalidity(shape);
        if (!fault) return RowPlace::usable;
        const double before = area_ha(shape);
        MultiPolygon repaired = make_valid(shape);
        const std::string message = fmt::format("invalid polygon: {}", fault->reason);
        if (repaired.parts.empty()) return drop(row, ProblemKind::geometry_invalid, message, fault->place);
        report(row, ProblemKind::geometry_invalid, message,
               fmt::format("repaired: {:.2f} ha before, {:.2f} ha after", before, area_ha(repaired)), fault->place);
        shape = std::move(repaired);
        return RowPlace::usable;
    }

    RowPlace drop(std::size_t row, ProblemKind kind, std::string message, std::optional<Point> place) {
        report(row, kind, std::move(message), "kept without a place", place);
        m_table.rows.geometries[row] = std::monostate{};
        return RowPlace::none;
    }

    double area_ha(const MultiPolygon& shape) { return to_hectares(geodesic_area(to_degrees().apply(shape))).value(); }

    void report(std::size_t row, ProblemKind kind, std::string message, std::string action,
                std::optional<Point> place) {
        std::optional<ProblemPlace> where;
        if (place && is_finite(*place)) {
            const Point degrees = to_degrees().apply(*place);
            where = ProblemPlace{degrees.x, degrees.y};
        }
        m_problems.add({.severity = Severity::warning,
                        .kind = kind,
                        .layer = m_role,
                        .file = m_table.rows.file,
                        .feature = m_labels[row],
                        .message = std::move(message),
                        .action = std::move(action),
                        .place = where});
    }

    [[nodiscard]] std::string_view accepted_names() const {
        if (m_accepted.polygons) return m_accepted.points ? "polygons or points" : "polygons";
        if (m_accepted.lines) return m_accepted.points ? "points or lines" : "lines";
        return "points";
    }

    const Transform& to_degrees() {
        if (!m_to_degrees) m_to_degrees.emplace(*m_table.crs, Crs::wgs84());
        return *m_to_degrees;
    }

    LayerTable& m_table;
    const AcceptedShapes& m_accepted;
    const std::string& m_role;
    std::span<const std::string> m_labels;
    std::span<const std::uint8_t> m_told;
    ProblemReport m_problems;
    std::optional<Transform> m_to_degrees;  // made at the first finding
};

}  // namespace

std::size_t rows_per_thread(std::size_t rows) {
    const std::size_t threads = std::max<std::size_t>(thread_limit(), 1);
    return std::max((rows + threads - 1) / threads, fewest_rows_per_thread);
}

std::vector<std::uint8_t> report_row_problems(LayerTable& table, const AcceptedShapes& accepted,
                                              std::span<const std::string> labels, ProblemReport& problems) {
    std::vector<std::uint8_t> told(table.rows.size(), 0);
    if (table.row_problems.empty()) return told;
    const auto by_id = rows_by_id(table.rows);
    for (Problem& problem : table.row_problems) {
        const auto found = by_id.find(problem.feature);
        const bool is_needless = found == by_id.end() || accepted.may_be_missing;
        if (is_needless && is_about_place(problem.kind)) continue;
        if (found == by_id.end()) {
            problem.feature = fmt::format("row {}", problem.feature);
        } else {
            problem.feature = labels[found->second];
            told[found->second] = 1;
        }
        problems.add(std::move(problem));
    }
    table.row_problems.clear();
    return told;
}

std::vector<RowPlace> check_geometries(LayerTable& table, const AcceptedShapes& accepted, const std::string& role,
                                       std::span<const std::string> labels, ProblemReport& problems) {
    std::vector<RowPlace> places(table.rows.size(), RowPlace::none);
    const std::vector<std::uint8_t> told = report_row_problems(table, accepted, labels, problems);
    if (table.rows.geometries.empty()) return places;
    std::mutex guard;
    parallel_for(places.size(), fewest_rows_per_thread, [&](std::size_t begin, std::size_t end) {
        RowChecker checker{table, accepted, role, labels, told};
        for (std::size_t row = begin; row < end; ++row) places[row] = checker.check(row);
        const std::scoped_lock lock{guard};
        problems.append(std::move(checker.problems()));
    });
    return places;
}

void transform_points(std::span<Point> points, const Crs& from, const Crs& to) {
    if (from == to) return;
    const Transform transform(from, to);
    parallel_for(points.size(), rows_per_thread(points.size()), [&](std::size_t begin, std::size_t end) {
        Transform(transform).apply(points.subspan(begin, end - begin));
    });
}

Box transformed_bounds(const Box& box, const Crs& from, const Crs& to) {
    if (box.is_empty() || from == to) return box;
    std::vector<Point> border;
    for (int i = 0; i <= samples_a_side; ++i) {
        const double x = box.min_x + (box.max_x - box.min_x) * i / samples_a_side;
        const double y = box.min_y + (box.max_y - box.min_y) * i / samples_a_side;
        border.insert(border.end(), {{x, box.min_y}, {x, box.max_y}, {box.min_x, y}, {box.max_x, y}});
    }
    Transform(from, to).apply(border);
    Box result;
    for (const Point& p : border) result.add(p);
    return result;
}

}  // namespace amayesh::detail
