#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/analysis/case_ranks.hpp>
#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/analysis/shared_supply.hpp>
#include <amayesh/analysis/step_range.hpp>
#include <amayesh/analysis/zone_balance.hpp>
#include <amayesh/analysis/zone_reach.hpp>
#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>

namespace amayesh {

/// How a unit stands with industrial land.
enum class UnitStatus : std::uint8_t {
    served,  ///< A serving zone is in reach, and the land that is promised there is enough, or its land is not known.
    zone_full,  ///< In reach, but less usable land is promised to the unit than the target, in the central case.
    no_zone_in_reach,
    no_zone_known_in_reach,  ///< None in reach, and the zones layer is not complete.
    not_over_threshold,
    population_unknown,  ///< Neither over nor under.
};

/// Why a unit is not served.
enum class UnitReason : std::uint8_t {
    none,
    no_zone_in_reach,          ///< Zones are known, the nearest is too far.
    only_zones_not_operating,  ///< One in reach is approved, planned, under construction or closed.
    no_serving_zones,          ///< The study has no serving zone anywhere.
    zones_layer_incomplete,
    zone_position_unknown,  ///< A serving zone without a position, or known only by a district near by, may be in reach.
    zone_status_unknown,    ///< A zone in reach may operate or not.
    not_enough_usable_land,  ///< Even if nobody else took any.
    land_taken_by_others,    ///< Alone it would be enough; others get a part of it.
    no_way_known,            ///< In minutes: no way was found from there, or to a zone that may be near enough.
    centre_unknown,          ///< The unit has no place to measure from.
    population_unknown,
};

/// How the people left out were counted.
enum class PeopleBasis : std::uint8_t {
    settlements,         ///< Every settlement by itself.
    settlements_partly,  ///< Some settlements have no known population or place: a minimum and a maximum.
    centre,              ///< All follow the centre.
    none,                ///< Cannot be told.
};

/// How a utility stands: alone, as if nobody else took anything, or when headroom is shared.
enum class ServiceReason : std::uint8_t {
    reachable,                 ///< Alone: what is in reach is enough; or the class is there.
    served,                    ///< Shared: the whole demand is met.
    headroom_taken_by_others,  ///< Shared: what is in reach would be enough, and others get a part of it.
    no_source_in_reach,
    no_source_known_in_reach,  ///< None in reach, and the layer is not complete.
    no_source_layer,           ///< The study has no layer of this utility: unknown.
    no_headroom,               ///< Sources in reach, all known, with less than is needed.
    unknown_capacity,          ///< Known headroom is not enough, and some source in reach has none stated.
    class_too_low,             ///< Telecom is there, below the required class.
    not_assessed,              ///< The unit is not over the threshold: nothing is asked for.
    centre_unknown,
};

AMAYESH_EXPORT std::string_view to_string(UnitStatus status) noexcept;
AMAYESH_EXPORT std::string_view to_string(UnitReason reason) noexcept;
AMAYESH_EXPORT std::string_view to_string(PeopleBasis basis) noexcept;
AMAYESH_EXPORT std::string_view to_string(ServiceReason reason) noexcept;

/// Net land of an existing zone that is promised to a unit.
struct LandCredit {
    std::size_t zone = 0;   ///< Index into the zones of the area.
    std::int64_t area = 0;  ///< m², net.
};

/// Where the land goes that a unit needs, in one case: into existing zones first, then into a new one.
struct LandBalance {
    std::vector<LandCredit> credits{};  ///< In the order of the zones.
    std::int64_t credited = 0;          ///< m² net, their sum.
    std::int64_t rest_net = 0;          ///< m² net: target less credited.
    std::int64_t new_zone = 0;          ///< m² gross of that rest, where it makes a zone of the least size.
    std::int64_t remainder = 0;         ///< m² gross of that rest, where it is less.
};

/// One utility of one unit when headroom is shared: demand = own + allocated + without an amount + shortfall, exactly.
struct ServiceBalance {
    std::int64_t demand = 0;          ///< Of the credited hectares at their zones and of the rest at the centre.
    std::int64_t own_supply = 0;      ///< From the surplus of the zone whose land is credited.
    std::int64_t allocated = 0;       ///< From other sources.
    std::int64_t without_amount = 0;  ///< From sources that serve or not.
    std::int64_t shortfall = 0;
    ServiceReason reason = ServiceReason::not_assessed;
    std::string taken_by{};  ///< Who got most of the headroom in reach, with amounts, where that is the reason.
    constexpr ServiceBalance& operator+=(const ServiceBalance& other) noexcept {
        demand += other.demand;
        own_supply += other.own_supply;
        allocated += other.allocated;
        without_amount += other.without_amount;
        shortfall += other.shortfall;
        return *this;
    }
};

/// One utility of one unit.
struct ServiceNeed {
    std::optional<StepRange> demand;        ///< Nothing for telecom, and where the unit is not over the threshold.
    std::optional<StepRange> demand_alone;  ///< Of the whole target at the centre, before land elsewhere is promised.
    std::optional<std::int64_t> reachable;  ///< Known headroom in reach, not shared: never sum it over units.
    std::size_t sources_in_reach = 0;
    std::size_t sources_unknown = 0;                        ///< In reach, headroom or class not known.
    bool serves_without_amount = false;                     ///< One in reach serves or not, without an amount.
    std::optional<Near> nearest;                            ///< Nearest distribution source at any distance.
    std::optional<TelecomClass> telecom_class;              ///< Best class in reach; nothing if unknown.
    std::array<ServiceReason, all_cases.size()> reasons{};  ///< By case.
    std::optional<std::int64_t> people_unserved;    ///< From the census's served share; nothing where not given.
    PerCase<std::optional<ServiceBalance>> shared;  ///< Nothing for telecom, and where there is no demand or no layer.

