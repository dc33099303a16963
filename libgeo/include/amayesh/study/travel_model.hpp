#pragma once

#include <memory>
#include <vector>

#include <amayesh/analysis/road_travel.hpp>
#include <amayesh/analysis/surface_travel.hpp>
#include <amayesh/analysis/travel_standards.hpp>
#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// What travel times of a study are asked from.
struct TravelModel {
    std::unique_ptr<const ZoneTravel> travel;
    const RoadTravel* roads = nullptr;       ///< The same, where the reach is over roads.
    const SurfaceTravel* surface = nullptr;  ///< The same, where it is over a surface.
    TravelTime limit{};                      ///< In reach; the study's, else the standards'.
    TravelStandards standards;
    std::vector<UsedCoefficient> used;    ///< Of the standards, what the ways rest on, by key.
    std::vector<ManifestEntry> manifest;  ///< Section "reach": how it was made.
};

/// Makes a road graph or a friction surface of what a study holds, and attaches its serving zones.
///
/// Surface: covers the districts and the settlements in them (without districts all settlements), and the margin around
///          them, in the working CRS. Its cells are the study's `cell_m`, else the smallest of 100, 200, 250, 500, 1,000,
///          2,000, 2,500 and 5,000 m with which it has at most 25 million. Ground is the friction raster, else the land
///          cover, else a walk at the standards' speed everywhere; slopes come from the elevation, not over a friction
///          raster, which holds what its makers meant. Rivers and lakes stop everyone but where roads cross them.
/// Roads:   drive at their own speed, else that of their class, else that of `travel.road.default`.
/// Reports: classes that the standards do not name, roads without class and speed, zones that no way leads to; what was
///          opened is added to the inputs of `loaded`.
/// Throws:  InvalidInput for standards without `travel.…`, a study whose reach is straight, or over roads and none is left of
///          them, or whose surface would have too many cells (with the way out), an elevation too coarse for slopes; IoError, CrsError of rasters; what `progress`
///          throws.
AMAYESH_EXPORT TravelModel open_travel(const Study& study, LoadedStudy& loaded, ProblemReport& problems,
                                       const Progress& progress = {});

/// Whether `open_travel` could: what it would refuse is an error in `problems`, without the cost of making it.
/// Where the reach is straight, roads are checked if the standards say how fast they are.
AMAYESH_EXPORT void check_travel(const Study& study, const LoadedStudy& loaded, ProblemReport& problems);

}  // namespace amayesh
