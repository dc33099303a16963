#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>

#include "study/attribute_words.hpp"
#include "study/load_features.hpp"
#include "study/load_places.hpp"
#include "study/travel_roads.hpp"

namespace amayesh::detail {
namespace {

/// No road is driven faster or slower: the unit is mistaken.
constexpr double fastest_km_per_hour = 200;
constexpr double slowest_km_per_hour = 1;
constexpr int highest_level = 1'000;

/// Counts the rows of one fault and keeps one of them as an example, whatever their order.
class RowFault {
public:
    void add(const std::string& label) {
        ++m_rows;
        if (m_rows == 1 || label < m_example) m_example = label;
    }
    /// One finding for the table; `message` begins with what the rows are.
    void report(const TableReading& reading, Problem problem, std::string_view attribute,
                ProblemReport& problems) const {
        if (m_rows == 0) return;
        const FieldMap* map = reading.fields.map_of(attribute);
        problem.layer = reading.role;
        problem.file = reading.table.rows.file;
        problem.field = map != nullptr ? map->field : std::string{};
        problem.message = fmt::format("{} {}; for example {}", m_rows, problem.message, m_example);
        problems.add(std::move(problem));
    }

private:
    std::size_t m_rows = 0;
    std::string m_example;
};

/// No road is longer between two junctions: a vertex lies elsewhere. The search adds up lengths a third longer.
constexpr Kilometres longest_part{3'000};

/// Whether a line in degrees is longer than `longest_part`, its edges as geodesics.
bool is_too_long(const LineString& line) {
    constexpr double km_per_degree = 111.7;  // at most, on the ellipsoid
    double degrees = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        degrees += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    if (degrees * km_per_degree <= longest_part.value()) return false;
    Metres length{0};
    for (std::size_t i = 1; i < line.size(); ++i)
        length = Metres{length.value() + geodesic_distance(line[i - 1], line[i]).value()};
    return to_kilometres(length) > longest_part;
}

bool has_length(const LineString& line) {
    return std::ranges::any_of(line, [&](const Point& p) { return p != line.front(); });
}

Box bounds_of(const MultiLine& lines) {
    Box box;
    for (const LineString& line : lines.parts)
        for (const Point& p : line) box.add(p);
    return box;
}

/// Whether lines in degrees, wherever on the earth they lie, can be drawn in the working CRS.
class WorkingPlane {
public:
    explicit WorkingPlane(const LoadRun& run)
        : m_to_working{Crs::wgs84(), run.loaded.area.working_crs},
          m_near{run.judged},
          m_takes_near_roads_alone{run.study.reach.kind == ReachKind::surface} {
        if (m_near.is_empty()) return;
        m_near = {m_near.min_x - near_degrees, m_near.min_y - near_degrees, m_near.max_x + near_degrees,
                  m_near.max_y + near_degrees};
    }

    [[nodiscard]] bool holds(const MultiLine& lines) const {
        const Box box = bounds_of(lines);
        const bool is_near = box.min_x >= m_near.min_x && box.max_x <= m_near.max_x && box.min_y >= m_near.min_y &&
                             box.max_y <= m_near.max_y;
        if (is_near || (m_takes_near_roads_alone && !box.intersects(m_near))) return true;
        try {
            (void)m_to_working.apply(lines);
            return true;
        } catch (const CrsError&) {
            return false;
        }
    }

private:
    /// So far around what is judged, every CRS that suits it works.
    static constexpr double near_degrees = 2;

    Transform m_to_working;
    Box m_near;
    bool m_takes_near_roads_alone;
};

/// Reads the attributes of roads, one row at a time.
class RoadFields {
public:
    explicit RoadFields(const TableReading& reading)
        : m_reading{reading},
          m_class{reading.fields.find("class")},
          m_speed{reading.fields.find("speed")},
          m_one_way{reading.fields.find("one_way")},
          m_level{reading.fields.find("level")} {}

    [[nodiscard]] Road at(std::size_t row) {
        Road road;
        road.road_class = text_at(m_class, row);
        road.km_per_hour = speed_at(row);
        if (m_one_way != nullptr) road.direction = m_one_way->road_direction(row).value_or(RoadDirection::both);
        const double level = number_at(m_level, row).value_or(0);
        if (std::abs(level) > highest_level || level != std::round(level))
            m_odd_levels.add(m_reading.names.labels[row]);
        else
            road.level = static_cast<int>(level);
        return road;
    }

    void report(ProblemReport& problems) const {
        const bool has_class = m_class != nullptr;
        m_standing.report(m_reading,
                          {.severity = has_class ? Severity::warning : Severity::error,
                           .kind = ProblemKind::value_implausible,
                           .message = "roads have a speed of 0, at which nobody arrives",
                           .action = has_class ? "taken as unknown: the speed of their class counts"
                                               : "taken as unknown; map their class, or leave them out by 'where'"},
                          "speed", problems);
        m_too_fast.report(m_reading,
                          {.severity = Severity::error,
                           .kind = ProblemKind::value_implausible,
                           .message = fmt::format("roads are faster than {:g} km/h: is the unit of the field right?",
                                                  fastest_km_per_hour),
                           .action = "taken as unknown; set its unit, or leave the field out of 'fields'"},
                          "speed", problems);
        m_too_slow.report(
            m_reading,
            {.severity = Severity::error,
             .kind = ProblemKind::value_implausible,
             .message = fmt::format("roads are slower than {:g} km/h, and faster than 0: is the unit of the "
                                    "field right?",
                                    slowest_km_per_hour),
             .action = "taken as unknown; set its unit, or leave the field out of 'fields'"},
            "speed", problems);
        m_odd_levels.report(m_reading,
                            {.severity = Severity::warning,
                             .kind = ProblemKind::value_implausible,
                             .message = "roads have a level that is no small whole number",
                             .action = "taken as level 0"},
                            "level", problems);
    }

private:
    [[nodiscard]] std::optional<double> speed_at(std::size_t row) {
        const std::optional<double> speed = amount_at(m_speed, row, Dimension::speed);
        if (!speed) return std::nullopt;
        if (*speed >= slowest_km_per_hour && *speed <= fastest_km_per_hour) return speed;
        const std::string& label = m_reading.names.labels[row];
        if (*speed == 0)
            m_standing.add(label);
        else
            (*speed < slowest_km_per_hour ? m_too_slow : m_too_fast).add(fmt::format("{} ({:g} km/h)", label, *speed));
        return std::nullopt;
    }

    const TableReading& m_reading;
    const FieldReader* m_class;
    const FieldReader* m_speed;
    const FieldReader* m_one_way;
    const FieldReader* m_level;
    RowFault m_standing, m_too_slow, m_too_fast, m_odd_levels;
};

}  // namespace

void read_roads(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, Crs::wgs84());
    RoadFields fields{reading};
    const WorkingPlane plane{run};
    UndrivenClasses undriven_classes{run.study.standards};
    RowFault without_length, too_long, elsewhere, undriven;
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        auto* const lines = std::get_if<MultiLine>(&shapes[row].geometry);
        if (lines == nullptr) continue;
        std::erase_if(lines->parts, [](const LineString& line) { return !has_length(line); });
        if (lines->parts.empty()) {
            without_length.add(reading.names.labels[row]);
            continue;
        }
        if (std::ranges::any_of(lines->parts, is_too_long)) {
            too_long.add(reading.names.labels[row]);
            continue;
        }
        if (!plane.holds(*lines)) {
            elsewhere.add(reading.names.labels[row]);
            continue;
        }
        Road road = fields.at(row);
        if (undriven_classes.hold(road.road_class)) {
            undriven.add(fmt::format("{} ({})", reading.names.labels[row], road.road_class));
            continue;
        }
        road.shape = std::move(*lines);
        run.loaded.area.roads.push_back(std::move(road));
        hashes.roads.push_back(reading.table.hashes[row]);
    }
    fields.report(run.problems);
    without_length.report(reading,
                          {.severity = Severity::warning,
                           .kind = ProblemKind::geometry_invalid,
                           .message = "roads have no length",
                           .action = "left out of travel"},
                          "", run.problems);
    undriven.report(reading,
                    {.severity = Severity::warning,
                     .kind = ProblemKind::value_implausible,
                     .message = "roads are of a class that nobody drives on, as proposed, construction, ferry and rail",
                     .action = "left out of travel; one with a speed under [standards.values], as "
                               "\"travel.road.ferry\", is driven"},
                    "class", run.problems);
    too_long.report(
        reading,
        {.severity = Severity::error,
         .kind = ProblemKind::geometry_invalid,
         .message = fmt::format("roads are longer than {:g} km in one piece: does a vertex lie elsewhere?",
                                longest_part.value()),
         .action = "left out of travel; mend them, cut them at their junctions, or leave them out by 'where'"},
        "", run.problems);
    elsewhere.report(
        reading,
        {.severity = Severity::warning,
         .kind = ProblemKind::geometry_invalid,
         .message = fmt::format("roads reach where the working CRS, {}, has no places: a vertex astray, a line across "
                                "the date line, or roads far from the study's places",
                                run.loaded.area.working_crs.name()),
         .action = "left out of travel; mend them, or leave them out by 'where'"},
        "", run.problems);
}

