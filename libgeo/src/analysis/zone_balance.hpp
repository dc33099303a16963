#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/gap.hpp>

#include "analysis/committed_land.hpp"

namespace amayesh::detail {

/// What a zone has more than its land in use needs, in steps; below 0 it lacks that much. Nothing where the zone does not
/// serve, or its use or supply is not known: it neither asks nor gives then.
std::optional<std::int64_t> spare_of_zone(const IndustrialZone& zone, const ZoneLand& land,
                                          std::span<const ZoneStatus> serving, UtilityKind utility, Case scenario,
                                          const GapStandards& standards);

/// What a zone that does not serve has for its own committed plots, in steps: its supply less what its land in use needs,
/// not below 0; 0 where either is not known. What a serving zone has to spare is shared instead.
std::int64_t kept_for_plots(const IndustrialZone& zone, const ZoneLand& land, std::span<const ZoneStatus> serving,
                            UtilityKind utility, Case scenario, const GapStandards& standards);

/// Adds up what became of every zone, after land and supply were shared; in the order of the area's zones.
std::vector<ZoneBalance> balance_zones(std::span<const UnitGap> units, const SharedSupply& shared,
                                       const PlanningArea& area,
                                       std::span<const std::optional<std::int64_t>> usable_land,
                                       const GapStandards& standards, const GapOptions& options);

}  // namespace amayesh::detail
