#pragma once

#include <span>
#include <vector>

#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/model/planning_area.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/raster/isochrones.hpp>

namespace amayesh {

/// An isochrone with its area.
struct DrawnIsochrone {
    Isochrone shape;  ///< In the working CRS.
    SquareMetres area{0};
};

/// Everything that the layers of a run of `amayesh reach` are written from; borrowed for the call.
struct ReachLayers {
    const PlanningArea& area;
    std::span<const std::size_t> district_of_settlement;
    const TravelReach& reach;
    std::span<const ZoneStatus> serving_statuses;
    std::span<const DrawnIsochrone> isochrones;  ///< Of the surface.
    std::span<const Problem> problems;
    std::span<const ManifestEntry> manifest;
    const Crs& output_crs;
    TitleLanguage language = TitleLanguage::english;
};

/// Writes `unit_travel`, `unit_travel_people`, `settlement_travel`, `zone_travel`, `unroutable`, `travel_rollups`,
/// `isochrones` (by the surface alone), `problems` and `manifest`, in this order, empty ones too. The caller finishes the
/// sink. Throws: IoError, CrsError.
AMAYESH_EXPORT void write_travel_layers(const ReachLayers& layers, VectorSink& sink);

/// The rows of these tables, as they are written.
AMAYESH_EXPORT TableRows unit_travel_rows(const ReachLayers& layers);
AMAYESH_EXPORT TableRows unit_travel_people_rows(const ReachLayers& layers);
AMAYESH_EXPORT TableRows zone_travel_rows(const ReachLayers& layers);
AMAYESH_EXPORT TableRows unroutable_rows(const ReachLayers& layers);
AMAYESH_EXPORT TableRows travel_rollup_rows(const ReachLayers& layers);
AMAYESH_EXPORT TableRows isochrone_rows(const ReachLayers& layers);

}  // namespace amayesh
