#include <amayesh/analysis/road_travel.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

#include <amayesh/crs/nearest.hpp>

#include "analysis/serving_zones.hpp"
#include "analysis/zone_entries.hpp"

namespace amayesh {

namespace {

using detail::ServingZone;

constexpr double minutes_per_hour = 60;

/// The ways into the zones: a zone with several entries has several, one after the other.
struct ZoneAccess {
    std::vector<std::optional<RoadAccess>> entries;
    std::vector<std::size_t> zone_of_entry;
    std::vector<ZoneTravel::UnroutableZone> unroutable;
};

std::vector<detail::ZoneEntry> entries_of(const Geometry& zone, const detail::ZoneEntries& finder, Metres snap) {
    if (const auto* point = std::get_if<Point>(&zone)) return {{*point, Metres{0}}};
    return finder.of(std::get<MultiPolygon>(zone), snap);
}

/// Places found on a road lie on the graph but for what rounding and joined ends move.
constexpr Metres rounding{0.01};

void settle_walk(std::optional<RoadAccess>& access, Metres walk, bool is_place, const RoadTravelOptions& options) {
    if (!access) return;
    if (is_place && access->off_road > to_metres(options.snap)) {
        access.reset();
        return;
    }
    if (!is_place) access->off_road = walk;
    access->off_road_minutes = to_kilometres(access->off_road).value() / options.walking_km_per_hour * minutes_per_hour;
}

ZoneAccess attach_zones(std::span<const ServingZone> zones, std::span<const RoadLine> roads, const RoadGraph& graph,
                        const RoadTravelOptions& options) {
    const Metres snap = to_metres(options.snap);
    const detail::ZoneEntries finder(roads);
    ZoneAccess access;
    std::vector<Point> places;
    std::vector<Metres> walks;
    std::vector<std::uint8_t> is_place;
    for (const ServingZone& zone : zones)
        for (const detail::ZoneEntry& entry : entries_of(zone.geometry, finder, snap)) {
            places.push_back(entry.on_road);
            walks.push_back(entry.walk);
            is_place.push_back(std::holds_alternative<Point>(zone.geometry) ? 1 : 0);
            access.zone_of_entry.push_back(zone.zone);
        }
    const Metres farthest{std::max(snap.value(), options.crossing_tolerance.value() + rounding.value())};
    access.entries = graph.attach(places, farthest, options.walking_km_per_hour);
    for (std::size_t i = 0; i < walks.size(); ++i) settle_walk(access.entries[i], walks[i], is_place[i] != 0, options);
    for (const ServingZone& zone : zones) {
        const auto [first, last] =
            std::equal_range(access.zone_of_entry.begin(), access.zone_of_entry.end(), zone.zone);
        const bool is_attached = std::any_of(first, last, [&](const std::size_t& of) {
            return access.entries[static_cast<std::size_t>(&of - access.zone_of_entry.data())].has_value();
        });
        if (!is_attached) access.unroutable.push_back({zone.zone, UnroutableReason::no_access});
    }
    return access;
}

/// Ties go to the lower zone.
bool is_quicker(const ZoneByTravel& a, const ZoneByTravel& b) {
    return std::pair{a.time, a.zone} < std::pair{b.time, b.zone};
}

/// Each zone once, quickest first.
void keep_quickest(std::vector<ZoneByTravel>& zones) {
    std::ranges::sort(zones, is_quicker);
    std::vector<ZoneByTravel> kept;
    for (const ZoneByTravel& zone : zones)
        if (std::ranges::find(kept, zone.zone, &ZoneByTravel::zone) == kept.end()) kept.push_back(zone);
    zones = std::move(kept);
}

}  // namespace

struct RoadTravel::State {
    State(const PlanningArea& area, std::span<const RoadLine> roads, const RoadTravelOptions& wanted,
          const Progress& progress)
        : options{wanted},
          working_crs{area.working_crs},
          graph{roads, {.tolerance = options.crossing_tolerance}, progress},
          zones{detail::serving_zones(area, options.serving_statuses)},
          access{attach_zones(zones, roads, graph, options)},
          around{detail::geometries_of(zones), Metric::planar} {
        for (const UnroutableZone& zone : detail::serving_zones_without_position(area, options.serving_statuses))
            access.unroutable.push_back(zone);
    }

