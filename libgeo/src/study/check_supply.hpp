#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Sources that promise more than they have (source_over_committed), distribution sources whose capacity, or use and
/// committed amount, is not known (capacity_unknown, use_unknown: notes), and commitments that ended before the date of the assessment (commitment_lapsed, a note
/// for each utility).
void check_supply(const Study& study, const PlanningArea& area, ProblemReport& problems);

/// Layers of population and of networks whose `as_of` lie more than five years apart: dates_spread.
void check_dates(const Study& study, ProblemReport& problems);

}  // namespace amayesh::detail
