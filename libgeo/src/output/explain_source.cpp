#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "output/explain_parts.hpp"

namespace amayesh {

namespace detail {
namespace {

Rule given_by(std::string_view source_id, UtilityKind utility, Case scenario) {
    return Rule("sum_rows")
        .records("amount", "allocations")
        .found("utility", std::string(to_string(utility)))
        .found("case", std::string(to_string(scenario)))
        .found("source_id", text(source_id))
        .cell("headroom", cell_address("sources", "headroom"));
}

FeatureKey key_of(const UtilitySource& source) { return {"sources", source.id, source.utility}; }

/// Where the amount of one season stands, for the columns that season_records() has of it.
void add_origin(std::vector<FieldValue>& row, const std::vector<FieldOrigin>& origins, const std::string& season) {
    auto of_season = std::ranges::find(origins, season, &FieldOrigin::season);
    if (of_season == origins.end()) of_season = std::ranges::find(origins, std::string{}, &FieldOrigin::season);
    if (of_season == origins.end()) {
        row.insert(row.end(), 5, FieldValue{});
        return;
    }
    for (const std::string& part : {of_season->file, of_season->field, of_season->row, of_season->text})
        row.push_back(text(part));
    row.emplace_back(of_season->factor);
}

RecordTable season_records(const ExplainedRun& run, const UtilitySource& source) {
    RecordTable table{"seasons",
                      {"season", "capacity_factor", "in_use", "in_use_file", "in_use_field", "in_use_row",
                       "in_use_text", "in_use_factor", "committed", "committed_file", "committed_field",
                       "committed_row", "committed_text", "committed_factor"},
                      {}};
    const auto in_use = run.find_origin(key_of(source), "in_use");
    const auto committed = run.find_origin(key_of(source), "committed");
    for (const SeasonalUse& season : source.use) {
        std::vector<FieldValue> row{text(season.season), season.capacity_factor, maybe(season.in_use)};
        add_origin(row, in_use, season.season);
        row.push_back(maybe(season.committed));
        add_origin(row, committed, season.season);
        table.rows.push_back(std::move(row));
    }
    return table;
}

void add_headroom(Rules& rules, const ExplainedRun& run, const UtilitySource& source) {
    const auto origins = run.find_origin(key_of(source), "committed");
    const bool is_all_year = !origins.empty() && origins.front().season.empty();
    const auto with_commitments = [&](std::string_view id) {
        Rule rule(id);
        rule.records("seasons", "seasons").found("all_year", maybe(source.committed), unit_name(source.utility));
        if (is_all_year) rule.field("all_year_field", {}, origins.front());
        return rule;
    };
    const FieldValue lapsed = flag(source.commitment_has_lapsed);
    rules.insert_or_assign("committed", origins.empty() ? Rule("none_committed") : with_commitments("committed"));
    rules.insert_or_assign("committed_until", given(run, key_of(source), "committed_until"));
    rules.insert_or_assign("committed_counted", Rule("committed_counted")
                                                    .cell("committed", cell_address("sources", "committed"))
                                                    .cell("until", cell_address("sources", "committed_until"))
                                                    .setting("lapsed", "assess.date", lapsed));
    rules.insert_or_assign("in_use", Rule("highest_use").records("in_use", "seasons"));
    rules.insert_or_assign("headroom", with_commitments("firm_headroom")
                                           .cell("capacity", cell_address("sources", "capacity"))
                                           .cell("role", cell_address("sources", "role"))
                                           .cell("without_amount", cell_address("sources", "serves_without_amount"))
                                           .setting("lapsed", "assess.date", lapsed));
}

/// Sources that serve or not: by a field, or because the study takes unknown headroom for enough.
void add_yes_or_no(Rules& rules, const ExplainedRun& run, const UtilitySource& source) {
    Rule rule("yes_or_no");
    rule.found("without_amount", flag(source.capacity_is_yes_no));
    const auto serves = run.find_origin(key_of(source), "serves");
    if (!serves.empty()) rule.field("serves", {}, serves.front());
    if (!run.find_origin(key_of(source), "unknown_headroom").empty())
        rule.setting("unknown_headroom", "layers.sources.unknown_headroom", std::string("enough"));
    rules.insert_or_assign("serves_without_amount", rule);
    const bool serves_nothing =
        !serves.empty() && source.capacity == 0.0 && run.find_origin(key_of(source), "capacity").empty();
    if (!serves_nothing) return;
    rules.insert_or_assign("capacity", Rule("serves_nothing").field("serves", {}, serves.front()));
    rules.insert_or_assign("in_use", Rule("serves_nothing").field("serves", {}, serves.front()));
}

Rules source_rules(const ExplainedRun& run, const UtilitySource& source, const PerCase<const SharedSource*>& shared) {
    Rules rules;
    add_given(rules, run, key_of(source),
              {{"source_id", "id"},
               {"name", "name"},
               {"utility", "utility"},
               {"role", "role"},
               {"capacity", "capacity"},
               {"telecom_class", "telecom_class"},
               {"reach_km", "reach"}});
    rules.insert_or_assign("unit_of_amounts", Rule("names_the_row"));
    add_yes_or_no(rules, run, source);
    add_headroom(rules, run, source);
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
        .records = {season_records(run, source),
                    allocation_records(
                        run, [&](const SharedDemand&, const SharedAmount& given) { return given.source == index; })},
        .coefficients = {},
        .warnings = 0};
    add_values(explanation, "sources", source_columns(), SourceRow{source, shared}, source_rules(run, source, shared),
               {}, unit_name(source.utility));
    settle_inputs(explanation, run.result.standards);
    return explanation;
}

}  // namespace amayesh
