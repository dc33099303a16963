#include "study/check_kinds.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

bool maps(const LayerStudy& layer, const std::string& attribute) {
    return layer.fields.contains(attribute) ||
           std::ranges::any_of(layer.joins, [&](const Join& join) { return join.take.contains(attribute); });
}

Problem kind_problem(std::string message) {
    return {.severity = Severity::warning,
            .kind = ProblemKind::value_missing,
            .layer = "settlements",
            .field = "kind",
            .message = std::move(message),
            .action = "counted as villages"};
}

/// One finding for the whole layer.
void report_unknown_kinds(const LoadedStudy& loaded, ProblemReport& problems) {
    std::size_t settlements = 0;
    std::int64_t people = 0;
    for (std::size_t i = 0; i < loaded.area.settlements.size(); ++i) {
        const Settlement& settlement = loaded.area.settlements[i];
        if (settlement.kind != SettlementKind::unknown || settlement.population.value_or(0) == 0) continue;
        if (loaded.district_of_settlement[i] == LoadedStudy::no_district) continue;
        ++settlements;
        people += *settlement.population;
    }
    if (settlements == 0) return;
    problems.add(kind_problem(fmt::format(
        "{} settlements in rural districts, {} people, are of unknown kind; people of cities must not count",
        settlements, people)));
}

}  // namespace

void check_kinds(const Study& study, const LoadedStudy& loaded, ProblemReport& problems) {
    bool is_mapped = false;
    for (const LayerStudy& layer : study.layers) {
        if (layer.role != LayerRole::settlements || !maps(layer, "population")) continue;
        if (maps(layer, "kind")) {
            is_mapped = true;
            continue;
        }
        Problem problem = kind_problem(
            "the layer maps no 'kind': its cities, if it has any, pass for villages; say kind "
            "= { value = \"village\" } if it has none");
        if (!layer.sources.empty()) problem.file = layer.sources.front();
        problems.add(std::move(problem));
    }
    if (is_mapped) report_unknown_kinds(loaded, problems);
}

}  // namespace amayesh::detail
