#include <amayesh/study/run.hpp>

#include <algorithm>
#include <set>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/load_paths.hpp"
#include "study/manifest.hpp"

namespace amayesh {

namespace {

std::size_t count_of(const std::vector<Problem>& problems, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(problems, severity, &Problem::severity));
}

/// A unit's id and every name that `--within` may give: its own, its district's, county's and province's.
template <class Feature>
bool matches(const Feature& feature, const std::set<std::string>& ids, const std::set<std::string>& folded) {
    const auto named = [&](const std::string& name) { return !name.empty() && folded.contains(fold_name(name)); };
    return ids.contains(feature.id) || named(feature.name) || named(feature.place.district) ||
           named(feature.place.county) || named(feature.place.province);
}

template <class Feature>
std::vector<std::string> ids_within(const std::vector<Feature>& features, const std::vector<std::string>& within) {
    const std::set<std::string> ids(within.begin(), within.end());
    std::set<std::string> folded;
    for (const std::string& name : within) folded.insert(fold_name(name));
    std::vector<std::string> found;
    for (const Feature& feature : features)
        if (matches(feature, ids, folded)) found.push_back(feature.id);
    return found;
}

std::optional<std::vector<std::string>> chosen_units(const PlanningArea& area, UnitKind kind,
                                                     const std::vector<std::string>& within) {
    if (within.empty()) return std::nullopt;
    auto ids = kind == UnitKind::rural_district ? ids_within(area.rural_districts, within)
                                                : ids_within(area.settlements, within);
    if (ids.empty()) {
        std::string names;
        for (const std::string& name : within) names += (names.empty() ? "'" : ", '") + name + "'";
        throw InvalidInput("--within " + names +
                           ": no unit, district, county or province has this id or name; names are compared after "
                           "folding, ids exactly");
    }
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

GapOptions gap_options(const Study& study, const GapRunOptions& options, const LoadedStudy& loaded) {
    GapOptions result;
    result.assessment.kind = options.unit.value_or(study.unit);
    result.assessment.over = options.over.value_or(study.over);
    result.assessment.only = chosen_units(loaded.area, result.assessment.kind, options.within);
    result.serving_statuses = study.serving_statuses;
    result.metric = study.metric;
    result.position_bound = Metres{loaded.position_bound_m};
    return result;
}

std::vector<std::filesystem::path> inputs_of(const Study& study) {
    std::vector<std::filesystem::path> inputs{study.file};
    inputs.insert(inputs.end(), study.standards_files.begin(), study.standards_files.end());
    const auto add = [&](const std::string& source) {
        if (source.empty()) return;
        for (const detail::SourcePath& path : detail::expand_source(source, study.file.parent_path()))
            if (path.is_file) inputs.emplace_back(path.opened);
    };
    for (const LayerStudy& layer : study.layers) {
        for (const std::string& source : layer.sources) add(source);
        for (const Join& join : layer.joins) add(join.source);
        if (layer.derive) add(layer.derive->source);
    }
    return inputs;
}

TitleLanguage titles_of(const Study& study) {
    return study.language == Language::persian ? TitleLanguage::persian : TitleLanguage::english;
}

}  // namespace

std::size_t CheckRun::count(Severity severity) const noexcept { return count_of(problems, severity); }
std::size_t GapRun::count(Severity severity) const noexcept { return count_of(problems, severity); }

CheckRun check_study(const Study& study, const Progress& progress) {
    ProblemReport problems;
    CheckRun run{.loaded = load_study(study, problems, progress), .problems = {}};
    assess_units(run.loaded.area, run.loaded.district_of_settlement,
                 {.kind = study.unit, .over = study.over, .only = {}}, problems);
    run.problems = problems.sorted();
    return run;
}

GapRun run_gap(const Study& study, const GapRunOptions& options, const Progress& progress) {
    const GapStandards standards = gap_standards(study.standards);
    ProblemReport problems;
    GapRun run{.loaded = load_study(study, problems, progress), .result = {}, .problems = {}, .manifest = {}};
    if (!problems.has_errors()) {
        add_weak_coefficients(standards, problems);
        run.result = find_gaps(run.loaded.area, run.loaded.district_of_settlement, standards,
                               gap_options(study, options, run.loaded), problems, progress);
        run.manifest = detail::make_manifest(study, run.loaded, *run.result);
    }
    run.problems = problems.sorted();
    return run;
}

VectorSink open_output(const Study& study, const std::filesystem::path& target, const VectorSinkOptions& options) {
    return {target, options, inputs_of(study)};
}

ProblemReport write_gap(const GapRun& run, const Study& study, VectorSink& sink, const Progress& progress) {
    if (!run.result) throw InvalidInput("a run whose input has errors has no layers to write");
    if (progress) progress("write", 0);
    write_gap_layers({.area = run.loaded.area,
                      .district_of_settlement = run.loaded.district_of_settlement,
                      .result = *run.result,
                      .problems = run.problems,
                      .manifest = run.manifest,
                      .output_crs = run.loaded.output_crs,
                      .language = titles_of(study)},
                     sink);
    if (progress) progress("settle the output", 0.9);
    ProblemReport cut = sink.finish();
    if (progress) progress("settle the output", 1);
    return cut;
}

ProblemReport write_problems(const CheckRun& run, const Study& study, VectorSink& sink) {
    write_problem_layer(run.problems, titles_of(study), sink);
    return sink.finish();
}

}  // namespace amayesh
