#include <amayesh/study/explain.hpp>

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/nearest_word.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/field_origins.hpp"

namespace amayesh {

namespace {

/// Something that has the id asked for.
struct Match {
    ExplainedKind kind;
    std::size_t index;
    std::optional<UtilityKind> utility;
};

bool is_wanted(const Match& match, const ExplainRequest& request) {
    return (!request.kind || *request.kind == match.kind) && (!request.utility || request.utility == match.utility);
}

bool is_same_text(const std::string& id, const std::string& wanted) { return id == wanted; }
/// Persian digits and Arabic letters typed for others.
bool is_same_folded(const std::string& id, const std::string& wanted) { return fold_name(id) == fold_name(wanted); }

std::vector<Match> find_matches(const GapRun& run, const ExplainRequest& request,
                                bool (*is_same)(const std::string&, const std::string&)) {
    std::vector<Match> matches;
    const auto add = [&](const auto& features, const auto& id_of, ExplainedKind kind, const auto& utility_of) {
        for (std::size_t i = 0; i < features.size(); ++i)
            if (const Match match{kind, i, utility_of(features[i])};
                is_same(id_of(features[i]), request.id) && is_wanted(match, request))
                matches.push_back(match);
    };
    const auto none = [](const auto&) { return std::optional<UtilityKind>{}; };
    const auto id = [](const auto& feature) -> const std::string& { return feature.id; };
    add(
        run.result->units, [](const UnitGap& gap) -> const std::string& { return gap.unit.id; }, ExplainedKind::unit,
        none);
    add(run.loaded.area.zones, id, ExplainedKind::zone, none);
    add(run.loaded.area.sources, id, ExplainedKind::source,
        [](const UtilitySource& source) { return std::optional{source.utility}; });
    return matches;
}

std::vector<std::string_view> all_ids(const GapRun& run) {
    std::vector<std::string_view> ids;
    for (const UnitGap& gap : run.result->units) ids.push_back(gap.unit.id);
    for (const IndustrialZone& zone : run.loaded.area.zones) ids.push_back(zone.id);
    for (const UtilitySource& source : run.loaded.area.sources) ids.push_back(source.id);
    return ids;
}

[[noreturn]] void throw_not_found(const GapRun& run, const ExplainRequest& request) {
    const PlanningArea& area = run.loaded.area;
    const auto is_it = [&](const auto& feature) { return feature.id == request.id; };
    if (std::ranges::any_of(area.rural_districts, is_it) || std::ranges::any_of(area.settlements, is_it))
        throw InvalidInput(
            fmt::format("'{}' was not assessed: it is not of the kind of unit that the study assesses, "
                        "or lies outside --within",
                        request.id));
    const auto ids = all_ids(run);
    const std::string_view near = nearest_word(request.id, ids);
    throw InvalidInput(fmt::format("no unit, zone or source {}has the id '{}'{}",
                                   request.kind || request.utility ? "of that kind " : "", request.id,
                                   near.empty() ? std::string{} : fmt::format("; the nearest is '{}'", near)));
}

[[noreturn]] void throw_several(const std::vector<Match>& matches, const ExplainRequest& request) {
    std::string list;
    for (const Match& match : matches)
        list += fmt::format("{}{}{}", list.empty() ? "" : ", ", to_string(match.kind),
                            match.utility ? fmt::format(" of {}", to_string(*match.utility)) : "");
    throw InvalidInput(fmt::format("'{}' is the id of {}: say which with --kind or --utility", request.id, list));
}

Explanation explain_match(const ExplainedRun& run, const Match& match) {
    switch (match.kind) {
        case ExplainedKind::zone:
            return explain_zone(run, match.index);
        case ExplainedKind::source:
            return explain_source(run, match.index);
        case ExplainedKind::unit:
            break;
    }
    return explain_unit(run, match.index);
}

}  // namespace

Explanation explain_study(const Study& study, const GapRunOptions& options, const ExplainRequest& request,
                          const Progress& progress) {
    if (request.id.empty()) throw InvalidInput("the id is empty: what has none cannot be explained");
    if (request.utility && request.kind && *request.kind != ExplainedKind::source)
        throw InvalidInput("a utility tells sources apart, not units or zones: leave --utility out");
    GapRunOptions keeping = options;
    keeping.tables = Tables::keep;
    const GapRun run = run_gap(study, keeping, progress);
    if (!run.result)
        throw InvalidInput(fmt::format("{} errors in the input: nothing was judged; see 'amayesh check {}'",
                                       run.count(Severity::error), study.file.string()));
    std::vector<Match> matches = find_matches(run, request, is_same_text);
    if (matches.empty()) matches = find_matches(run, request, is_same_folded);
    if (matches.empty()) throw_not_found(run, request);
    if (matches.size() > 1) throw_several(matches, request);
    const detail::FieldOrigins origins(run.loaded);
    const FindOrigin find_origin = [&](const FeatureKey& feature, std::string_view attribute) {
        return origins.find(feature, attribute);
    };
    const ExplainedRun explained{run.loaded.area, run.loaded.district_of_settlement, *run.result, find_origin};
    Explanation explanation = explain_match(explained, matches.front());
    explanation.warnings = run.count(Severity::warning);
    return explanation;
}

}  // namespace amayesh
