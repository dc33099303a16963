#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Settlements of which nobody knows whether they are cities, whose people must not count: value_missing, a warning for
/// each layer that maps people but no `kind`, and one for those in rural districts whose kind is unknown.
void check_kinds(const Study& study, const LoadedStudy& loaded, ProblemReport& problems);

}  // namespace amayesh::detail
