#pragma once

#include <span>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

#include "study/place_index.hpp"

namespace amayesh::detail {

/// Overlaps are looked for from this area on: less is what densified edges of one border may differ by.
inline constexpr double least_overlap_m2 = 100;

/// Gaps between districts are slivers within these widths: five times what densified edges may be apart, and less than a
/// river or an enclave that is meant to be no district.
inline constexpr double narrowest_gap_m = 0.5;
inline constexpr double widest_gap_m = 50;

/// Codes without a counterpart, and areas that lie where they should not.
///
/// code_unmatched:    a zone's rural district (error where the zone is known by that code alone), a plot's zone.
/// value_missing:     a zone with neither a position nor a rural district.
/// zones_overlap:     pairs that share more than `least_overlap_m2`.
/// plot_outside_zone: a plot whose inside lies in none or several zones, or in another than its own, or of which a part
///                    lies in another zone too.
void check_relations(const PlanningArea& area, const DistrictIndex& index, ProblemReport& problems);

/// The findings of districts_overlap, and of districts_gap between surveyed districts.
void check_district_borders(const PlanningArea& area, std::span<const MultiPolygon> shapes, ProblemReport& problems);

}  // namespace amayesh::detail
