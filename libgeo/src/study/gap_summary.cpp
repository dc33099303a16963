#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/study/summary.hpp>

#include "study/summary_parts.hpp"
#include "study/text_table.hpp"

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;
using detail::amounts_text;
using detail::range_json;
using detail::shortfall_of;
using detail::TextTable;
using detail::weak_text;
using detail::whole;
using detail::with_thousands;
using Align = TextTable::Align;

constexpr std::size_t listed_units = 10;

/// A sum of what is known, and how many units it leaves out.
std::string known_people(std::int64_t people, std::int64_t unknown_units, std::int64_t units) {
    if (unknown_units > 0 && unknown_units == units) return "unknown";
    return whole(people) + (unknown_units > 0 ? fmt::format(" (unknown in {} units)", whole(unknown_units)) : "");
}

std::string land_text(const StepRange& land) {
    const auto ha = [](std::int64_t steps) { return with_thousands(static_cast<double>(steps) / steps_per_ha, 1); };
    return ha(land.low) + " / " + ha(land.central) + " / " + ha(land.high) + " ha";
}

template <class RanksOf>
RankStability stability_of(const std::vector<UnitGap>& units, const RanksOf& ranks_of) {
    std::vector<CaseRanks> ranks;
    for (const UnitGap& gap : units) ranks.push_back(ranks_of(gap));
    return rank_stability(ranks);
}

RankStability land_stability(const std::vector<UnitGap>& units) {
    return stability_of(units, [](const UnitGap& gap) { return gap.new_land_ranks; });
}

RankStability shortfall_stability(const std::vector<UnitGap>& units, UtilityKind utility) {
    return stability_of(units, [&](const UnitGap& gap) { return gap.services[utility].shortfall_ranks; });
}

std::string ranks_text(const RankStability& ranks) {
    if (!ranks.first_holds) return "nobody has a rank";
    return fmt::format("{} of {} units; the first place {}", whole(static_cast<std::int64_t>(ranks.flips)),
                       whole(static_cast<std::int64_t>(ranks.ranked)), *ranks.first_holds ? "holds" : "changes");
}

std::string lost_text(const PerCase<std::int64_t>& units) {
    return whole(units[Case::low]) + " / " + whole(units[Case::central]) + " / " + whole(units[Case::high]) + " units";
}

std::string limit_text(const GapResult& result) {
    if (result.reach == ReachKind::straight) return fmt::format("{:g} km", result.standards.zone_reach.value());
    return fmt::format("{:g} min", to_minutes(result.options.travel_limit));
}

std::string totals_text(const Rollup& nation, const GapResult& result) {
    const bool districts = result.options.assessment.kind == UnitKind::rural_district;
    std::string text;
    const auto line = [&](std::string_view what, const std::string& value) {
        text += fmt::format("  {:<44}{}\n", what, value);
    };
    line(districts ? "rural districts" : "settlements", whole(nation.units));
    line(fmt::format("over {} people", whole(result.options.assessment.over)), whole(nation.over));
    line("not over", whole(nation.not_over));
    line("unknown: population not known", whole(nation.threshold_unknown));
    text += "Of those over the threshold\n";
    line("served", whole(nation.served));
    line("zone in reach, but full", whole(nation.zone_full));
    line("no zone within " + limit_text(result), whole(nation.no_zone));
    line("no zone known in reach", whole(nation.no_zone_known));
    line("people", whole(nation.people_over));
    line("people left out, at least",
         known_people(nation.left_out_at_least, nation.at_least_unknown_units, nation.over));
    line("people left out, at most", nation.at_most_unknown_units == 0
                                         ? whole(nation.left_out_at_most)
                                         : fmt::format("unknown (in {} units)", whole(nation.at_most_unknown_units)));
    line("target area, low / central / high", land_text(nation.target));
    line("  of units not served", land_text(nation.target_unserved));
    line("net land promised in existing zones", land_text(nation.credited_net));
    line("new zones", land_text(nation.new_zone));
    if (nation.remainder != StepRange{}) line("too little for a zone of its own", land_text(nation.remainder));
    line("  change rank by it between the cases", ranks_text(land_stability(result.units)));
    for (const UtilityKind utility : all_utilities) {
        if (utility == UtilityKind::telecom) continue;
        line(fmt::format("{} needed, low / central / high", to_string(utility)),
             amounts_text(nation.demand[utility], utility));
        line("  short of it when headroom is shared",
             nation.shared_unknown_units[utility] > 0
                 ? fmt::format("unknown in {} units", whole(nation.shared_unknown_units[utility]))
                 : amounts_text(shortfall_of(nation, utility), utility));
        line("  had enough alone, lose it when shared", lost_text(nation.lost_when_shared[utility]));
        line("  change rank by it between the cases", ranks_text(shortfall_stability(result.units, utility)));
    }
    for (const UtilityKind utility : all_utilities)
        if (nation.people_unserved_unknown_units[utility] < nation.units)
            line(fmt::format("people without {} (census)", to_string(utility)),
                 whole(nation.people_unserved[utility]) +
                     fmt::format(", unknown in {} units", whole(nation.people_unserved_unknown_units[utility])));
    return text;
}

