#pragma once

#include <cstdint>

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

/// Who chose the CRS to work in.
enum class PlaneOrigin : std::uint8_t { named_by_study, fitted_to_data };

/// The same for ways, whose km and minutes are always those of the plane. Over 0.5 % is a crs_inaccurate warning where
/// another CRS would be better, and a note where it was fitted and none is.
void check_plane_of_ways(const Crs& plane, PlaneOrigin origin, const Box& degrees, ProblemReport& problems);

}  // namespace amayesh::detail
