#include "network/road_joins.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <amayesh/core/parallel.hpp>

#include "network/disjoint_sets.hpp"

namespace amayesh::detail {
namespace {

constexpr double one_junction_m = 1;  // ends no farther apart are meant to meet, whatever else they meet
constexpr std::size_t grain = 256;    // nodes a chunk

/// A place within the tolerance of an end.
struct Candidate {
    double length = 0;
    Point from;
    Point to;
    std::uint32_t node = 0;  ///< Of the end.
    std::uint32_t part = 0;  ///< That the place lies on.
    std::uint32_t segment = 0;
    double along = 0;
    std::optional<std::uint32_t> end_node{};  ///< Where the place is an end.

    [[nodiscard]] auto rank() const { return std::tie(length, from, to); }
    [[nodiscard]] bool is_one_junction() const { return end_node && length <= one_junction_m; }
};

/// The edges at each node, the parts that end there.
class NodeSurroundings {
public:
    NodeSurroundings(const RoadParts& roads, const RoadEdges& met)
        : m_met{met}, m_edges_at(met.nodes.size()), m_parts_ending(met.nodes.size()) {
        for (std::uint32_t i = 0; i < met.edges.size(); ++i) {
            m_edges_at[met.edges[i].from].push_back(i);
            m_edges_at[met.edges[i].to].push_back(i);
        }
        for (std::uint32_t part = 0; part < roads.parts.size(); ++part)
            for (const std::uint32_t node : met.ends[part]) m_parts_ending[node].push_back(part);
    }

    [[nodiscard]] const std::vector<std::uint32_t>& parts_ending(std::uint32_t node) const {
        return m_parts_ending[node];
    }
    [[nodiscard]] bool is_loose(std::uint32_t node) const {
        return !m_parts_ending[node].empty() && m_edges_at[node].size() == 1;
    }
    [[nodiscard]] bool is_on(std::uint32_t node, std::uint32_t part) const {
        return std::any_of(m_edges_at[node].begin(), m_edges_at[node].end(),
                           [&](std::uint32_t edge) { return m_met.edges[edge].part == part; });
    }
    /// The part runs through a node that an edge of at most `metres` leads to.
    [[nodiscard]] bool is_a_step_from(std::uint32_t node, std::uint32_t part, double metres) const {
        return std::any_of(m_edges_at[node].begin(), m_edges_at[node].end(), [&](std::uint32_t i) {
            const RoadEdge& edge = m_met.edges[i];
            return edge.part != part && edge.metres <= metres && is_on(edge.from == node ? edge.to : edge.from, part);
        });
    }

private:
    const RoadEdges& m_met;
    std::vector<std::vector<std::uint32_t>> m_edges_at;
    std::vector<std::vector<std::uint32_t>> m_parts_ending;
};

class CandidateSearch {
public:
    CandidateSearch(const RoadParts& roads, const SegmentTree& tree, const RoadEdges& met,
                    const NodeSurroundings& surroundings, double tolerance)
        : m_roads{roads}, m_tree{tree}, m_met{met}, m_surroundings{surroundings}, m_tolerance{tolerance} {}

    /// The nearest place on each part around an end; its end where that is no more than a junction away.
    [[nodiscard]] std::vector<Candidate> around(std::uint32_t node) const {
        std::vector<Candidate> found;
        const Point& p = m_met.nodes[node];
        m_tree.for_each({p.x - m_tolerance, p.y - m_tolerance, p.x + m_tolerance, p.y + m_tolerance},
                        [&](std::uint32_t segment) {
                            const std::uint32_t part = m_roads.part_of[segment];
                            offer_ends(node, part, segment, found);
                            if (!m_surroundings.is_on(node, part) && has_level_of(node, part))
                                offer(node, segment, along_nearest(p, segment), found);
                        });
        return nearest_of_each_part(std::move(found));
    }

private:
    [[nodiscard]] bool has_level_of(std::uint32_t node, std::uint32_t part) const {
        const std::vector<std::uint32_t>& ending = m_surroundings.parts_ending(node);
        const auto level = [&](std::uint32_t i) { return m_roads.lines[m_roads.parts[i].road].level; };
        return std::any_of(ending.begin(), ending.end(), [&](std::uint32_t i) { return level(i) == level(part); });
    }

    [[nodiscard]] double along_nearest(const Point& p, std::uint32_t segment) const {
        const Point &a = m_roads.vertices[segment], &b = m_roads.vertices[segment + 1];
        const double dx = b.x - a.x, dy = b.y - a.y;
        return std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    }

    /// A part that the end lies on is reached at its other end alone, where both are its ends.
    void offer_ends(std::uint32_t node, std::uint32_t part, std::uint32_t segment,
                    std::vector<Candidate>& found) const {
        const RoadPart& stroke = m_roads.parts[part];
        if (m_surroundings.is_on(node, part) && m_met.ends[part][0] != node && m_met.ends[part][1] != node) return;
        if (segment == stroke.first) offer(node, segment, 0, found);
        if (segment + 1 == stroke.last) offer(node, segment, 1, found);
    }

    void offer(std::uint32_t node, std::uint32_t segment, double along, std::vector<Candidate>& found) const {
        const std::uint32_t vertex = along == 1 ? segment + 1 : segment;
        const std::uint32_t part = m_roads.part_of[segment];
        const Point &a = m_roads.vertices[segment], &b = m_roads.vertices[segment + 1], &p = m_met.nodes[node];
        const bool is_vertex = along == 0 || along == 1;
        Candidate candidate{
            .from = p,
            .to = is_vertex ? m_roads.vertices[vertex] : Point{a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)},
            .node = node,
            .part = part,
            .segment = is_vertex ? vertex : segment,
            .along = is_vertex ? 0 : along};
        candidate.length = std::hypot(candidate.to.x - p.x, candidate.to.y - p.y);
        if (candidate.length > m_tolerance || candidate.length <= same_place_m) return;
        if (is_vertex && m_roads.is_end(vertex))
            candidate.end_node = m_met.ends[part][vertex == m_roads.parts[part].first ? 0 : 1];
        if (candidate.end_node == node) return;
        found.push_back(candidate);
    }

