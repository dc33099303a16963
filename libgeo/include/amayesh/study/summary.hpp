#pragma once

#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/study/allocation_run.hpp>
#include <amayesh/study/reach_run.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh {

/// What a person reads on the terminal after `amayesh check`: inputs, joins, findings by kind with examples.
AMAYESH_EXPORT std::string check_summary(const CheckRun& run);
/// The same, whole, for programs.
AMAYESH_EXPORT std::string check_json(const CheckRun& run);

/// What a person reads after `amayesh gap`: totals, what is unknown, what comes first, weak coefficients, findings.
AMAYESH_EXPORT std::string gap_summary(const GapRun& run, const Study& study);
AMAYESH_EXPORT std::string gap_json(const GapRun& run, const Study& study);

/// What a person reads after `amayesh allocate`: demand and supply, why units are short, what sources have left, what
/// they reach and whom they do not, findings.
AMAYESH_EXPORT std::string allocation_summary(const AllocationRun& run, const Study& study);
AMAYESH_EXPORT std::string allocation_json(const AllocationRun& run, const Study& study);

/// What a person reads after `amayesh reach`: how ways were found, who is within each limit, who has no way, who is
/// farthest, findings.
AMAYESH_EXPORT std::string reach_summary(const ReachRun& run, const Study& study);
AMAYESH_EXPORT std::string reach_json(const ReachRun& run, const Study& study);

}  // namespace amayesh
