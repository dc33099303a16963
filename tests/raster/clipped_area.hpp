#pragma once

#include <cmath>
#include <cstddef>
#include <utility>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh::test {

/// What of a ring lies where `of(point)` is at least 0 (Sutherland and Hodgman 1974).
template <class Side>
Ring clipped(const Ring& ring, const Side& of) {
    Ring kept;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[i + 1];
        const double side_a = of(a), side_b = of(b);
        if (side_a >= 0) kept.push_back(a);
        if ((side_a > 0 && side_b < 0) || (side_a < 0 && side_b > 0)) {
            const double t = side_a / (side_a - side_b);
            kept.push_back({a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t});
        }
    }
    if (!kept.empty()) kept.push_back(kept.front());
    return kept;
}

inline double area_of(const Ring& ring) {
    double twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i)
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    return std::abs(twice) / 2;
}

/// Part of one cell that a ring encloses, by clipping the ring with the cell's four sides, in coordinates.
inline double clipped_part(const Ring& ring, const GridPlacement& grid, std::size_t column, std::size_t row) {
    const Point &u = grid.column_step, &v = grid.row_step;
    const double cell = u.x * v.y - u.y * v.x;
    const Point corner{grid.corner.x + static_cast<double>(column) * u.x + static_cast<double>(row) * v.x,
                       grid.corner.y + static_cast<double>(column) * u.y + static_cast<double>(row) * v.y};
    const auto along_columns = [&](const Point& p) { return ((p.x - corner.x) * v.y - (p.y - corner.y) * v.x) / cell; };
    const auto along_rows = [&](const Point& p) { return ((p.y - corner.y) * u.x - (p.x - corner.x) * u.y) / cell; };
    Ring part = clipped(ring, along_columns);
    part = clipped(part, [&](const Point& p) { return 1 - along_columns(p); });
    part = clipped(part, along_rows);
    part = clipped(part, [&](const Point& p) { return 1 - along_rows(p); });
    return area_of(part) / std::abs(cell);
}

inline double clipped_part(const MultiPolygon& shape, const GridPlacement& grid, std::size_t column, std::size_t row) {
    double part = 0;
    for (const Polygon& polygon : shape.parts) {
        part += clipped_part(polygon.outer, grid, column, row);
        for (const Ring& hole : polygon.holes) part -= clipped_part(hole, grid, column, row);
    }
    return part;
}

}  // namespace amayesh::test
