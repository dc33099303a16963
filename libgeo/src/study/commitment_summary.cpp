#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "study/amount_text.hpp"
#include "study/summary_parts.hpp"
#include "study/text_table.hpp"

namespace amayesh::detail {

namespace {

using Json = nlohmann::ordered_json;
using Align = TextTable::Align;

std::string count_text(std::size_t count, std::string_view of) {
    return fmt::format("{} {}{}", whole(count), of, count == 1 ? "" : "s");
}

std::string sources_text(const SourceCommitments& sources, UtilityKind utility) {
    std::string text =
        fmt::format("{} of {}", amount_text(sources.amount, utility), count_text(sources.sources, "source"));
    if (sources.unknown > 0) text += fmt::format(", unknown in {}", sources.unknown);
    return text;
}

std::string plots_text(const PlotCommitments& plots, UtilityKind utility) {
    const StepRange& need = plots.need[utility];
    const auto part = [&](std::int64_t steps) {
        return fmt::format("{:.10g}", static_cast<double>(steps) / steps_per_unit[utility]);
    };
    std::string text = fmt::format("{} / {} / {} {} of {}", part(need.low), part(need.central), part(need.high),
                                   unit_name(utility), count_text(plots.plots, "plot"));
    if (plots.area_unknown > 0) text += fmt::format(", area unknown in {}", plots.area_unknown);
    return text;
}

std::string excess_text(const SourceCommitments& sources, UtilityKind utility) {
    if (sources.over_committed == 0) return "none";
    return fmt::format("{} by {}", count_text(sources.over_committed, "source"), amount_text(sources.excess, utility));
}

std::string_view counted_at(const SourceCommitments& sources) {
    return counts_at_sources(sources) ? "sources" : "plots";
}

bool has_supply(const PlanningArea& area) { return !area.sources.empty() || !area.plots.empty(); }

Json range_json(const StepRange& range, UtilityKind utility) {
    const double steps = steps_per_unit[utility];
    return {{"low", static_cast<double>(range.low) / steps},
            {"central", static_cast<double>(range.central) / steps},
            {"high", static_cast<double>(range.high) / steps}};
}

Json sources_json(const SourceCommitments& sources, UtilityKind utility) {
    return {
        {"amount", rounded_amount(sources.amount, utility)},
        {"sources", sources.sources},
        {"unknown", sources.unknown},
        {"lapsed",
         {{"amount", rounded_amount(sources.lapsed_amount, utility)},
          {"sources", sources.lapsed},
          {"unknown", sources.lapsed_unknown}}},
        {"over_committed", {{"sources", sources.over_committed}, {"excess", rounded_amount(sources.excess, utility)}}}};
}

}  // namespace

std::string commitments_text(const CheckRun& run) {
    if (!has_supply(run.loaded.area)) return {};
    TextTable table;
    for (const char* title :
         {"utility", "at sources", "at plots, low / central / high", "counted at", "over-committed"})
        table.add_column(title, Align::left);
    for (const UtilityKind utility : all_utilities) {
        const SourceCommitments& sources = run.commitments.at_sources[utility];
        const bool is_telecom = utility == UtilityKind::telecom;  // a class: nothing of it is shared
        if (is_telecom && sources.sources + sources.over_committed == 0) continue;
        const auto& plots = run.commitments.at_plots;
        table.add_row({std::string{to_string(utility)}, sources_text(sources, utility),
                       is_telecom ? "–"
                       : plots    ? plots_text(*plots, utility)
                                  : "not known: see findings",
                       is_telecom ? "–" : std::string{counted_at(sources)}, excess_text(sources, utility)});
    }
    return "Committed, counted once\n" + table.text() + "\n";
}

Json commitments_json(const CheckRun& run) {
    Json root = Json::object();
    const auto& plots = run.commitments.at_plots;
    for (const UtilityKind utility : all_utilities) {
        const SourceCommitments& sources = run.commitments.at_sources[utility];
        Json entry{{"unit", unit_name(utility)}, {"at_sources", sources_json(sources, utility)}};
        if (utility != UtilityKind::telecom) {
            entry["at_plots"] = plots ? range_json(plots->need[utility], utility) : Json(nullptr);
            entry["counted_at"] = counted_at(sources);
        }
        root[std::string{to_string(utility)}] = std::move(entry);
    }
    root["plots"] =
        plots ? Json{{"plots", plots->plots}, {"net_ha", plots->net_ha}, {"area_unknown", plots->area_unknown}}
              : Json(nullptr);
    return root;
}

}  // namespace amayesh::detail
