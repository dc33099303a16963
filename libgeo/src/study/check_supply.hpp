#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Sources that promise more than they have (source_over_committed), and distribution sources whose capacity is not
/// known (capacity_unknown, a note).
void check_supply(const PlanningArea& area, ProblemReport& problems);

/// Layers of population and of networks whose `as_of` lie more than five years apart: dates_spread.
void check_dates(const Study& study, ProblemReport& problems);

}  // namespace amayesh::detail
