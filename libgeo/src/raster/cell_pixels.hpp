#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// The corners of a cell in pixels, around it.
using CellCorners = std::array<Point, 4>;

/// Calls `visit(row, first_column, end_column)` for the pixels whose centres lie in a cell, whether or not there are such
/// pixels. Cells that share an edge share no pixel and leave none out.
template <class Visit>
void visit_pixels(const CellCorners& cell, const Visit& visit) {
    const auto first_centre_from = [](double place) { return static_cast<std::int64_t>(std::ceil(place - 0.5)); };
    double top = cell[0].y;
    double bottom = cell[0].y;
    for (const Point& corner : cell) {
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    for (std::int64_t row = first_centre_from(top); row < first_centre_from(bottom); ++row) {
        const double y = static_cast<double>(row) + 0.5;
        double left = std::numeric_limits<double>::infinity();
        double right = -left;
        for (std::size_t i = 0; i < cell.size(); ++i) {
            Point a = cell[i];
            Point b = cell[(i + 1) % cell.size()];
            if (b.y < a.y) std::swap(a, b);  // downwards, so that either cell beside the edge reckons the same
            if (!(a.y <= y && y < b.y)) continue;
            const double x = a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y));
            left = std::min(left, x);
            right = std::max(right, x);
        }
        if (left < right) visit(row, first_centre_from(left), first_centre_from(right));
    }
}

}  // namespace amayesh::detail
