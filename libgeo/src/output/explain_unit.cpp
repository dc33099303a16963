#include "output/explain_unit.hpp"

#include <span>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh {

namespace detail {
namespace {

std::string unit_cell(std::string_view column) { return cell_address("units", column); }

FieldValue whole(const std::optional<std::int64_t>& value) { return maybe(value); }

void add_identity(Rules& rules, const UnitView& view) {
    const std::string& id = view.gap.unit.id;
    rules.insert_or_assign("unit_id", given(view.run, {view.role, id}, "id"));
    for (const char* attribute : {"name", "district", "county", "province"})
        rules.insert_or_assign(attribute, given(view.run, {view.role, id}, attribute));
    if (view.gap.unit.derived)
        for (const char* column : {"unit_id", "name", "district", "county", "province"})
            if (rules.at(column).id() == "not_given") rules.insert_or_assign(column, Rule("of_settlements"));
    rules.insert_or_assign("unit_kind",
                           Rule("as_set").setting("unit", "assess.unit", std::string(to_string(view.gap.unit.kind))));
    rules.insert_or_assign("derived", Rule("derived").found("grown_from_settlements", flag(view.gap.unit.derived)));
}

/// The unit's polygon, corner by corner.
std::string shape_text(const UnitView& view) {
    const PlanningArea& area = view.run.area;
    MultiPolygon shape = area.rural_districts[view.gap.unit.index].shape;
    const Transform to_degrees(area.working_crs, Crs::wgs84());
    for (Polygon& part : shape.parts) {
        to_degrees.apply(std::span(part.outer));
        for (Ring& hole : part.holes) to_degrees.apply(std::span(hole));
    }
    return as_wkt(shape);
}

void add_population(Rules& rules, const UnitView& view) {
    const AssessedUnit& unit = view.gap.unit;
    const PlanningArea& area = view.run.area;
    const bool is_district = unit.kind == UnitKind::rural_district;
    const Rule own = given(view.run, {view.role, unit.id}, "population");
    const auto own_value = is_district ? area.rural_districts[unit.index].population : unit.population;
    const auto raster =
        is_district && !area.raster_population.empty() ? area.raster_population[unit.index] : std::optional<double>{};
    const FieldValue listed = flag(area.settlements_layer.present && area.settlements_layer.complete);
    const auto by_order = [&](std::string_view rule) {
        return Rule(rule)
            .found("given", whole(own_value), "people")
            .records("settlements", "settlements")
            .setting("settlements_complete", "layers.settlements.complete", listed)
            .found("raster", maybe(raster), "people");
    };
    rules.insert_or_assign("population",
                           unit.population_source == PopulationSource::attribute ? own : by_order("population"));
    rules.insert_or_assign("population_source", by_order("population_source")
                                                    .cell("at_least", unit_cell("population_at_least"))
                                                    .cell("at_most", unit_cell("population_at_most")));
    rules.insert_or_assign("population_at_least", Rule("population_at_least")
                                                      .cell("population", unit_cell("population"))
                                                      .records("settlements", "settlements")
                                                      .found("is_district", flag(is_district)));
    rules.insert_or_assign("population_at_most", Rule("population_at_most")
                                                     .cell("population", unit_cell("population"))
                                                     .cell("at_least", unit_cell("population_at_least"))
                                                     .found("parent_left", whole(unit.parent_left), "people"));
    rules.insert_or_assign("threshold",
                           Rule("over_threshold")
                               .cell("population", unit_cell("population"))
                               .cell("at_least", unit_cell("population_at_least"))
                               .cell("at_most", unit_cell("population_at_most"))
                               .setting("over", "assess.over", view.run.result.options.assessment.over, "people"));
    rules.insert_or_assign("settlements", Rule("count_rows").records("rows", "settlements"));
}

void add_centre(Rules& rules, const UnitView& view) {
    const AssessedUnit& unit = view.gap.unit;
    const auto rule = [&](std::string_view id, bool longitude) {
        Rule result(id);
        if (unit.kind == UnitKind::settlement) return result.records("settlements", "settlements");
        const auto& centre = view.run.area.rural_districts[unit.index].centre;
        result.found("given", centre ? FieldValue{longitude ? centre->x : centre->y} : FieldValue{}, "degrees");
        return result.records("settlements", "settlements").cell("shape", unit_cell("area_ha"));
    };
    rules.insert_or_assign("centre_source", rule("centre_source", true));
    if (unit.centre_source == CentreSource::given) {
        const auto x = view.run.find_origin({view.role, unit.id}, "centre_x");
        const auto y = view.run.find_origin({view.role, unit.id}, "centre_y");
        for (const char* column : {"centre_lon", "centre_lat"}) {
            Rule centre("given_place");
            if (!x.empty() && !y.empty())
                centre.field("x", text(x.front().text), x.front()).field("y", text(y.front().text), y.front());
            rules.insert_or_assign(column, centre);
        }
    } else if (unit.centre_source == CentreSource::interior_point) {
        const std::string shape = shape_text(view);
        for (const char* column : {"centre_lon", "centre_lat"})
            rules.insert_or_assign(column, Rule("interior_point")
                                               .found("x", unit.centre->x, "degrees")
                                               .found("y", unit.centre->y, "degrees")
                                               .found("shape", shape));
    } else {
        rules.insert_or_assign("centre_lon", Rule("centre_of_settlement").records("settlements", "settlements"));
        rules.insert_or_assign("centre_lat", Rule("centre_of_settlement").records("settlements", "settlements"));
    }
    if (unit.area_ha)
        rules.insert_or_assign("area_ha", Rule("polygon_area").found("shape", shape_text(view)));
    else
        rules.insert_or_assign("area_ha", Rule("unknown"));
}

/// What is known of ways from the centre, where minutes decide.
void add_ways(Rule& rule, const UnitView& view) {
    const TravelTime limit = view.run.result.options.travel_limit;
    rule.cell("unroutable_reason", unit_cell("unroutable_reason"))
        .found("zone_without_way_near", flag(view.gap.travel->has_unattached_within(limit)))
        .found("zone_of_unknown_status", flag(view.gap.travel->has_unknown_status_within(limit)));
}

void add_zone_status(Rules& rules, const UnitView& view) {
    const PlanningArea& area = view.run.area;
    const UnitGap& gap = view.gap;
    const auto rule = [&](std::string_view id) {
        return Rule(id)
            .cell("threshold", unit_cell("threshold"))
            .cell("zones_in_reach", unit_cell("zones_in_reach"))
            .cell("land_unknown", unit_cell("zones_land_unknown"))
            .cell("usable_land", unit_cell("usable_land_ha"))
            .cell("target_net", unit_cell("target_net_ha"))
            .cell("credited_net", unit_cell("credited_net_ha"))
            .found("land_is_promised", flag(view.run.result.options.reuse == LandReuse::first));
    };
    rules.insert_or_assign(
        "status",
        rule("zone_status").cell("centre_source", unit_cell("centre_source")).cell("reason", unit_cell("reason")));
    rules.insert_or_assign(
        "land_taken_by", Rule("land_taken_by").cell("reason", unit_cell("reason")).records("takers", "land_of_others"));
    Rule reason = rule("zone_reason");
    reason.cell("centre_source", unit_cell("centre_source"))
        .cell("nearest_zone_km", unit_cell("nearest_zone_km"))
        .coefficient("limit_km", "reach.zone")
        .setting("zones_complete", "layers.zones.complete",
                 flag(area.zones_layer.present && area.zones_layer.complete));
    if (view.place)
        reason.found("zone_of_unknown_position", flag(view.reach.may_hide_zone(*view.place)))
            .found("nearest_not_serving_km", kilometres(gap.nearest_not_serving), "km");
    if (gap.travel)
        add_ways(reason, view);
    else if (view.place)
        reason.found("zone_of_unknown_status", flag(view.reach.has_zone_of_unknown_status(*view.place)));
    rules.insert_or_assign("reason", reason);
}

void add_zone_reach(Rules& rules, const UnitView& view) {
    const UnitGap& gap = view.gap;
    for (const char* column : {"nearest_zone_id", "nearest_zone_name"})
        rules.insert_or_assign(column, Rule("nearest").cell("km", unit_cell("nearest_zone_km")));
    const Geometry none;
    rules.insert_or_assign(
        "nearest_zone_km",
        distance_rule(view.run, view.place,
                      gap.nearest_zone ? view.run.area.zones[gap.nearest_zone->feature].geometry : none));
    for (const char* column : {"quickest_zone_id", "quickest_zone_min", "unroutable_reason"}) {
        Rule rule("quickest_way");
        rule.found("reach", std::string(to_string(view.run.result.reach)));
        if (gap.travel)
            rule.found("quickest_zone_id", quickest_zone_id(*gap.travel, view.run.area))
                .found("quickest_zone_min", quickest_zone_min(*gap.travel), "min")
                .found("unroutable_reason", unroutable_reason(*gap.travel));
        rules.insert_or_assign(column, rule);
    }
    rules.insert_or_assign("zones_in_reach", Rule("count_rows").records("rows", "zones_in_reach"));
    rules.insert_or_assign("zones_by_code", Rule("count_by_code").records("rows", "zones_in_reach"));
    rules.insert_or_assign("usable_land_ha", Rule("sum_known").records("usable_ha", "zones_in_reach"));
    rules.insert_or_assign("zones_land_unknown", Rule("count_unknown").records("usable_ha", "zones_in_reach"));
    rules.insert_or_assign("edge", Rule("edge")
                                       .cell("lon", unit_cell("centre_lon"))
                                       .cell("lat", unit_cell("centre_lat"))
                                       .records("extents", "extents"));
    if (gap.travel)
        rules.insert_or_assign("on_the_line", Rule("not_on_the_line"));
    else
        rules.insert_or_assign("on_the_line",
                               Rule("on_the_line")
                                   .cell("km", unit_cell("nearest_zone_km"))
                                   .coefficient("limit_km", "reach.zone")
                                   .found("position_bound", view.run.result.options.position_bound.value(), "m"));
}

void add_people(Rules& rules, const UnitView& view) {
    const PlanningArea& area = view.run.area;
    const bool all_zones_known =
        area.zones_layer.present && area.zones_layer.complete && view.reach.zones_without_place() == 0;
    const auto rule = [&](std::string_view id) {
        Rule people(id);
        people.records("settlements", "settlements")
            .cell("unit_kind", unit_cell("unit_kind"))
            .cell("population", unit_cell("population"))
            .cell("population_at_least", unit_cell("population_at_least"))
            .cell("population_at_most", unit_cell("population_at_most"))
            .cell("zones_in_reach", unit_cell("zones_in_reach"))
            .cell("centre_source", unit_cell("centre_source"))
            .cell("status", unit_cell("status"))
            .cell("reason", unit_cell("reason"))
            .setting("settlements_complete", "layers.settlements.complete", flag(area.settlements_layer.complete))
            .found("all_zones_known", flag(all_zones_known));
        if (view.gap.travel) add_ways(people, view);
        return people;
    };
    rules.insert_or_assign("people_left_out_min", rule("people_left_out_min"));
    rules.insert_or_assign("people_left_out_max", rule("people_left_out_max"));
    rules.insert_or_assign("people_basis", rule("people_basis"));
    rules.insert_or_assign("settlements_out_of_reach",
                           Rule("settlements_out_of_reach").records("settlements", "settlements"));
}

void add_land(Rules& rules, const UnitView& view) {
    const auto people = [&](std::string_view id) {
        return Rule(id)
            .cell("threshold", unit_cell("threshold"))
            .cell("population", unit_cell("population"))
            .cell("population_at_least", unit_cell("population_at_least"));
    };
    for (const Case scenario : all_cases) {
        const std::string ending(column_infix(scenario));
        rules.insert_or_assign("target_ha" + ending,
                               people("target_area")
                                   .coefficient("ha_per_1000_people", "land.target_per_1000", scenario)
                                   .coefficient("least_ha", "land.minimum")
                                   .coefficient("largest_ha", "land.maximum"));
        const auto& land = view.gap.land[scenario];
        rules.insert_or_assign("new_land_rank" + ending, Rule("rank_in_case")
                                                             .records("amounts", "new_land")
                                                             .cell("unit_id", unit_cell("unit_id"))
                                                             .found("case", std::string(to_string(scenario))));
        rules.insert_or_assign("new_zone_ha" + ending,
                               Rule("new_zone")
                                   .cell("target", unit_cell("target_ha" + ending))
                                   .found("target_net", hectares(view.gap.target_net, scenario), "ha")
                                   .found("credited_net", land ? hectares(land->credited) : FieldValue{}, "ha")
                                   .coefficient("net_share", "land.net_share", scenario)
                                   .coefficient("least_ha", "land.minimum"));
    }
    rules.insert_or_assign("new_land_rank_flips", Rule("rank_flips")
                                                      .records("amounts", "new_land")
                                                      .cell("unit_id", unit_cell("unit_id"))
                                                      .cell("ranked", unit_cell("target_ha")));
    rules.insert_or_assign("target_uncapped_ha",
                           people("target_uncapped").coefficient("ha_per_1000_people", "land.target_per_1000"));
    rules.insert_or_assign(
        "target_net_ha",
        Rule("net_area").cell("gross", unit_cell("target_ha")).coefficient("net_share", "land.net_share"));
    rules.insert_or_assign("credited_net_ha",
                           Rule("sum_credits").records("credits", "credits").cell("target", unit_cell("target_ha")));
    rules.insert_or_assign("remainder_ha", Rule("remainder")
                                               .cell("target", unit_cell("target_ha"))
                                               .cell("target_net", unit_cell("target_net_ha"))
                                               .cell("credited_net", unit_cell("credited_net_ha"))
                                               .coefficient("net_share", "land.net_share")
                                               .coefficient("least_ha", "land.minimum"));
}

/// Columns of `units` that repeat one of `unit_utilities`.
void add_services(Rules& rules, const UnitView& view) {
    const auto same = [&](const std::string& column, UtilityKind utility, Case scenario, std::string_view source) {
        rules.insert_or_assign(
            column, Rule("same_as").cell(
                        "cell", cell_address("unit_utilities", source, to_string(utility), to_string(scenario))));
    };
    for (const UtilityKind utility : all_utilities) {
        const std::string name(to_string(utility));
        const std::string ending(column_ending(utility));
        same(name + "_reason", utility, Case::central, "reason");
        same(fmt::format("reachable_{}_{}", name, ending), utility, Case::central,
             utility == UtilityKind::telecom ? "reachable_class" : "reachable");
        rules.insert_or_assign("people_unserved_" + name,
                               Rule("people_unserved")
                                   .cell("population", unit_cell("population"))
                                   .found("served_share", maybe(view.gap.unit.served_share[utility])));
        if (utility == UtilityKind::telecom) continue;
        for (const Case scenario : all_cases)
            same(fmt::format("{}_demand{}_{}", name, column_infix(scenario), ending), utility, scenario, "demand");
        same(fmt::format("{}_shortfall_{}", name, ending), utility, Case::central, "shortfall");
    }
}

void add_priority(Rules& rules, const UnitView& view) {
    const AssessedUnit& unit = view.gap.unit;
    if (unit.deprivation_known)
        rules.insert_or_assign("deprivation_weight", given(view.run, {view.role, unit.id}, "deprivation_weight"));
    else
        rules.insert_or_assign("deprivation_weight", Rule("weight_of_unknown"));
    rules.insert_or_assign("deprivation_known", Rule("is_given").found("given", flag(unit.deprivation_known)));
    const auto people = [&](std::string_view id) {
        return Rule(id)
            .cell("threshold", unit_cell("threshold"))
            .cell("at_least", unit_cell("people_left_out_min"))
            .cell("at_most", unit_cell("people_left_out_max"));
    };
    rules.insert_or_assign("priority_score", people("priority_score").cell("weight", unit_cell("deprivation_weight")));
    rules.insert_or_assign("priority_basis", people("priority_basis"));
    rules.insert_or_assign("priority_rank", Rule("priority_rank")
                                                .cell("score", unit_cell("priority_score"))
                                                .cell("km", unit_cell("nearest_zone_km"))
                                                .cell("min", unit_cell("quickest_zone_min"))
                                                .found("reach", std::string(to_string(view.run.result.reach)))
                                                .cell("unit_id", unit_cell("unit_id"))
                                                .records("ahead", "ahead"));
}

}  // namespace

Rules unit_rules(const UnitView& view) {
    Rules rules;
    add_identity(rules, view);
    add_population(rules, view);
    add_centre(rules, view);
    add_zone_status(rules, view);
    add_zone_reach(rules, view);
    add_people(rules, view);
    add_land(rules, view);
    add_services(rules, view);
    add_priority(rules, view);
    return rules;
}

}  // namespace detail

