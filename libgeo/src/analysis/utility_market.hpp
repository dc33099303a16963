#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/zone_reach.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/planning_area.hpp>

#include "analysis/committed_land.hpp"

namespace amayesh::detail {

/// A place that demands stand at, with what is in reach of it: the same in every case.
struct DemandPlace {
    std::optional<Point> degrees;
    std::vector<Near> sources;  ///< Of the area.
    std::vector<Near> zones;    ///< That may have a surplus; a zone's place holds the zone itself.
};

/// Where zones stand for utilities: at their position, else at the centre of the rural district that they name, where
/// that is known.
struct ZonePlaces {
    std::vector<std::optional<Point>> degrees;
    std::vector<std::optional<Point>> measured;  ///< As distances are measured: in degrees, or in the working CRS.
    std::vector<std::size_t> by_district;        ///< Those that stand at the centre of a district.
    std::vector<char> may_ask;                   ///< Whether anything can be needed there.
};
ZonePlaces places_of_zones(std::span<const UnitGap> units, const PlanningArea& area, std::span<const ZoneLand> land,
                           Metric metric);

/// Everything about one utility that does not depend on the case.
struct Market {
    UtilityKind utility;
    std::vector<DemandPlace> centres;  ///< Of units.
    std::vector<DemandPlace> zones;
    std::vector<std::optional<std::int64_t>> headroom;  ///< Per source of the area, in steps.
    bool committed_at_sources = false;
};

/// `centres`: of the units, as distances are measured. Throws: InvalidInput for headroom beyond counting.
Market market_of(UtilityKind utility, std::span<const UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                 std::span<const std::optional<Point>> centres, const ZonePlaces& zones, const GapStandards& standards);

}  // namespace amayesh::detail
