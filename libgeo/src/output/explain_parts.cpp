#include "output/explain_parts.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <amayesh/analysis/zone_reach.hpp>
#include <amayesh/crs/nearest.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {

namespace {

Geometry moved_to_plane(const Geometry& degrees, const Transform& to_plane) {
    Geometry moved = degrees;
    if (auto* point = std::get_if<Point>(&moved)) *point = to_plane.apply(*point);
    if (auto* points = std::get_if<MultiPoint>(&moved)) to_plane.apply(std::span(*points));
    if (auto* lines = std::get_if<MultiLine>(&moved)) *lines = to_plane.apply(*lines);
    if (auto* shape = std::get_if<MultiPolygon>(&moved)) *shape = to_plane.apply(*shape);
    return moved;
}

void add_ring(const Ring& ring, std::string& text) {
    text += '(';
    for (std::size_t i = 0; i < ring.size(); ++i)
        text += fmt::format("{}{:.11f} {:.11f}", i == 0 ? "" : ",", ring[i].x, ring[i].y);
    text += ')';
}

Case case_of(std::string_view word) {
    const auto* found =
        std::find_if(all_cases.begin(), all_cases.end(), [&](Case scenario) { return to_string(scenario) == word; });
    return found == all_cases.end() ? Case::central : *found;
}

/// "land.target_per_1000, low" → key and case.
std::pair<std::string, Case> key_and_case(const std::string& text) {
    const std::size_t comma = text.find(", ");
    return {text.substr(0, comma), comma == std::string::npos ? Case::central : case_of(text.substr(comma + 2))};
}

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

}  // namespace

Rule& Rule::add(std::string_view name, FieldValue value, std::string_view unit, RuleInput::From from, std::string key) {
    m_inputs.push_back({.name = std::string(name),
                        .value = std::move(value),
                        .unit = std::string(unit),
                        .from = from,
                        .key = std::move(key)});
    return *this;
}

Rule& Rule::coefficient(std::string_view name, std::string key, Case scenario) {
    return add(name, {}, {}, RuleInput::From::coefficient, fmt::format("{}, {}", key, to_string(scenario)));
}

Rule& Rule::field(std::string_view name, FieldValue value, FieldOrigin origin) {
    add(name, std::move(value), {}, RuleInput::From::field, {});
    m_inputs.back().field = std::move(origin);
    return *this;
}

std::string cell_address(std::string_view layer, std::string_view column, std::string_view utility,
                         std::string_view scenario) {
    return utility.empty() ? fmt::format("{}.{}", layer, column)
                           : fmt::format("{}[{},{}].{}", layer, utility, scenario, column);
}

void settle_inputs(Explanation& explanation, const GapStandards& standards) {
    std::map<std::string, const ExplainedValue*, std::less<>> cells;
    for (const ExplainedValue& value : explanation.values)
        cells.emplace(cell_address(value.layer, value.column, value.utility, value.scenario), &value);
    std::set<std::string> named;
    for (ExplainedValue& value : explanation.values)
        for (RuleInput& input : value.inputs) {
            if (input.from == RuleInput::From::cell) {
                const ExplainedValue& cell = *cells.at(input.key);
                input.value = cell.value;
                input.unit = cell.unit;
            } else if (input.from == RuleInput::From::coefficient) {
                const auto [key, scenario] = key_and_case(input.key);
                const auto used = std::ranges::find(standards.used, key, &UsedCoefficient::key);
                if (used == standards.used.end()) continue;
                const Coefficient& coefficient = used->coefficient;
                input.value = coefficient.text.empty() ? FieldValue{coefficient.value.at(scenario)}
                                                       : FieldValue{coefficient.text};
                input.unit = coefficient.unit;
                named.insert(key);
            }
        }
    for (const UsedCoefficient& used : standards.used)
        if (named.contains(used.key)) explanation.coefficients.push_back(used);
}

Rule given(const ExplainedRun& run, const FeatureKey& feature, std::string_view attribute) {
    if (const auto origins = run.find_origin(feature, attribute); !origins.empty()) {
        FieldOrigin field = origins.front();
        FieldValue text = field.text.empty() ? FieldValue{} : FieldValue{field.text};
        return Rule("as_given").field(attribute, std::move(text), std::move(field));
    }
    return Rule("not_given").setting("attribute", fmt::format("layers.{}.fields.{}", feature.role, attribute), {});
}

std::string as_wkt(const MultiPolygon& degrees) {
    std::string text = "MULTIPOLYGON (";
    for (std::size_t i = 0; i < degrees.parts.size(); ++i) {
        text += i == 0 ? "(" : ",(";
        add_ring(degrees.parts[i].outer, text);
        for (const Ring& hole : degrees.parts[i].holes) {
            text += ',';
            add_ring(hole, text);
        }
        text += ')';
    }
    return text + ")";
}

std::string_view column_ending(UtilityKind utility) noexcept {
    switch (utility) {
        case UtilityKind::water:
            return "lps";
        case UtilityKind::power:
            return "mw";
        case UtilityKind::gas:
            return "m3h";
        case UtilityKind::telecom:
            return "class";
    }
    return {};
}

std::string_view column_infix(Case scenario) noexcept {
    return scenario == Case::low ? "_low" : scenario == Case::central ? "" : "_high";
}

Rule distance_rule(const ExplainedRun& run, const std::optional<Point>& measured_place, const Geometry& feature) {
    const Metric metric = run.result.options.metric;
    Rule rule("distance");
    rule.setting("metric", "assess.distance", std::string(metric == Metric::geodesic ? "geodesic" : "planar"));
    if (!measured_place) return rule;
    const Geometry moved =
        metric == Metric::geodesic ? feature : moved_to_plane(feature, Transform(Crs::wgs84(), run.area.working_crs));
    const auto to = nearest_point(*measured_place, moved, metric);
    if (!to) return rule;
    const std::string_view unit = metric == Metric::geodesic ? "degrees" : "m";
    rule.found("from_x", measured_place->x, unit).found("from_y", measured_place->y, unit);
    rule.found("to_x", to->x, unit).found("to_y", to->y, unit);
    return rule;
}

std::optional<Point> measured(const ExplainedRun& run, const std::optional<Point>& degrees) {
    if (!degrees || run.result.options.metric == Metric::geodesic) return degrees;
    return Transform(Crs::wgs84(), run.area.working_crs).apply(*degrees);
}

ReachIndex reach_of(const ExplainedRun& run) {
    return ReachIndex(run.area, {.zone_reach = run.result.standards.zone_reach,
                                 .serving_statuses = run.result.options.serving_statuses,
                                 .metric = run.result.options.metric,
                                 .position_bound = run.result.options.position_bound});
}

void add_given(Rules& rules, const ExplainedRun& run, const FeatureKey& feature,
               std::initializer_list<std::pair<const char*, const char*>> columns) {
    for (const auto& [column, attribute] : columns) rules.insert_or_assign(column, given(run, feature, attribute));
}

RecordTable allocation_records(const ExplainedRun& run,
                               const std::function<bool(const SharedDemand&, const SharedAmount&)>& belongs) {
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

}  // namespace amayesh::detail
