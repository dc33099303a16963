#include <amayesh/study/run.hpp>

#include <algorithm>
#include <string>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/manifest.hpp"
#include "study/run_layers.hpp"
#include "study/study_inputs.hpp"

namespace amayesh {

namespace {

std::size_t count_of(const std::vector<Problem>& problems, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(problems, severity, &Problem::severity));
}

/// What one `--within` names: a unit by its id, or a place by its folded name.
struct WantedPlace {
    std::string text;
    std::string folded;
    bool is_found = false;

    bool names(const std::string& name) const { return !name.empty() && fold_name(name) == folded; }
};

bool is_within(const RuralDistrict& district, const WantedPlace& wanted) {
    return district.id == wanted.text || wanted.names(district.name) || wanted.names(district.place.district) ||
           wanted.names(district.place.county) || wanted.names(district.place.province);
}

bool is_within(const Settlement& settlement, const RuralDistrict* district, const WantedPlace& wanted) {
    return settlement.id == wanted.text || wanted.names(settlement.name) || wanted.names(settlement.place.district) ||
           wanted.names(settlement.place.county) || wanted.names(settlement.place.province) ||
           (district != nullptr && is_within(*district, wanted));
}

const RuralDistrict* district_of(const LoadedStudy& loaded, std::size_t settlement) {
    const std::size_t district = loaded.district_of_settlement[settlement];
    return district == LoadedStudy::no_district ? nullptr : &loaded.area.rural_districts[district];
}

/// Ids of the units that any of the wanted places holds; every wanted place must hold one.
template <class Units, class IsWithin>
std::vector<std::string> ids_within(const Units& units, std::vector<WantedPlace>& wanted, const IsWithin& is_in) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < units.size(); ++i) {
        bool is_chosen = false;
        for (WantedPlace& place : wanted)
            if (is_in(i, place)) is_chosen = place.is_found = true;
        if (is_chosen) ids.push_back(units[i].id);
    }
    return ids;
}

std::optional<std::vector<std::string>> chosen_units(const LoadedStudy& loaded, UnitKind kind,
                                                     const std::vector<std::string>& within) {
    if (within.empty()) return std::nullopt;
    std::vector<WantedPlace> wanted;
    for (const std::string& text : within) wanted.push_back({text, fold_name(text)});
    const PlanningArea& area = loaded.area;
    std::vector<std::string> ids =
        kind == UnitKind::rural_district
            ? ids_within(
                  area.rural_districts, wanted,
                  [&](std::size_t i, const WantedPlace& place) { return is_within(area.rural_districts[i], place); })
            : ids_within(area.settlements, wanted, [&](std::size_t i, const WantedPlace& place) {
                  return is_within(area.settlements[i], district_of(loaded, i), place);
              });
    for (const WantedPlace& place : wanted)
        if (!place.is_found)
            throw InvalidInput(
                "--within '" + place.text +
                "': no unit, rural district, district, county or province has this id or name; names are "
                "compared after folding, ids exactly");
    return ids;
}

void add_weak_coefficients(const GapStandards& standards, ProblemReport& problems) {
    for (const UsedCoefficient& used : standards.used) {
        if (used.coefficient.confidence != Confidence::d) continue;
        problems.add({.severity = Severity::note,
                      .kind = ProblemKind::coefficient_weak,
                      .layer = {},
                      .file = {},
                      .feature = used.key,
                      .field = {},
                      .message = "confidence D: " + used.coefficient.source,
                      .action = "used",
                      .place = {}});
    }
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
    result.assessment.only = chosen_units(loaded, result.assessment.kind, options.within);
    result.serving_statuses = study.serving_statuses;
    result.metric = study.metric;
    result.sharing = study.sharing;
    result.reuse = options.reuse;
    result.position_bound = distance_bound(loaded, standards);
    return result;
}

}  // namespace

std::size_t CheckRun::count(Severity severity) const noexcept { return count_of(problems, severity); }
std::size_t GapRun::count(Severity severity) const noexcept { return count_of(problems, severity); }

CheckRun check_study(const Study& study, const Progress& progress) {
    ProblemReport problems;
    CheckRun run{.loaded = load_study(study, problems, progress), .commitments = {}, .problems = {}};
    run.commitments = commitments_of(run.loaded.area, check_standards(study, problems), problems);
    assess_units(run.loaded.area, run.loaded.district_of_settlement,
                 {.kind = study.unit, .over = study.over, .only = {}}, problems);
    run.problems = problems.sorted();
    return run;
}

GapRun run_gap(const Study& study, const GapRunOptions& options, const Progress& progress) {
    const GapStandards standards = gap_standards(study.standards);
    ProblemReport problems;
    GapRun run{
        .loaded = load_study(study, problems, progress, options.tables), .result = {}, .problems = {}, .manifest = {}};
    if (!problems.has_errors()) {
        add_weak_coefficients(standards, problems);
        run.result = find_gaps(run.loaded.area, run.loaded.district_of_settlement, standards,
                               gap_options(study, options, run.loaded, standards), problems, progress);
        run.manifest = detail::make_manifest(study, run.loaded, *run.result, options.within);
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
    if (progress) progress("write", 0);
    write_gap_layers(detail::layers_of(run, study), sink);
    draw_map(run.manifest, sink);
    return detail::finish(sink, progress);
}

ProblemReport write_problems(const CheckRun& run, const Study& study, VectorSink& sink) {
    write_problem_layer(run.problems, detail::titles_of(study), sink);
    draw_layers(detail::titles_of(study), sink);
    return sink.finish();
}

}  // namespace amayesh