    CaseRanks shortfall_ranks;  ///< Among the units, by `shortfall`.

    [[nodiscard]] constexpr ServiceReason reason(Case c) const noexcept { return reasons[static_cast<std::size_t>(c)]; }
    /// Whether the unit would have enough alone, and is short when headroom is shared.
    [[nodiscard]] constexpr bool loses_when_shared(Case c) const noexcept {
        return reason(c) == ServiceReason::reachable && shared[c] && shared[c]->shortfall > 0;
    }
};

/// People of the unit without a serving zone in reach.
struct PeopleLeftOut {
    std::optional<std::int64_t> at_least;
    std::optional<std::int64_t> at_most;
    PeopleBasis basis = PeopleBasis::none;
    std::size_t settlements_out_of_reach = 0;
};

struct Priority {
    std::optional<double> score;  ///< people × weight; nothing where neither bound is known.
    std::int64_t people = 0;      ///< People left out, at least; at most where only that is known.
    bool counts_at_most = false;  ///< Only the upper bound is known (the list of zones is not complete).
    double weight = 1;
    std::optional<std::size_t> rank;  ///< 1 = first; only units over the threshold with a score above 0.
};

/// Everything that was found about one unit.
struct UnitGap {
    AssessedUnit unit;
    UnitStatus status = UnitStatus::population_unknown;
    UnitReason reason = UnitReason::none;
    std::optional<Near> nearest_zone;         ///< Nearest serving zone with a position.
    std::optional<Near> nearest_not_serving;  ///< Nearest other zone.
    std::optional<PlaceTravel> travel;        ///< From the centre; nothing where reach is by the straight line.
    std::vector<std::size_t> zones_in_reach;  ///< Serving ones, nearest (in minutes: quickest) first.
    std::vector<TravelTime> zone_times;       ///< Of those but the ones known by code alone, where reach is in minutes.
    std::size_t zones_by_code = 0;            ///< Among them: known only by the district's code.
    std::optional<std::int64_t> usable_land;  ///< m² in zones in reach; nothing where none is known.
    std::size_t zones_land_unknown = 0;
    std::string land_taken_by{};  ///< Who is promised most of that land, with amounts, where that is the reason.
    bool edge = false;            ///< The circle of reach leaves the declared extent of a layer.
    bool on_the_line = false;
    PeopleLeftOut people;
    std::optional<StepRange> target;           ///< m², clamped to the least and largest zone.
    std::optional<StepRange> target_uncapped;  ///< m².
    std::optional<StepRange> target_net;       ///< m² net of the target.
    PerCase<std::optional<LandBalance>> land;  ///< Nothing where there is no target.
    CaseRanks new_land_ranks;                  ///< Among the units, by `new_zone` + `remainder`.
    PerUtility<ServiceNeed> services;
    Priority priority;
};

enum class RollupLevel : std::uint8_t { county, province, nation };
AMAYESH_EXPORT std::string_view to_string(RollupLevel level) noexcept;

/// Totals of the units of one area. Every total is an exact sum; what is unknown is counted beside it.
struct Rollup {
    RollupLevel level = RollupLevel::nation;
    AdministrativePlace place;  ///< Province and county, as far as the level goes.
    std::int64_t units = 0;
    std::int64_t over = 0, not_over = 0, threshold_unknown = 0;
    std::int64_t served = 0, zone_full = 0, no_zone = 0, no_zone_known = 0;
    std::int64_t people_known = 0;  ///< Of units with a known population.
    std::int64_t people_unknown_units = 0;
    std::int64_t people_over = 0;                              ///< Of units over the threshold with a known population.
    std::int64_t left_out_at_least = 0, left_out_at_most = 0;  ///< Of units over the threshold where it is known.
    std::int64_t at_least_unknown_units = 0, at_most_unknown_units = 0;
    StepRange target;           ///< m², units over the threshold.
    StepRange target_unserved;  ///< Of these, units without a serving zone with land enough.
    std::int64_t target_unknown_units = 0;
    PerUtility<StepRange> demand;  ///< Units over the threshold.
    PerUtility<StepRange> demand_unserved;
    StepRange credited_net, new_zone, remainder;         ///< m² of units with a target; see LandBalance.
    PerUtility<PerCase<ServiceBalance>> shared;          ///< Sums of what is known.
    PerUtility<PerCase<std::int64_t>> lost_when_shared;  ///< Units; see ServiceNeed::loses_when_shared().
    PerUtility<std::int64_t> shared_unknown_units;  ///< Over the threshold, with a demand and no layer of the utility.
    PerUtility<std::int64_t> people_unserved;
    PerUtility<std::int64_t> people_unserved_unknown_units;
    std::int64_t zones = 0, zones_serving = 0;  ///< Located by their own attributes.
    std::int64_t area = 0;                      ///< m² of units with an area.
    std::int64_t area_unknown_units = 0;
    /// Whether of no unit the population is known: then no total of those over the threshold says anything.
    [[nodiscard]] constexpr bool is_threshold_unknown() const noexcept {
        return units > 0 && threshold_unknown == units;
    }
};

/// Whether usable land of existing zones is credited before new land is asked for.
enum class LandReuse : std::uint8_t { first, none };

struct GapOptions {
    AssessmentOptions assessment;
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};
    Metric metric = Metric::geodesic;
    Metres position_bound{0};
    LandReuse reuse = LandReuse::first;
    Sharing sharing = Sharing::most;  ///< Inside a class.
    /// Decides which zones are in reach of people and units, in place of the straight line; borrowed. Utilities keep km.
    const ZoneTravel* travel = nullptr;
    TravelTime travel_limit{};  ///< At it a zone is in reach.
};

