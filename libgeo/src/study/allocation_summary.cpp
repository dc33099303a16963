#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/study/summary.hpp>

#include "study/field_json.hpp"
#include "study/run_layers.hpp"
#include "study/summary_parts.hpp"
#include "study/text_table.hpp"

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;
using detail::TextTable;
using detail::whole;
using detail::with_thousands;
using Align = TextTable::Align;

constexpr std::size_t listed_districts = 10;
constexpr double percent = 100;

std::string amount_text(std::int64_t steps, UtilityKind utility) {
    return with_thousands(static_cast<double>(steps) / steps_per_unit[utility], 1);
}

const ServiceBalance* balance_of(const UnitGap& gap, UtilityKind utility, Case scenario) {
    const auto& shared = gap.services[utility].shared[scenario];
    return shared ? &*shared : nullptr;
}

std::int64_t supplied(const ServiceBalance& balance) {
    return balance.own_supply + balance.allocated + balance.without_amount;
}

std::int64_t units_short(const GapResult& result, UtilityKind utility, Case scenario) {
    return std::ranges::count_if(result.units, [&](const UnitGap& gap) {
        const ServiceBalance* balance = balance_of(gap, utility, scenario);
        return balance && balance->shortfall > 0;
    });
}

/// Why units are short, in the central case, and how many.
std::map<ServiceReason, std::int64_t> short_reasons(const GapResult& result, UtilityKind utility) {
    std::map<ServiceReason, std::int64_t> reasons;
    for (const UnitGap& gap : result.units)
        if (const ServiceBalance* balance = balance_of(gap, utility, Case::central); balance && balance->shortfall > 0)
            ++reasons[balance->reason];
    return reasons;
}

/// What the sources of a utility have and give in the central case.
struct SourceTotals {
    std::int64_t placed = 0, unknown = 0, used_up = 0;
    std::int64_t headroom = 0, given = 0;  ///< Of sources whose headroom is known.
};

enum class Giver { source, zone_with_surplus };

SourceTotals totals_of_sources(const SharedUtility& shared, Giver giver = Giver::source) {
    SourceTotals totals;
    for (const SharedSource& source : shared.sources) {
        if ((source.source == no_index) != (giver == Giver::zone_with_surplus)) continue;
        ++totals.placed;
        totals.unknown += !source.headroom;
        if (!source.headroom) continue;
        totals.headroom += *source.headroom;
        totals.given += source.used;
        totals.used_up += *source.headroom > 0 && *source.headroom == source.used;
    }
    return totals;
}

bool has_amounts(UtilityKind utility) { return utility != UtilityKind::telecom; }

const Rollup& nation_of(const GapResult& result) {
    return *std::ranges::find(result.rollups, RollupLevel::nation, &Rollup::level);
}

std::string units_text(const Rollup& nation, const GapResult& result) {
    const bool districts = result.options.assessment.kind == UnitKind::rural_district;
    return fmt::format("Assessed: {} {}, {} of them over {} people, {} of unknown population\n", whole(nation.units),
                       districts ? "rural districts" : "settlements", whole(nation.over),
                       whole(result.options.assessment.over), whole(nation.threshold_unknown));
}

std::string demand_text(const Rollup& nation, const GapResult& result, const PlanningArea& area) {
    TextTable table;
    table.add_column("utility", Align::left);
    for (const char* title : {"needed", "supplied", "short", "units short"}) table.add_column(title, Align::right);
    for (const UtilityKind utility : all_utilities) {
        if (!has_amounts(utility)) continue;
        const std::string name{to_string(utility)};
        if (!area.sources_layer[utility].present) {
            table.add_row({name, detail::amounts_text(nation.demand[utility], utility), "unknown", "unknown",
                           "no layer of sources"});
            continue;
        }
        if (const std::int64_t unknown = nation.shared_unknown_units[utility]; unknown > 0) {
            const std::string text = fmt::format("unknown in {} units", whole(unknown));
            table.add_row({name, detail::amounts_text(nation.demand[utility], utility), text, text, text});
            continue;
        }
        const auto& shared = nation.shared[utility];
        const auto range = [&](auto&& of) { return StepRange{of(Case::low), of(Case::central), of(Case::high)}; };
        const auto units = range([&](Case c) { return units_short(result, utility, c); });
        table.add_row({name, detail::amounts_text(range([&](Case c) { return shared[c].demand; }), utility),
                       detail::amounts_text(range([&](Case c) { return supplied(shared[c]); }), utility),
                       detail::amounts_text(detail::shortfall_of(nation, utility), utility),
                       fmt::format("{} / {} / {}", whole(units.low), whole(units.central), whole(units.high))});
    }
    return "What units need, and get when headroom is shared: low / central / high\n" + table.text();
}

