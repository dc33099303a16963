#pragma once

#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh::detail {

/// The quickest serving zone from each place, with the soonest that a zone without a way, and one that may serve or not,
/// could be reached.
///
/// Soonest: a road or a passable cell that the data lacks may lead to a zone without a way, and no way to one of unknown status is
///          looked for; nobody goes there sooner than straight, at the fastest that the model knows. Distances are those of the working CRS, as the ways are.
/// Throws:  InvalidInput where `travel` does not answer for each place.
std::vector<PlaceTravel> find_zone_ways(const PlanningArea& area, std::span<const std::optional<Point>> places,
                                        const ZoneTravel& travel, std::span<const ZoneStatus> serving_statuses);

}  // namespace amayesh::detail
