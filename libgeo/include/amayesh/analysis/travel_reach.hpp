#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// What a place is asked for the way to a zone as.
enum class TravelPlaceKind : std::uint8_t { unit, settlement, zone };
AMAYESH_EXPORT std::string_view to_string(TravelPlaceKind kind) noexcept;

/// A place from which, or a zone to which, no way was found. It is in no minutes and in no count of people beyond.
struct UnroutablePlace {
    TravelPlaceKind kind = TravelPlaceKind::settlement;
    std::size_t index = 0;  ///< Into the units of the result, or the settlements or zones of the area.
    UnroutableReason reason = UnroutableReason::no_access;
};

/// People of a unit who reach a serving zone within a limit.
struct PeopleWithin {
    std::optional<std::int64_t> at_least;  ///< Nothing where the population is unknown and no settlement's is known.
    std::optional<std::int64_t> at_most;   ///< Nothing where the population is not known.
    PeopleBasis basis = PeopleBasis::none;
    bool centre_within = false;
    std::size_t settlements_within = 0;
};

/// How long the people of a place travel: sums over settlements.
struct TravelTotals {
    std::size_t settlements = 0;
    std::size_t settlements_unroutable = 0;
    std::size_t settlements_population_unknown = 0;
    std::int64_t people_routed = 0;      ///< Known, in settlements with a way.
    std::int64_t people_unroutable = 0;  ///< Known, in settlements without.
    double person_milliseconds = 0;      ///< Of `people_routed`; exact below 2⁵³.
    std::optional<TravelTime> longest;   ///< Of any settlement with a way.

    /// Mean over people; nothing where none are known that have a way.
    [[nodiscard]] AMAYESH_EXPORT std::optional<TravelTime> mean() const noexcept;
    AMAYESH_EXPORT TravelTotals& operator+=(const TravelTotals& other) noexcept;
};

/// How one unit reaches the serving zones.
struct UnitTravel {
    AssessedUnit unit;
    PlaceTravel centre;
    TravelTotals settlements;
    std::vector<PeopleWithin> within;  ///< One per limit.
};

/// People within a limit, over the units of an area.
struct PeopleWithinTotal {
    std::int64_t at_least = 0, at_least_unknown_units = 0;
    /// Where the most is unknown the least stands for it: of those known, at most.
    std::int64_t at_most = 0, at_most_unknown_units = 0;
    std::int64_t units_within = 0;       ///< By their centres.
    std::int64_t units_over_within = 0;  ///< Of them, over the threshold.
    std::int64_t settlements_within = 0;
};

/// Totals of the units of one area. Every total is an exact sum; what is unknown is counted beside it.
struct TravelRollup {
    RollupLevel level = RollupLevel::nation;
    AdministrativePlace place;  ///< Province and county, as far as the level goes.
    std::int64_t units = 0, units_over = 0;
    std::int64_t units_unroutable = 0, units_over_unroutable = 0;  ///< Their centres are.
    std::int64_t people_known = 0;                                 ///< Of units with a known population.
    std::int64_t people_unknown_units = 0;
    std::int64_t people_counted = 0;  ///< Those, and the known settlements of the other units.
    TravelTotals settlements;
    std::vector<PeopleWithinTotal> within;  ///< One per limit.
};

struct TravelReachOptions {
    std::vector<TravelTime> limits;  ///< Rising, above 0. A place at a limit is within it.
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};  ///< Those of the ways.
    bool all_settlements = true;  ///< False: only those of the units are asked for their way.
};

/// How units and settlements reach the serving zones, in minutes.
struct TravelReach {
    ReachKind kind = ReachKind::roads;
    std::vector<TravelTime> limits;
    std::vector<UnitTravel> units;            ///< In the order given.
    std::vector<std::size_t> places;          ///< Settlements asked for their way, by index, rising.
    std::vector<PlaceTravel> settlements;     ///< One per settlement of `places`.
    std::vector<TravelRollup> rollups;        ///< Nation first, then provinces and counties by name.
    std::vector<UnroutablePlace> unroutable;  ///< Units, then settlements, then zones, each by index.
    bool may_miss_zones = false;  ///< The layer is not complete, or a zone that serves, or may, has no position.
};

/// Asks every unit and settlement for its quickest serving zone, and counts who is within each limit.
///
/// Unit:    from its centre; and over its settlements, each with its people.
/// People:  as the gap analysis counts those without a zone in reach (see PeopleLeftOut): settlement by settlement where
///          populations are known, else all follow the centre. At least: those known to be within; at most: also whoever
///          lives where no way was found, in a settlement without a position, or where populations are unknown; whoever
///          would be within the limit of a zone without a way, or of unknown status, straight and at the fastest that the
///          model knows; everyone where zones may be missing. What has no way is never taken for near, and never for far.
/// Limits:  compared in whole milliseconds; the 60th minute belongs to 60.
/// Cost:    one question for all places together, then O(settlements × limits).
/// Throws:  InvalidInput for limits that do not rise, or `district_of_settlement` that does not fit the area.
AMAYESH_EXPORT TravelReach find_travel_reach(const PlanningArea& area, std::vector<AssessedUnit> units,
                                             std::span<const std::size_t> district_of_settlement,
                                             const ZoneTravel& travel, const TravelReachOptions& options,
                                             const Progress& progress = {});

}  // namespace amayesh
