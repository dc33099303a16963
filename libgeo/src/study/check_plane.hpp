#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Refuses a CRS to work in that is not projected in metres, or is that of web maps, where lengths grow with
/// 1 / cos(latitude), by 1.22 at 35°, and areas by its square.  Throws: CrsError.
void require_working_crs(const Crs& crs);

/// How much distances in the plane are off over an area, at worst, as a part of the true distance: 0.22 for a scale of
/// 1.22 or 0.78. Over 0.5 % is a crs_inaccurate warning that names the factor and where.
///
/// `degrees`: bounds of what distances are taken between; 0 for an empty box.
/// Method: the scale along both axes on a grid of 9 × 9 places, against the geodesic.
double check_plane(const Crs& plane, const Box& degrees, ProblemReport& problems);

}  // namespace amayesh::detail
