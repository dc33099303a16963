#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/network/road_graph.hpp>

#include "network/way_search.hpp"

namespace amayesh::detail {

/// A road between two nodes, as it is driven; infinite minutes where it may not be.
struct DrivenEdge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double forward_minutes = 0;
    double backward_minutes = 0;
    double metres = 0;
};

/// The way between a place and a node at an end of its edge, or another place on its edge.
struct AccessWay {
    double minutes = std::numeric_limits<double>::infinity();
    double metres = 0;
    [[nodiscard]] bool is_open() const noexcept { return minutes < std::numeric_limits<double>::infinity(); }
};

/// The ways from a place to both nodes of its edge.
struct AccessEnds {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    AccessWay to_from{};
    AccessWay to_to{};
};

/// Ways out of a place in the sense of a search; ways into it are those out of it in the opposite sense.
AccessEnds ends_of(const RoadAccess& access, std::span<const DrivenEdge> edges, SearchSense sense);

/// The way along the one edge that both are on, walks included.
AccessWay way_on_edge(const RoadAccess& origin, const RoadAccess& target, std::span<const DrivenEdge> edges,
                      SearchSense sense);

/// Places by the nodes and the edges that they are reached from.
class AccessTargets {
public:
    /// `sense` is that of the search which is to reach them.
    AccessTargets(std::span<const std::optional<RoadAccess>> places, std::span<const DrivenEdge> edges,
                  std::size_t node_count, SearchSense sense);

    struct Arrival {
        std::uint32_t place = 0;
        AccessWay way{};
    };
    /// Places that are reached from the node.
    [[nodiscard]] std::span<const Arrival> at_node(std::uint32_t node) const {
        return std::span{m_arrivals}.subspan(m_first_at_node[node], m_first_at_node[node + 1] - m_first_at_node[node]);
    }
    /// Places on the edge.
    [[nodiscard]] std::span<const std::uint32_t> on_edge(std::size_t edge) const {
        return std::span{m_places}.subspan(m_first_on_edge[edge], m_first_on_edge[edge + 1] - m_first_on_edge[edge]);
    }

private:
    std::vector<std::uint32_t> m_first_at_node;
    std::vector<Arrival> m_arrivals;
    std::vector<std::uint32_t> m_first_on_edge;
    std::vector<std::uint32_t> m_places;
};

/// Throws: InvalidInput for an access that is none of this graph's.
void check_accesses(std::span<const std::optional<RoadAccess>> accesses, std::size_t edge_count, const char* what);

}  // namespace amayesh::detail