std::string reasons_text(const GapResult& result) {
    std::string text;
    for (const UtilityKind utility : all_utilities)
        for (const auto& [reason, units] : short_reasons(result, utility))
            text += fmt::format("  {:<10}{:<26}{:>8}\n", to_string(utility), to_string(reason), whole(units));
    return text.empty() ? text : "Why units are short, central case\n" + text + "\n";
}

std::string sources_text(const GapResult& result, const PlanningArea& area) {
    TextTable table;
    table.add_column("utility", Align::left);
    for (const char* title : {"sources", "of unknown headroom", "headroom", "given", "left", "used up"})
        table.add_column(title, Align::right);
    bool has_rows = false;
    for (const UtilityKind utility : all_utilities) {
        if (!has_amounts(utility) || !area.sources_layer[utility].present) continue;
        for (const Giver giver : {Giver::source, Giver::zone_with_surplus}) {
            const SourceTotals totals = totals_of_sources(result.shared.at(utility, Case::central), giver);
            if (totals.placed == 0) continue;
            has_rows = true;
            const std::string unit = " " + std::string{unit_name(utility)};
            const char* whose = giver == Giver::source ? "" : ", surplus of zones";
            table.add_row({std::string{to_string(utility)} + whose, whole(totals.placed), whole(totals.unknown),
                           amount_text(totals.headroom, utility) + unit, amount_text(totals.given, utility) + unit,
                           amount_text(totals.headroom - totals.given, utility) + unit, whole(totals.used_up)});
        }
    }
    return has_rows ? "Sources that have amounts, central case\n" + table.text() + "\n" : std::string{};
}

/// "12" where both are the same, else "12 – 20".
std::string bounds_text(const std::string& least, const std::string& most) {
    return least == most ? least : least + " – " + most;
}

std::string share_text(const PeopleInReach& people) {
    if (people.people == 0) return "unknown";
    const auto part = [&](std::int64_t of) { return fmt::format("{:.1f}", *people.share(of) * percent); };
    return bounds_text(part(people.at_least), part(people.at_most)) + " %";
}

std::vector<std::string> service_area_cells(const std::string& kind, const UtilityService& service,
                                            const ServiceArea& reached, const ServedPeople& people) {
    const PeopleInReach& total = people.total;
    return {std::string{to_string(service.areas.utility)},
            kind,
            whole(reached.sources),
            bounds_text(whole(total.at_least), whole(total.at_most)),
            share_text(total),
            with_thousands(std::round(reached.area.value()) / square_metres_per_square_kilometre, 1),
            whole(std::ceil(service.areas.error_bound().value()))};
}

