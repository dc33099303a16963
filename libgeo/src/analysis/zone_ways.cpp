#include "analysis/zone_ways.hpp"

#include <cstddef>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/nearest.hpp>

#include "analysis/serving_zones.hpp"

namespace amayesh::detail {

namespace {

void add_unattached(std::span<PlaceTravel> ways, const PlanningArea& area,
                    std::span<const std::optional<Point>> degrees, const ZoneTravel& travel) {
    const std::vector<Geometry> unattached = geometries_of(area, travel.unroutable_zones());
    if (unattached.empty()) return;
    const NearestIndex zones(unattached, Metric::planar);
    const std::vector<std::optional<Point>> places = in_working_crs(degrees, area.working_crs);
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (places[i])
            if (const auto near = zones.nearest(*places[i]))
                ways[i].soonest_unattached = travel.least_time(near->distance);
}

}  // namespace

std::vector<PlaceTravel> find_zone_ways(const PlanningArea& area, std::span<const std::optional<Point>> places,
                                        const ZoneTravel& travel) {
    std::vector<PlaceTravel> ways = travel.nearest_zones(places);
    if (ways.size() != places.size())
        throw InvalidInput{fmt::format("travel: {} ways for {} places", ways.size(), places.size())};
    add_unattached(ways, area, places, travel);
    return ways;
}

}  // namespace amayesh::detail
