#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/geometry/disc_union.hpp>

namespace amayesh::detail {

/// Corners and outward edge normals of the regular polygon in the unit circle, anticlockwise from due east.
struct UnitPolygon {
    explicit UnitPolygon(int quadrant_segments);

    [[nodiscard]] std::uint32_t sides() const noexcept { return static_cast<std::uint32_t>(normals.size()); }

    std::vector<Point> corners;  ///< One more than sides: the first again.
    std::vector<Point> normals;  ///< Of the edge from corner i to corner i + 1.
    double apothem = 1;          ///< Distance of the edges from the centre.
};

/// Rings around a union of discs, or the discs that stand so that some decision lies within `clearance`.
struct DiscBorder {
    std::vector<Ring> rings;               ///< Closed, the union on the left.
    std::vector<std::uint32_t> undecided;  ///< Rising. Not empty: `rings` is not to be used.
};

/// Border of the union of the discs' polygons.
/// `discs`: finite, of radius above 100 clearances, no two of them equal. `clearance`: well above the rounding error of
/// a coordinate. Undecided without a disc named (all of them) when the pieces do not close.
DiscBorder find_disc_border(std::span<const Disc> discs, const UnitPolygon& unit, double clearance);

}  // namespace amayesh::detail