    /// Places as they meet the roads; a place without a position does not.
    [[nodiscard]] std::vector<std::optional<RoadAccess>> attach(std::span<const std::optional<Point>> places) const {
        std::vector<Point> known;
        for (const std::optional<Point>& place : places)
            if (place) known.push_back(*place);
        const std::vector<std::optional<RoadAccess>> found =
            graph.attach(known, to_metres(options.snap), options.walking_km_per_hour);
        std::vector<std::optional<RoadAccess>> result(places.size());
        auto next = found.begin();
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i]) result[i] = *next++;
        return result;
    }

    /// Straight across, whatever lies between; 0 inside the zone.
    [[nodiscard]] ZoneByTravel on_foot(const Near& zone) const {
        const Kilometres length = to_kilometres(zone.distance);
        return {zones[zone.feature].zone,
                to_travel_time(length.value() / options.walking_km_per_hour * minutes_per_hour), length};
    }

    [[nodiscard]] ZoneByTravel by_travel(const RoadWay& way) const {
        return {access.zone_of_entry[way.facility], to_travel_time(way.minutes), to_kilometres(Metres{way.metres})};
    }

    RoadTravelOptions options;
    Crs working_crs;
    RoadGraph graph;
    std::vector<ServingZone> zones;
    ZoneAccess access;
    NearestIndex around;  ///< Of the serving zones.
};

RoadTravel::RoadTravel(const PlanningArea& area, std::span<const RoadLine> roads, const RoadTravelOptions& options,
                       const Progress& progress)
    : m_state{std::make_unique<const State>(area, roads, options, progress)} {}

RoadTravel::~RoadTravel() = default;

const RoadGraph& RoadTravel::graph() const noexcept { return m_state->graph; }

std::vector<PlaceTravel> RoadTravel::nearest_zones(std::span<const std::optional<Point>> degrees) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    const auto access = m_state->attach(places);
    const auto ways = m_state->graph.nearest_facilities(access, m_state->access.entries, m_state->options.direction);
    std::vector<PlaceTravel> result(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        PlaceTravel& travel = result[i];
        if (!places[i]) {
            travel.unroutable = UnroutableReason::no_position;
            continue;
        }
        if (access[i]) travel.off_network = access[i]->off_road;
        if (ways[i]) travel.nearest = m_state->by_travel(*ways[i]);
        if (const auto near = m_state->around.nearest(*places[i], to_metres(m_state->options.snap))) {
            const ZoneByTravel walk = m_state->on_foot(*near);
            if (!travel.nearest || is_quicker(walk, *travel.nearest)) {
                travel.nearest = walk;
                travel.off_network = near->distance;
            }
        }
        if (!travel.nearest)
            travel.unroutable = m_state->zones.empty() && m_state->access.unroutable.empty()
                                    ? UnroutableReason::no_serving_zone
                                : access[i] ? UnroutableReason::no_way_to_any_zone
                                            : UnroutableReason::no_access;
    }
    return result;
}

std::vector<std::vector<ZoneByTravel>> RoadTravel::zones_within(std::span<const std::optional<Point>> degrees,
                                                                TravelTime limit) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    const auto ways = m_state->graph.facilities_within(m_state->attach(places), m_state->access.entries, limit,
                                                       m_state->options.direction);
    std::vector<std::vector<ZoneByTravel>> result(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::vector<ZoneByTravel>& zones = result[i];
        for (const RoadWay& way : ways[i]) zones.push_back(m_state->by_travel(way));
        if (places[i])
            for (const Near& near : m_state->around.within(*places[i], to_metres(m_state->options.snap)))
                if (const ZoneByTravel walk = m_state->on_foot(near); walk.time <= limit) zones.push_back(walk);
        keep_quickest(zones);
    }
    return result;
}

std::span<const ZoneTravel::UnroutableZone> RoadTravel::unroutable_zones() const noexcept {
    return m_state->access.unroutable;
}

}  // namespace amayesh
