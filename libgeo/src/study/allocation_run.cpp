#include <amayesh/study/allocation_run.hpp>

#include <string>
#include <utility>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/error.hpp>

#include "study/manifest.hpp"
#include "study/run_layers.hpp"

namespace amayesh {

AllocationRun run_allocation(const Study& study, const GapRunOptions& options, const Progress& progress) {
    return with_service_areas(run_gap(study, options, progress), progress);
}

AllocationRun with_service_areas(GapRun gap, const Progress& progress) {
    AllocationRun run{.gap = std::move(gap), .services = {}};
    if (!run.gap.result) return run;
    const LoadedStudy& loaded = run.gap.loaded;
    run.services = find_gap_service_areas(loaded.area, loaded.district_of_settlement, *run.gap.result, progress);
    detail::add_parameter(run.gap.manifest, "circle_edges_per_quarter", std::to_string(gap_quadrant_segments));
    return run;
}

ProblemReport write_allocation(const AllocationRun& run, const Study& study, VectorSink& sink,
                               const Progress& progress) {
    if (!run.gap.result) throw InvalidInput{"a run whose input has errors has no layers to write"};
    write_allocation_layers({.gap = detail::layers_of(run.gap, study), .services = run.services}, sink, progress);
    draw_map(run.gap.manifest, sink);
    return detail::finish(sink, progress);
}

}  // namespace amayesh
