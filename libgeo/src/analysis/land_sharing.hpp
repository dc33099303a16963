#pragma once

#include <optional>
#include <span>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// Promises the usable land of serving zones in reach to the units that need land, each hectare once: the most land
/// together, at the least sum of area × distance (× time, where reach is in minutes). A zone known only by the district's code counts as one at the limit of
/// reach; one whose usable land is not known gives none. Fills `land` of every unit with a target, in each case; a unit
/// that alone would be served, and is promised less than its target in the central case, has a full zone from then on.
/// Without reuse nothing is promised, and units stay as they are alone.
void share_land(std::span<UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                std::span<const std::optional<Point>> measured_centres,
                std::span<const std::optional<std::int64_t>> usable_land, const GapStandards& standards,
                const GapOptions& options);

}  // namespace amayesh::detail
