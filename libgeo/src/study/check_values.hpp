#pragma once

#include <cstddef>
#include <optional>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/planning_area.hpp>

#include "study/load_features.hpp"

namespace amayesh::detail {

/// A given area that differs by more than 5 % from the polygon's on the ellipsoid: area_disagrees. The given area stays.
void compare_areas(std::optional<double> given_ha, std::optional<double> measured_ha, std::size_t row,
                   const TableReading& reading, ProblemReport& problems);

}  // namespace amayesh::detail
