#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/service_areas.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// Edges of a drawn quarter circle: of 50 km the polygon lies at most 15 m inside.
inline constexpr int gap_quadrant_segments = 32;

/// People of a rural district beyond the reach of some sources, as the gap analysis counts those without a zone.
struct PeopleBeyond {
    std::optional<std::int64_t> population;  ///< Nothing = unknown.
    std::optional<std::int64_t> at_least;    ///< Nothing where sources may be missing.
    std::optional<std::int64_t> at_most;     ///< Nothing where the population is not known.
    PeopleBasis basis = PeopleBasis::none;
};

/// People of the whole area, of those known: populations of districts, known settlements of the others and of those in no district.
struct PeopleInReach {
    std::int64_t people = 0;
    std::int64_t at_least = 0;
    std::int64_t at_most = 0;
    std::size_t population_unknown = 0;  ///< Districts, and settlements in none.

    /// Part of `people`, 0–1; nothing where there are none.
    [[nodiscard]] AMAYESH_EXPORT std::optional<double> share(std::int64_t part) const noexcept;
};

/// Who lives in one service area.
struct ServedPeople {
    PeopleInReach total;
    std::vector<PeopleBeyond> districts;  ///< One per rural district of the area, in its order.
};

/// What one utility reaches.
struct UtilityService {
    ServiceAreas areas;
    bool may_miss_sources = false;  ///< The layer is not complete, or a source has no position.
    ServedPeople any;
    ServedPeople with_headroom;
    std::optional<ServedPeople> with_headroom_left;
};

/// By utility; nothing for one without a layer of sources.
using UtilityServices = PerUtility<std::optional<UtilityService>>;

/// What each utility reaches in the planning area of a gap analysis, and whom.
///
/// Sources:  `any`: distribution sources with a position. `with_headroom`: those of them with firm headroom of at least a
///           whole step, or that serve without an amount. `with_headroom_left`: those that keep some after the headroom
///           was shared in the central case. Telecom: `with_headroom` has at least the required class, and nothing is
///           left over. The surplus of zones is no source here: it depends on the standards, and goes to plants, not to
///           people.
/// People:   by the distance test of the gap analysis, and bounded as it bounds people without a zone: settlement by
///           settlement where populations are known, what a district's population leaves over with its settlements of
///           unknown population, or else with its centre. At least: in reach of known headroom, with the most beyond
///           reach; at most: in reach of known or unknown headroom, with the least; everyone where sources may be
///           missing. Where settlements are assessed, each by itself. With `only` (see AssessmentOptions) nobody else.
/// Areas:    on the ellipsoid.
/// Cost:     as `find_service_areas`, up to three areas a utility.
/// Throws:   as `find_service_areas`.
AMAYESH_EXPORT UtilityServices find_gap_service_areas(const PlanningArea& area,
                                                      std::span<const std::size_t> district_of_settlement,
                                                      const GapResult& gaps, const Progress& progress = {});

}  // namespace amayesh
