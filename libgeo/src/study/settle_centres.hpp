#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/planning_area.hpp>

#include "study/place_index.hpp"

namespace amayesh::detail {

/// Looks where the centres given for rural districts lie: centre_outside, a warning, for each outside its district.
///
/// One that is farther out than 10 km and `position_bound` metres is left out, so that no distance is taken from it: the
/// district's largest settlement or its inside stands in. The finding says in which district it lies, and whether it
/// would fit with x and y exchanged.
void settle_centres(PlanningArea& area, const DistrictIndex& index, double position_bound, ProblemReport& problems);

}  // namespace amayesh::detail
