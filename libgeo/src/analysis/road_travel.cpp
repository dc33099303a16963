#include <amayesh/analysis/road_travel.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <set>
#include <utility>
#include <variant>

#include <amayesh/crs/nearest.hpp>

#include "analysis/serving_zones.hpp"
#include "analysis/zone_entries.hpp"

namespace amayesh {

namespace {

using detail::ServingZone;

constexpr double minutes_per_hour = 60;

/// The ways into the zones, or out of places: one with several accesses has several, one after the other.
struct Accesses {
    std::vector<std::optional<RoadAccess>> accesses;
    std::vector<std::size_t> owner;  ///< The zone, or the place, of each.

    void add(const RoadAccess& access, std::size_t of) {
        accesses.emplace_back(access);
        owner.push_back(of);
    }
};

/// Points as places are, polygons where roads enter them.
Accesses attach_zones(std::span<const ServingZone> zones, const RoadGraph& graph, const RoadTravelOptions& options) {
    const Metres snap = to_metres(options.snap);
    std::vector<std::size_t> all(graph.components().size());
    std::iota(all.begin(), all.end(), 0);
    const detail::ZoneEntries finder(graph);
    Accesses entries;
    for (const ServingZone& zone : zones) {
        if (const auto* point = std::get_if<Point>(&zone.geometry)) {
            const auto found = graph.attach_to_components({point, 1}, all, snap, options.walking_km_per_hour);
            for (const RoadAccess& access : found.front()) entries.add(access, zone.zone);
            continue;
        }
        for (const detail::ZoneEntry& entry : finder.of(std::get<MultiPolygon>(zone.geometry), snap))
            entries.add({entry.edge, entry.along, entry.walk,
                         to_kilometres(entry.walk).value() / options.walking_km_per_hour * minutes_per_hour},
                        zone.zone);
    }
    return entries;
}

std::vector<ZoneTravel::UnroutableZone> zones_without_access(std::span<const ServingZone> zones,
                                                             const Accesses& entries) {
    std::vector<ZoneTravel::UnroutableZone> result;
    for (const ServingZone& zone : zones)
        if (!std::binary_search(entries.owner.begin(), entries.owner.end(), zone.zone))
            result.push_back({zone.zone, UnroutableReason::no_access});
    return result;
}

/// Components that some zone is entered from, each once.
std::vector<std::size_t> components_of(const Accesses& entries, const RoadGraph& graph) {
    std::set<std::size_t> components;
    for (const auto& access : entries.accesses) components.insert(graph.component(access->edge));
    return {components.begin(), components.end()};
}

double fastest_of(std::span<const RoadLine> roads, double walking_km_per_hour) {
    double fastest = walking_km_per_hour;
    for (const RoadLine& road : roads) fastest = std::max(fastest, road.km_per_hour);
    return fastest;
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
          fastest_km_per_hour{fastest_of(roads, options.walking_km_per_hour)},
          zones{detail::serving_zones(area, options.serving_statuses)},
          entries{attach_zones(zones, graph, options)},
          components{components_of(entries, graph)},
          unroutable{zones_without_access(zones, entries)},
          around{detail::geometries_of(zones), Metric::planar} {
        for (const UnroutableZone& zone : detail::serving_zones_without_position(area, options.serving_statuses))
            unroutable.push_back(zone);
    }

    /// The nearest road of each component that a zone is entered from; a place without a position has none.
    [[nodiscard]] Accesses attach(std::span<const std::optional<Point>> places) const {
        std::vector<Point> known;
        std::vector<std::size_t> numbers;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!places[i]) continue;
            known.push_back(*places[i]);
            numbers.push_back(i);
        }
        const auto found =
            graph.attach_to_components(known, components, to_metres(options.snap), options.walking_km_per_hour);
        Accesses result;
        for (std::size_t i = 0; i < known.size(); ++i)
            for (const RoadAccess& access : found[i]) result.add(access, numbers[i]);
        return result;
    }

    /// Whether any road lies within the snap limit, whatever it leads to.
    [[nodiscard]] std::optional<RoadAccess> nearest_road(const Point& place) const {
        return graph.attach({&place, 1}, to_metres(options.snap), options.walking_km_per_hour).front();
    }