void read_barriers(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    const FieldReader* kinds = reading.fields.find("kind");
    if (kinds == nullptr) return;
    std::vector<std::optional<BarrierKind>> kind_of_row(reading.table.rows.size());
    std::vector<RowPlace> places = reading.places;
    for (std::size_t row = 0; row < places.size(); ++row) {
        kind_of_row[row] = find_word(kinds->text(row), parse_barrier_kind);
        if (!kind_of_row[row]) places[row] = RowPlace::none;
    }
    std::vector<PlacedShape> shapes = place_shapes(reading.table, places, Crs::wgs84());
    RowFault points;
    for (std::size_t row = 0; row < places.size(); ++row) {
        if (places[row] != RowPlace::usable) continue;
        Geometry& shape = shapes[row].geometry;
        if (!std::holds_alternative<MultiLine>(shape) && !std::holds_alternative<MultiPolygon>(shape)) {
            points.add(reading.names.labels[row]);
            continue;
        }
        run.loaded.area.barriers.push_back({*kind_of_row[row], std::move(shape)});
        hashes.barriers.push_back(reading.table.hashes[row]);
    }
    points.report(reading,
                  {.severity = Severity::warning,
                   .kind = ProblemKind::geometry_wrong_type,
                   .message = "rivers and lakes are points, which stop nobody",
                   .action = "left out of travel"},
                  "kind", run.problems);
}

}  // namespace amayesh::detail
