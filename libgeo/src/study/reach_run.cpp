#include <amayesh/study/reach_run.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include <amayesh/analysis/zone_statuses.hpp>
#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/cartography/travel_style.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>

#include "study/manifest.hpp"
#include "study/opened_study.hpp"
#include "study/run_layers.hpp"
#include "study/study_inputs.hpp"
#include "study/units_within.hpp"

namespace amayesh {

namespace {

bool has_layer(const Study& study, LayerRole role) {
    return std::ranges::find(study.layers, role, &LayerStudy::role) != study.layers.end();
}

void require_ways(const Study& study) {
    if (study.reach.kind == ReachKind::straight)
        throw InvalidInput(
            "the study says how zones are reached by a straight line alone: give --by roads or --by surface, or set "
            "reach = \"roads\" or \"surface\" under [assess]; roads need the layer [layers.roads]");
    if (study.reach.kind == ReachKind::roads && !has_layer(study, LayerRole::roads))
        throw InvalidInput(
            "reach over roads needs a layer of roads: add [layers.roads] to the study, or take --by surface");
}

/// Of those that the ways rest on: the limit of reach decides nothing here.
std::vector<UsedCoefficient> used_coefficients(const TravelModel& model) {
    std::vector<UsedCoefficient> used = model.used;
    std::erase_if(used, [](const UsedCoefficient& coefficient) { return coefficient.key == "travel.limit"; });
    return used;
}

std::vector<DrawnIsochrone> draw_isochrones(const ReachRun& run, const Study& study, const Progress& progress) {
    if (run.model.surface == nullptr) return {};
    const CostSurface& costs = run.model.surface->costs();
    const Transform to_degrees{run.loaded.area.working_crs, Crs::wgs84()};
    std::vector<DrawnIsochrone> drawn;
    for (Isochrone& shape : isochrones(
             run.model.surface->grid(),
             [&](std::size_t row, std::span<float> minutes) { costs.costs_of_row(row, minutes); },
             study.reach.people_limits, progress)) {
        const SquareMetres area =
            shape.area.parts.empty() ? SquareMetres{0} : geodesic_area(to_degrees.apply(shape.area));
        drawn.push_back({std::move(shape), area});
    }
    return drawn;
}

std::vector<ManifestEntry> manifest_of(const ReachRun& run, const Study& study, const AssessmentOptions& assessment,
                                       const std::vector<std::string>& within,
                                       std::span<const UsedCoefficient> coefficients) {
    std::vector<ManifestEntry> entries;
    detail::add_versions(entries);
    detail::add_study_parameters(entries, study, assessment);
    entries.push_back({"parameters", "serving_statuses", detail::listed_statuses(study.serving_statuses)});
    entries.push_back({"parameters", "people_minutes", detail::listed_minutes(study.reach.people_limits)});
    for (const std::string& place : within) entries.push_back({"parameters", "within", place});
    for (const ManifestEntry& entry : run.model.manifest)
        if (entry.key != "limit_min") entries.push_back(entry);  // every limit of people is told, and none decides
    detail::add_data(entries, run.loaded, coefficients);
    return entries;
}

void fill(ReachRun& run, const Study& study, const ReachRunOptions& options,
          const std::optional<std::vector<std::string>>& only, ProblemReport& problems, const Progress& progress) {
    const AssessmentOptions assessment{.kind = study.unit, .over = options.over.value_or(study.over), .only = only};
    report_unknown_statuses(run.loaded.area, study.serving_statuses, problems);
    auto units = assess_units(run.loaded.area, run.loaded.district_of_settlement, assessment, problems);
    const std::vector<UsedCoefficient> coefficients = used_coefficients(run.model);
    detail::add_weak_coefficients(coefficients, problems);
    run.reach =
        find_travel_reach(run.loaded.area, std::move(units), run.loaded.district_of_settlement, *run.model.travel,
                          {.limits = study.reach.people_limits,
                           .serving_statuses = study.serving_statuses,
                           .all_settlements = options.within.empty()},
                          progress);
    run.isochrones = draw_isochrones(run, study, progress);
    run.manifest = manifest_of(run, study, assessment, options.within, coefficients);
}

}  // namespace

std::size_t ReachRun::count(Severity severity) const noexcept {
    return static_cast<std::size_t>(std::ranges::count(problems, severity, &Problem::severity));
}

ReachRun run_reach(const Study& study, const ReachRunOptions& options, const Progress& progress) {
    require_ways(study);
    return detail::find_ways(study, options, detail::open_study(study, options.within, Tables::drop, progress),
                             progress);
}

ReachRun detail::find_ways(const Study& study, const ReachRunOptions& options, OpenedStudy opened,
                           const Progress& progress) {
    ProblemReport problems = std::move(opened.problems);
    ReachRun run{.loaded = std::move(opened.loaded),
                 .model = std::move(opened.model),
                 .reach = {},
                 .isochrones = {},
                 .problems = {},
                 .manifest = {}};
    if (!problems.has_errors()) fill(run, study, options, opened.only, problems, progress);
    run.problems = problems.sorted();
    return run;
}

ProblemReport write_reach(const ReachRun& run, const Study& study, VectorSink& sink, const Progress& progress) {
    if (!run.reach) throw InvalidInput("a run whose input has errors has no layers to write");
    if (progress) progress("write", 0);
    write_travel_layers(detail::travel_layers_of(run, study), sink);
    draw_map(run.manifest, sink);
    return detail::finish(sink, progress);
}

RasterSink open_travel_raster(const Study& study, const std::filesystem::path& target, Overwrite overwrite) {
    return {target, {.overwrite = overwrite, .with_style = true}, detail::inputs_of(study)};
}

void write_travel_raster(const ReachRun& run, const Study& study, CellType type, RasterSink& sink,
                         const Progress& progress) {
    if (run.model.surface == nullptr) throw InvalidInput("only a reach by surface has a raster of travel times");
    const CostSurface& costs = run.model.surface->costs();
    const TitleLanguage language = detail::titles_of(study);
    RasterToWrite raster{
        .grid = run.model.surface->grid(),
        .crs = run.loaded.area.working_crs,
        .type = type,
        .band_name = "minutes to the nearest zone",
        .unit = "min",
        .palette = type == CellType::uint16 ? travel_palette() : std::vector<PaletteEntry>{},
        .read_row = [&](std::size_t row, std::span<float> minutes) { costs.costs_of_row(row, minutes); },
        .qml = raster_style_qml(language)};
    sink.write(raster, progress);
}

}  // namespace amayesh
