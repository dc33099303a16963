#include "analysis/zone_ways.hpp"

#include <cstddef>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/nearest.hpp>

#include "analysis/serving_zones.hpp"

namespace amayesh::detail {

namespace {

/// The soonest that any of some zones could be reached from each place: straight, at the fastest. Nothing where none of
/// them has a position.
std::vector<std::optional<TravelTime>> soonest_to(std::span<const std::size_t> zones, const PlanningArea& area,
                                                  std::span<const std::optional<Point>> degrees,
                                                  const ZoneTravel& travel) {
    std::vector<std::optional<TravelTime>> soonest(degrees.size());
    const std::vector<Geometry> geometries = geometries_of(area, zones);
    if (geometries.empty()) return soonest;
    const NearestIndex index(geometries, Metric::planar);
    const std::vector<std::optional<Point>> places = in_working_crs(degrees, area.working_crs);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i])
            if (const auto near = index.nearest(*places[i])) soonest[i] = travel.least_time(near->distance);
    return soonest;
}

}  // namespace

std::vector<PlaceTravel> find_zone_ways(const PlanningArea& area, std::span<const std::optional<Point>> places,
                                        const ZoneTravel& travel, std::span<const ZoneStatus> serving_statuses) {
    std::vector<PlaceTravel> ways = travel.nearest_zones(places);
    if (ways.size() != places.size())
        throw InvalidInput{fmt::format("travel: {} ways for {} places", ways.size(), places.size())};
    std::vector<std::size_t> unattached;
    for (const ZoneTravel::UnroutableZone& zone : travel.unroutable_zones()) unattached.push_back(zone.zone);
    const auto to_unattached = soonest_to(unattached, area, places, travel);
    const auto to_unknown = soonest_to(zones_of_unknown_status(area, serving_statuses), area, places, travel);
    for (std::size_t i = 0; i < ways.size(); ++i) {
        ways[i].soonest_unattached = to_unattached[i];
        ways[i].soonest_of_unknown_status = to_unknown[i];
    }
    return ways;
}

}  // namespace amayesh::detail
