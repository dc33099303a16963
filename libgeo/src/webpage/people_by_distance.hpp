#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "webpage/report_parts.hpp"

namespace amayesh::detail {

/// People of the units over the threshold, by how far away the nearest zone that serves is, at the least: beyond the limit
/// of reach are as many as `people.at_least` counts in the units where that is known.
struct PeopleByDistance {
    std::vector<std::pair<double, std::int64_t>> people{};  ///< Kilometres, or minutes where these decide; number.
    std::int64_t unknown_units = 0;
    std::int64_t without_way = 0;  ///< Known people of places from which no way was found: at no distance.
    bool may_be_nearer = false;    ///< Zones may be missing from the list, or their place is not known.
};

PeopleByDistance people_by_distance(const ReportInput& input);

/// What decides whether a zone is in reach: kilometres, or minutes.
double reach_limit(const GapResult& result);

}  // namespace amayesh::detail
