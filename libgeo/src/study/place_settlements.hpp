#pragma once

#include <cstddef>
#include <vector>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

#include "study/place_index.hpp"

namespace amayesh::detail {

/// The rural district of every settlement: an index into `area.rural_districts`, or `LoadedStudy::no_district`.
///
/// Method:  by code where the settlement gives one, else by position among the polygons (on a shared border: the lowest
///          id). Points nearer to a border than the index's bound are noted as on_the_line.
/// Reports: code_unmatched, id_leading_zero_lost (error; warning where the districts are not all known), district_disagrees (the code wins),
///          outside_every_district (not for cities: they are often cut out of the rural districts).
/// Cost:    O(vertices) once, then about O(log) a settlement, on all threads.
std::vector<std::size_t> place_settlements(const PlanningArea& area, const DistrictIndex& index,
                                           ProblemReport& problems);

}  // namespace amayesh::detail