std::vector<const UnitGap*> first_units(const GapResult& result) {
    std::vector<const UnitGap*> ranked;
    for (const UnitGap& gap : result.units)
        if (gap.priority.rank && *gap.priority.rank <= listed_units) ranked.push_back(&gap);
    std::ranges::sort(ranked, {}, [](const UnitGap* gap) { return *gap->priority.rank; });
    return ranked;
}

/// To the nearest zone in km, or to the quickest in minutes.
std::string way_text(const UnitGap& gap) {
    if (gap.travel) return gap.travel->nearest ? fmt::format("{:.1f}", to_minutes(gap.travel->nearest->time)) : "–";
    return gap.nearest_zone ? fmt::format("{:.1f}", gap.nearest_zone->distance.value() / 1000) : "–";
}

std::string first_units_text(const GapResult& result) {
    const auto ranked = first_units(result);
    if (ranked.empty()) return {};
    TextTable table;
    table.add_column("rank", Align::right);
    table.add_column(ranked.front()->priority.counts_at_most ? "left out, at most" : "left out, at least",
                     Align::right);
    table.add_column(result.reach == ReachKind::straight ? "zone km" : "zone min", Align::right);
    table.add_column("target ha", Align::right);
    table.add_column("id", Align::left);
    table.add_column("status", Align::left);
    table.add_column("name", Align::left);
    for (const UnitGap* gap : ranked)
        table.add_row(
            {std::to_string(*gap->priority.rank), whole(gap->priority.people), way_text(*gap),
             gap->target ? fmt::format("{:.1f}", static_cast<double>(gap->target->central) / steps_per_ha) : "–",
             gap->unit.id, std::string(to_string(gap->status)), gap->unit.name});
    return "First by priority (people left out × deprivation weight)\n" + table.text() + "\n";
}

Json rollup_json(const Rollup& total) {
    Json demand;
    for (const UtilityKind utility : all_utilities)
        if (utility != UtilityKind::telecom)
            demand[std::string(to_string(utility))] = range_json(total.demand[utility], steps_per_unit[utility]);
    Json shared;
    for (const UtilityKind utility : all_utilities)
        if (utility != UtilityKind::telecom)
            shared[std::string(to_string(utility))] = {
                {"shortfall", range_json(shortfall_of(total, utility), steps_per_unit[utility])},
                {"lost_units",
                 {{"low", total.lost_when_shared[utility][Case::low]},
                  {"central", total.lost_when_shared[utility][Case::central]},
                  {"high", total.lost_when_shared[utility][Case::high]}}},
                {"unknown_units", total.shared_unknown_units[utility]}};
    Json unserved;
    for (const UtilityKind utility : all_utilities)
        unserved[std::string(to_string(utility))] = {{"people", total.people_unserved[utility]},
                                                     {"unknown_units", total.people_unserved_unknown_units[utility]}};
    return {{"level", to_string(total.level)},
            {"province", total.place.province},
            {"county", total.place.county},
            {"units", total.units},
            {"over", total.over},
            {"not_over", total.not_over},
            {"threshold_unknown", total.threshold_unknown},
            {"served", total.served},
            {"zone_full", total.zone_full},
            {"no_zone_in_reach", total.no_zone},
            {"no_zone_known_in_reach", total.no_zone_known},
            {"population_known", total.people_known},
            {"population_unknown_units", total.people_unknown_units},
            {"population_over", total.people_over},
            {"people_left_out_min", total.left_out_at_least},
            {"people_left_out_max", total.at_most_unknown_units == 0 ? Json(total.left_out_at_most) : Json(nullptr)},
            {"left_out_min_unknown_units", total.at_least_unknown_units},
            {"left_out_max_unknown_units", total.at_most_unknown_units},
            {"target_ha", range_json(total.target, steps_per_ha)},
            {"target_unserved_ha", range_json(total.target_unserved, steps_per_ha)},
            {"credited_net_ha", range_json(total.credited_net, steps_per_ha)},
            {"new_zone_ha", range_json(total.new_zone, steps_per_ha)},
            {"remainder_ha", range_json(total.remainder, steps_per_ha)},
            {"demand", std::move(demand)},
            {"shared", std::move(shared)},
            {"people_unserved", std::move(unserved)},
            {"zones", total.zones},
            {"zones_serving", total.zones_serving},
            {"area_ha", static_cast<double>(total.area) / steps_per_ha},
            {"area_unknown_units", total.area_unknown_units}};
}

Json ranks_json(const RankStability& ranks, const std::vector<UnitGap>& units) {
    const auto first = [&](Case c) { return ranks.first[c] ? Json(units[*ranks.first[c]].unit.id) : Json(nullptr); };
    return {{"ranked", ranks.ranked},
            {"flips", ranks.flips},
            {"first", {{"low", first(Case::low)}, {"central", first(Case::central)}, {"high", first(Case::high)}}},
            {"first_holds", ranks.first_holds ? Json(*ranks.first_holds) : Json(nullptr)}};
}

