#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/io/raster_sink.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/output/travel_layers.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>
#include <amayesh/study/travel_model.hpp>

namespace amayesh {

/// A run of `amayesh reach`: the study's data, the ways that were found, and what they were made from.
struct ReachRun {
    LoadedStudy loaded;
    TravelModel model;
    std::optional<TravelReach> reach;        ///< Nothing where the input has errors.
    std::vector<DrawnIsochrone> isochrones;  ///< Of the surface, one for each limit.
    std::vector<Problem> problems;           ///< In their fixed order.
    std::vector<ManifestEntry> manifest;
    [[nodiscard]] AMAYESH_EXPORT std::size_t count(Severity severity) const noexcept;
};

/// What the command line may change of a study.
struct ReachRunOptions {
    std::optional<std::int64_t> over;
    std::vector<std::string>
        within;  ///< Ids or names of units, districts, counties or provinces to assess; empty = all.
};

/// Reads, checks, opens the study's roads or surface, and asks every unit and settlement for its way.
/// Errors in the input leave `reach` empty.
/// Throws: as load_study and open_travel; InvalidInput where the study's reach is straight, its reach is over roads and it
/// names none, or nothing is `within`.
AMAYESH_EXPORT ReachRun run_reach(const Study& study, const ReachRunOptions& options, const Progress& progress = {});

/// Writes the layers of a run that has a result, and finishes the sink. What the format could not hold is returned.
AMAYESH_EXPORT ProblemReport write_reach(const ReachRun& run, const Study& study, VectorSink& sink,
                                         const Progress& progress = {});

/// Opens a raster of travel times to be written with its style beside it, refusing at once what could not be written.
AMAYESH_EXPORT RasterSink open_travel_raster(const Study& study, const std::filesystem::path& target,
                                             Overwrite overwrite);

/// Writes minutes to the nearest zone for every cell, without moving the file into place (`RasterSink::publish`).
/// Throws: InvalidInput for a run over roads.
AMAYESH_EXPORT void write_travel_raster(const ReachRun& run, const Study& study, CellType type, RasterSink& sink,
                                        const Progress& progress = {});

}  // namespace amayesh
