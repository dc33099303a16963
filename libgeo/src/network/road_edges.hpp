#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "network/road_parts.hpp"

namespace amayesh::detail {

/// A road between two nodes.
struct RoadEdge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t first_point = 0;      ///< Into the shape; the first is the node it runs from.
    std::uint32_t last_point = 0;       ///< The node it runs to.
    std::uint32_t road = 0;             ///< Index of the line.
    std::optional<std::uint32_t> part;  ///< Nothing for a join.
    double metres = 0;
};

/// Roads cut where they meet. Nodes are numbered by their places alone, edges by their nodes and shapes.
struct RoadEdges {
    std::vector<Point> nodes;
    std::vector<RoadEdge> edges;
    std::vector<Point> shape;
    std::vector<std::array<std::uint32_t, 2>> ends;  ///< Nodes at the ends of each part.

    [[nodiscard]] std::span<const Point> shape_of(const RoadEdge& edge) const {
        return std::span{shape}.subspan(edge.first_point, edge.last_point - edge.first_point + 1);
    }
};

/// Cuts the roads and adds the joins; pieces within one place are left out.
RoadEdges cut_roads(const RoadParts& roads, std::span<const RoadCut> cuts, std::span<const RoadJoin> joins);

}  // namespace amayesh::detail