    /// Straight across, whatever lies between; 0 inside the zone.
    [[nodiscard]] ZoneByTravel on_foot(const Near& zone) const {
        const Kilometres length = to_kilometres(zone.distance);
        return {zones[zone.feature].zone,
                to_travel_time(length.value() / options.walking_km_per_hour * minutes_per_hour), length};
    }

    /// Takes the walk to a zone near by where it is quicker; says why where no way leads to any.
    void finish(PlaceTravel& travel, const std::optional<Point>& place) const {
        if (!place) {
            travel.unroutable = UnroutableReason::no_position;
            return;
        }
        if (const auto near = around.nearest(*place, to_metres(options.snap))) {
            const ZoneByTravel walk = on_foot(*near);
            if (!travel.nearest || is_quicker(walk, *travel.nearest)) {
                travel.nearest = walk;
                travel.off_network = near->distance;
            }
        }
        if (travel.nearest) return;
        const std::optional<RoadAccess> road = nearest_road(*place);
        if (road) travel.off_network = road->off_road;
        travel.unroutable = zones.empty() && unroutable.empty() ? UnroutableReason::no_serving_zone
                            : road                              ? UnroutableReason::no_way_to_any_zone
                                                                : UnroutableReason::no_access;
    }

    [[nodiscard]] ZoneByTravel by_travel(const RoadWay& way) const {
        return {entries.owner[way.facility], to_travel_time(way.minutes), to_kilometres(Metres{way.metres})};
    }

    RoadTravelOptions options;
    Crs working_crs;
    RoadGraph graph;
    double fastest_km_per_hour;
    std::vector<ServingZone> zones;
    Accesses entries;
    std::vector<std::size_t> components;  ///< From which a zone is entered.
    std::vector<UnroutableZone> unroutable;
    NearestIndex around;  ///< Of the serving zones.
};

RoadTravel::RoadTravel(const PlanningArea& area, std::span<const RoadLine> roads, const RoadTravelOptions& options,
                       const Progress& progress)
    : m_state{std::make_unique<const State>(area, roads, options, progress)} {}

RoadTravel::~RoadTravel() = default;

const RoadGraph& RoadTravel::graph() const noexcept { return m_state->graph; }

std::vector<PlaceTravel> RoadTravel::nearest_zones(std::span<const std::optional<Point>> degrees) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    const Accesses attached = m_state->attach(places);
    const auto ways =
        m_state->graph.nearest_facilities(attached.accesses, m_state->entries.accesses, m_state->options.direction);
    std::vector<PlaceTravel> result(places.size());
    for (std::size_t i = 0; i < ways.size(); ++i) {
        if (!ways[i]) continue;
        PlaceTravel& travel = result[attached.owner[i]];
        const ZoneByTravel by_road = m_state->by_travel(*ways[i]);
        if (!travel.nearest || is_quicker(by_road, *travel.nearest)) {
            travel.nearest = by_road;
            travel.off_network = attached.accesses[i]->off_road;
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i) m_state->finish(result[i], places[i]);
    return result;
}

std::vector<std::vector<ZoneByTravel>> RoadTravel::zones_within(std::span<const std::optional<Point>> degrees,
                                                                TravelTime limit) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    const Accesses attached = m_state->attach(places);
    const auto ways = m_state->graph.facilities_within(attached.accesses, m_state->entries.accesses, limit,
                                                       m_state->options.direction);
    std::vector<std::vector<ZoneByTravel>> result(places.size());
    for (std::size_t i = 0; i < ways.size(); ++i)
        for (const RoadWay& way : ways[i]) result[attached.owner[i]].push_back(m_state->by_travel(way));
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i])
            for (const Near& near : m_state->around.within(*places[i], to_metres(m_state->options.snap)))
                if (const ZoneByTravel walk = m_state->on_foot(near); walk.time <= limit) result[i].push_back(walk);
        keep_quickest(result[i]);
    }
    return result;
}

std::span<const ZoneTravel::UnroutableZone> RoadTravel::unroutable_zones() const noexcept {
    return m_state->unroutable;
}

TravelTime RoadTravel::least_time(Metres straight) const noexcept {
    return to_travel_time(to_kilometres(straight).value() / m_state->fastest_km_per_hour * minutes_per_hour);
}

}  // namespace amayesh
