#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

struct FolderRunOptions {
    GapRunOptions gap{};
    Overwrite overwrite = Overwrite::no;
    Severity refused = Severity::error;  ///< Findings of this severity or a worse one leave nothing written.
    /// Makes the page of a run, where the study asks for a report; without it there is none.
    std::function<std::string(const GapRun&)> make_report{};
};

/// What came of a run into a folder.
struct FolderRun {
    std::vector<std::string> files;  ///< In the order of writing; empty where the input was refused.
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::string summary;  ///< What stands in `summary.txt`; where the input was refused, inputs and findings alone.
    std::string json;     ///< The same, whole, as in `summary.json`.
};

/// Everything that a study asks for, in one folder that appears whole or not at all.
///
/// Reads the inputs once, makes roads or surface once and judges once. Writes `gap.gpkg`, `allocate.gpkg` and `reach.gpkg`
/// with their projects (`.qgz`), `report.html`, and by surface `travel_time.tif` with its style, as the study asks, each
/// byte for byte as the command of that name writes it; then `summary.txt`, `summary.json`, and `manifest.json`: what all
/// of it was made from, with the XXH3-128 of every other file. Two equal runs give equal bytes.
/// Throws: as `run_gap`, `run_reach` and OutputFolder; InvalidInput where `reach` is asked for and the study's reach is straight.
AMAYESH_EXPORT FolderRun run_into_folder(const Study& study, const std::filesystem::path& folder,
                                         const FolderRunOptions& options, const Progress& progress = {});

}  // namespace amayesh
