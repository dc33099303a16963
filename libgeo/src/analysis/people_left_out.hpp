#pragma once

#include <functional>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// People of a unit who have nothing in reach: no serving zone, no source. `is_in_reach`: of a settlement of the area.
///
/// Settlements with a known population are counted one by one. What the unit's population leaves over lives in its
/// settlements of unknown population, where there are any: all of it is left out if all of these are out of reach, none
/// if none is, and unknown in between. Where there are none of these it follows the centre. A settlement without a
/// place counts as unknown either way. Where the list of settlements is not complete, the rest may live anywhere. `centre_in_reach` is nothing where the unit has no centre.
PeopleLeftOut count_people_left_out(const AssessedUnit& unit, const PlanningArea& area,
                                    const std::function<bool(std::size_t)>& is_in_reach,
                                    std::optional<bool> centre_in_reach);

}  // namespace amayesh::detail
