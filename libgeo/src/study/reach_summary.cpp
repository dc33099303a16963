#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/output/travel_layers.hpp>
#include <amayesh/study/reach_run.hpp>
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

constexpr std::size_t listed_units = 10;
constexpr double percent = 100;

std::string minutes_text(TravelTime time) { return with_thousands(to_minutes(time), 1); }

/// "12" where both are the same, else "12 – 20".
std::string bounds_text(const std::string& least, const std::string& most) {
    return least == most ? least : least + " – " + most;
}

std::string limit_text(TravelTime limit) { return fmt::format("{:g} min", to_minutes(limit)); }

std::string people_text(const PeopleWithinTotal& people, const TravelRollup& nation) {
    if (nation.people_counted == 0 && nation.people_unknown_units > 0) return "unknown";
    return bounds_text(whole(people.at_least), whole(people.at_most));
}

std::string share_text(const PeopleWithinTotal& people, const TravelRollup& nation) {
    if (nation.people_counted <= 0) return "–";
    const auto share = [&](std::int64_t part) {
        return fmt::format("{:.1f}", percent * static_cast<double>(part) / static_cast<double>(nation.people_counted));
    };
    return bounds_text(share(people.at_least), share(people.at_most)) + " %";
}

/// The units' own words: without any there is no nation.
const TravelRollup* nation_of(const TravelReach& reach) {
    return reach.rollups.empty() ? nullptr : &reach.rollups.front();
}

std::string ways_text(const ReachRun& run) {
    std::string text = run.reach->kind == ReachKind::roads ? "Ways over roads\n" : "Ways over the surface\n";
    TextTable table;
    table.add_column("", Align::left);
    table.add_column("", Align::left);
    for (const ManifestEntry& entry : run.model.manifest)
        if (entry.key != "limit_min" && entry.key != "reach") table.add_row({entry.key, entry.value});
    std::string rows = table.text();
    rows.erase(0, rows.find('\n') + 1);  // no headings
    return text + rows + "\n";
}

std::string within_text(const TravelReach& reach, const TravelRollup& nation) {
    TextTable table;
    for (const char* title : {"within", "people", "of those known", "settlements", "units", "units over the threshold"})
        table.add_column(title, Align::right);
    for (std::size_t i = 0; i < reach.limits.size(); ++i) {
        const PeopleWithinTotal& people = nation.within[i];
        table.add_row({limit_text(reach.limits[i]), people_text(people, nation), share_text(people, nation),
                       whole(people.settlements_within), whole(people.units_within), whole(people.units_over_within)});
    }
    table.add_row({"of", whole(nation.people_counted), "", whole(nation.settlements.settlements), whole(nation.units),
                   whole(nation.units_over)});
    const std::string unknown = nation.people_unknown_units > 0 ? fmt::format("; {} units are of unknown population",
                                                                              whole(nation.people_unknown_units))
                                                                : "";
    const char* missing = reach.may_miss_zones ? "; zones may be missing: nobody is known to be beyond" : "";
    return fmt::format("Who reaches a serving zone, at least – at most{}{}\n", unknown, missing) + table.text();
}

std::string mean_text(const TravelTotals& totals) {
    if (!totals.longest) return "No settlement has a way\n";
    const auto mean = totals.mean();
    return fmt::format("Mean {}; the longest way of a settlement takes {} min\n",
                       mean ? fmt::format("{} min over {} people of settlements of known population",
                                          minutes_text(*mean), whole(totals.people_routed))
                            : "unknown: no settlement with a way has a known population",
                       minutes_text(*totals.longest));
}

std::string unroutable_text(const TravelReach& reach) {
    if (reach.unroutable.empty()) return "Without a way: none\n";
    std::map<UnroutableReason, std::array<std::size_t, 3>> counts;
    for (const UnroutablePlace& place : reach.unroutable) ++counts[place.reason][static_cast<std::size_t>(place.kind)];
    TextTable table;
    table.add_column("reason", Align::left);
    for (const char* title : {"units", "settlements", "zones"}) table.add_column(title, Align::right);
    for (const auto& [reason, by_kind] : counts)
        table.add_row({std::string{to_string(reason)}, whole(by_kind[0]), whole(by_kind[1]), whole(by_kind[2])});
    return "Without a way: in no count above but \"at most\"\n" + table.text();
}

