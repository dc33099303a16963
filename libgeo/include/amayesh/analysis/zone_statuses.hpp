#pragma once

#include <span>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// Tells that zones have no known status, and what follows from it.
AMAYESH_EXPORT void report_unknown_statuses(const PlanningArea& area, std::span<const ZoneStatus> serving_statuses,
                                            ProblemReport& problems);

}  // namespace amayesh
