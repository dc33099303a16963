#include <amayesh/analysis/gap.hpp>

#include <algorithm>
#include <limits>

#include <amayesh/analysis/zone_statuses.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/spatial_order.hpp>

#include "analysis/land_sharing.hpp"
#include "analysis/people_left_out.hpp"
#include "analysis/service_gap.hpp"
#include "analysis/supply_sharing.hpp"
#include "analysis/zone_balance.hpp"
#include "analysis/zone_gap.hpp"
#include "analysis/zone_ways.hpp"

namespace amayesh {

namespace {

constexpr std::size_t settlements_per_chunk = 1024;
constexpr std::size_t units_per_chunk = 64;

/// Places in the coordinates that distances are measured in.
std::vector<Point> measured(std::vector<Point> degrees, const PlanningArea& area, Metric metric) {
    if (metric == Metric::planar) Transform(Crs::wgs84(), area.working_crs).apply(std::span(degrees));
    return degrees;
}

std::vector<PlaceReach> reach_of_settlements(const PlanningArea& area, std::span<const std::size_t> districts,
                                             const ReachIndex& reach, Metric metric) {
    std::vector<Point> places(area.settlements.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = area.settlements[i].position.value_or(Point{});
    places = measured(std::move(places), area, metric);
    const std::vector<std::size_t> order = spatial_order(places);
    std::vector<PlaceReach> result(places.size());
    parallel_for(places.size(), settlements_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (const std::size_t i : std::span(order).subspan(begin, end - begin)) {
            if (area.settlements[i].position)
                result[i] = reach.around(places[i], districts[i]);
            else
                result[i].zone_in_reach = !reach.zones_placed_by_district(districts[i]).empty();
        }
    });
    return result;
}

/// Minutes decide in place of the straight line; a zone known only by the district's code is in reach all the same.
void decide_by_travel(PlaceReach& reach, const PlaceTravel& way, TravelTime limit, bool has_zone_by_code) {
    reach.travel = way;
    reach.zone_in_reach = has_zone_by_code || way.is_within(limit);
    reach.unattached_zone_near = way.has_unattached_within(limit);
    reach.unknown_status_near = way.has_unknown_status_within(limit);
    reach.on_the_line = false;
}

void decide_by_travel(std::span<PlaceReach> settlements, const PlanningArea& area,
                      std::span<const std::size_t> districts, const ReachIndex& reach, const GapOptions& options) {
    std::vector<std::optional<Point>> places;
    for (const Settlement& settlement : area.settlements) places.push_back(settlement.position);
    const std::vector<PlaceTravel> ways =
        detail::find_zone_ways(area, places, *options.travel, options.serving_statuses);
    for (std::size_t i = 0; i < settlements.size(); ++i)
        decide_by_travel(settlements[i], ways[i], options.travel_limit,
                         !reach.zones_placed_by_district(districts[i]).empty());
}

/// Ways from the centres of the units, where reach is in minutes; else nothing.
struct CentreWays {
    std::vector<PlaceTravel> nearest;
    std::vector<std::vector<ZoneByTravel>> in_reach;
};

CentreWays ways_of_centres(std::span<const AssessedUnit> units, const PlanningArea& area, const GapOptions& options) {
    if (options.travel == nullptr) return {};
    std::vector<std::optional<Point>> centres;
    for (const AssessedUnit& unit : units) centres.push_back(unit.centre);
    return {detail::find_zone_ways(area, centres, *options.travel, options.serving_statuses),
            options.travel->zones_within(centres, options.travel_limit)};
}

std::size_t district_of(const AssessedUnit& unit, std::span<const std::size_t> district_of_settlement) {
    return unit.kind == UnitKind::rural_district ? unit.index : district_of_settlement[unit.index];
}

bool is_at_edge(const AssessedUnit& unit, const PlanningArea& area, const GapStandards& standards) {
    if (!unit.centre) return false;
    if (detail::leaves_extent(*unit.centre, standards.zone_reach, area.zones_layer.extent)) return true;
    return std::ranges::any_of(all_utilities, [&](UtilityKind utility) {
        return detail::leaves_extent(*unit.centre, standards.utility_reach[utility],
                                     area.sources_layer[utility].extent);
    });
}

/// What judging one unit needs besides the unit.
struct Judging {
    const PlanningArea& area;
    std::span<const std::size_t> district_of_settlement;
    const GapStandards& standards;
    const ReachIndex& reach;
    std::span<const PlaceReach> settlements;
    std::span<const std::optional<std::int64_t>> usable_land;
    const CentreWays& ways;
    TravelTime travel_limit;
};

/// Who lives in a place without a way, or near a zone without one, is not known to be left out, and may be.
PeopleLeftOut count_left_out(const UnitGap& gap, const Judging& judging, const std::optional<PlaceReach>& around) {
    const bool in_reach = !gap.zones_in_reach.empty();
    const bool centre_is_lost = around && !in_reach && around->may_have_zone();
    const auto centre = around || in_reach ? std::optional{in_reach} : std::optional<bool>{};
    PeopleLeftOut people = detail::count_people_left_out(
        gap.unit, judging.area, [&](std::size_t i) { return judging.settlements[i].zone_in_reach; }, centre);
    const auto is_lost = [&](std::size_t i) {
        return !judging.settlements[i].zone_in_reach && judging.settlements[i].may_have_zone();
    };
    if (!centre_is_lost && std::ranges::none_of(gap.unit.settlements, is_lost)) return people;
    const PeopleLeftOut surely = detail::count_people_left_out(
        gap.unit, judging.area, [&](std::size_t i) { return judging.settlements[i].may_have_zone(); },
        centre_is_lost ? std::optional{true} : centre);
    people.at_least = surely.at_least;
    people.settlements_out_of_reach = surely.settlements_out_of_reach;
    if (people.basis == PeopleBasis::settlements) people.basis = PeopleBasis::settlements_partly;
    return people;
}

void set_priority(UnitGap& gap) {
    gap.priority.weight = gap.unit.deprivation_weight;
    const auto people = gap.people.at_least ? gap.people.at_least : gap.people.at_most;
    if (gap.unit.threshold != Threshold::over || !people) return;
    gap.priority.people = *people;
    gap.priority.counts_at_most = !gap.people.at_least;
    gap.priority.score = static_cast<double>(*people) * gap.priority.weight;
}

/// Where a zone may be missing or near, nobody is known to be left out: the count is only the most it can be. In
/// minutes, what has no way, and what may serve, was counted place by place.
void forget_least_left_out(UnitGap& gap, const PlanningArea& area, const ReachIndex& reach) {
    const bool all_known = area.zones_layer.present && area.zones_layer.complete && reach.zones_without_place() == 0;
    const bool is_by_place =
        gap.reason == UnitReason::no_way_known || (gap.travel && gap.reason == UnitReason::zone_status_unknown);
    const bool some_surely = is_by_place && gap.people.at_least.value_or(0) > 0;
    if (all_known && (gap.status != UnitStatus::no_zone_known_in_reach || some_surely)) return;
    if (gap.people.at_most.value_or(1) == 0) return;
    gap.people.at_least.reset();
}

/// What is found from the unit's centre.
void take_ways(UnitGap& gap, std::size_t number, const CentreWays& ways) {
    gap.travel = ways.nearest[number];
    for (const ZoneByTravel& zone : ways.in_reach[number]) {
        gap.zones_in_reach.push_back(zone.zone);
        gap.zone_times.push_back(zone.time);
    }
}

UnitGap judge_unit(AssessedUnit unit, std::size_t number, const std::optional<Point>& measured_centre,
                   const Judging& judging) {
    UnitGap gap;
    gap.unit = std::move(unit);
    const std::size_t district = district_of(gap.unit, judging.district_of_settlement);
    std::optional<PlaceReach> around;
    if (measured_centre) around = judging.reach.around(*measured_centre, district);
    const bool is_by_travel = !judging.ways.nearest.empty();
    if (around && is_by_travel)
        decide_by_travel(*around, judging.ways.nearest[number], judging.travel_limit,
                         !judging.reach.zones_placed_by_district(district).empty());
    const PlaceReach* centre_reach = around ? &*around : nullptr;
    detail::set_target(gap, judging.standards);
    if (is_by_travel) take_ways(gap, number, judging.ways);
    detail::judge_zone_gap(gap, judging.reach, centre_reach, measured_centre.value_or(Point{}), judging.usable_land,
                           district, judging.area);
    gap.people = count_left_out(gap, judging, around);
    forget_least_left_out(gap, judging.area, judging.reach);
    detail::judge_services(gap, judging.area, judging.reach, centre_reach, measured_centre, judging.standards);
    gap.edge = is_at_edge(gap.unit, judging.area, judging.standards);
    set_priority(gap);
    return gap;
}

/// Of the nearest zone: km, or time where reach is in minutes.
double distance_of(const UnitGap& gap) {
    if (gap.travel)
        return gap.travel->nearest ? static_cast<double>(gap.travel->nearest->time.count())
                                   : std::numeric_limits<double>::infinity();
    return gap.nearest_zone ? gap.nearest_zone->distance.value() : std::numeric_limits<double>::infinity();
}

void rank_units(std::vector<UnitGap>& units) {
    std::vector<UnitGap*> ranked;
    for (UnitGap& gap : units)
        if (gap.priority.score && *gap.priority.score > 0) ranked.push_back(&gap);
    std::ranges::stable_sort(ranked, [](const UnitGap* a, const UnitGap* b) {
        if (*a->priority.score != *b->priority.score) return *a->priority.score > *b->priority.score;
        if (distance_of(*a) != distance_of(*b)) return distance_of(*a) > distance_of(*b);
        return a->unit.id < b->unit.id;
    });
    for (std::size_t i = 0; i < ranked.size(); ++i) ranked[i]->priority.rank = i + 1;
}

/// Ranks the units by an amount that `amount_of(gap, case)` gives, and notes it in what `ranks_of(gap)` gives; units where
/// the amount is nothing take no part.
template <class AmountOf, class RanksOf>
void rank_by(std::vector<UnitGap>& units, const AmountOf& amount_of, const RanksOf& ranks_of) {
    std::vector<UnitGap*> known;
    std::vector<RankedAmount> amounts;
    for (UnitGap& gap : units) {
        const auto low = amount_of(gap, Case::low), central = amount_of(gap, Case::central),
                   high = amount_of(gap, Case::high);
        if (!low || !central || !high) continue;
        known.push_back(&gap);
        amounts.push_back({gap.unit.id, {*low, *central, *high}});
    }
    const std::vector<CaseRanks> ranks = rank_by_case(amounts);
    for (std::size_t i = 0; i < known.size(); ++i) ranks_of(*known[i]) = ranks[i];
}

void rank_needs(std::vector<UnitGap>& units) {
    using Amount = std::optional<std::int64_t>;
    rank_by(
        units,
        [](const UnitGap& gap, Case c) {
            return gap.land[c] ? Amount{gap.land[c]->new_zone + gap.land[c]->remainder} : Amount{};
        },
        [](UnitGap& gap) -> CaseRanks& { return gap.new_land_ranks; });
    for (const UtilityKind utility : all_utilities)
        rank_by(
            units,
            [&](const UnitGap& gap, Case c) {
                const auto& shared = gap.services[utility].shared[c];
                return shared ? Amount{shared->shortfall} : Amount{};
            },
            [&](UnitGap& gap) -> CaseRanks& { return gap.services[utility].shortfall_ranks; });
}

std::vector<std::optional<Point>> measured_centres(const std::vector<AssessedUnit>& units, const PlanningArea& area,
                                                   Metric metric) {
    std::vector<Point> places;
    for (const AssessedUnit& unit : units) places.push_back(unit.centre.value_or(Point{}));
    places = measured(std::move(places), area, metric);
    std::vector<std::optional<Point>> result(units.size());
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i].centre) result[i] = places[i];
    return result;
}

}  // namespace

