#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "geometry/distance.hpp"
#include "geometry/geos.hpp"

namespace amayesh {
namespace {

constexpr int scan_lines = 15;  // a part's

template <class Visit>
void for_each_edge(const MultiPolygon& shape, Visit visit) {
    const auto visit_ring = [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) visit(ring[i], ring[i + 1]);
    };
    for (const Polygon& part : shape.parts) {
        visit_ring(part.outer);
        for (const Ring& hole : part.holes) visit_ring(hole);
    }
}

double squared_distance_to_border(const MultiPolygon& shape, const Point& p) {
    double least = std::numeric_limits<double>::infinity();
    for_each_edge(shape, [&](const Point& a, const Point& b) {
        least = std::min(least, detail::squared_distance_to_segment(p, a, b));
    });
    return least;
}

/// The middle of the widest run of the shape along a row.
std::optional<Point> middle_of_widest_run(const MultiPolygon& shape, double y) {
    std::vector<double> crossings;
    for_each_edge(shape, [&](const Point& a, const Point& b) {
        if ((a.y > y) == (b.y > y)) return;
        const auto [low, high] = a.y < b.y ? std::pair{a, b} : std::pair{b, a};
        crossings.push_back(low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y)));
    });
    std::sort(crossings.begin(), crossings.end());
    std::optional<Point> middle;
    double widest = 0;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        if (crossings[i + 1] - crossings[i] > widest) {
            widest = crossings[i + 1] - crossings[i];
            middle = Point{crossings[i] + widest / 2, y};
        }
    return middle;
}

Point point_on_surface(const MultiPolygon& shape) {
    const auto geometry = detail::to_geos(shape);
    const auto point =
        detail::checked(GEOSPointOnSurface_r(detail::geos_context(), geometry.get()), "find a point inside a shape");
    Point p;
    GEOSGeomGetX_r(detail::geos_context(), point.get(), &p.x);
    GEOSGeomGetY_r(detail::geos_context(), point.get(), &p.y);
    return p;
}

}  // namespace

Point interior_point(const MultiPolygon& shape) {
    if (shape.parts.empty()) throw InvalidInput{"an empty shape has no point inside"};
    std::optional<Point> best;
    double widest_margin = 0;
    for (const Polygon& part : shape.parts) {
        const Box box = bounds(MultiPolygon{{part}});
        for (int i = 1; i <= scan_lines; ++i) {
            const auto p = middle_of_widest_run(shape, box.min_y + (box.max_y - box.min_y) * i / (scan_lines + 1));
            if (!p) continue;
            const double margin = squared_distance_to_border(shape, *p);
            if (margin > widest_margin) {
                widest_margin = margin;
                best = p;
            }
        }
    }
    return best ? *best : point_on_surface(shape);
}

}  // namespace amayesh
