#pragma once

#include <algorithm>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

inline double squared_distance(const Point& a, const Point& b) noexcept {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

inline double squared_distance_to_segment(const Point& p, const Point& a, const Point& b) noexcept {
    const double squared_length = squared_distance(a, b);
    if (squared_length == 0) return squared_distance(p, a);
    const double along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / squared_length;
    const double part = std::clamp(along, 0.0, 1.0);
    return squared_distance(p, Point{a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)});
}

}  // namespace amayesh::detail
