#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Missing and repeated ids in the sorted lists of a planning area. Of assessed units they are errors, of others
/// warnings; every feature is kept.
void check_ids(const Study& study, const PlanningArea& area, ProblemReport& problems);

}  // namespace amayesh::detail
