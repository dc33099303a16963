#pragma once

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Which side of the line a→b the point lies on: 1 left, -1 right, 0 on it. Exact for finite coordinates.
int orientation(const Point& a, const Point& b, const Point& p) noexcept;

/// Whether two closed segments share more than an end of both: they cross, one touches the inside of the other, or
/// they run along each other.
bool segments_interfere(const Point& a, const Point& b, const Point& c, const Point& d) noexcept;

}  // namespace amayesh::detail
