#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/zone_travel.hpp>

#include "analysis/planning_worlds.hpp"

namespace amayesh::worlds {

/// A straight road along the equator at 60 km/h, from 20 km west of the origin to 200 km east of it, with one zone at
/// its origin: a minute a kilometre. West of it there is an island without a zone, and beyond that no road at all.
class EquatorRoad : public ZoneTravel {
public:
    std::vector<UnroutableZone> zones_without_way;

    [[nodiscard]] ReachKind kind() const noexcept override { return ReachKind::roads; }
    [[nodiscard]] std::vector<PlaceTravel> nearest_zones(std::span<const std::optional<Point>> places) const override {
        std::vector<PlaceTravel> ways;
        for (const auto& place : places) ways.push_back(way_from(place));
        return ways;
    }
    [[nodiscard]] std::vector<std::vector<ZoneByTravel>> zones_within(std::span<const std::optional<Point>> places,
                                                                      TravelTime limit) const override {
        std::vector<std::vector<ZoneByTravel>> zones(places.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            if (const PlaceTravel way = way_from(places[i]); way.is_within(limit)) zones[i].push_back(*way.nearest);
        return zones;
    }
    [[nodiscard]] std::span<const UnroutableZone> unroutable_zones() const noexcept override {
        return zones_without_way;
    }
    [[nodiscard]] TravelTime least_time(Metres straight) const noexcept override {
        return to_travel_time(to_kilometres(straight).value());
    }

private:
    static PlaceTravel way_from(const std::optional<Point>& place) {
        if (!place) return {.nearest = {}, .unroutable = UnroutableReason::no_position};
        const double km = place->x * km_per_degree;
        if (km < -40) return {.nearest = {}, .unroutable = UnroutableReason::no_access};
        if (km < -20) return {.nearest = {}, .unroutable = UnroutableReason::no_way_to_any_zone};
        return {.nearest = ZoneByTravel{0, to_travel_time(std::abs(km)), Kilometres{std::abs(km)}}, .unroutable = {}};
    }
};

}  // namespace amayesh::worlds
