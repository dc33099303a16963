#include "analysis/serving_zones.hpp"

#include <algorithm>
#include <variant>

#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {

std::vector<ServingZone> serving_zones(const PlanningArea& area, std::span<const ZoneStatus> serving_statuses) {
    const Transform to_working(Crs::wgs84(), area.working_crs);
    std::vector<ServingZone> serving;
    for (std::size_t i = 0; i < area.zones.size(); ++i) {
        const IndustrialZone& zone = area.zones[i];
        if (std::ranges::find(serving_statuses, zone.status) == serving_statuses.end()) continue;
        if (const auto* point = std::get_if<Point>(&zone.geometry))
            serving.push_back({i, to_working.apply(*point)});
        else if (const auto* shape = std::get_if<MultiPolygon>(&zone.geometry))
            serving.push_back({i, to_working.apply(*shape)});
    }
    return serving;
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
