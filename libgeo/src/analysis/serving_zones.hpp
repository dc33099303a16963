#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh::detail {

/// A zone that serves and has a position, in the working CRS.
struct ServingZone {
    std::size_t zone = 0;  ///< Index into the zones of the area.
    Geometry geometry;     ///< Point or polygon.
};

/// By index.
std::vector<ServingZone> serving_zones(const PlanningArea& area, std::span<const ZoneStatus> serving_statuses);
/// Those that serve and have no position, by index: nobody knows a way to them.
std::vector<ZoneTravel::UnroutableZone> serving_zones_without_position(const PlanningArea& area,
                                                                       std::span<const ZoneStatus> serving_statuses);

/// Zones that serve or not, by index: their status is not known, and unknown ones are not said to serve.
std::vector<std::size_t> zones_of_unknown_status(const PlanningArea& area,
                                                 std::span<const ZoneStatus> serving_statuses);

std::vector<Geometry> geometries_of(std::span<const ServingZone> zones);
/// Of those that have a position, in the working CRS.
std::vector<Geometry> geometries_of(const PlanningArea& area, std::span<const std::size_t> zones);

/// Places in the working CRS; nothing stays nothing.
std::vector<std::optional<Point>> in_working_crs(std::span<const std::optional<Point>> degrees, const Crs& working);

}  // namespace amayesh::detail
