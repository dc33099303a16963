#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// A piece of border that one ring has for itself, or two and more share, from one junction of borders to the next; a
/// ring that meets no other is one arc, closed.
struct BorderArc {
    LineString points{};
    /// For each point, the tolerance from which on it is left out (Douglas and Peucker 1973); infinite at the ends.
    std::vector<double> stays_until{};
    double tolerance = 0;               ///< Points that stay until more than this are drawn.
    std::vector<std::size_t> shapes{};  ///< Whose border it is, rising: two, or one where nothing lies beyond.
};

/// An arc as a ring runs along it.
struct RingArc {
    std::size_t arc = 0;
    bool is_reversed = false;
};

using RingArcs = std::vector<RingArc>;
/// Rings of one polygon, the outer first.
using PolygonArcs = std::vector<RingArcs>;

/// Polygons that share borders, as the arcs that they are made of: what is done to an arc is done for both sides.
struct SharedBorders {
    std::vector<BorderArc> arcs{};
    std::vector<std::vector<PolygonArcs>> shapes{};  ///< Of each shape, its polygons.
};

/// How coarsely borders may be drawn, in the units of the coordinates.
struct BorderDetail {
    double tolerance = 0;         ///< Points nearer to the line drawn than this are left out.
    std::size_t most_points = 0;  ///< Of all arcs; the tolerance grows until they are no more.
};

/// Cuts the rings of the shapes at the junctions where borders meet. Neighbours must have the same vertices.
/// Cost: O(n log n) in the vertices.
AMAYESH_EXPORT SharedBorders find_shared_borders(std::span<const MultiPolygon> shapes);

/// Chooses the tolerance of every arc. The largest polygon of a shape keeps at least three corners, its arcs finer than
/// the rest where it must; other rings that are smaller than the tolerance are dropped.
AMAYESH_EXPORT void simplify(SharedBorders& borders, const BorderDetail& detail);

/// A shape as it is drawn: closed rings.
AMAYESH_EXPORT MultiPolygon drawn_shape(const SharedBorders& borders, std::size_t shape);

/// The arcs, as they are drawn, that part shapes of different groups, or have nothing beyond. `group_of_shape`: one per
/// shape.
AMAYESH_EXPORT MultiLine borders_of_groups(const SharedBorders& borders, std::span<const std::size_t> group_of_shape);

/// The same without those that are borders of the groups' own groups.
AMAYESH_EXPORT MultiLine borders_inside_groups(const SharedBorders& borders,
                                               std::span<const std::size_t> group_of_shape,
                                               std::span<const std::size_t> outer_group_of_shape);

/// A line without the points that lie nearer to what is drawn than the tolerance (Douglas and Peucker 1973).
AMAYESH_EXPORT LineString simplify_line(const LineString& line, double tolerance);

}  // namespace amayesh