    [[nodiscard]] std::vector<Candidate> nearest_of_each_part(std::vector<Candidate> found) const {
        std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
            return std::tuple{a.part, !a.is_one_junction(), a.rank()} <
                   std::tuple{b.part, !b.is_one_junction(), b.rank()};
        });
        std::vector<Candidate> nearest;
        for (const Candidate& candidate : found)
            if ((nearest.empty() || nearest.back().part != candidate.part) &&
                !m_surroundings.is_a_step_from(candidate.node, candidate.part, m_tolerance))
                nearest.push_back(candidate);
        return nearest;
    }

    const RoadParts& m_roads;
    const SegmentTree& m_tree;
    const RoadEdges& m_met;
    const NodeSurroundings& m_surroundings;
    double m_tolerance;
};

std::vector<Candidate> find_candidates(const CandidateSearch& search, const NodeSurroundings& surroundings,
                                       std::size_t node_count) {
    std::vector<std::vector<Candidate>> around(node_count);
    parallel_for(node_count, grain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t node = begin; node < end; ++node)
            if (!surroundings.parts_ending(static_cast<std::uint32_t>(node)).empty())
                around[node] = search.around(static_cast<std::uint32_t>(node));
    });
    std::vector<Candidate> all;
    for (const std::vector<Candidate>& some : around) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
        return std::tuple{a.rank(), a.node, a.part} < std::tuple{b.rank(), b.node, b.part};
    });
    return all;
}

/// Parts that meet at a node hang together.
DisjointSets parts_together(const RoadParts& roads, const RoadEdges& met) {
    DisjointSets together{roads.parts.size()};
    std::vector<std::optional<std::uint32_t>> part_at(met.nodes.size());
    for (const RoadEdge& edge : met.edges)
        for (const std::uint32_t node : {edge.from, edge.to}) {
            if (part_at[node]) together.unite(*part_at[node], *edge.part);
            part_at[node] = edge.part;
        }
    return together;
}

/// Decides on the candidates, the shortest first.
class Joining {
public:
    Joining(const RoadParts& roads, const RoadEdges& met, const NodeSurroundings& surroundings)
        : m_roads{roads},
          m_surroundings{surroundings},
          m_joined{met.nodes.size()},
          m_together{parts_together(roads, met)},
          m_has_join(met.nodes.size()) {}

    void decide(const Candidate& candidate, RoadJoins& result) {
        if (m_last && m_last->rank() == candidate.rank()) return cut(candidate, result);  // lines drawn twice
        if (candidate.end_node && m_joined.are_united(candidate.node, *candidate.end_node)) return;
        const std::vector<std::uint32_t>& ending = m_surroundings.parts_ending(candidate.node);
        const bool loose = m_surroundings.is_loose(candidate.node);
        const bool lonely = loose && !m_has_join[candidate.node];
        const bool both_loose = loose && candidate.end_node && m_surroundings.is_loose(*candidate.end_node);
        const bool apart = !m_together.are_united(ending.front(), candidate.part);
        if (!lonely && !both_loose && !apart && candidate.length > one_junction_m) return;
        m_last = candidate;
        m_has_join[candidate.node] = true;
        m_together.unite(ending.front(), candidate.part);
        if (candidate.end_node) {
            m_has_join[*candidate.end_node] = true;
            m_joined.unite(candidate.node, *candidate.end_node);
        }
        cut(candidate, result);
        result.joins.push_back({candidate.from, candidate.to, road_of(ending)});
    }

private:
    static void cut(const Candidate& candidate, RoadJoins& result) {
        if (!candidate.end_node) result.cuts.push_back({candidate.segment, candidate.along, candidate.to});
    }

    /// The slowest of the lines that end there.
    [[nodiscard]] std::uint32_t road_of(const std::vector<std::uint32_t>& parts) const {
        const std::uint32_t part = *std::min_element(parts.begin(), parts.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto key = [&](std::uint32_t i) {
                return std::pair{m_roads.lines[m_roads.parts[i].road].km_per_hour, m_roads.parts[i].road};
            };
            return key(a) < key(b);
        });
        return m_roads.parts[part].road;
    }

    const RoadParts& m_roads;
    const NodeSurroundings& m_surroundings;
    DisjointSets m_joined;         // nodes, by joins
    DisjointSets m_together;       // parts
    std::vector<bool> m_has_join;  // of each node
    std::optional<Candidate> m_last{};
};

}  // namespace

RoadJoins join_ends(const RoadParts& roads, const SegmentTree& tree, const RoadEdges& met, double tolerance_m) {
    const NodeSurroundings surroundings{roads, met};
    const CandidateSearch search{roads, tree, met, surroundings, tolerance_m};
    Joining joining{roads, met, surroundings};
    RoadJoins result;
    for (const Candidate& candidate : find_candidates(search, surroundings, met.nodes.size()))
        joining.decide(candidate, result);
    std::sort(result.joins.begin(), result.joins.end(), [](const RoadJoin& a, const RoadJoin& b) {
        return std::tie(a.road, a.from, a.to) < std::tie(b.road, b.from, b.to);
    });
    return result;
}

}  // namespace amayesh::detail
