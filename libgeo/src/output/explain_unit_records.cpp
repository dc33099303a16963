#include <algorithm>
#include <cmath>

#include <amayesh/crs/geodesic.hpp>

#include "output/explain_unit.hpp"

namespace amayesh::detail {

namespace {

FieldValue origin_text(const std::vector<FieldOrigin>& origins, std::string FieldOrigin::*part) {
    return origins.empty() ? FieldValue{} : text(origins.front().*part);
}

RecordTable settlement_records(const UnitView& view) {
    RecordTable table{"settlements",
                      {"settlement_id", "name", "population", "lon", "lat", "zone_in_reach", "nearest_zone_id",
                       "nearest_zone_km", "quickest_zone_min", "unroutable_reason", "zone_without_way_near",
                       "zone_of_unknown_status", "file", "field", "row"},
                      {}};
    const PlanningArea& area = view.run.area;
    for (const std::size_t i : view.gap.unit.settlements) {
        const Settlement& settlement = area.settlements[i];
        const PlaceReach& reach = view.run.result.settlements[i];
        const auto origin = view.run.find_origin({"settlements", settlement.id}, "population");
        table.rows.push_back(
            {text(settlement.id), text(settlement.name), maybe(settlement.population),
             settlement.position ? FieldValue{settlement.position->x} : FieldValue{},
             settlement.position ? FieldValue{settlement.position->y} : FieldValue{}, flag(reach.zone_in_reach),
             reach.zone ? text(area.zones[reach.zone->feature].id) : FieldValue{}, kilometres(reach.zone),
             reach.travel ? quickest_zone_min(*reach.travel) : FieldValue{},
             reach.travel ? unroutable_reason(*reach.travel) : FieldValue{}, flag(reach.unattached_zone_near),
             flag(reach.unknown_status_near), origin_text(origin, &FieldOrigin::file),
             origin_text(origin, &FieldOrigin::field), origin_text(origin, &FieldOrigin::row)});
    }
    return table;
}

RecordTable zone_records(const UnitView& view) {
    RecordTable table{"zones_in_reach", {"zone_id", "name", "km", "min", "by_code", "usable_ha"}, {}};
    std::vector<Near> near;
    if (view.place) near = view.reach.zones_in_reach(*view.place);
    for (std::size_t i = 0; i < view.gap.zones_in_reach.size(); ++i) {
        const std::size_t zone = view.gap.zones_in_reach[i];
        const auto at = std::ranges::find(near, zone, &Near::feature);
        const bool by_code = i + view.gap.zones_by_code >= view.gap.zones_in_reach.size();
        table.rows.push_back({text(view.run.area.zones[zone].id), text(view.run.area.zones[zone].name),
                              at == near.end() ? FieldValue{} : kilometres(std::optional{*at}),
                              i < view.gap.zone_times.size() ? minutes(view.gap.zone_times[i]) : FieldValue{},
                              flag(by_code), hectares(view.run.result.zones[zone].usable_land)});
    }
    return table;
}

RecordTable credit_records(const UnitView& view) {
    RecordTable table{"credits", {"case", "zone_id", "net_ha"}, {}};
    for (const Case scenario : all_cases)
        if (const auto& land = view.gap.land[scenario])
            for (const LandCredit& credit : land->credits)
                table.rows.push_back({std::string(to_string(scenario)), text(view.run.area.zones[credit.zone].id),
                                      hectares(credit.area)});
    return table;
}

/// Headroom in whole steps, as it is shared; nothing where it is unknown or the source has no amounts.
std::vector<std::optional<std::int64_t>> headroom_of_sources(const ExplainedRun& run) {
    std::vector<std::optional<std::int64_t>> headroom(run.area.sources.size());
    for (const UtilityKind utility : all_utilities)
        for (const SharedSource& shared : run.result.shared.at(utility, Case::central).sources)
            if (shared.source != no_index) headroom[shared.source] = shared.headroom;
    return headroom;
}

RecordTable source_records(const UnitView& view) {
    RecordTable table{"sources_in_reach",
                      {"utility", "source_id", "km", "limit_km", "headroom", "serves_without_amount", "telecom_class"},
                      {}};
    if (!view.place) return table;
    const PlanningArea& area = view.run.area;
    const auto headroom = headroom_of_sources(view.run);
    for (const UtilityKind utility : all_utilities) {
        const Kilometres limit = view.run.result.standards.utility_reach[utility];
        for (const Near& near : view.reach.sources_in_reach(*view.place, utility, limit)) {
            const UtilitySource& source = area.sources[near.feature];
            table.rows.push_back({std::string(to_string(utility)), text(source.id), kilometres(std::optional{near}),
                                  source.reach.value_or(limit).value(), amount(headroom[near.feature], utility),
                                  flag(source.capacity_is_yes_no),
                                  source.telecom_class ? text(to_string(*source.telecom_class)) : FieldValue{}});
        }
    }
    return table;
}

/// Net hectares that a demand stands for.
FieldValue land_of(const SharedDemand& demand, const UnitGap& gap, Case scenario) {
    const auto& land = gap.land[scenario];
    if (!land) return {};
    if (demand.kind == DemandKind::unit_centre) return hectares(land->rest_net);
    const auto credit = std::ranges::find(land->credits, demand.zone, &LandCredit::zone);
    return credit == land->credits.end() ? FieldValue{} : hectares(credit->area);
}

/// Calls back with every utility, case and what was shared there.
template <class Visit>
void for_each_shared(const GapResult& result, const Visit& visit) {
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases) visit(utility, scenario, result.shared.at(utility, scenario));
}

RecordTable demand_records(const UnitView& view) {
    RecordTable table{
        "demands",
        {"utility", "case", "kind", "zone_id", "net_ha", "net_share", "per_ha", "amount", "served", "without_amount",
         "sources_in_reach", "sources_unknown", "headroom_in_reach", "own_elsewhere", "place_known"},
        {}};
    const GapStandards& standards = view.run.result.standards;
    for_each_shared(view.run.result, [&](UtilityKind utility, Case scenario, const SharedUtility& shared) {
        const DemandStandard& standard = standards.demand[utility];
        for (const SharedDemand& demand : shared.demands) {
            if (demand.unit != view.unit) continue;
            table.rows.push_back(
                {std::string(to_string(utility)), std::string(to_string(scenario)), std::string(to_string(demand.kind)),
                 demand.zone == no_index ? FieldValue{} : text(view.run.area.zones[demand.zone].id),
                 land_of(demand, view.gap, scenario),
                 standard.basis == LandBasis::gross ? FieldValue{standards.net_share.at(scenario)} : FieldValue{},
                 standard.per_ha.at(scenario), amount(demand.amount, utility), amount(demand.served, utility),
                 amount(demand.without_amount, utility), count(demand.sources_in_reach), count(demand.sources_unknown),
                 amount(demand.headroom_in_reach, utility), amount(demand.own_elsewhere, utility),
                 flag(demand.place.has_value())});
        }
    });
    return table;
}

RecordTable allocation_records(const UnitView& view) {
    RecordTable table{
        "allocations",
        {"utility", "case", "demand_kind", "zone_id", "source_id", "source_zone_id", "own", "amount", "km"},
        {}};
    const auto zone_id = [&](std::size_t zone) {
        return zone == no_index ? FieldValue{} : text(view.run.area.zones[zone].id);
    };
    for_each_shared(view.run.result, [&](UtilityKind utility, Case scenario, const SharedUtility& shared) {
        for (const SharedAmount& given : shared.amounts) {
            const SharedDemand& demand = shared.demands[given.demand];
            if (demand.unit != view.unit) continue;
            table.rows.push_back(
                {std::string(to_string(utility)), std::string(to_string(scenario)), std::string(to_string(demand.kind)),
                 zone_id(demand.zone),
                 given.source == no_index ? FieldValue{} : text(view.run.area.sources[given.source].id),
                 zone_id(given.zone), flag(given.zone != no_index && given.zone == demand.zone),
                 amount(given.amount, utility), kilometres(std::optional{Near{0, given.distance}})});
        }
    });
    return table;
}

std::int64_t shortfall_of(const SharedDemand& demand) { return demand.amount - demand.served - demand.without_amount; }

/// The part of the unit's demand that is shortest, where others took what would have been enough for it.
const SharedDemand* contested_demand(const UnitView& view, const SharedUtility& shared) {
    const SharedDemand* shortest = nullptr;
    for (const SharedDemand& demand : shared.demands)
        if (demand.unit == view.unit && shortfall_of(demand) > (shortest != nullptr ? shortfall_of(*shortest) : 0))
            shortest = &demand;
    const bool is_contested = shortest != nullptr && shortest->place && shortest->sources_in_reach > 0 &&
                              shortest->sources_unknown == 0 &&
                              shortest->headroom_in_reach - shortest->own_elsewhere >= shortest->amount;
    return is_contested ? shortest : nullptr;
}

/// Where a zone without a position stands for utilities: the centre of its district.
std::optional<Point> stand_in(const UnitView& view, const IndustrialZone& zone) {
    if (!std::holds_alternative<std::monostate>(zone.geometry)) return std::nullopt;
    for (const UnitGap& gap : view.run.result.units)
        if (gap.unit.kind == UnitKind::rural_district && gap.unit.id == zone.rural_district_id && gap.unit.centre)
            return measured(view.run, gap.unit.centre);
    for (const RuralDistrict& district : view.run.area.rural_districts)
        if (district.id == zone.rural_district_id) return measured(view.run, district.centre);
    return std::nullopt;
}

/// Zones whose surplus is in reach of a demand.
std::vector<std::size_t> givers_near(const UnitView& view, const SharedDemand& demand, Point place, Kilometres limit) {
    std::vector<std::size_t> zones;
    for (const Near& near : view.reach.zones_within(place, limit)) zones.push_back(near.feature);
    if (demand.zone != no_index) zones.push_back(demand.zone);
    const bool planar = view.run.result.options.metric == Metric::planar;
    for (std::size_t z = 0; z < view.run.area.zones.size(); ++z) {
        const auto at = stand_in(view, view.run.area.zones[z]);
        if (!at) continue;
        const double apart =
            planar ? std::hypot(at->x - place.x, at->y - place.y) : geodesic_distance(place, *at).value();
        if (apart <= to_metres(limit).value()) zones.push_back(z);
    }
    return zones;
}

/// What others got from the sources that could have served a demand of the unit that was left short.
RecordTable taker_records(const UnitView& view) {
    RecordTable table{"taken_by_others", {"utility", "case", "source_id", "source_zone_id", "taker_id", "amount"}, {}};
    const PlanningArea& area = view.run.area;
    for_each_shared(view.run.result, [&](UtilityKind utility, Case scenario, const SharedUtility& shared) {
        const SharedDemand* contested = contested_demand(view, shared);
        if (contested == nullptr) return;
        const Point place = *measured(view.run, contested->place);
        const Kilometres limit = view.run.result.standards.utility_reach[utility];
        std::vector<std::size_t> sources;
        for (const Near& near : view.reach.sources_in_reach(place, utility, limit)) sources.push_back(near.feature);
        const std::vector<std::size_t> zones = givers_near(view, *contested, place, limit);
        for (const SharedAmount& given : shared.amounts) {
            const SharedDemand& demand = shared.demands[given.demand];
            const bool is_source = given.source != no_index;
            const std::vector<std::size_t>& near = is_source ? sources : zones;
            const std::size_t giver = is_source ? given.source : given.zone;
            if (demand.unit == view.unit || std::ranges::find(near, giver) == near.end()) continue;
            table.rows.push_back({std::string(to_string(utility)), std::string(to_string(scenario)),
                                  is_source ? text(area.sources[giver].id) : FieldValue{},
                                  is_source ? FieldValue{} : text(area.zones[giver].id),
                                  demand.unit != no_index ? text(view.run.result.units[demand.unit].unit.id)
                                                          : text(area.zones[demand.zone].id),
                                  amount(given.amount, utility)});
        }
    });
    return table;
}

/// Net land of zones in reach that is promised to others, in the central case.
RecordTable other_land_records(const UnitView& view) {
    RecordTable table{"land_of_others", {"zone_id", "taker_id", "net_ha"}, {}};
    for (std::size_t u = 0; u < view.run.result.units.size(); ++u) {
        const UnitGap& other = view.run.result.units[u];
        const auto& land = other.land[Case::central];
        if (u == view.unit || !land) continue;
        for (const LandCredit& credit : land->credits)
            if (std::ranges::find(view.gap.zones_in_reach, credit.zone) != view.gap.zones_in_reach.end())
                table.rows.push_back(
                    {text(view.run.area.zones[credit.zone].id), text(other.unit.id), hectares(credit.area)});
    }
    return table;
}

/// Land that units need beyond existing zones, by which they are ranked; those that need none left out.
RecordTable new_land_records(const UnitView& view) {
    RecordTable table{"new_land", {"unit_id", "low", "central", "high"}, {}};
    for (const UnitGap& gap : view.run.result.units) {
        if (!gap.land[Case::central]) continue;
        PerCase<std::int64_t> needed{};
        for (const Case scenario : all_cases)
            needed[scenario] = gap.land[scenario]->new_zone + gap.land[scenario]->remainder;
        if (needed == PerCase<std::int64_t>{}) continue;
        table.rows.push_back({text(gap.unit.id), hectares(needed[Case::low]), hectares(needed[Case::central]),
                              hectares(needed[Case::high])});
    }
    return table;
}

/// What units are short of, by which they are ranked; those that are short of nothing left out.
RecordTable shortfall_records(const UnitView& view) {
    RecordTable table{"shortfalls", {"utility", "unit_id", "low", "central", "high"}, {}};
    for (const UtilityKind utility : all_utilities)
        for (const UnitGap& gap : view.run.result.units) {
            const auto& shared = gap.services[utility].shared;
            if (!shared[Case::central]) continue;
            PerCase<std::int64_t> shortfall{};
            for (const Case scenario : all_cases) shortfall[scenario] = shared[scenario]->shortfall;
            if (shortfall == PerCase<std::int64_t>{}) continue;
            table.rows.push_back({std::string(to_string(utility)), text(gap.unit.id),
                                  amount(shortfall[Case::low], utility), amount(shortfall[Case::central], utility),
                                  amount(shortfall[Case::high], utility)});
        }
    return table;
}

RecordTable ahead_records(const UnitView& view) {
    RecordTable table{"ahead", {"unit_id", "score", "nearest_zone_km", "quickest_zone_min"}, {}};
    const auto& rank = view.gap.priority.rank;
    if (!rank) return table;
    std::vector<const UnitGap*> ahead;
    for (const UnitGap& gap : view.run.result.units)
        if (gap.priority.rank && *gap.priority.rank < *rank) ahead.push_back(&gap);
    std::ranges::sort(ahead, {}, [](const UnitGap* gap) { return *gap->priority.rank; });
    for (const UnitGap* gap : ahead)
        table.rows.push_back({text(gap->unit.id), maybe(gap->priority.score), kilometres(gap->nearest_zone),
                              gap->travel ? quickest_zone_min(*gap->travel) : FieldValue{}});
    return table;
}

RecordTable extent_records(const UnitView& view) {
    RecordTable table{"extents", {"layer", "radius_km", "west", "south", "east", "north"}, {}};
    const auto add = [&](std::string layer, Kilometres radius, const std::optional<Box>& box) {
        if (box)
            table.rows.push_back({std::move(layer), radius.value(), box->min_x, box->min_y, box->max_x, box->max_y});
    };
    const GapStandards& standards = view.run.result.standards;
    add("zones", standards.zone_reach, view.run.area.zones_layer.extent);
    for (const UtilityKind utility : all_utilities)
        add("sources of " + std::string(to_string(utility)), standards.utility_reach[utility],
            view.run.area.sources_layer[utility].extent);
    return table;
}

}  // namespace

std::vector<RecordTable> unit_records(const UnitView& view) {
    return {settlement_records(view), zone_records(view),      credit_records(view), other_land_records(view),
            new_land_records(view),   source_records(view),    demand_records(view), allocation_records(view),
            taker_records(view),      shortfall_records(view), ahead_records(view),  extent_records(view)};
}

}  // namespace amayesh::detail
