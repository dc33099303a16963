#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "output/explain_parts.hpp"

namespace amayesh {

namespace detail {
namespace {

/// Calls back with every amount that is given in any utility and case.
template <class Visit>
void for_each_amount(const GapResult& result, const Visit& visit) {
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases) {
            const SharedUtility& shared = result.shared.at(utility, scenario);
            for (const SharedAmount& given : shared.amounts)
                visit(utility, scenario, shared.demands[given.demand], given);
        }
}

/// The amounts that `belongs` takes.
template <class Belongs>
RecordTable allocation_records(const ExplainedRun& run, const Belongs& belongs) {
    RecordTable table{
        "allocations",
        {"utility", "case", "demand_kind", "unit_id", "zone_id", "source_id", "source_zone_id", "amount", "km"},
        {}};
    const auto zone_id = [&](std::size_t zone) {
        return zone == no_index ? FieldValue{} : text(run.area.zones[zone].id);
    };
    for_each_amount(run.result, [&](UtilityKind utility, Case scenario, const SharedDemand& demand,
                                    const SharedAmount& given) {
        if (!belongs(demand, given)) return;
        table.rows.push_back(
            {std::string(to_string(utility)), std::string(to_string(scenario)), std::string(to_string(demand.kind)),
             demand.unit == no_index ? FieldValue{} : text(run.result.units[demand.unit].unit.id), zone_id(demand.zone),
             given.source == no_index ? FieldValue{} : text(run.area.sources[given.source].id), zone_id(given.zone),
             amount(given.amount, utility), kilometres(std::optional{Near{0, given.distance}})});
    });
    return table;
}

void add_given(Rules& rules, const ExplainedRun& run, std::string_view role, const std::string& id,
               std::initializer_list<std::pair<const char*, const char*>> columns) {
    for (const auto& [column, attribute] : columns) rules.insert_or_assign(column, given(run, role, id, attribute));
}

Rules zone_rules(const ExplainedRun& run, const IndustrialZone& zone) {
    Rules rules;
    add_given(rules, run, "zones", zone.id,
              {{"zone_id", "id"},
               {"name", "name"},
               {"kind", "kind"},
               {"status", "status"},
               {"rural_district_id", "rural_district"},
               {"county", "county"},
               {"province", "province"},
               {"gross_ha", "gross_area"},
               {"net_ha", "net_area"},
               {"occupied_ha", "occupied_area"},
               {"vacant_ha", "vacant_area"},
               {"water_lps", "water"},
               {"power_mw", "power"},
               {"gas_m3h", "gas"},
               {"telecom_class", "telecom"},
               {"operating_units", "operating_units"},
               {"idle_units", "idle_units"},
               {"jobs", "jobs"},
               {"sewer", "sewer"}});
    const auto* shape = std::get_if<MultiPolygon>(&zone.geometry);
    const bool is_given = rules.at("gross_ha").id() == "as_given" &&
                          !std::holds_alternative<std::monostate>(rules.at("gross_ha").inputs().front().value);
    if (shape != nullptr && !is_given)
        rules.insert_or_assign("gross_ha", Rule("polygon_area").found("shape", as_wkt(*shape)));
    return rules;
}

RecordTable plot_records(const ExplainedRun& run, const IndustrialZone& zone) {
    RecordTable table{"plots", {"plot_id", "state", "area_ha"}, {}};
    for (const Plot& plot : run.area.plots)
        if (plot.zone_id == zone.id)
            table.rows.push_back({text(plot.id), std::string(to_string(plot.state)), maybe(plot.area_ha)});
    return table;
}

RecordTable promised_records(const ExplainedRun& run, std::size_t zone) {
    RecordTable table{"promised_land", {"case", "unit_id", "net_ha"}, {}};
    for (const Case scenario : all_cases)
        for (const UnitGap& gap : run.result.units)
            if (const auto& land = gap.land[scenario])
                for (const LandCredit& credit : land->credits)
                    if (credit.zone == zone)
                        table.rows.push_back(
                            {std::string(to_string(scenario)), text(gap.unit.id), hectares(credit.area)});
    return table;
}

Rule given_by(std::string_view source_id, UtilityKind utility, Case scenario) {
    return Rule("sum_rows")
        .records("amount", "allocations")
        .found("utility", std::string(to_string(utility)))
        .found("case", std::string(to_string(scenario)))
        .found("source_id", text(source_id))
        .cell("headroom", cell_address("sources", "headroom"));
}

RecordTable season_records(const UtilitySource& source) {
    RecordTable table{"seasons", {"season", "capacity_factor", "in_use"}, {}};
    for (const SeasonalUse& season : source.use)
        table.rows.push_back({text(season.season), season.capacity_factor, maybe(season.in_use)});
    return table;
}

Rules source_rules(const ExplainedRun& run, const UtilitySource& source, const PerCase<const SharedSource*>& shared) {
    Rules rules;
    add_given(rules, run, "sources", source.id,
              {{"source_id", "id"},
               {"name", "name"},
               {"utility", "utility"},
               {"role", "role"},
               {"capacity", "capacity"},
               {"committed", "committed"},
               {"telecom_class", "telecom_class"},
               {"reach_km", "reach"}});
    if (rules.at("committed").id() == "not_given") rules.insert_or_assign("committed", Rule("none_committed"));
    rules.insert_or_assign("unit_of_amounts", Rule("names_the_row"));
    rules.insert_or_assign("in_use", Rule("highest_use").records("in_use", "seasons"));
    rules.insert_or_assign("serves_without_amount",
                           Rule("yes_or_no").found("without_amount", flag(source.capacity_is_yes_no)));
    rules.insert_or_assign("headroom", Rule("firm_headroom")
                                           .cell("capacity", cell_address("sources", "capacity"))
                                           .cell("committed", cell_address("sources", "committed"))
                                           .cell("role", cell_address("sources", "role"))
                                           .cell("without_amount", cell_address("sources", "serves_without_amount"))
                                           .records("seasons", "seasons"));
    for (const Case scenario : all_cases)
        rules.insert_or_assign(fmt::format("given{}", column_infix(scenario)),
                               shared[scenario] != nullptr && shared[scenario]->headroom
                                   ? given_by(source.id, source.utility, scenario)
                                   : Rule("not_shared"));
    rules.insert_or_assign("headroom_left", Rule("headroom_left")
                                                .cell("headroom", cell_address("sources", "headroom"))
                                                .cell("given", cell_address("sources", "given"))
                                                .found("step", 1 / steps_per_unit[source.utility]));
    Rule price("shadow_price");
    if (const SharedSource* central = shared[Case::central])
        price
            .found("class_of_another_step", central->class_of_another_step
                                                ? FieldValue{std::int64_t{*central->class_of_another_step}}
                                                : FieldValue{})
            .cell("left", cell_address("sources", "headroom_left"));
    rules.insert_or_assign("shadow_price", price);
    return rules;
}

PerCase<const SharedSource*> shared_of(const ExplainedRun& run, std::size_t source) {
    PerCase<const SharedSource*> result{};
    for (const Case scenario : all_cases)
        for (const SharedSource& shared : run.result.shared.at(run.area.sources[source].utility, scenario).sources)
            if (shared.source == source) result[scenario] = &shared;
    return result;
}

}  // namespace
}  // namespace detail

