#pragma once

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// Fills what a unit needs of every utility, what is in reach of its centre, and why it is or is not enough.
/// `measured_centre` is nothing where the unit has no centre.
void judge_services(UnitGap& gap, const PlanningArea& area, const ReachIndex& reach, const PlaceReach* centre_reach,
                    std::optional<Point> measured_centre, const GapStandards& standards);

}  // namespace amayesh::detail
