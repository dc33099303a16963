#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <amayesh/analysis/commitments.hpp>
#include <amayesh/analysis/gap.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/io/text_sink.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// What is promised, as the sources state it and as committed plots will need it; the analysis counts one of the two.
struct CheckedCommitments {
    PerUtility<SourceCommitments> at_sources{};
    std::optional<PlotCommitments> at_plots{};  ///< Nothing where standards or areas cannot be used.
};

/// A study read and checked: what `amayesh check` reports.
struct CheckRun {
    LoadedStudy loaded;
    CheckedCommitments commitments;
    std::vector<Problem> problems;  ///< In their fixed order.
    [[nodiscard]] AMAYESH_EXPORT std::size_t count(Severity severity) const noexcept;
};

/// Reads and checks everything that the study names, without assessing it.
/// Throws: IoError, CrsError, InvalidInput where the study cannot be read as a whole.
AMAYESH_EXPORT CheckRun check_study(const Study& study, const Progress& progress = {});

/// A gap run: the study's data, what was found, and what it was made from.
struct GapRun {
    LoadedStudy loaded;
    std::optional<GapResult> result;  ///< Nothing where the input has errors.
    std::vector<Problem> problems;    ///< In their fixed order.
    std::vector<ManifestEntry> manifest;
    [[nodiscard]] AMAYESH_EXPORT std::size_t count(Severity severity) const noexcept;
};

/// What the command line may change of a study.
struct GapRunOptions {
    std::optional<std::int64_t> over;
    std::vector<std::string>
        within;  ///< Ids or names of units, districts, counties or provinces to assess; empty = all.
    LandReuse reuse = LandReuse::first;
    Tables tables = Tables::drop;  ///< Kept where the run is to be explained.
};

/// Reads, checks and judges. Errors in the input leave `result` empty.
/// Throws: as check_study; InvalidInput where nothing is `within`.
AMAYESH_EXPORT GapRun run_gap(const Study& study, const GapRunOptions& options, const Progress& progress = {});

/// Opens the target of a run, refusing at once what could not be written at the end (see VectorSink).
AMAYESH_EXPORT VectorSink open_output(const Study& study, const std::filesystem::path& target,
                                      const VectorSinkOptions& options);

/// The same for a run that is written as one text.
AMAYESH_EXPORT TextSink open_text_output(const Study& study, const std::filesystem::path& target, Overwrite overwrite);

/// Writes the layers of a run that has a result, and finishes the sink. What the format could not hold is returned.
AMAYESH_EXPORT ProblemReport write_gap(const GapRun& run, const Study& study, VectorSink& sink,
                                       const Progress& progress = {});

/// Writes the `problems` layer and finishes the sink. What the format could not hold is returned.
AMAYESH_EXPORT ProblemReport write_problems(const CheckRun& run, const Study& study, VectorSink& sink);

}  // namespace amayesh
