#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Sums the study's population raster over the polygons of the rural districts into `raster_population`, in their order;
/// leaves it empty where the study has none. A district that the raster does not cover wholly, or where it has no value,
/// stays unknown and is reported. Rasters of other kinds are noted as not used.
/// Throws: IoError; CrsError where the raster has no CRS and the study gives none.
void load_population_raster(const Study& study, LoadedStudy& loaded, ProblemReport& problems, const Progress& progress);

}  // namespace amayesh::detail
