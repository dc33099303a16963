#pragma once

#include <span>

#include <amayesh/analysis/gap.hpp>

#include "analysis/utility_market.hpp"

namespace amayesh::detail {

/// Notes in every unit what became of its demands for the utility in the case, why it is short and who took the
/// headroom: reason and takers are those of one part, the one that is shortest of all (of equal ones the first). Notes in
/// every demand of a unit what the unit's other parts got of what is in its reach.
void settle_units(std::span<UnitGap> units, SharedUtility& shared, const Market& market, Case scenario,
                  const PlanningArea& area, bool all_sources_known);

/// Parts are rounded up one by one: their sum is the demand that the balance closes with.
void restate_demand(std::span<UnitGap> units);

}  // namespace amayesh::detail
