#include <amayesh/analysis/travel_reach.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "analysis/people_left_out.hpp"
#include "analysis/rollup_keys.hpp"
#include "analysis/serving_zones.hpp"
#include "analysis/zone_ways.hpp"

namespace amayesh {

namespace {

constexpr std::size_t not_asked = static_cast<std::size_t>(-1);

/// A limit with the ways of all settlements, for counting.
class Within {
public:
    Within(TravelTime limit, std::span<const PlaceTravel> ways, std::span<const std::size_t> way_of_settlement)
        : m_limit{limit}, m_ways{ways}, m_way_of_settlement{way_of_settlement} {}

    [[nodiscard]] bool surely(const PlaceTravel& way) const { return way.is_within(m_limit); }
    /// Also where no way was found, from there or to a zone that is near enough.
    [[nodiscard]] bool perhaps(const PlaceTravel& way) const { return way.may_be_within(m_limit); }
    [[nodiscard]] bool surely(std::size_t settlement) const { return surely(way_of(settlement)); }
    [[nodiscard]] bool perhaps(std::size_t settlement) const { return perhaps(way_of(settlement)); }

private:
    [[nodiscard]] const PlaceTravel& way_of(std::size_t settlement) const {
        return m_ways[m_way_of_settlement[settlement]];
    }

