#include "network/road_edges.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "network/place_merging.hpp"

namespace amayesh::detail {
namespace {

/// Where each part is cut, from its first vertex to its last.
struct Stops {
    std::vector<RoadCut> cuts;
    std::vector<std::uint32_t> part_of;
};

Stops stops_of(const RoadParts& roads, std::span<const RoadCut> cuts) {
    Stops stops;
    auto next = cuts.begin();
    for (std::uint32_t part = 0; part < roads.parts.size(); ++part) {
        const RoadPart& stroke = roads.parts[part];
        stops.cuts.push_back({stroke.first, 0, roads.vertices[stroke.first]});
        for (; next != cuts.end() && next->segment < stroke.last; ++next) stops.cuts.push_back(*next);
        stops.cuts.push_back({stroke.last, 0, roads.vertices[stroke.last]});
        stops.part_of.resize(stops.cuts.size(), part);
    }
    return stops;
}

double length_of(std::span<const Point> shape) {
    double metres = 0;
    for (std::size_t i = 0; i + 1 < shape.size(); ++i)
        metres += std::hypot(shape[i + 1].x - shape[i].x, shape[i + 1].y - shape[i].y);
    return metres;
}

/// Adds edges to the result as their shapes are drawn.
class EdgeDrawing {
public:
    explicit EdgeDrawing(RoadEdges& into) : m_into{into} {}

    void begin(std::uint32_t node) {
        m_from = node;
        m_first = m_into.shape.size();
        m_into.shape.push_back(m_into.nodes[node]);
    }
    void add(const Point& p) { m_into.shape.push_back(p); }
    void finish(std::uint32_t node, std::uint32_t road, std::optional<std::uint32_t> part) {
        m_into.shape.push_back(m_into.nodes[node]);
        const double metres = length_of(std::span{m_into.shape}.subspan(m_first));
        if (m_from == node && metres <= 2 * same_place_m) {
            m_into.shape.resize(m_first);
            return;
        }
        m_into.edges.push_back({m_from, node, static_cast<std::uint32_t>(m_first),
                                static_cast<std::uint32_t>(m_into.shape.size() - 1), road, part, metres});
    }

private:
    RoadEdges& m_into;
    std::uint32_t m_from = 0;
    std::size_t m_first = 0;
};

/// By nodes, shape, speed and direction: whatever the order of the lines, except among edges that are alike.
void sort_edges(const RoadParts& roads, RoadEdges& result) {
    const auto key = [&](const RoadEdge& edge) {
        const RoadLine& line = roads.lines[edge.road];
        return std::tuple{edge.from,      edge.to,    edge.metres,           line.km_per_hour,
                          line.direction, line.level, !edge.part.has_value()};
    };
    std::sort(result.edges.begin(), result.edges.end(), [&](const RoadEdge& a, const RoadEdge& b) {
        const auto key_a = key(a), key_b = key(b);
        if (key_a != key_b) return key_a < key_b;
        const std::span<const Point> shape_a = result.shape_of(a), shape_b = result.shape_of(b);
        return std::lexicographical_compare(shape_a.begin(), shape_a.end(), shape_b.begin(), shape_b.end());
    });
}

}  // namespace

RoadEdges cut_roads(const RoadParts& roads, std::span<const RoadCut> cuts, std::span<const RoadJoin> joins) {
    const Stops stops = stops_of(roads, cuts);
    std::vector<Point> places;
    places.reserve(stops.cuts.size() + 2 * joins.size());
    for (const RoadCut& cut : stops.cuts) places.push_back(cut.place);
    for (const RoadJoin& join : joins) places.insert(places.end(), {join.from, join.to});
    MergedPlaces merged = merge_places(places, same_place_m);

    RoadEdges result;
    result.nodes = std::move(merged.nodes);
    result.ends.resize(roads.parts.size());
    EdgeDrawing drawing{result};
    for (std::size_t i = 0; i + 1 < stops.cuts.size(); ++i) {
        const std::uint32_t part = stops.part_of[i];
        const RoadCut &from = stops.cuts[i], &to = stops.cuts[i + 1];
        if (from.segment == roads.parts[part].last) continue;
        if (from.segment == roads.parts[part].first && from.along == 0) result.ends[part][0] = merged.node_of[i];
        if (to.segment == roads.parts[part].last) result.ends[part][1] = merged.node_of[i + 1];
        drawing.begin(merged.node_of[i]);
        for (std::uint32_t v = from.segment + 1; v < to.segment + (to.along > 0 ? 1 : 0); ++v)
            drawing.add(roads.vertices[v]);
        drawing.finish(merged.node_of[i + 1], roads.parts[part].road, part);
    }
    for (std::size_t i = 0; i < joins.size(); ++i) {
        const std::size_t place = stops.cuts.size() + 2 * i;
        drawing.begin(merged.node_of[place]);
        drawing.finish(merged.node_of[place + 1], joins[i].road, std::nullopt);
    }
    sort_edges(roads, result);
    return result;
}

}  // namespace amayesh::detail
