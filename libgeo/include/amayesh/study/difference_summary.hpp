#pragma once

#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/output/result_difference.hpp>

namespace amayesh {

/// What a person reads on the terminal after `amayesh diff`: what the two were made from, totals by column, units.
AMAYESH_EXPORT std::string difference_summary(const ResultDifference& difference);
/// The same, whole, for programs.
AMAYESH_EXPORT std::string difference_json(const ResultDifference& difference);

}  // namespace amayesh