std::string service_areas_text(const AllocationRun& run) {
    TextTable table;
    table.add_column("utility", Align::left);
    table.add_column("in reach of", Align::left);
    for (const char* title : {"sources", "people", "of those known", "km²", "± m"})
        table.add_column(title, Align::right);
    std::size_t unknown = 0;
    for (const UtilityKind utility : all_utilities) {
        if (!run.services[utility]) {
            table.add_row(
                {std::string{to_string(utility)}, "no layer of sources", "–", "unknown", "unknown", "–", "–"});
            continue;
        }
        const UtilityService& service = *run.services[utility];
        const ServiceAreas& areas = service.areas;
        unknown = service.any.total.population_unknown;
        const std::string also =
            areas.sources_unknown > 0 ? fmt::format(" (of {} unknown)", whole(areas.sources_unknown)) : "";
        table.add_row(service_area_cells(service.may_miss_sources ? "any known source" : "any source", service,
                                         areas.any, service.any));
        table.add_row(service_area_cells(
            (has_amounts(utility) ? "one with headroom"
                                  : fmt::format("one of {}", to_string(run.gap.result->standards.required_telecom))) +
                also,
            service, areas.with_headroom, service.with_headroom));
        if (areas.with_headroom_left)
            table.add_row(service_area_cells("one with headroom left" + also, service, *areas.with_headroom_left,
                                             *service.with_headroom_left));
    }
    return fmt::format("Service areas, people in reach at least – at most (places of unknown population: {})\n",
                       whole(unknown)) +
           table.text();
}

struct Beyond {
    const UtilityService* service;
    std::size_t district;
    [[nodiscard]] const PeopleBeyond& people() const { return service->any.districts[district]; }
    /// The more certain people first.
    [[nodiscard]] auto order() const { return std::pair{people().at_least.value_or(0), people().at_most.value_or(0)}; }
};

std::string beyond_text(const AllocationRun& run) {
    std::vector<Beyond> all;
    for (const UtilityKind utility : all_utilities) {
        if (!run.services[utility]) continue;
        const UtilityService& service = *run.services[utility];
        for (std::size_t i = 0; i < service.any.districts.size(); ++i)
            if (const Beyond beyond{&service, i}; beyond.order() != std::pair<std::int64_t, std::int64_t>{})
                all.push_back(beyond);
    }
    if (all.empty()) return {};
    std::ranges::stable_sort(all, std::greater{}, &Beyond::order);
    const std::size_t listed = std::min(listed_districts, all.size());
    TextTable table;
    for (const char* title : {"at least", "at most", "km²"}) table.add_column(title, Align::right);
    for (const char* title : {"utility", "id", "name"}) table.add_column(title, Align::left);
    const auto people = [](const std::optional<std::int64_t>& known) { return known ? whole(*known) : "unknown"; };
    for (std::size_t i = 0; i < listed; ++i) {
        const ServiceAreas& areas = all[i].service->areas;
        const RuralDistrict& district = run.gap.loaded.area.rural_districts[all[i].district];
        const double area = areas.any.districts[all[i].district].unserved_area.value();
        table.add_row({people(all[i].people().at_least), people(all[i].people().at_most),
                       with_thousands(area / square_metres_per_square_kilometre, 1),
                       std::string{to_string(areas.utility)}, district.id, district.name});
    }
    return fmt::format("People beyond the reach of any source, by rural district: {} of {}\n", listed,
                       whole(all.size())) +
           table.text() + "\n";
}

Json balance_json(const PerCase<ServiceBalance>& shared, UtilityKind utility) {
    const auto range = [&](auto&& of) {
        return detail::range_json({of(shared[Case::low]), of(shared[Case::central]), of(shared[Case::high])},
                                  steps_per_unit[utility]);
    };
    return {{"demand", range([](const ServiceBalance& b) { return b.demand; })},
            {"own_supply", range([](const ServiceBalance& b) { return b.own_supply; })},
            {"allocated", range([](const ServiceBalance& b) { return b.allocated; })},
            {"without_amount", range([](const ServiceBalance& b) { return b.without_amount; })},
            {"shortfall", range([](const ServiceBalance& b) { return b.shortfall; })}};
}

