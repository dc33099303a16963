#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "output/explain_parts.hpp"

namespace amayesh {

namespace detail {
namespace {

constexpr UtilityKind utilities_with_amounts[] = {UtilityKind::water, UtilityKind::power, UtilityKind::gas};

std::string zone_cell(const std::string& column) { return cell_address("zones", column); }

void add_land(Rules& rules, const ExplainedRun& run) {
    const FieldValue listed = flag(run.area.plots_layer.complete);
    rules.insert_or_assign("usable_land_ha", Rule("usable_land")
                                                 .records("plots", "plots")
                                                 .setting("plots_complete", "layers.plots.complete", listed)
                                                 .cell("vacant", zone_cell("vacant_ha"))
                                                 .cell("net", zone_cell("net_ha"))
                                                 .cell("gross", zone_cell("gross_ha"))
                                                 .cell("occupied", zone_cell("occupied_ha"))
                                                 .coefficient("net_share", "land.net_share"));
    for (const Case scenario : all_cases)
        rules.insert_or_assign(
            fmt::format("promised_ha{}", column_infix(scenario)),
            Rule("sum_promised").records("net_ha", "promised_land").found("case", std::string(to_string(scenario))));
    rules.insert_or_assign("in_use_ha", Rule("land_in_use")
                                            .records("plots", "plots")
                                            .setting("plots_complete", "layers.plots.complete", listed)
                                            .cell("occupied", zone_cell("occupied_ha")));
    rules.insert_or_assign(
        "committed_ha",
        Rule("land_committed").records("plots", "plots").setting("plots_complete", "layers.plots.complete", listed));
}

/// What the zone lacks or can spare by itself.
Rule own_balance(std::string_view id, const ExplainedRun& run, const IndustrialZone& zone, UtilityKind utility) {
    const std::string name(to_string(utility));
    const auto& serving = run.result.options.serving_statuses;
    Rule rule(id);
    rule.found("serves", flag(std::ranges::find(serving, zone.status) != serving.end()))
        .cell("has", zone_cell(fmt::format("{}_{}", name, column_ending(utility))))
        .cell("in_use_ha", zone_cell("in_use_ha"))
        .coefficient("per_ha", "demand." + name)
        .found("step", 1 / steps_per_unit[utility]);
    if (run.result.standards.demand[utility].basis == LandBasis::gross) rule.coefficient("net_share", "land.net_share");
    return rule;
}

void add_services(Rules& rules, const ExplainedRun& run, std::size_t index) {
    const IndustrialZone& zone = run.area.zones[index];
    for (const UtilityKind utility : utilities_with_amounts) {
        const std::string name(to_string(utility));
        const auto put = [&](std::string_view part, Case scenario, Rule rule) {
            rules.insert_or_assign(
                fmt::format("{}_{}{}_{}", name, part, column_infix(scenario), column_ending(utility)),
                rule.found("utility", name).found("case", std::string(to_string(scenario))));
        };
        const auto shared = [&](Case scenario) -> const ZoneServiceBalance& {
            return run.result.zones[index].services[utility][scenario];
        };
        const auto asking = [&](std::string_view id, Case scenario) {
            const ZoneServiceBalance& balance = shared(scenario);
            return Rule(balance.asks() ? id : "asks_nothing").records("demands", "demands");
        };
        put("deficit", Case::central, own_balance("own_deficit", run, zone, utility));
        put("surplus", Case::central, own_balance("own_surplus", run, zone, utility));
        put("committed", Case::central, asking("sum_committed", Case::central));
        put("allocated", Case::central, asking("sum_served", Case::central).records("allocations", "allocations"));
        put("without_amount", Case::central, asking("sum_without_amount", Case::central));
        for (const Case scenario : all_cases) {
            put("shortfall", scenario, asking("sum_short", scenario));
            put("given", scenario,
                Rule(shared(scenario).may_give() ? "sum_given" : "gives_nothing")
                    .records("allocations", "allocations"));
        }
    }
}

/// What the zone needs itself.
RecordTable demand_records(const ExplainedRun& run, std::size_t zone) {
    RecordTable table{"demands", {"utility", "case", "kind", "amount", "served", "without_amount"}, {}};
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases)
            for (const SharedDemand& demand : run.result.shared.at(utility, scenario).demands)
                if (demand.zone == zone && demand.unit == no_index)
                    table.rows.push_back({std::string(to_string(utility)), std::string(to_string(scenario)),
                                          std::string(to_string(demand.kind)), amount(demand.amount, utility),
                                          amount(demand.served, utility), amount(demand.without_amount, utility)});
    return table;
}

/// Whether the input has something there.
bool has_text(const Rule& rule) {
    return rule.id() == "as_given" && !std::holds_alternative<std::monostate>(rule.inputs().front().value);
}

Rules zone_rules(const ExplainedRun& run, std::size_t index) {
    const IndustrialZone& zone = run.area.zones[index];
    Rules rules;
    add_given(rules, run, {"zones", zone.id},
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
    const bool is_given = has_text(rules.at("gross_ha"));
    if (shape != nullptr && !is_given)
        rules.insert_or_assign("gross_ha", Rule("polygon_area").found("shape", as_wkt(*shape)));
    const std::pair<const char*, bool> places[] = {{"rural_district_id", !zone.rural_district_id.empty()},
                                                   {"county", !zone.place.county.empty()},
                                                   {"province", !zone.place.province.empty()}};
    for (const auto& [column, is_known] : places)
        if (is_known && !has_text(rules.at(column))) rules.insert_or_assign(column, Rule("of_district_around"));
    add_land(rules, run);
    add_services(rules, run, index);
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

}  // namespace
}  // namespace detail

Explanation explain_zone(const ExplainedRun& run, std::size_t index) {
    using namespace detail;
    if (index >= run.area.zones.size()) throw InvalidInput("there is no zone to explain at that index");
    const IndustrialZone& zone = run.area.zones[index];
    Explanation explanation{
        .kind = ExplainedKind::zone,
        .id = zone.id,
        .name = zone.name,
        .values = {},
        .records = {plot_records(run, zone), promised_records(run, index), demand_records(run, index),
                    allocation_records(run,
                                       [&](const SharedDemand& demand, const SharedAmount& given) {
                                           return demand.zone == index || given.zone == index;
                                       })},
        .coefficients = {},
        .warnings = 0};
    add_values(explanation, "zones", zone_columns(), ZoneRow{zone, run.result.zones[index]}, zone_rules(run, index), {},
               {});
    settle_inputs(explanation, run.result.standards);
    return explanation;
}

}  // namespace amayesh
