#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <random>
#include <vector>

#include <amayesh/network/road_graph.hpp>

namespace amayesh::drawn {

constexpr double walking_km_per_hour = 6;  // 100 m a minute

/// A road of 60 km/h: a kilometre a minute.
inline RoadLine road(std::initializer_list<Point> points, int level = 0, RoadDirection direction = RoadDirection::both,
                     double km_per_hour = 60) {
    return {MultiLine{{LineString{points}}}, km_per_hour, direction, level};
}

inline RoadGraph graph(const std::vector<RoadLine>& roads, double tolerance = 1) {
    return RoadGraph{roads, {.tolerance = Metres{tolerance}}};
}

/// Minutes from one place to another, both on a road or at most 10 km from one; nothing without a way.
inline std::optional<double> minutes_between(const RoadGraph& roads, const Point& from, const Point& to) {
    const auto accesses = [&](const Point& p) {
        return roads.attach(std::vector<Point>{p}, Metres{10'000}, walking_km_per_hour);
    };
    const auto way = roads.nearest_facilities(accesses(from), accesses(to), TravelDirection::to_facility).front();
    return way ? std::optional{way->minutes} : std::nullopt;
}

}  // namespace amayesh::drawn
