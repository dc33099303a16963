#pragma once

#include <vector>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// Net land of each zone that a new plant could take, m²: its vacant and repossessable plots where plots are listed, else
/// `vacant_ha`, else net (or gross × central net share) less occupied; nothing where none of these is known, a plot has
/// no known state or area, or plots are missing from the list.
std::vector<std::optional<std::int64_t>> usable_land_of_zones(const PlanningArea& area, const GapStandards& standards);

/// Fills target areas: people × hectares per 1,000, clamped to the least and largest zone.
void set_target(UnitGap& gap, const GapStandards& standards);

/// Fills nearest zones (in reach: where the reach is in minutes they stand there already), usable land, and the status and reason that the unit has alone, as if nobody else took land.
void judge_zone_gap(UnitGap& gap, const ReachIndex& reach, const PlaceReach* centre_reach, Point measured_centre,
                    std::span<const std::optional<std::int64_t>> usable_land, std::size_t district,
                    const PlanningArea& area);

/// Whether the circle of `radius` around the place leaves a declared extent (degrees).
bool leaves_extent(Point place, Kilometres radius, const std::optional<Box>& extent);

}  // namespace amayesh::detail
