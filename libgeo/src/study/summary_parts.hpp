#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh::detail {

/// Parts that the summaries share.
std::string inputs_text(const LoadedStudy& loaded);
std::string problems_text(const std::vector<Problem>& problems, std::size_t examples_per_kind);
nlohmann::ordered_json inputs_json(const LoadedStudy& loaded);
nlohmann::ordered_json problems_json(const std::vector<Problem>& problems);

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
