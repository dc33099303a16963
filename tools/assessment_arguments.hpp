#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/study/run.hpp>

#include "command.hpp"
#include "gap_options.hpp"
#include "output_options.hpp"

namespace amayesh::tools {

/// What a command does with a study that it assesses.
struct AssessmentSteps {
    /// Reads, checks and judges; what it returns lives as long as the steps.
    std::function<const GapRun&(const Study&, const GapRunOptions&, const Progress&)> find;
    std::function<ProblemReport(const Study&, VectorSink&, const Progress&)> write;
    std::function<std::string(const Study&)> summary;
    std::function<std::string(const Study&)> json;
};

/// What a command throws that has written nothing because of the input.
InvalidInput refused_input(std::size_t errors, std::size_t warnings, const std::string& target,
                           const std::string& study);

/// Arguments of the commands that assess the units of a study and write layers: `gap`, `allocate`.
class AssessmentArguments {
public:
    void add_to(CLI::App& app);

    /// Opens the target, finds, writes and prints. Nothing is written where the input has errors; returns the exit code.
    int run(const AssessmentSteps& steps);

private:
    std::string m_study;
    GapCommandOptions m_gap;
    OutputOptions m_output;
    CommonOptions m_common;
};

}  // namespace amayesh::tools