std::string_view to_string(UnitStatus status) noexcept {
    switch (status) {
        case UnitStatus::served:
            return "served";
        case UnitStatus::zone_full:
            return "zone_full";
        case UnitStatus::no_zone_in_reach:
            return "no_zone_in_reach";
        case UnitStatus::no_zone_known_in_reach:
            return "no_zone_known_in_reach";
        case UnitStatus::not_over_threshold:
            return "not_over_threshold";
        case UnitStatus::population_unknown:
            return "population_unknown";
    }
    return {};
}

std::string_view to_string(UnitReason reason) noexcept {
    switch (reason) {
        case UnitReason::none:
            return "";
        case UnitReason::no_zone_in_reach:
            return "no_zone_in_reach";
        case UnitReason::only_zones_not_operating:
            return "only_zones_not_operating";
        case UnitReason::no_serving_zones:
            return "no_serving_zones";
        case UnitReason::zones_layer_incomplete:
            return "zones_layer_incomplete";
        case UnitReason::zone_position_unknown:
            return "zone_position_unknown";
        case UnitReason::zone_status_unknown:
            return "zone_status_unknown";
        case UnitReason::not_enough_usable_land:
            return "not_enough_usable_land";
        case UnitReason::land_taken_by_others:
            return "land_taken_by_others";
        case UnitReason::no_way_known:
            return "no_way_known";
        case UnitReason::centre_unknown:
            return "centre_unknown";
        case UnitReason::population_unknown:
            return "population_unknown";
    }
    return {};
}

