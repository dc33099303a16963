#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Ids of the units that lie within any of these places, each an id or a name of a unit, district, county or province;
/// nothing where no place is named. Throws: InvalidInput for a place that holds no unit.
std::optional<std::vector<std::string>> units_within(const LoadedStudy& loaded, UnitKind kind,
                                                     const std::vector<std::string>& within);

/// A note for each coefficient of confidence D.
void add_weak_coefficients(std::span<const UsedCoefficient> coefficients, ProblemReport& problems);

}  // namespace amayesh::detail