Explanation explain_unit(const ExplainedRun& run, std::size_t unit) {
    using namespace detail;
    if (unit >= run.result.units.size()) throw InvalidInput("there is no unit to explain at that index");
    const UnitGap& gap = run.result.units[unit];
    const bool is_district = gap.unit.kind == UnitKind::rural_district;
    const UnitView view{.run = run,
                        .unit = unit,
                        .gap = gap,
                        .reach = reach_of(run),
                        .place = measured(run, gap.unit.centre),
                        .district = is_district ? gap.unit.index : run.district_of_settlement[gap.unit.index],
                        .role = is_district ? "rural_districts" : "settlements"};
    Explanation explanation{.kind = ExplainedKind::unit,
                            .id = gap.unit.id,
                            .name = gap.unit.name,
                            .values = {},
                            .records = unit_records(view),
                            .coefficients = {},
                            .warnings = 0};
    add_values(explanation, "units", unit_columns(), UnitRow{gap, run.area}, unit_rules(view), {}, {});
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases)
            add_values(explanation, "unit_utilities", unit_utility_columns(),
                       UnitUtilityRow{gap, run.area, utility, scenario, run.result.standards.required_telecom},
                       unit_utility_rules(view, utility, scenario),
                       {std::string(to_string(utility)), std::string(to_string(scenario))}, unit_name(utility));
    settle_inputs(explanation, run.result.standards);
    return explanation;
}

}  // namespace amayesh
