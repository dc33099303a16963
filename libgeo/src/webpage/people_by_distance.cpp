#include "webpage/people_by_distance.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace amayesh::detail {

namespace {

/// How far away a zone is. Without a way it is at no distance: neither near nor far.
struct Away {
    std::optional<double> distance{};
    bool has_no_way = false;
};

/// Infinite where there is no zone to go to; within the limit where one is known to be in reach, but not where. Where no
/// way is known to a zone that may be nearer, as near as that may be.
Away away(const std::optional<Near>& zone, const std::optional<PlaceTravel>& travel, bool is_in_reach,
          const GapResult& result) {
    if (travel && travel->is_undecided() && !is_in_reach) return {.has_no_way = true};
    double distance = std::numeric_limits<double>::infinity();
    if (travel && travel->nearest) distance = to_minutes(travel->nearest->time);
    if (travel && travel->soonest_unattached) distance = std::min(distance, to_minutes(*travel->soonest_unattached));
    if (!travel && zone) distance = to_kilometres(zone->distance).value();
    return {.distance = is_in_reach ? std::min(distance, reach_limit(result)) : distance};
}

Away away_from_centre(const ReportInput& input, const UnitGap& gap) {
    if (!gap.unit.centre) return {};
    return away(gap.nearest_zone, gap.travel, !gap.zones_in_reach.empty(), input.result);
}

Away away_from_settlement(const ReportInput& input, std::size_t i) {
    const PlaceReach& reach = input.result.settlements[i];
    if (!input.area.settlements[i].position && !reach.zone_in_reach && !reach.travel) return {};
    return away(reach.zone, reach.travel, reach.zone_in_reach, input.result);
}

void add_people(PeopleByDistance& found, const Away& from, std::int64_t people) {
    if (from.distance) found.people.emplace_back(*from.distance, people);
    if (from.has_no_way) found.without_way += people;
}

/// What is known of the settlements of a unit.
struct KnownSettlements {
    std::int64_t people = 0;
    std::optional<double> nearest_unknown{};  ///< Of those whose people are not known.
    bool has_known = false;
    bool has_unknown_nowhere = false;  ///< One whose people are not known is at no known distance.
};

KnownSettlements add_settlements(const ReportInput& input, const UnitGap& gap, PeopleByDistance& found) {
    KnownSettlements known;
    for (const std::size_t i : gap.unit.settlements) {
        const Away from = away_from_settlement(input, i);
        if (const auto& population = input.area.settlements[i].population) {
            known.has_known = true;
            known.people += *population;
            add_people(found, from, *population);
        } else if (from.distance) {
            known.nearest_unknown = std::min(*from.distance, known.nearest_unknown.value_or(*from.distance));
        } else {
            known.has_unknown_nowhere = true;
        }
    }
    return known;
}

/// Where those people of a unit are, at the least, whom no settlement of the list counts; nothing where that is not known.
Away away_from_others(const ReportInput& input, const UnitGap& gap, const KnownSettlements& known) {
    if (!input.area.settlements_layer.complete || known.has_unknown_nowhere) return {};
    if (known.nearest_unknown) return {.distance = known.nearest_unknown};
    return away_from_centre(input, gap);
}

void add_unit(const ReportInput& input, const UnitGap& gap, PeopleByDistance& found) {
    const bool least_is_unknown = gap.people.at_most && !gap.people.at_least;
    if (least_is_unknown && gap.reason != UnitReason::no_way_known) found.may_be_nearer = true;
    const KnownSettlements known = add_settlements(input, gap, found);
    if (known.has_known) {
        if (gap.unit.kind == UnitKind::settlement || gap.unit.population.value_or(0) <= known.people) return;
        add_people(found, away_from_others(input, gap, known), *gap.unit.population - known.people);
        return;
    }
    const auto people = gap.unit.population ? gap.unit.population : gap.unit.population_at_least;
    const Away from = away_from_centre(input, gap);
    if (people && (from.distance || from.has_no_way))
        add_people(found, from, *people);
    else
        ++found.unknown_units;
}

}  // namespace

PeopleByDistance people_by_distance(const ReportInput& input) {
    PeopleByDistance found;
    for (const UnitGap& gap : input.result.units)
        if (gap.unit.threshold == Threshold::over) add_unit(input, gap, found);
    return found;
}

double reach_limit(const GapResult& result) {
    return result.reach == ReachKind::straight ? result.standards.zone_reach.value()
                                               : to_minutes(result.options.travel_limit);
}

}  // namespace amayesh::detail
