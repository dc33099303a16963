#pragma once

#include <map>
#include <string>
#include <vector>

#include <amayesh/analysis/travel_standards.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/raster/friction_surface.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

#include "study/travel_roads.hpp"

namespace amayesh::detail {

/// The cells that a study's surface is computed on, and why they are as large as they are.
struct ChosenGrid {
    StudyGrid grid;
    std::string why;
};

/// See `open_travel`. Throws: InvalidInput where nothing has a place, or for too many cells.
ChosenGrid choose_grid(const Study& study, const LoadedStudy& loaded);

/// A warning where a cell is wider than what is walked within the first limit of people: who is in a zone's cell is there.
void report_coarse_cells(const Study& study, const StudyGrid& grid, const TravelStandards& standards,
                         ProblemReport& problems);

/// Opens the rasters that the surface would be made of and refuses those that it cannot.
void check_surface_rasters(const Study& study, const LoadedStudy& loaded, const StudyGrid& grid);

/// Everything read, the rasters recorded in `loaded`, their methods in `manifest`.
FrictionSurface make_surface(const Study& study, LoadedStudy& loaded, const StudyGrid& grid,
                             const TravelStandards& standards, const RoadClassSpeeds& classes,
                             std::vector<ManifestEntry>& manifest, const Progress& progress);

}  // namespace amayesh::detail
