#pragma once

#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Length of the geodesic on the WGS 84 ellipsoid. `a`, `b`: degrees, longitude first.
///
/// Method:   up to 30 km the chord between the two places in space, bent to the ellipsoid's curvature along it (a series to
///           the seventh power of the chord); beyond, Karney (2013, doi:10.1007/s00190-012-0578-z) by PROJ.
/// Accuracy: 20 nm.
/// Throws:   InvalidInput for a latitude outside ±90° or a coordinate that is not finite.
AMAYESH_EXPORT Metres geodesic_distance(Point a, Point b);

/// Area on the WGS 84 ellipsoid, edges taken as geodesics. Degrees, longitude first.
/// Rings may run either way round; holes are taken off; edges may cross the antimeridian and rings may hold a pole.
///
/// Method:   Karney (2013, section 6): the areas between each edge and the equator, added up. Of edges up to 6 km below
///           85° latitude they are taken from a series in the edge's length, of all others from PROJ.
/// Accuracy: 1e-9 of the area.
/// Throws:   as `geodesic_distance`.
AMAYESH_EXPORT SquareMetres geodesic_area(const MultiPolygon& degrees);

/// A line or ring in degrees, its edges (straight in longitude and latitude) cut into pieces whose geodesics lie within
/// `sag` of them. An edge is cut the same way in either direction.
AMAYESH_EXPORT std::vector<Point> densify_for_geodesics(const std::vector<Point>& degrees, Metres sag);

}  // namespace amayesh