struct GapResult {
    ReachKind reach = ReachKind::straight;  ///< What decided which zones are in reach.
    std::vector<UnitGap> units;             ///< By id.
    std::vector<PlaceReach> settlements;    ///< One per settlement of the area, in its order.
    std::vector<ZoneBalance> zones;         ///< One per zone of the area, in its order.
    std::vector<Rollup> rollups;            ///< Nation first, then provinces and counties by name.
    /// Serving zones to which no way leads, by index; where reach is in minutes.
    std::vector<ZoneTravel::UnroutableZone> unroutable_zones;
    SharedSupply shared;
    GapStandards standards;
    GapOptions options;  ///< Without `travel`, which need not outlive the analysis.
};

/// Judges every unit: who has a zone in reach, how many people are left out, what land and utilities are needed, what
/// is reachable, and what comes first.
///
/// Reach:   distance from the unit's centre to the nearest point of a serving zone, 0 inside; or the minutes of the quickest
///          way, where `travel` is given. Whoever has no way, or is as near to a zone without one that it may be in
///          reach, is neither in reach nor known to be left out.
/// People:  by settlements where any of them has a known population; see PeopleLeftOut.
/// Land:    clamp(people × ha per 1,000, least, largest) per case; the population at least where only that is known.
/// Demand:  hectares × standard, rounded up to a whole step; case by case, all coefficients together.
/// Shared:  usable land of zones in reach is promised first, each hectare once, at least distance; then the firm headroom of
///          every source goes to all who compete for it (see allocate_capacity): class 0 what operating zones lack, class 1
///          plots that are promised in them, class 2 the units; amounts of a case among themselves.
/// Priority: people left out (at least; at most where only that is known) × deprivation weight; ties by distance (farther first), then id.
/// Cost:    O((units + settlements) log (zones + sources)).
/// Throws:  InvalidInput where `district_of_settlement` does not fit the area.
AMAYESH_EXPORT GapResult find_gaps(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                                   const GapStandards& standards, const GapOptions& options, ProblemReport& problems,
                                   const Progress& progress = {});

/// Which zones a roll-up counts.
enum class RolledUpZones : std::uint8_t {
    all,              ///< Every zone; a county that has zones and no unit gets a row of its own.
    of_unit_counties  ///< Those in a county that has a unit: where only a part of the units was assessed.
};

/// Totals by county, province and nation; counties add up to their province, provinces to the nation, in every column.
AMAYESH_EXPORT std::vector<Rollup> roll_up(std::span<const UnitGap> units, const PlanningArea& area,
                                           std::span<const ZoneStatus> serving_statuses,
                                           RolledUpZones zones = RolledUpZones::all);

}  // namespace amayesh
