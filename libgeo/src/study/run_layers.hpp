#pragma once

#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/travel_layers.hpp>
#include <amayesh/study/reach_run.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh::detail {

inline TitleLanguage titles_of(const Study& study) {
    return study.language == Language::persian ? TitleLanguage::persian : TitleLanguage::english;
}

/// What the layers of a run that has a result are written from; borrows the run.
inline GapLayers layers_of(const GapRun& run, const Study& study) {
    return {.area = run.loaded.area,
            .district_of_settlement = run.loaded.district_of_settlement,
            .result = *run.result,
            .problems = run.problems,
            .manifest = run.manifest,
            .output_crs = run.loaded.output_crs,
            .language = titles_of(study)};
}

inline ReachLayers travel_layers_of(const ReachRun& run, const Study& study) {
    return {.area = run.loaded.area,
            .district_of_settlement = run.loaded.district_of_settlement,
            .reach = *run.reach,
            .serving_statuses = study.serving_statuses,
            .isochrones = run.isochrones,
            .problems = run.problems,
            .manifest = run.manifest,
            .output_crs = run.loaded.output_crs,
            .language = titles_of(study)};
}

/// Finishes the sink, as the last tenth of the work.
inline ProblemReport finish(VectorSink& sink, const Progress& progress) {
    if (progress) progress("settle the output", 0.9);
    ProblemReport cut = sink.finish();
    if (progress) progress("settle the output", 1);
    return cut;
}

}  // namespace amayesh::detail
