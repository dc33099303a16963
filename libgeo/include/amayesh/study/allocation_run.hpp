#pragma once

#include <amayesh/analysis/gap_service_areas.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// A gap run with what every utility reaches: what `amayesh allocate` reports.
struct AllocationRun {
    GapRun gap;
    UtilityServices services;  ///< Nothing where the input has errors.
};

/// Reads, checks, judges as `run_gap` does, and draws service areas. Throws: as `run_gap`.
AMAYESH_EXPORT AllocationRun run_allocation(const Study& study, const GapRunOptions& options,
                                            const Progress& progress = {});

/// The second half of that: draws the service areas of a gap run, which it takes over.
AMAYESH_EXPORT AllocationRun with_service_areas(GapRun gap, const Progress& progress = {});

/// Writes the layers of a run that has a result, and finishes the sink. What the format could not hold is returned.
AMAYESH_EXPORT ProblemReport write_allocation(const AllocationRun& run, const Study& study, VectorSink& sink,
                                              const Progress& progress = {});

}  // namespace amayesh