    TravelTime m_limit;
    std::span<const PlaceTravel> m_ways;
    std::span<const std::size_t> m_way_of_settlement;
};

/// Settlements of a unit that are within a limit, and their people.
struct KnownWithin {
    std::size_t settlements = 0;
    std::int64_t people = 0;
    bool any_population_known = false;
};

KnownWithin known_within(const AssessedUnit& unit, const PlanningArea& area, const Within& within) {
    KnownWithin known;
    for (const std::size_t i : unit.settlements) {
        const auto& population = area.settlements[i].population;
        known.any_population_known = known.any_population_known || population;
        if (!within.surely(i)) continue;
        ++known.settlements;
        known.people += population.value_or(0);
    }
    return known;
}

/// What is left of a total when those who are surely, and those who are perhaps, out of reach are taken off.
void set_bounds(PeopleWithin& people, const AssessedUnit& unit, const KnownWithin& known, const PeopleLeftOut& most,
                const PeopleLeftOut& least, bool may_miss_zones) {
    const auto total = unit.population ? unit.population : unit.population_at_most;
    if (unit.population)
        people.at_least = *unit.population - most.at_most.value_or(*unit.population);
    else if (known.any_population_known)
        people.at_least = known.people;
    if (total) people.at_most = *total - (may_miss_zones ? 0 : std::min(*total, least.at_least.value_or(0)));
}

PeopleWithin count_within(const UnitTravel& travel, const PlanningArea& area, const Within& within,
                          bool may_miss_zones) {
    const AssessedUnit& unit = travel.unit;
    const KnownWithin known = known_within(unit, area, within);
    std::optional<bool> surely, perhaps;
    if (unit.centre) {
        surely = within.surely(travel.centre);
        perhaps = within.perhaps(travel.centre);
    }
    const PeopleLeftOut most = detail::count_people_left_out(
        unit, area, [&](std::size_t i) { return within.surely(i); }, surely);
    const PeopleLeftOut least = detail::count_people_left_out(
        unit, area, [&](std::size_t i) { return within.perhaps(i); }, perhaps);
    PeopleWithin people;
    people.basis = most.basis;
    people.centre_within = surely.value_or(false);
    people.settlements_within = known.settlements;
    set_bounds(people, unit, known, most, least, may_miss_zones);
    return people;
}

void add(TravelTotals& totals, const Settlement& settlement, const PlaceTravel& way) {
    ++totals.settlements;
    totals.settlements_population_unknown += !settlement.population;
    const std::int64_t people = settlement.population.value_or(0);
    if (!way.nearest) {
        ++totals.settlements_unroutable;
        totals.people_unroutable += people;
        return;
    }
    totals.people_routed += people;
    totals.person_milliseconds += static_cast<double>(people) * static_cast<double>(way.nearest->time.count());
    totals.longest = std::max(totals.longest, std::optional{way.nearest->time});
}

void check_input(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                 const TravelReachOptions& options) {
    if (district_of_settlement.size() != area.settlements.size())
        throw InvalidInput{fmt::format("travel reach: {} districts are given for {} settlements",
                                       district_of_settlement.size(), area.settlements.size())};
    TravelTime last{0};
    for (const TravelTime limit : options.limits) {
        if (limit <= last)
            throw InvalidInput{fmt::format("travel reach: limits must be above 0 and rise; {} min follows {} min",
                                           to_minutes(limit), to_minutes(last))};
        last = limit;
    }
}

/// Settlements of the units, and cities and others of their districts; or all.
std::vector<std::size_t> asked_settlements(const PlanningArea& area, std::span<const AssessedUnit> units,
                                           std::span<const std::size_t> district_of_settlement, bool all) {
    std::vector<bool> asked(area.settlements.size(), all);
    std::vector<bool> districts(area.rural_districts.size(), false);
    for (const AssessedUnit& unit : units) {
        for (const std::size_t i : unit.settlements) asked[i] = true;
        if (unit.kind == UnitKind::rural_district) districts[unit.index] = true;
    }
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const std::size_t district = district_of_settlement[i];
        if (asked[i] || (district < districts.size() && districts[district])) result.push_back(i);
    }
    return result;
}

/// Ways of the units' centres, then of the settlements.
std::vector<PlaceTravel> find_ways(const PlanningArea& area, std::span<const UnitTravel> units,
                                   std::span<const std::size_t> settlements, const ZoneTravel& travel,
                                   std::span<const ZoneStatus> serving_statuses) {
    std::vector<std::optional<Point>> places;
    places.reserve(units.size() + settlements.size());
    for (const UnitTravel& unit : units) places.push_back(unit.unit.centre);
    for (const std::size_t i : settlements) places.push_back(area.settlements[i].position);
    std::vector<PlaceTravel> ways = detail::find_zone_ways(area, places, travel, serving_statuses);
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (!ways[i].nearest && !ways[i].unroutable)
            ways[i].unroutable = places[i] ? UnroutableReason::no_way_to_any_zone : UnroutableReason::no_position;
    return ways;
}

std::vector<UnroutablePlace> list_unroutable(const TravelReach& reach, const ZoneTravel& travel) {
    std::vector<UnroutablePlace> result;
    for (std::size_t i = 0; i < reach.units.size(); ++i)
        if (const auto& reason = reach.units[i].centre.unroutable)
            result.push_back({TravelPlaceKind::unit, i, *reason});
    for (std::size_t i = 0; i < reach.places.size(); ++i)
        if (const auto& reason = reach.settlements[i].unroutable)
            result.push_back({TravelPlaceKind::settlement, reach.places[i], *reason});
    std::vector<ZoneTravel::UnroutableZone> zones(travel.unroutable_zones().begin(), travel.unroutable_zones().end());
    std::ranges::sort(zones, {}, &ZoneTravel::UnroutableZone::zone);
    for (const auto& [zone, reason] : zones) result.push_back({TravelPlaceKind::zone, zone, reason});
    return result;
}

/// Whether a serving zone may lie anywhere.
bool misses_zones(const PlanningArea& area, const ZoneTravel& travel, std::span<const ZoneStatus> serving_statuses) {
    const auto has_no_position = [&](std::size_t zone) {
        return std::holds_alternative<std::monostate>(area.zones[zone].geometry);
    };
    return std::ranges::any_of(detail::zones_of_unknown_status(area, serving_statuses), has_no_position) ||
           !area.zones_layer.present || !area.zones_layer.complete ||
           std::ranges::any_of(travel.unroutable_zones(), [](const ZoneTravel::UnroutableZone& zone) {
               return zone.reason == UnroutableReason::no_position;
           });
}

void add(PeopleWithinTotal& total, const PeopleWithin& people, bool is_over) {
    total.at_least += people.at_least.value_or(0);
    total.at_least_unknown_units += !people.at_least;
    total.at_most += people.at_most.value_or(people.at_least.value_or(0));
    total.at_most_unknown_units += !people.at_most;
    total.units_within += people.centre_within;
    total.units_over_within += people.centre_within && is_over;
    total.settlements_within += static_cast<std::int64_t>(people.settlements_within);
}

void add(TravelRollup& total, const UnitTravel& unit) {
    const bool is_over = unit.unit.threshold == Threshold::over;
    ++total.units;
    total.units_over += is_over;
    total.units_unroutable += !unit.centre.nearest;
    total.units_over_unroutable += !unit.centre.nearest && is_over;
    if (unit.unit.population)
        total.people_known += *unit.unit.population;
    else
        ++total.people_unknown_units;
    total.people_counted +=
        unit.unit.population.value_or(unit.settlements.people_routed + unit.settlements.people_unroutable);
    total.settlements += unit.settlements;
    for (std::size_t i = 0; i < unit.within.size(); ++i) add(total.within[i], unit.within[i], is_over);
}

std::vector<TravelRollup> roll_up(std::span<const UnitTravel> units, std::size_t limits) {
    std::map<detail::RollupKey, TravelRollup> totals;
    for (const UnitTravel& unit : units)
        for (const detail::RollupKey& key : detail::rollup_keys_of(unit.unit.place)) {
            TravelRollup& total = totals[key];
            total.level = std::get<0>(key);
            total.place.province = std::get<1>(key);
            total.place.county = std::get<2>(key);
            total.within.resize(limits);
            add(total, unit);
        }
    std::vector<TravelRollup> result;
    for (auto& [key, total] : totals) result.push_back(std::move(total));
    std::ranges::stable_sort(result, {}, [](const TravelRollup& total) { return detail::rollup_order(total.level); });
    return result;
}

}  // namespace

