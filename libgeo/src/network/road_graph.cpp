#include <amayesh/network/road_graph.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/spatial_order.hpp>

#include "network/access_ways.hpp"
#include "network/disjoint_sets.hpp"
#include "network/nearest_road.hpp"
#include "network/road_crossings.hpp"
#include "network/road_joins.hpp"

namespace amayesh {
namespace {

using detail::DrivenEdge;
using detail::RoadEdge;
using detail::RoadEdges;

constexpr double minutes_per_hour = 60;
constexpr std::size_t grain = 1'024;  // places a chunk

struct JoinedRoads {
    RoadEdges edges;
    std::vector<BridgedGap> gaps;
};

JoinedRoads join_roads(std::span<const RoadLine> lines, double tolerance_m, const Progress& progress) {
    const auto tell = [&](double fraction) {
        if (progress) progress("join roads", fraction);
    };
    tell(0);
    const detail::RoadParts roads{lines};
    const detail::SegmentTree tree{roads};
    tell(0.2);
    std::vector<detail::RoadCut> cuts = find_crossings(roads, tree);
    tell(0.5);
    JoinedRoads joined{cut_roads(roads, cuts, {}), {}};
    tell(0.7);
    const detail::RoadJoins joins = join_ends(roads, tree, joined.edges, tolerance_m);
    if (!joins.joins.empty()) {
        cuts.insert(cuts.end(), joins.cuts.begin(), joins.cuts.end());
        std::sort(cuts.begin(), cuts.end());
        joined.edges = cut_roads(roads, cuts, joins.joins);
    }
    for (const detail::RoadJoin& join : joins.joins)
        joined.gaps.push_back(
            {join.from, join.to, Metres{std::hypot(join.to.x - join.from.x, join.to.y - join.from.y)}, join.road});
    tell(1);
    return joined;
}

/// A join may be driven both ways, at the speed of the road whose end it is.
RoadDirection direction_of(const RoadEdge& edge, std::span<const RoadLine> lines) {
    return edge.part ? lines[edge.road].direction : RoadDirection::both;
}

std::vector<RoadLink> links_of(const RoadEdges& roads, std::span<const RoadLine> lines) {
    std::vector<RoadLink> links;
    links.reserve(roads.edges.size());
    for (const RoadEdge& edge : roads.edges) {
        const double metres_per_minute = lines[edge.road].km_per_hour * metres_per_kilometre / minutes_per_hour;
        links.push_back({edge.from, edge.to, edge.metres / metres_per_minute, edge.metres, direction_of(edge, lines)});
    }
    return links;
}

std::vector<DrivenEdge> driven_edges(std::span<const RoadLink> links) {
    constexpr double closed = std::numeric_limits<double>::infinity();
    std::vector<DrivenEdge> edges;
    edges.reserve(links.size());
    for (const RoadLink& link : links)
        edges.push_back({static_cast<std::uint32_t>(link.from), static_cast<std::uint32_t>(link.to),
                         link.direction == RoadDirection::backward ? closed : link.minutes,
                         link.direction == RoadDirection::forward ? closed : link.minutes, link.metres});
    return edges;
}

/// Most nodes first, then the longest.
struct Components {
    std::vector<std::uint32_t> of_node;
    std::vector<RoadComponent> all;
};

Components components_of(const RoadEdges& roads) {
    detail::DisjointSets sets{roads.nodes.size()};
    for (const RoadEdge& edge : roads.edges) sets.unite(edge.from, edge.to);
    std::vector<RoadComponent> by_set(roads.nodes.size());
    for (std::uint32_t node = 0; node < roads.nodes.size(); ++node) ++by_set[sets.find(node)].nodes;
    for (const RoadEdge& edge : roads.edges) {
        Metres& length = by_set[sets.find(edge.from)].length;
        length = Metres{length.value() + edge.metres};
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t set = 0; set < by_set.size(); ++set)
        if (by_set[set].nodes > 0) order.push_back(set);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return by_set[a].nodes != by_set[b].nodes ? by_set[a].nodes > by_set[b].nodes
                                                  : by_set[a].length > by_set[b].length;
    });
    Components components;
    std::vector<std::uint32_t> rank(by_set.size());
    for (const std::uint32_t set : order) {
        rank[set] = static_cast<std::uint32_t>(components.all.size());
        components.all.push_back(by_set[set]);
    }
    for (std::uint32_t node = 0; node < roads.nodes.size(); ++node) components.of_node.push_back(rank[sets.find(node)]);
    return components;
}

double checked_tolerance(const RoadGraphOptions& options) {
    const double metres = options.tolerance.value();
    if (!(metres >= 0) || !std::isfinite(metres))
        throw InvalidInput{"the tolerance of road ends is " + std::to_string(metres) + " m; it must be 0 or more"};
    return metres;
}

/// Throws for anything out of range; the walk in metres a minute.
double checked_walk(std::span<const Point> places, Metres snap_limit, double walking_km_per_hour) {
    if (!(snap_limit.value() >= 0))
        throw InvalidInput{"the snap limit is " + std::to_string(snap_limit.value()) + " m; it must be 0 or more"};
    if (!(walking_km_per_hour > 0) || !std::isfinite(walking_km_per_hour))
        throw InvalidInput{"the walking speed is " + std::to_string(walking_km_per_hour) + " km/h; it must be above 0"};
    for (std::size_t i = 0; i < places.size(); ++i)
        if (!std::isfinite(places[i].x) || !std::isfinite(places[i].y))
            throw InvalidInput{"place " + std::to_string(i) + " (counted from 0): a coordinate is not a finite number"};
    return walking_km_per_hour * metres_per_kilometre / minutes_per_hour;
}

