#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh::detail {

/// Parts that the summaries of `check` and `gap` share.
std::string inputs_text(const LoadedStudy& loaded);
std::string problems_text(const std::vector<Problem>& problems, std::size_t examples_per_kind);
nlohmann::ordered_json inputs_json(const LoadedStudy& loaded);
nlohmann::ordered_json problems_json(const std::vector<Problem>& problems);

/// What is promised, as the sources state it and as committed plots will need it, and which of the two counts.
std::string commitments_text(const CheckRun& run);
nlohmann::ordered_json commitments_json(const CheckRun& run);

}  // namespace amayesh::detail
