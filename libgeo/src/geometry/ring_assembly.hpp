#pragma once

#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Whether the point lies inside the ring, by crossing number, decided exactly. A point on the ring may count as
/// either.
bool ring_holds(const Ring& ring, const Point& p) noexcept;

/// Polygons of closed rings that nowhere cross: anticlockwise ones bound a part, each clockwise one is a hole of the
/// smallest part around it. Every ring starts at its least vertex, outer rings run clockwise as GEOS has them, parts
/// and holes follow in the order of their vertices, so that the result does not depend on the order in which the rings
/// were found.
/// Cost: O(holes × parts) box tests at worst.
MultiPolygon assemble_polygons(std::vector<Ring> rings);

}  // namespace amayesh::detail