RoadAccess access_by(const detail::NearestRoad& found, double metres_per_minute) {
    return {found.edge, found.along, Metres{found.metres}, found.metres / metres_per_minute};
}

/// Neighbours one after the other, so that they find the same roads in the cache; on all threads.
template <class Attach>
void for_each_place(std::span<const Point> places, const Attach& attach) {
    const std::vector<std::size_t> order = spatial_order(places);
    parallel_for(places.size(), grain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) attach(order[i]);
    });
}

}  // namespace

struct RoadGraph::Network {
    Network(JoinedRoads joined, std::vector<RoadLink> all_links)
        : roads{std::move(joined.edges)},
          gaps{std::move(joined.gaps)},
          links{std::move(all_links)},
          table{roads.nodes.size(), links},
          edges{driven_edges(links)},
          components{components_of(roads)},
          finder{roads, components.of_node, components.all.size()} {}

    [[nodiscard]] detail::AccessNetwork access() const { return {table, edges, components.of_node}; }
    void check(detail::Accesses places, detail::Accesses facilities) const {
        detail::check_accesses(places, edges.size(), "place");
        detail::check_accesses(facilities, edges.size(), "facility");
    }

    RoadEdges roads;
    std::vector<BridgedGap> gaps;
    std::vector<RoadLink> links;  // the edges
    detail::WayTable table;
    std::vector<DrivenEdge> edges;
    Components components;
    detail::RoadFinder finder;
};

RoadGraph::RoadGraph(std::span<const RoadLine> roads, const RoadGraphOptions& options, const Progress& progress) {
    JoinedRoads joined = join_roads(roads, checked_tolerance(options), progress);
    std::vector<RoadLink> links = links_of(joined.edges, roads);
    m_network = std::make_unique<Network>(std::move(joined), std::move(links));
}
RoadGraph::~RoadGraph() = default;
RoadGraph::RoadGraph(RoadGraph&&) noexcept = default;
RoadGraph& RoadGraph::operator=(RoadGraph&&) noexcept = default;

std::size_t RoadGraph::node_count() const noexcept { return m_network->roads.nodes.size(); }
std::size_t RoadGraph::edge_count() const noexcept { return m_network->edges.size(); }
Point RoadGraph::node(std::size_t index) const { return m_network->roads.nodes.at(index); }
RoadLink RoadGraph::edge(std::size_t index) const { return m_network->links.at(index); }
std::span<const Point> RoadGraph::shape(std::size_t edge) const {
    return m_network->roads.shape_of(m_network->roads.edges.at(edge));
}
std::size_t RoadGraph::component(std::size_t edge) const {
    return m_network->components.of_node[m_network->roads.edges.at(edge).from];
}
std::span<const RoadComponent> RoadGraph::components() const noexcept { return m_network->components.all; }
std::span<const BridgedGap> RoadGraph::bridged_gaps() const noexcept { return m_network->gaps; }

std::vector<std::optional<RoadAccess>> RoadGraph::attach(std::span<const Point> places, Metres snap_limit,
                                                         double walking_km_per_hour) const {
    const double metres_per_minute = checked_walk(places, snap_limit, walking_km_per_hour);
    std::vector<std::optional<RoadAccess>> accesses(places.size());
    for_each_place(places, [&](std::size_t i) {
        if (const auto found = m_network->finder.nearest(places[i], snap_limit.value()))
            accesses[i] = access_by(*found, metres_per_minute);
    });
    return accesses;
}

std::vector<std::vector<RoadAccess>> RoadGraph::attach_to_components(std::span<const Point> places,
                                                                     std::span<const std::size_t> components,
                                                                     Metres snap_limit,
                                                                     double walking_km_per_hour) const {
    const double metres_per_minute = checked_walk(places, snap_limit, walking_km_per_hour);
    std::vector<std::uint8_t> wanted(m_network->components.all.size());
    for (const std::size_t component : components) {
        if (component >= wanted.size())
            throw InvalidInput{"component " + std::to_string(component) + " of a network that has " +
                               std::to_string(wanted.size())};
        wanted[component] = 1;
    }
    std::vector<std::vector<RoadAccess>> accesses(places.size());
    for_each_place(places, [&](std::size_t i) {
        for (const detail::NearestRoad& found :
             m_network->finder.nearest_of_each(places[i], snap_limit.value(), wanted))
            accesses[i].push_back(access_by(found, metres_per_minute));
    });
    return accesses;
}

std::vector<std::optional<RoadWay>> RoadGraph::nearest_facilities(std::span<const std::optional<RoadAccess>> places,
                                                                  std::span<const std::optional<RoadAccess>> facilities,
                                                                  TravelDirection direction) const {
    m_network->check(places, facilities);
    return detail::nearest_facilities(m_network->access(), places, facilities, direction);
}

std::vector<std::vector<RoadWay>> RoadGraph::facilities_within(std::span<const std::optional<RoadAccess>> places,
                                                               std::span<const std::optional<RoadAccess>> facilities,
                                                               TravelTime limit, TravelDirection direction) const {
    m_network->check(places, facilities);
    return detail::facilities_within(m_network->access(), places, facilities, limit, direction);
}

std::vector<std::optional<RoadWay>> RoadGraph::ways_of_pairs(std::span<const std::optional<RoadAccess>> places,
                                                             std::span<const std::optional<RoadAccess>> facilities,
                                                             std::span<const Pair> pairs,
                                                             TravelDirection direction) const {
    m_network->check(places, facilities);
    return detail::ways_of_pairs(m_network->access(), places, facilities, pairs, direction);
}

}  // namespace amayesh
