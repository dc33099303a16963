#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "network/box_tree.hpp"
#include "network/road_edges.hpp"

namespace amayesh::detail {

/// A place on an edge and how far it is.
struct NearestRoad {
    std::uint32_t edge = 0;
    double along = 0;  ///< Part of the edge, 0–1.
    double metres = 0;
    Point foot{};
};

/// Finds the nearest place on a road; ties go to the lowest edge, there to the place nearest its start.
///
/// Method: a tree of boxes for each component, and one of the components' boxes.
class RoadFinder {
public:
    RoadFinder(const RoadEdges& roads, std::span<const std::uint32_t> component_of_node, std::size_t component_count);
    /// Nothing where no road lies within `reach_m`.
    [[nodiscard]] std::optional<NearestRoad> nearest(const Point& p, double reach_m) const;
    /// Of each component that is `wanted` (a flag for each), nearest first; where roads lie on each other there, all of them.
    [[nodiscard]] std::vector<NearestRoad> nearest_of_each(const Point& p, double reach_m,
                                                           std::span<const std::uint8_t> wanted) const;

private:
    struct Piece {
        Point from;
        Point to;
        std::uint32_t edge = 0;
        double metres_before = 0;
    };
    struct Component {
        std::uint32_t first_piece = 0;
        BoxTree tree;
    };
    /// The nearest so far, and the squared distance that others must not exceed.
    struct Best {
        std::optional<NearestRoad> road;
        double squared;
        double reach_m;
    };
    /// Where a piece is nearest.
    struct Foot {
        Point place;
        double metres;   ///< Along the piece.
        double squared;  ///< Of the distance.
    };
    static Foot foot_on(const Piece& piece, const Point& p);
    [[nodiscard]] NearestRoad at(const Foot& foot, const Piece& piece) const;
    void offer(const Point& p, const Piece& piece, Best& best) const;
    void look_in(const Component& component, const Point& p, Best& best) const;
    /// Other edges of the component that pass the place found.
    void add_others_at(const NearestRoad& found, const Component& component, const Point& p,
                       std::vector<NearestRoad>& all) const;
    [[nodiscard]] bool is_at_node(const NearestRoad& found) const;

    std::vector<double> m_metres;  // of each edge
    std::vector<Piece> m_pieces;   // component by component
    std::vector<Component> m_components;
    BoxTree m_tree;  // of components
};

}  // namespace amayesh::detail
