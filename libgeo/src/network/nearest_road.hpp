#pragma once

#include <optional>
#include <vector>

#include "network/box_tree.hpp"
#include "network/road_edges.hpp"

namespace amayesh::detail {

/// A place on an edge and how far it is.
struct NearestRoad {
    std::uint32_t edge = 0;
    double along = 0;  ///< Part of the edge, 0–1.
    double metres = 0;
};

/// Finds the nearest place on a road; ties go to the lowest edge, there to the place nearest its start.
class RoadFinder {
public:
    explicit RoadFinder(const RoadEdges& roads);
    /// Nothing where no road lies within `reach_m`.
    [[nodiscard]] std::optional<NearestRoad> nearest(const Point& p, double reach_m) const;

private:
    struct Piece {
        Point from;
        Point to;
        std::uint32_t edge = 0;
        double metres_before = 0;
        friend auto operator<=>(const Piece&, const Piece&) = default;
    };
    static std::vector<Piece> pieces_of(const RoadEdges& roads);
    static std::vector<Box> boxes_of(const std::vector<Piece>& pieces);

    std::vector<double> m_metres;  // of each edge
    std::vector<Piece> m_pieces;
    BoxTree m_tree;
};

}  // namespace amayesh::detail
