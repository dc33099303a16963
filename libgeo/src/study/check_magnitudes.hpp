#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh::detail {

/// Looks for amounts that no place on Earth has, and for units that were taken for others.
///
/// value_implausible: an amount above its limit, more households than people, or a zone that takes more water or power a
///                    hectare than any industry: warnings.
/// units_mixed:       some amounts of a field are above the limit and would lie among the others after division by a
///                    factor between two units (kW for MW): error. All or most above it: error too, the unit is wrong.
void check_magnitudes(const PlanningArea& area, ProblemReport& problems);

}  // namespace amayesh::detail
