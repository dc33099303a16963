#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/allocation_run.hpp>
#include <amayesh/study/reach_run.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh::detail {

/// Parts that the summaries share.
std::string title_text(const Study& study);
/// What was found, without inputs and problems: of a run that has a result.
std::string gap_findings_text(const GapRun& run);
std::string allocation_findings_text(const AllocationRun& run);
std::string reach_findings_text(const ReachRun& run);
nlohmann::ordered_json gap_findings_json(const GapRun& run);
nlohmann::ordered_json allocation_findings_json(const AllocationRun& run, const Study& study);
nlohmann::ordered_json reach_findings_json(const ReachRun& run, const Study& study);
/// Title and inputs, then findings, then problems.
std::string summary_text(const GapRun& run, const Study& study, const std::string& findings);
nlohmann::ordered_json summary_json(const GapRun& run, const Study& study, const nlohmann::ordered_json& findings);
std::string inputs_text(const LoadedStudy& loaded);
std::string problems_text(const std::vector<Problem>& problems, std::size_t examples_per_kind);
nlohmann::ordered_json inputs_json(const LoadedStudy& loaded);
nlohmann::ordered_json problems_json(const std::vector<Problem>& problems);
/// As it is written to people's files.
std::string printed(const nlohmann::ordered_json& root);

/// What is promised, as the sources state it and as committed plots will need it, and which of the two counts.
std::string commitments_text(const CheckRun& run);
nlohmann::ordered_json commitments_json(const CheckRun& run);
/// "1.0 / 2.0 / 3.0 L/s"
std::string amounts_text(const StepRange& amounts, UtilityKind utility);
StepRange shortfall_of(const Rollup& total, UtilityKind utility);
/// Names the coefficients of confidence D that were used; empty without any.
std::string weak_text(const GapStandards& standards);
nlohmann::ordered_json range_json(const StepRange& range, double steps);

}  // namespace amayesh::detail
