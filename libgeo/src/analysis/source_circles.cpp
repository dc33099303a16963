#include "analysis/source_circles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t bearings = 16;
constexpr double between_bearings = 1.25;  // a third harmonic between 16 bearings rises by 1 / cos(3π / 16) = 1.20
constexpr double places_per_radius = 4;    // along a line
constexpr std::size_t circles_per_chunk = 64;
constexpr double drawing_tolerance = 0.01;  // metres; what the union may shrink discs by, and rounding

/// Greatest of |geodesic distance − radius| over points of the circle.
double circle_error(const Disc& disc, const Transform& to_degrees) {
    std::array<Point, bearings + 1> points;
    for (std::size_t i = 0; i < bearings; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / bearings;
        points[i] = {disc.centre.x + disc.radius * std::cos(angle), disc.centre.y + disc.radius * std::sin(angle)};
    }
    points.back() = disc.centre;
    to_degrees.apply(points);
    double worst = 0;
    for (std::size_t i = 0; i < bearings; ++i)
        worst = std::max(worst, std::abs(geodesic_distance(points.back(), points[i]).value() - disc.radius));
    return worst;
}

double drawn_radius(const UtilitySource& source, Kilometres reach) {
    const Kilometres own = source.reach.value_or(reach);
    if (own > farthest_reach) throw InvalidInput{fmt::format("source '{}': {}", source.id, far_reach_text(own))};
    return to_metres(own).value();
}

MultiLine border_of(const MultiPolygon& shape) {
    MultiLine border;
    for (const Polygon& part : shape.parts) {
        border.parts.push_back(part.outer);
        border.parts.insert(border.parts.end(), part.holes.begin(), part.holes.end());
    }
    return border;
}

}  // namespace

SourceCircles::SourceCircles(const PlanningArea& area, std::span<const std::size_t> sources, Kilometres reach) {
    const Transform to_work{Crs::wgs84(), area.working_crs};
    for (const std::size_t i : sources) {
        const UtilitySource& source = area.sources[i];
        const double radius = drawn_radius(source, reach);
        if (const auto* point = std::get_if<Point>(&source.geometry))
            m_discs.push_back({to_work.apply(*point), radius});
        if (const auto* points = std::get_if<MultiPoint>(&source.geometry))
            for (const Point& p : *points) m_discs.push_back({to_work.apply(p), radius});
        if (const auto* lines = std::get_if<MultiLine>(&source.geometry)) add(to_work.apply(*lines), radius);
        if (const auto* shape = std::get_if<MultiPolygon>(&source.geometry)) {
            m_polygons.push_back(to_work.apply(*shape));
            add(border_of(m_polygons.back()), radius);
        }
    }
}

void SourceCircles::add(const MultiLine& lines, double radius) {
    for (const LineString& line : lines.parts) {
        const Point* last = nullptr;
        for (const Point& p : line) {
            const bool far = !last || std::hypot(p.x - last->x, p.y - last->y) > radius / places_per_radius;
            if (!far && &p != &line.back()) continue;
            m_along_lines.push_back({p, radius});
            last = &p;
        }
    }
    m_lines.push_back({lines, radius});
}

MultiPolygon SourceCircles::drawn(int quadrant_segments) const {
    MultiPolygon discs = union_of_discs(m_discs, quadrant_segments);
    if (m_lines.empty()) return discs;
    std::vector<MultiPolygon> shapes = m_polygons;
    shapes.push_back(std::move(discs));
    shapes.push_back(union_of_line_reaches(m_lines, quadrant_segments));
    return union_on_grid(shapes);
}

Metres SourceCircles::sag(int quadrant_segments) const {
    double radius = 0;
    for (const Disc& disc : m_discs) radius = std::max(radius, disc.radius);
    for (const LineReach& line : m_lines) radius = std::max(radius, line.radius);
    const double of_lines = m_lines.empty() ? 0 : default_sag.value();
    return Metres{circle_sag(radius, quadrant_segments) + of_lines + drawing_tolerance};
}

Metres SourceCircles::projection_error(const Crs& working_crs) const {
    std::vector<Disc> circles = m_discs;
    circles.insert(circles.end(), m_along_lines.begin(), m_along_lines.end());
    std::vector<double> errors(circles.size());
    const Transform to_degrees{working_crs, Crs::wgs84()};
    parallel_for(circles.size(), circles_per_chunk, [&](std::size_t begin, std::size_t end) {
        const Transform own{to_degrees};
        for (std::size_t i = begin; i < end; ++i) errors[i] = circle_error(circles[i], own);
    });
    const double worst = errors.empty() ? 0 : std::ranges::max(errors);
    return Metres{worst * between_bearings};
}

}  // namespace amayesh::detail
