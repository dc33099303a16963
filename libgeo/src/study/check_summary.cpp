#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/study/summary.hpp>

#include "study/summary_parts.hpp"
#include "study/text_table.hpp"

namespace amayesh {

namespace detail {

using Json = nlohmann::ordered_json;
using Align = TextTable::Align;

std::string inputs_text(const LoadedStudy& loaded) {
    TextTable table;
    table.add_column("layer", Align::left);
    for (const char* title : {"in", "filtered", "used", "skipped"}) table.add_column(title, Align::right);
    table.add_column("as of", Align::left);
    table.add_column("source", Align::left);
    for (const InputRecord& input : loaded.inputs)
        table.add_row({input.role, whole(input.features_in), whole(input.features_filtered), whole(input.features_used),
                       whole(input.features_skipped), input.as_of.empty() ? "–" : input.as_of, input.source});
    std::string text = "Inputs\n" + table.text();
    if (loaded.joins.empty()) return text;
    TextTable joins;
    joins.add_column("layer", Align::left);
    for (const char* title : {"rows", "matched", "by folding", "unmatched", "ambiguous", "unused"})
        joins.add_column(title, Align::right);
    joins.add_column("table", Align::left);
    for (const JoinRecord& join : loaded.joins)
        joins.add_row({join.role, whole(join.rows), whole(join.matched), whole(join.matched_after_folding),
                       whole(join.unmatched), whole(join.ambiguous), whole(join.table_rows_unused), join.table});
    return text + "\nJoins\n" + joins.text();
}

std::string problems_text(const std::vector<Problem>& problems, std::size_t examples_per_kind) {
    if (problems.empty()) return "Findings: none\n";
    using Key = std::tuple<Severity, ProblemKind, std::string>;
    std::map<Key, std::vector<const Problem*>> groups;
    for (const Problem& p : problems) groups[{p.severity, p.kind, p.layer}].push_back(&p);
    std::string text = "Findings\n";
    for (const auto& [key, found] : groups) {
        const auto& [severity, kind, layer] = key;
        text += fmt::format("  {:<7}  {:>7}  {}{}\n", to_string(severity), whole(found.size()), to_string(kind),
                            layer.empty() ? "" : " in " + layer);
        for (std::size_t i = 0; i < std::min(examples_per_kind, found.size()); ++i) {
            const Problem& p = *found[i];
            std::string where = p.file;
            if (!p.feature.empty()) where += (where.empty() ? "" : ", ") + p.feature;
            if (!p.field.empty()) where += (where.empty() ? "" : ", ") + p.field;
            text += "             " +
                    printable(fmt::format("{}{}{}{}", where, where.empty() ? "" : ": ", p.message,
                                          p.action.empty() ? "" : " → " + p.action)) +
                    "\n";
        }
    }
    return text;
}

Json inputs_json(const LoadedStudy& loaded) {
    Json inputs = Json::array();
    for (const InputRecord& input : loaded.inputs)
        inputs.push_back({{"layer", input.role},
                          {"source", input.source},
                          {"source_layer", input.layer},
                          {"crs", input.crs},
                          {"encoding", input.encoding},
                          {"as_of", input.as_of},
                          {"features_in", input.features_in},
                          {"features_filtered", input.features_filtered},
                          {"features_used", input.features_used},
                          {"features_skipped", input.features_skipped},
                          {"fingerprint", input.fingerprint}});
    Json joins = Json::array();
    for (const JoinRecord& join : loaded.joins)
        joins.push_back({{"layer", join.role},
                         {"table", join.table},
                         {"rows", join.rows},
                         {"matched", join.matched},
                         {"matched_after_folding", join.matched_after_folding},
                         {"unmatched", join.unmatched},
                         {"ambiguous", join.ambiguous},
                         {"table_rows_unused", join.table_rows_unused}});
    return {{"layers", std::move(inputs)}, {"joins", std::move(joins)}};
}

Json problems_json(const std::vector<Problem>& problems) {
    Json list = Json::array();
    for (const Problem& p : problems) {
        Json entry{{"severity", to_string(p.severity)},
                   {"kind", to_string(p.kind)},
                   {"layer", p.layer},
                   {"file", p.file},
                   {"feature", p.feature},
                   {"field", p.field},
                   {"message", p.message},
                   {"action", p.action}};
        entry["place"] = p.place ? Json::array({p.place->longitude, p.place->latitude}) : Json(nullptr);
        list.push_back(std::move(entry));
    }
    return list;
}

}  // namespace detail

std::string check_summary(const CheckRun& run) {
    constexpr std::size_t examples = 3;
    return detail::inputs_text(run.loaded) + "\n" + detail::commitments_text(run) +
           detail::problems_text(run.problems, examples) +
           fmt::format("\n{} errors, {} warnings, {} notes\n", run.count(Severity::error), run.count(Severity::warning),
                       run.count(Severity::note));
}

std::string check_json(const CheckRun& run) {
    detail::Json root;
    root["inputs"] = detail::inputs_json(run.loaded);
    root["commitments"] = detail::commitments_json(run);
    root["counts"] = {{"errors", run.count(Severity::error)},
                      {"warnings", run.count(Severity::warning)},
                      {"notes", run.count(Severity::note)}};
    root["problems"] = detail::problems_json(run.problems);
    return root.dump(2, ' ', false, detail::Json::error_handler_t::replace) + "\n";
}

}  // namespace amayesh
