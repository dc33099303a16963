#include "analysis/serving_zones.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {

namespace {

bool serves(const IndustrialZone& zone, std::span<const ZoneStatus> serving_statuses) {
    return std::ranges::find(serving_statuses, zone.status) != serving_statuses.end();
}

std::optional<Geometry> geometry_of(const IndustrialZone& zone, const Transform& to_working) {
    if (const auto* point = std::get_if<Point>(&zone.geometry)) return to_working.apply(*point);
    if (const auto* shape = std::get_if<MultiPolygon>(&zone.geometry)) return to_working.apply(*shape);
    return std::nullopt;
}

}  // namespace

std::vector<ServingZone> serving_zones(const PlanningArea& area, std::span<const ZoneStatus> serving_statuses) {
    const Transform to_working(Crs::wgs84(), area.working_crs);
    std::vector<ServingZone> serving;
    for (std::size_t i = 0; i < area.zones.size(); ++i) {
        if (!serves(area.zones[i], serving_statuses)) continue;
        if (auto geometry = geometry_of(area.zones[i], to_working)) serving.push_back({i, std::move(*geometry)});
    }
    return serving;
}

std::vector<ZoneTravel::UnroutableZone> serving_zones_without_position(const PlanningArea& area,
                                                                       std::span<const ZoneStatus> serving_statuses) {
    std::vector<ZoneTravel::UnroutableZone> unplaced;
    for (std::size_t i = 0; i < area.zones.size(); ++i) {
        const IndustrialZone& zone = area.zones[i];
        const bool has_position =
            std::holds_alternative<Point>(zone.geometry) || std::holds_alternative<MultiPolygon>(zone.geometry);
        if (!has_position && serves(zone, serving_statuses)) unplaced.push_back({i, UnroutableReason::no_position});
    }
    return unplaced;
}

std::vector<std::size_t> zones_of_unknown_status(const PlanningArea& area,
                                                 std::span<const ZoneStatus> serving_statuses) {
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < area.zones.size(); ++i)
        if (area.zones[i].status == ZoneStatus::unknown && !serves(area.zones[i], serving_statuses))
            unknown.push_back(i);
    return unknown;
}

std::vector<Geometry> geometries_of(const PlanningArea& area, std::span<const std::size_t> zones) {
    const Transform to_working(Crs::wgs84(), area.working_crs);
    std::vector<Geometry> geometries;
    for (const std::size_t zone : zones)
        if (auto geometry = geometry_of(area.zones[zone], to_working)) geometries.push_back(std::move(*geometry));
    return geometries;
}

std::vector<Geometry> geometries_of(std::span<const ServingZone> zones) {
    std::vector<Geometry> geometries;
    for (const ServingZone& zone : zones) geometries.push_back(zone.geometry);
    return geometries;
}

std::vector<std::optional<Point>> in_working_crs(std::span<const std::optional<Point>> degrees, const Crs& working) {
    std::vector<Point> known;
    known.reserve(degrees.size());
    for (const std::optional<Point>& place : degrees)
        if (place) known.push_back(*place);
    Transform(Crs::wgs84(), working).apply(std::span(known));
    std::vector<std::optional<Point>> places(degrees.size());
    auto next = known.begin();
    for (std::size_t i = 0; i < degrees.size(); ++i)
        if (degrees[i]) places[i] = *next++;
    return places;
}

}  // namespace amayesh::detail