Json all_ranks_json(const std::vector<UnitGap>& units) {
    Json ranks{{"land", ranks_json(land_stability(units), units)}};
    for (const UtilityKind utility : all_utilities)
        if (utility != UtilityKind::telecom)
            ranks[std::string(to_string(utility))] = ranks_json(shortfall_stability(units, utility), units);
    return ranks;
}

Json maybe_json(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

Json unit_json(const UnitGap& gap, const PlanningArea& area) {
    const auto& zone = gap.nearest_zone;
    Json unit{{"id", gap.unit.id},
              {"name", gap.unit.name},
              {"status", to_string(gap.status)},
              {"reason", to_string(gap.reason)},
              {"population", maybe_json(gap.unit.population)},
              {"nearest_zone", zone ? Json(area.zones[zone->feature].id) : Json(nullptr)},
              {"nearest_zone_km", zone ? Json(std::round(zone->distance.value() * 1000) / 1e6) : Json(nullptr)},
              {"people_left_out_min", maybe_json(gap.people.at_least)},
              {"people_left_out_max", maybe_json(gap.people.at_most)},
              {"target_ha", gap.target ? range_json(*gap.target, steps_per_ha) : Json(nullptr)},
              {"priority_score", gap.priority.score ? Json(*gap.priority.score) : Json(nullptr)},
              {"priority_rank", gap.priority.rank ? Json(*gap.priority.rank) : Json(nullptr)}};
    if (!gap.travel) return unit;
    const auto& quickest = gap.travel->nearest;
    unit["quickest_zone"] = quickest ? Json(area.zones[quickest->zone].id) : Json(nullptr);
    unit["quickest_zone_min"] = quickest ? Json(to_minutes(quickest->time)) : Json(nullptr);
    unit["unroutable_reason"] = gap.travel->unroutable ? Json(to_string(*gap.travel->unroutable)) : Json(nullptr);
    return unit;
}

}  // namespace

namespace detail {

std::string title_text(const Study& study) {
    return study.title.empty() ? std::string{} : printable(study.title) + "\n\n";
}

std::string gap_findings_text(const GapRun& run) {
    std::string text;
    const auto nation = std::ranges::find(run.result->rollups, RollupLevel::nation, &Rollup::level);
    if (nation != run.result->rollups.end()) text += "Assessed\n" + totals_text(*nation, *run.result) + "\n";
    return text + first_units_text(*run.result);
}

std::string summary_text(const GapRun& run, const Study& study, const std::string& findings) {
    constexpr std::size_t examples = 1;
    return title_text(study) + inputs_text(run.loaded) + "\n" + findings +
           (run.result ? weak_text(run.result->standards) : std::string{}) + problems_text(run.problems, examples);
}

Json gap_findings_json(const GapRun& run) {
    const GapResult& result = *run.result;
    Json findings;
    findings["options"] = {{"unit", to_string(result.options.assessment.kind)},
                           {"over", result.options.assessment.over},
                           {"zone_reach_km", result.standards.zone_reach.value()}};
    if (result.reach != ReachKind::straight) {
        findings["options"]["reach"] = to_string(result.reach);
        findings["options"]["limit_min"] = to_minutes(result.options.travel_limit);
    }
    findings["rollups"] = Json::array();
    for (const Rollup& total : result.rollups) findings["rollups"].push_back(rollup_json(total));
    findings["ranks"] = all_ranks_json(result.units);
    findings["units"] = Json::array();
    for (const UnitGap& gap : result.units)
        if (gap.unit.threshold == Threshold::over) findings["units"].push_back(unit_json(gap, run.loaded.area));
    return findings;
}

Json summary_json(const GapRun& run, const Study& study, const Json& findings) {
    Json root{{"schema_version", schema_version}, {"title", study.title}, {"inputs", inputs_json(run.loaded)}};
    root.update(findings);
    if (run.result) {
        root["weak_coefficients"] = Json::array();
        for (const UsedCoefficient& used : run.result->standards.used)
            if (used.coefficient.confidence == Confidence::d) root["weak_coefficients"].push_back(used.key);
    }
    root["counts"] = {{"errors", run.count(Severity::error)},
                      {"warnings", run.count(Severity::warning)},
                      {"notes", run.count(Severity::note)}};
    root["problems"] = problems_json(run.problems);
    return root;
}

std::string printed(const Json& root) { return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace detail

std::string gap_summary(const GapRun& run, const Study& study) {
    return detail::summary_text(run, study, run.result ? detail::gap_findings_text(run) : std::string{});
}

std::string gap_json(const GapRun& run, const Study& study) {
    return detail::printed(
        detail::summary_json(run, study, run.result ? detail::gap_findings_json(run) : Json::object()));
}

}  // namespace amayesh
