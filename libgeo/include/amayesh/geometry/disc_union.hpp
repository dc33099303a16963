#pragma once

#include <span>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Everything within `radius` of a centre, in the units of the coordinates.
struct Disc {
    Point centre;
    double radius = 0;
};

inline constexpr int default_quadrant_segments = 8;  ///< As PostGIS and GEOS draw a buffer.

/// Union of discs, each drawn as a regular polygon whose corners lie on the circle: `quadrant_segments` edges a
/// quarter, one corner due east of the centre.
///
/// Method:   each edge is cut by the polygons that its cell of a grid lists; what no polygon covers is joined end to
///           end. Crossings are known by the two edges that make them, so that the rings close whatever the rounding.
///           Where an edge passes a corner or another crossing nearer than 1e-12 of the largest coordinate, the discs
///           concerned shrink by up to 10 times that and all is done again, with twice as much in each of 12 rounds.
///           Discs that differ by less than 8 times that count once. (GEOS's union of such polygons was seen to lose
///           parts of them.)
/// Result:   valid; parts may touch in no more than points. The same for any order of the discs and any number of
///           threads. Holes and parts thinner than 1e-10 of the largest coordinate are left out, and discs whose radius
///           is under 1e-9 of it (1 mm in 1,000 km).
/// Accuracy: a border lies within `circle_sag` inside that of the union of the true discs.
/// Cost:     O(n log n + edges × polygons that cross their cell); many discs over one another cost little, because an
///           edge is done with as soon as one polygon covers it. Up to `thread_limit()` threads.
/// Throws:   InvalidInput for a coordinate or radius that is not finite, a negative radius, fewer than 1 or more than
///           1,000 segments a quarter. Error if nothing comes of 32 rounds.
AMAYESH_EXPORT MultiPolygon union_of_discs(std::span<const Disc> discs,
                                           int quadrant_segments = default_quadrant_segments);

/// How far the edges of a drawn disc lie inside its circle at most: radius × (1 − cos(45° / quadrant_segments)).
AMAYESH_EXPORT double circle_sag(double radius, int quadrant_segments = default_quadrant_segments);

/// Lines and how far they reach.
struct LineReach {
    MultiLine lines;
    double radius = 0;
};

/// Union of everything within reach of any line; round ends and bends drawn as discs are.
///
/// Method:   GEOS's buffer of each, then `union_on_grid`.
/// Throws:   as `union_of_discs`.
AMAYESH_EXPORT MultiPolygon union_of_line_reaches(std::span<const LineReach> reaches,
                                                  int quadrant_segments = default_quadrant_segments);

}  // namespace amayesh