std::string_view to_string(TravelPlaceKind kind) noexcept {
    switch (kind) {
        case TravelPlaceKind::unit:
            return "unit";
        case TravelPlaceKind::settlement:
            return "settlement";
        case TravelPlaceKind::zone:
            return "zone";
    }
    return {};
}

std::optional<TravelTime> TravelTotals::mean() const noexcept {
    if (people_routed == 0) return std::nullopt;
    return TravelTime{std::llround(person_milliseconds / static_cast<double>(people_routed))};
}

TravelTotals& TravelTotals::operator+=(const TravelTotals& other) noexcept {
    settlements += other.settlements;
    settlements_unroutable += other.settlements_unroutable;
    settlements_population_unknown += other.settlements_population_unknown;
    people_routed += other.people_routed;
    people_unroutable += other.people_unroutable;
    person_milliseconds += other.person_milliseconds;
    longest = std::max(longest, other.longest);
    return *this;
}

TravelReach find_travel_reach(const PlanningArea& area, std::vector<AssessedUnit> units,
                              std::span<const std::size_t> district_of_settlement, const ZoneTravel& travel,
                              const TravelReachOptions& options, const Progress& progress) {
    check_input(area, district_of_settlement, options);
    if (progress) progress("find ways", 0);
    TravelReach reach{.kind = travel.kind(),
                      .limits = options.limits,
                      .units = {},
                      .places = {},
                      .settlements = {},
                      .rollups = {},
                      .unroutable = {},
                      .may_miss_zones = misses_zones(area, travel, options.serving_statuses)};
    reach.places = asked_settlements(area, units, district_of_settlement, options.all_settlements);
    for (AssessedUnit& unit : units)
        reach.units.push_back({.unit = std::move(unit), .centre = {}, .settlements = {}, .within = {}});
    const std::vector<PlaceTravel> ways = find_ways(area, reach.units, reach.places, travel, options.serving_statuses);
    reach.settlements.assign(ways.begin() + static_cast<std::ptrdiff_t>(reach.units.size()), ways.end());
    if (progress) progress("count people", 0.8);
    std::vector<std::size_t> way_of_settlement(area.settlements.size(), not_asked);
    for (std::size_t i = 0; i < reach.places.size(); ++i) way_of_settlement[reach.places[i]] = i;
    for (std::size_t u = 0; u < reach.units.size(); ++u) {
        UnitTravel& unit = reach.units[u];
        unit.centre = ways[u];
        for (const std::size_t i : unit.unit.settlements)
            add(unit.settlements, area.settlements[i], reach.settlements[way_of_settlement[i]]);
        for (const TravelTime limit : reach.limits)
            unit.within.push_back(
                count_within(unit, area, {limit, reach.settlements, way_of_settlement}, reach.may_miss_zones));
    }
    reach.rollups = roll_up(reach.units, reach.limits.size());
    reach.unroutable = list_unroutable(reach, travel);
    if (progress) progress("count people", 1);
    return reach;
}

}  // namespace amayesh