std::string_view to_string(PeopleBasis basis) noexcept {
    switch (basis) {
        case PeopleBasis::settlements:
            return "settlements";
        case PeopleBasis::settlements_partly:
            return "settlements_partly";
        case PeopleBasis::centre:
            return "centre";
        case PeopleBasis::none:
            return "none";
    }
    return {};
}

std::string_view to_string(ServiceReason reason) noexcept {
    switch (reason) {
        case ServiceReason::reachable:
            return "reachable";
        case ServiceReason::served:
            return "served";
        case ServiceReason::headroom_taken_by_others:
            return "headroom_taken_by_others";
        case ServiceReason::no_source_in_reach:
            return "no_source_in_reach";
        case ServiceReason::no_source_known_in_reach:
            return "no_source_known_in_reach";
        case ServiceReason::no_source_layer:
            return "no_source_layer";
        case ServiceReason::no_headroom:
            return "no_headroom";
        case ServiceReason::unknown_capacity:
            return "unknown_capacity";
        case ServiceReason::class_too_low:
            return "class_too_low";
        case ServiceReason::not_assessed:
            return "not_assessed";
        case ServiceReason::centre_unknown:
            return "centre_unknown";
    }
    return {};
}

GapResult find_gaps(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                    const GapStandards& standards, const GapOptions& options, ProblemReport& problems,
                    const Progress& progress) {
    const auto say = [&](std::string_view phase, double part) {
        if (progress) progress(phase, part);
    };
    say("assess units", 0);
    auto units = assess_units(area, district_of_settlement, options.assessment, problems);
    const ReachIndex reach(area, {.zone_reach = standards.zone_reach,
                                  .serving_statuses = options.serving_statuses,
                                  .metric = options.metric,
                                  .position_bound = options.position_bound});
    report_unknown_statuses(area, options.serving_statuses, problems);
    say("measure settlements", 0.2);
    GapResult result;
    result.standards = standards;
    result.options = options;
    result.options.travel = nullptr;
    result.settlements = reach_of_settlements(area, district_of_settlement, reach, options.metric);
    if (options.travel != nullptr) {
        result.reach = options.travel->kind();
        const auto unroutable = options.travel->unroutable_zones();
        result.unroutable_zones.assign(unroutable.begin(), unroutable.end());
        decide_by_travel(result.settlements, area, district_of_settlement, reach, options);
    }
    const CentreWays ways = ways_of_centres(units, area, options);
    say("judge units", 0.7);
    const auto usable_land = detail::usable_land_of_zones(area, standards);
    const auto centres = measured_centres(units, area, options.metric);
    const Judging judging{area, district_of_settlement, standards, reach, result.settlements, usable_land,
                          ways, options.travel_limit};
    result.units.resize(units.size());
    parallel_for(units.size(), units_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            result.units[i] = judge_unit(std::move(units[i]), i, centres[i], judging);
    });
    say("share supply", 0.9);
    detail::share_land(result.units, area, reach, centres, usable_land, standards, options);
    result.shared = detail::share_supply(result.units, area, reach, centres, standards, options);
    result.zones = detail::balance_zones(result.units, result.shared, area, usable_land, standards, options);
    rank_units(result.units);
    rank_needs(result.units);
    result.rollups = roll_up(result.units, area, options.serving_statuses,
                             options.assessment.only ? RolledUpZones::of_unit_counties : RolledUpZones::all);
    say("share supply", 1);
    return result;
}

}  // namespace amayesh
