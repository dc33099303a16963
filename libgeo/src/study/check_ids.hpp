#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Missing and repeated ids in the sorted lists of a planning area. Of assessed units they are errors, of other
/// places warnings. Zones, plots and sources that repeat an id (equal rows have been dropped) are errors: amounts of one
/// would be added up twice. Every feature is kept.
void check_ids(const Study& study, const PlanningArea& area, ProblemReport& problems);

}  // namespace amayesh::detail
