#pragma once

#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Planar area in the units of the coordinates, squared; holes taken off.
AMAYESH_EXPORT double planar_area(const MultiPolygon& shape);

/// Area of everything that any of the shapes covers. Inputs must be valid.
AMAYESH_EXPORT MultiPolygon union_of(std::span<const MultiPolygon> shapes);
AMAYESH_EXPORT MultiPolygon intersection_of(const MultiPolygon& a, const MultiPolygon& b);
AMAYESH_EXPORT MultiPolygon difference_of(const MultiPolygon& a, const MultiPolygon& b);

/// As `union_of` and `difference_of`, where borders may all but coincide: every vertex of the result is moved to a grid
/// of about 1e-13 of the largest coordinate (0.1 µm in 1,000 km).
/// Method: snap rounding (GEOS). GEOS 3.11's overlay in floating point may snap vertices to one another there, and was
///         seen to get 1.5 % of a shape wrong without a word.
AMAYESH_EXPORT MultiPolygon union_on_grid(std::span<const MultiPolygon> shapes);
AMAYESH_EXPORT MultiPolygon difference_on_grid(const MultiPolygon& a, const MultiPolygon& b);

/// A point that lies inside the shape, well away from its border where it can; the same one every time.
/// Method: the middles of the widest runs along 15 rows of each part; the one farthest from the border.
/// Throws: InvalidInput for an empty shape.
AMAYESH_EXPORT Point interior_point(const MultiPolygon& shape);

/// Two shapes that share area, found by `find_overlaps`.
struct Overlap {
    std::size_t first = 0;  ///< Index of the shape that comes first.
    std::size_t second = 0;
    double area = 0;  ///< Shared area, square units of the coordinates.
    Point place;      ///< A point in the shared area.
};

/// Pairs of shapes whose interiors share more than `least_area`, by index.
///
/// Method:  edges that two neighbours share exactly, in opposite directions, are matched by hashing; two shapes whose
///          other edges neither meet nor lie inside one another (decided exactly) do not overlap. The rest is overlaid.
/// Input:   valid shapes.
/// Cost:    near-linear in the vertices for a clean tiling; up to `thread_limit()` threads.
AMAYESH_EXPORT std::vector<Overlap> find_overlaps(std::span<const MultiPolygon> shapes, double least_area);

/// A narrow area that no shape covers, enclosed by the borders of two or more.
struct SliverGap {
    std::vector<std::size_t> neighbours;  ///< Indexes of the shapes around it.
    double area = 0;                      ///< Square units of the coordinates.
    double width = 0;                     ///< On average: twice the area over the length of its border.
    Point place;                          ///< A point in it.
};

/// What is told of borders that should be one; square units, and units, of the coordinates.
struct BorderFaultLimits {
    double least_area = 0;      ///< Overlaps and gaps must be larger.
    double narrowest_gap = 0;   ///< Narrower ones are rounding.
    double widest_gap = 1e300;  ///< Wider ones are meant: a lake, a city that is no shape.
};

struct BorderFaults {
    std::vector<Overlap> overlaps;
    std::vector<SliverGap> gaps;  ///< By place.
};

/// Overlaps as `find_overlaps`, and sliver gaps.
///
/// Method:  edges without the same edge the other way round in another shape are chained, the void on their left, to
///          rings; of those that run anticlockwise round a narrow area, the ones in no shape are gaps. Gaps that are
///          closed by borders without a common vertex are not seen.
/// Cost:    as `find_overlaps`; the gaps add O(n log n) in the edges that no neighbour shares.
AMAYESH_EXPORT BorderFaults find_border_faults(std::span<const MultiPolygon> shapes, const BorderFaultLimits& limits);

/// Thiessen (Voronoi) cells of the sites, clipped to `within`: cell i is what lies nearest to site i.
/// The cells cover `within` fully and do not overlap. Sites at one place share their cell with the first of them
/// (the others' cells are empty). Sites outside `within` still own what is nearest to them.
/// Sites nearer than 1e-9 of the sites' extent are at one place. The order of the sites changes nothing.
///
/// Method:  Boost.Polygon's Voronoi diagram; its edges and the border of `within` are noded together and made faces of
///          (GEOS), each given to its nearest site, so neighbours share every vertex of their common border.
/// Cost:    O(n log n) in the sites and the vertices of `within`.
/// Throws:  InvalidInput without sites, or for a coordinate that is not finite.
AMAYESH_EXPORT std::vector<MultiPolygon> thiessen_cells(std::span<const Point> sites, const MultiPolygon& within);

}  // namespace amayesh