Explanation explain_zone(const ExplainedRun& run, std::size_t index) {
    using namespace detail;
    if (index >= run.area.zones.size()) throw InvalidInput("there is no zone to explain at that index");
    const IndustrialZone& zone = run.area.zones[index];
    Explanation explanation{.kind = ExplainedKind::zone,
                            .id = zone.id,
                            .name = zone.name,
                            .values = {},
                            .records = {plot_records(run, zone), promised_records(run, index),
                                        allocation_records(run,
                                                           [&](const SharedDemand& demand, const SharedAmount& given) {
                                                               return demand.zone == index || given.zone == index;
                                                           })},
                            .coefficients = {}};
    add_values(explanation, "zones", zone_columns(), ZoneRow{zone}, zone_rules(run, zone), {}, {});
    settle_inputs(explanation, run.result.standards);
    return explanation;
}

Explanation explain_source(const ExplainedRun& run, std::size_t index) {
    using namespace detail;
    if (index >= run.area.sources.size()) throw InvalidInput("there is no source to explain at that index");
    const UtilitySource& source = run.area.sources[index];
    const PerCase<const SharedSource*> shared = shared_of(run, index);
    Explanation explanation{
        .kind = ExplainedKind::source,
        .id = source.id,
        .name = source.name,
        .values = {},
        .records = {season_records(source),
                    allocation_records(
                        run, [&](const SharedDemand&, const SharedAmount& given) { return given.source == index; })},
        .coefficients = {}};
    add_values(explanation, "sources", source_columns(), SourceRow{source, shared}, source_rules(run, source, shared),
               {}, unit_name(source.utility));
    settle_inputs(explanation, run.result.standards);
    return explanation;
}

}  // namespace amayesh