/// Units over the threshold, the farthest first; those without a way are counted elsewhere.
std::string farthest_text(const TravelReach& reach) {
    std::vector<const UnitTravel*> units;
    for (const UnitTravel& unit : reach.units)
        if (unit.unit.threshold == Threshold::over && unit.centre.nearest) units.push_back(&unit);
    if (units.empty()) return {};
    std::ranges::stable_sort(units, std::greater{}, [](const UnitTravel* u) { return u->centre.nearest->time; });
    const std::size_t listed = std::min(listed_units, units.size());
    TextTable table;
    for (const char* title : {"minutes", "km", "people"}) table.add_column(title, Align::right);
    for (const char* title : {"id", "name"}) table.add_column(title, Align::left);
    for (std::size_t i = 0; i < listed; ++i) {
        const ZoneByTravel& way = *units[i]->centre.nearest;
        const AssessedUnit& unit = units[i]->unit;
        table.add_row({minutes_text(way.time), way.length ? with_thousands(way.length->value(), 1) : "–",
                       unit.population ? whole(*unit.population) : "unknown", unit.id, unit.name});
    }
    return fmt::format("Farthest units over the threshold, from their centres: {} of {}\n", listed,
                       whole(units.size())) +
           table.text() + "\n";
}

std::string isochrones_text(const ReachRun& run) {
    if (run.isochrones.empty()) return {};
    std::string text = "Area within\n";
    TextTable table;
    table.add_column("limit", Align::right);
    table.add_column("km²", Align::right);
    for (const DrawnIsochrone& drawn : run.isochrones)
        table.add_row({limit_text(drawn.shape.limit),
                       with_thousands(drawn.area.value() / square_metres_per_square_kilometre, 1)});
    return text + table.text() + "\n";
}

}  // namespace

namespace detail {

std::string reach_findings_text(const ReachRun& run) {
    const TravelReach& reach = *run.reach;
    const TravelRollup* nation = nation_of(reach);
    if (nation == nullptr) return ways_text(run) + "No units are assessed\n\n";
    return ways_text(run) + within_text(reach, *nation) + mean_text(nation->settlements) + "\n" +
           unroutable_text(reach) + "\n" + isochrones_text(run) + farthest_text(reach);
}

Json reach_findings_json(const ReachRun& run, const Study& study) {
    const ReachLayers layers = travel_layers_of(run, study);
    Json findings;
    findings["reach"] = to_string(run.reach->kind);
    findings["limits_min"] = Json::array();
    for (const TravelTime limit : run.reach->limits) findings["limits_min"].push_back(to_minutes(limit));
    findings["zones_may_be_missing"] = run.reach->may_miss_zones;
    findings["ways"] = Json::object();
    for (const ManifestEntry& entry : run.model.manifest)
        if (entry.key != "limit_min" && entry.key != "reach") findings["ways"][entry.key] = entry.value;
    findings["travel_rollups"] = rows_json(travel_rollup_rows(layers));
    findings["unit_travel"] = rows_json(unit_travel_rows(layers));
    findings["unit_travel_people"] = rows_json(unit_travel_people_rows(layers));
    findings["zone_travel"] = rows_json(zone_travel_rows(layers));
    findings["unroutable"] = rows_json(unroutable_rows(layers));
    if (run.reach->kind == ReachKind::surface) findings["isochrones"] = rows_json(isochrone_rows(layers));
    return findings;
}

}  // namespace detail

std::string reach_summary(const ReachRun& run, const Study& study) {
    constexpr std::size_t examples = 1;
    return detail::title_text(study) + detail::inputs_text(run.loaded) + "\n" +
           (run.reach ? detail::reach_findings_text(run) : std::string{}) +
           detail::problems_text(run.problems, examples);
}

std::string reach_json(const ReachRun& run, const Study& study) {
    Json root{{"schema_version", schema_version}, {"title", study.title}, {"inputs", detail::inputs_json(run.loaded)}};
    if (run.reach) root.update(detail::reach_findings_json(run, study));
    root["counts"] = {{"errors", run.count(Severity::error)},
                      {"warnings", run.count(Severity::warning)},
                      {"notes", run.count(Severity::note)}};
    root["problems"] = detail::problems_json(run.problems);
    return detail::printed(root);
}

}  // namespace amayesh
