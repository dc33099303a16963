#pragma once

#include <optional>
#include <span>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// Shares the firm headroom of sources, and what zones have to spare, among everything that competes for it; after
/// `share_land`. Fills `shared` of every service of the units.
///
/// What zones need comes from their occupied land (`occupied_ha`, else their operating and idle plots) and their committed
/// plots (contracted, under construction) × the standard; what they have from `supply`. A zone where one of these is not known
/// neither asks nor gives. It is measured from an interior point.
SharedSupply share_supply(std::span<UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                          std::span<const std::optional<Point>> measured_centres, const GapStandards& standards,
                          const GapOptions& options);

}  // namespace amayesh::detail
