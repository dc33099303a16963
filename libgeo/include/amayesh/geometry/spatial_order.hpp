#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// The points' indices in an order in which neighbours in the order are mostly neighbours in space, so that queries made
/// in it find in the cache what the last one left there.
///
/// Method: Morton (1966) code of the position in a 65,536 × 65,536 grid over the points' box; equal codes by index.
/// Cost:   O(n log n). Points that are not finite come last.
AMAYESH_EXPORT std::vector<std::size_t> spatial_order(std::span<const Point> points);

}  // namespace amayesh
