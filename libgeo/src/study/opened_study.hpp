#pragma once

#include <optional>
#include <string>
#include <vector>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/reach_run.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/travel_model.hpp>

namespace amayesh::detail {

/// A study that was read, with the ways in it: what `gap` and `reach` both begin with.
struct OpenedStudy {
    LoadedStudy loaded;
    std::optional<std::vector<std::string>> only;  ///< Ids of the units that are asked about; nothing = all.
    TravelModel model;                             ///< Empty where the reach is straight or the input has errors.
    ProblemReport problems;
};

/// Reads a study, and makes its roads or surface once for whoever needs ways.
/// Throws: as load_study and open_travel; InvalidInput where nothing is `within`.
OpenedStudy open_study(const Study& study, const std::vector<std::string>& within, Tables tables,
                       const Progress& progress);

/// The second half of `run_gap`; takes what was loaded, and leaves model and problems.
GapRun judge(const Study& study, const GapRunOptions& options, GapStandards standards, OpenedStudy& opened,
             const Progress& progress);

/// The second half of `run_reach`, of a study whose reach is not straight.
ReachRun find_ways(const Study& study, const ReachRunOptions& options, OpenedStudy opened, const Progress& progress);

}  // namespace amayesh::detail