Json utility_json(const GapResult& result, const PlanningArea& area, UtilityKind utility) {
    const LayerFacts& layer = area.sources_layer[utility];
    Json json{{"utility", to_string(utility)},
              {"unit_of_amounts", unit_name(utility)},
              {"layer", !layer.present   ? "none"
                        : layer.complete ? "complete"
                                         : "incomplete"}};
    if (!layer.present || !has_amounts(utility)) return json;
    const Rollup& nation = nation_of(result);
    json["balance"] = balance_json(nation.shared[utility], utility);
    json["unknown_units"] = nation.shared_unknown_units[utility];
    for (const Case scenario : all_cases)
        json["units_short"][std::string{to_string(scenario)}] = units_short(result, utility, scenario);
    json["reasons"] = Json::object();
    for (const auto& [reason, units] : short_reasons(result, utility))
        json["reasons"][std::string{to_string(reason)}] = units;
    const SourceTotals totals = totals_of_sources(result.shared.at(utility, Case::central));
    const double steps = steps_per_unit[utility];
    json["sources"] = {{"with_amounts", totals.placed},
                       {"headroom_unknown", totals.unknown},
                       {"used_up", totals.used_up},
                       {"headroom", static_cast<double>(totals.headroom) / steps},
                       {"given", static_cast<double>(totals.given) / steps},
                       {"left", static_cast<double>(totals.headroom - totals.given) / steps}};
    return json;
}

/// Units that are short in the central case.
Json short_json(const GapResult& result) {
    Json rows = Json::array();
    for (const UtilityKind utility : all_utilities)
        for (const UnitGap& gap : result.units) {
            const ServiceBalance* balance = balance_of(gap, utility, Case::central);
            if (!balance || balance->shortfall == 0) continue;
            const double steps = steps_per_unit[utility];
            rows.push_back({{"unit_id", gap.unit.id},
                            {"utility", to_string(utility)},
                            {"demand", static_cast<double>(balance->demand) / steps},
                            {"shortfall", static_cast<double>(balance->shortfall) / steps},
                            {"reason", to_string(balance->reason)},
                            {"taken_by", balance->taken_by}});
        }
    return rows;
}

Json rollups_json(const GapResult& result) {
    Json rows = Json::array();
    for (const Rollup& total : result.rollups) {
        Json& row = rows.emplace_back(Json{{"level", to_string(total.level)},
                                           {"province", total.place.province},
                                           {"county", total.place.county},
                                           {"units", total.units},
                                           {"over", total.over}});
        for (const UtilityKind utility : all_utilities)
            if (has_amounts(utility))
                row[std::string{to_string(utility)}] = {{"balance", balance_json(total.shared[utility], utility)},
                                                        {"unknown_units", total.shared_unknown_units[utility]}};
    }
    return rows;
}

}  // namespace

namespace detail {

std::string allocation_findings_text(const AllocationRun& run) {
    const GapResult& result = *run.gap.result;
    const PlanningArea& area = run.gap.loaded.area;
    const Rollup& nation = nation_of(result);
    return units_text(nation, result) + "\n" + demand_text(nation, result, area) + "\n" + reasons_text(result) +
           sources_text(result, area) + service_areas_text(run) + "\n" + beyond_text(run);
}

Json allocation_findings_json(const AllocationRun& run, const Study& study) {
    const GapResult& result = *run.gap.result;
    const PlanningArea& area = run.gap.loaded.area;
    Json findings;
    findings["options"] = {{"unit", to_string(result.options.assessment.kind)},
                           {"over", result.options.assessment.over},
                           {"sharing", result.options.sharing == Sharing::even ? "even" : "most"},
                           {"land_reuse", result.options.reuse == LandReuse::first ? "first" : "none"}};
    for (const UtilityKind utility : all_utilities)
        findings["utilities"].push_back(utility_json(result, area, utility));
    findings["units_short"] = short_json(result);
    const AllocationLayers layers{.gap = layers_of(run.gap, study), .services = run.services};
    findings["service_areas"] = rows_json(service_area_rows(layers));
    findings["unserved_rest"] = rows_json(unserved_rest_rows(layers));
    findings["rollups"] = rollups_json(result);
    return findings;
}

}  // namespace detail

std::string allocation_summary(const AllocationRun& run, const Study& study) {
    return detail::summary_text(run.gap, study, run.gap.result ? detail::allocation_findings_text(run) : std::string{});
}

std::string allocation_json(const AllocationRun& run, const Study& study) {
    return detail::printed(detail::summary_json(
        run.gap, study, run.gap.result ? detail::allocation_findings_json(run, study) : Json::object()));
}

}  // namespace amayesh
