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
