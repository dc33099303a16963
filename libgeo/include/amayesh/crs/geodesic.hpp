#pragma once

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Length of the geodesic on the WGS 84 ellipsoid (Karney 2013, doi:10.1007/s00190-012-0578-z, by PROJ).
/// `a`, `b`: degrees, longitude first. Accurate to about 15 nm.
AMAYESH_EXPORT Metres geodesic_distance(Point a, Point b);

/// Area on the WGS 84 ellipsoid, edges taken as geodesics (Karney 2013, section 6). Degrees, longitude first.
/// Rings may run either way round; holes are taken off; edges may cross the antimeridian.
AMAYESH_EXPORT SquareMetres geodesic_area(const MultiPolygon& degrees);

}  // namespace amayesh
