#pragma once

#include <span>
#include <string>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/gap_service_areas.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/model/planning_area.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// One line of the manifest: what the run was made from. Nothing in it differs between two equal runs.
struct ManifestEntry {
    std::string section;  ///< "versions", "parameters", "inputs", "joins", "coefficients", "crs".
    std::string key;
    std::string value;
};

/// The language of titles that a run was made with; English where it says nothing.
AMAYESH_EXPORT TitleLanguage language_of(std::span<const ManifestEntry> manifest);

/// Everything that the layers of a gap run are written from; borrowed for the call.
struct GapLayers {
    const PlanningArea& area;
    std::span<const std::size_t> district_of_settlement;
    const GapResult& result;
    std::span<const Problem> problems;
    std::span<const ManifestEntry> manifest;
    const Crs& output_crs;
    TitleLanguage language = TitleLanguage::english;
};

/// Likewise for a run of `amayesh allocate`.
struct AllocationLayers {
    GapLayers gap;
    const UtilityServices& services;
};

/// Writes `units`, `unit_utilities`, `zones`, `zone_points`, `sources`, `source_lines`, `settlements`, `rollups`,
/// `problems` and `manifest`, in this order. Layers that would be empty are written empty, except `zone_points` and
/// `source_lines`. The caller finishes the sink, which is the last tenth of the work. Throws: IoError, CrsError.
AMAYESH_EXPORT void write_gap_layers(const GapLayers& layers, VectorSink& sink, const Progress& progress = {});

/// Writes `unit_utilities`, `zones`, `zone_points`, `sources`, `source_lines`, `allocations`, `service_areas`,
/// `unserved_rest`, `rollups`, `problems` and `manifest`, as `write_gap_layers` does.
AMAYESH_EXPORT void write_allocation_layers(const AllocationLayers& layers, VectorSink& sink,
                                            const Progress& progress = {});

/// Rows of a layer as they are written, without geometry.
struct TableRows {
    std::vector<std::string> columns;
    std::vector<std::vector<FieldValue>> rows;
};

/// One row per unit; per unit, utility and case; per zone, source, roll-up, finding and fact, in the order of the run.
AMAYESH_EXPORT TableRows unit_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows unit_utility_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows zone_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows source_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows rollup_rows(const GapLayers& layers);
/// Units, settlements and serving zones without a way, as those of the layer `unroutable` of a run of reach; empty where reach
/// is by the straight line, or no zone serves at all. Where only some units were assessed, their settlements alone.
AMAYESH_EXPORT TableRows unroutable_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows problem_rows(const GapLayers& layers);
AMAYESH_EXPORT TableRows manifest_rows(const GapLayers& layers);

AMAYESH_EXPORT TableRows service_area_rows(const AllocationLayers& layers);
AMAYESH_EXPORT TableRows unserved_rest_rows(const AllocationLayers& layers);

/// Writes the `problems` layer alone (`amayesh check`).
AMAYESH_EXPORT void write_problem_layer(std::span<const Problem> problems, TitleLanguage language, VectorSink& sink);

}  // namespace amayesh
