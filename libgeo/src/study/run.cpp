#include <amayesh/study/run.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/travel_model.hpp>

#include "study/manifest.hpp"
#include "study/opened_study.hpp"
#include "study/run_layers.hpp"
#include "study/study_inputs.hpp"
#include "study/units_within.hpp"

namespace amayesh {

namespace {

std::size_t count_of(const std::vector<Problem>& problems, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(problems, severity, &Problem::severity));
}

/// Standards that `gap` could not work with are an error of the study, and nothing.
std::optional<GapStandards> check_standards(const Study& study, ProblemReport& problems) {
    try {
        return gap_standards(study.standards);
    } catch (const InvalidInput& error) {
        problems.add({.severity = Severity::error,
                      .kind = ProblemKind::value_missing,
                      .layer = "standards",
                      .file = study.file.filename().string(),
                      .feature = {},
                      .field = {},
                      .message = error.what(),
                      .action = "gap cannot run",
                      .place = {}});
        return std::nullopt;
    }
}

/// Plots whose areas cannot be counted with are an error.
CheckedCommitments commitments_of(const PlanningArea& area, const std::optional<GapStandards>& standards,
                                  ProblemReport& problems) {
    CheckedCommitments result;
    for (const UtilityKind utility : all_utilities) result.at_sources[utility] = commitments_of_sources(area, utility);
    if (!standards) return result;
    try {
        result.at_plots = commitments_of_plots(area, *standards);
    } catch (const InvalidInput& error) {
        problems.add({.severity = Severity::error,
                      .kind = ProblemKind::value_implausible,
                      .layer = "plots",
                      .field = "area",
                      .message = error.what(),
                      .action = "gap cannot run"});
    }
    return result;
}

/// How far a distance that decides may be off: its places, and in the plane the scale over the farthest reach.
Metres distance_bound(const LoadedStudy& loaded, const GapStandards& standards) {
    Kilometres reach = standards.zone_reach;
    for (const UtilityKind utility : all_utilities) reach = std::max(reach, standards.utility_reach[utility]);
    return Metres{loaded.position_bound_m + loaded.planar_error * to_metres(reach).value()};
}

GapOptions gap_options(const Study& study, const GapRunOptions& options, const LoadedStudy& loaded,
                       const GapStandards& standards) {
    GapOptions result;
    result.assessment.kind = study.unit;
    result.assessment.over = options.over.value_or(study.over);
    result.serving_statuses = study.serving_statuses;
    result.metric = study.metric;
    result.sharing = study.sharing;
    result.reuse = options.reuse;
    result.position_bound = distance_bound(loaded, standards);
    return result;
}

/// Keeps the order of the keys.
void add_used(const std::vector<UsedCoefficient>& used, GapStandards& standards) {
    standards.used.insert(standards.used.end(), used.begin(), used.end());
    std::ranges::sort(standards.used, {}, &UsedCoefficient::key);
}

}  // namespace

std::size_t CheckRun::count(Severity severity) const noexcept { return count_of(problems, severity); }
std::size_t GapRun::count(Severity severity) const noexcept { return count_of(problems, severity); }

CheckRun check_study(const Study& study, const Progress& progress) {
    ProblemReport problems;
    CheckRun run{.loaded = load_study(study, problems, progress, Tables::drop, TravelLayers::always),
                 .commitments = {},
                 .problems = {}};
    check_travel(study, run.loaded, problems);
    run.commitments = commitments_of(run.loaded.area, check_standards(study, problems), problems);
    assess_units(run.loaded.area, run.loaded.district_of_settlement,
                 {.kind = study.unit, .over = study.over, .only = {}}, problems);
    run.problems = problems.sorted();
    return run;
}

GapRun run_gap(const Study& study, const GapRunOptions& options, const Progress& progress) {
    GapStandards standards = gap_standards(study.standards);
    detail::OpenedStudy opened = detail::open_study(study, options.within, options.tables, progress);
    return detail::judge(study, options, std::move(standards), opened, progress);
}

GapRun detail::judge(const Study& study, const GapRunOptions& options, GapStandards standards, OpenedStudy& opened,
                     const Progress& progress) {
    ProblemReport problems = opened.problems;
    GapRun run{.loaded = std::move(opened.loaded), .result = {}, .problems = {}, .manifest = {}};
    if (!problems.has_errors()) {
        const TravelModel& model = opened.model;
        GapOptions gap = gap_options(study, options, run.loaded, standards);
        gap.assessment.only = opened.only;
        gap.travel = model.travel.get();
        if (gap.travel != nullptr) gap.travel_limit = model.limit;
        add_used(model.used, standards);
        add_weak_coefficients(standards.used, problems);
        run.result = find_gaps(run.loaded.area, run.loaded.district_of_settlement, standards, gap, problems, progress);
        run.manifest = make_manifest(study, run.loaded, *run.result, options.within);
        run.manifest.insert(run.manifest.end(), model.manifest.begin(), model.manifest.end());
    }
    run.problems = problems.sorted();
    return run;
}

VectorSink open_output(const Study& study, const std::filesystem::path& target, const VectorSinkOptions& options) {
    VectorSinkOptions sink_options = options;
    sink_options.network_allowed = study.network_allowed;
    return {target, sink_options, detail::inputs_of(study)};
}

TextSink open_text_output(const Study& study, const std::filesystem::path& target, Overwrite overwrite) {
    return {target, overwrite, detail::inputs_of(study)};
}

ProblemReport write_gap(const GapRun& run, const Study& study, VectorSink& sink, const Progress& progress) {
    if (!run.result) throw InvalidInput("a run whose input has errors has no layers to write");
    write_gap_layers(detail::layers_of(run, study), sink, progress);
    draw_map(run.manifest, sink);
    return detail::finish(sink, progress);
}

ProblemReport write_problems(const CheckRun& run, const Study& study, VectorSink& sink) {
    write_problem_layer(run.problems, detail::titles_of(study), sink);
    draw_layers(detail::titles_of(study), sink);
    return sink.finish();
}

}  // namespace amayesh
