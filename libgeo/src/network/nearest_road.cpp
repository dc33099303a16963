#include "network/nearest_road.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace amayesh::detail {

RoadFinder::RoadFinder(const RoadEdges& roads) : m_pieces{pieces_of(roads)}, m_tree{boxes_of(m_pieces)} {
    m_metres.reserve(roads.edges.size());
    for (const RoadEdge& edge : roads.edges) m_metres.push_back(edge.metres);
}

std::vector<RoadFinder::Piece> RoadFinder::pieces_of(const RoadEdges& roads) {
    std::vector<Piece> pieces;
    pieces.reserve(roads.shape.size());
    for (std::uint32_t i = 0; i < roads.edges.size(); ++i) {
        const std::span<const Point> shape = roads.shape_of(roads.edges[i]);
        double before = 0;
        for (std::size_t v = 0; v + 1 < shape.size(); ++v) {
            pieces.push_back({shape[v], shape[v + 1], i, before});
            before += std::hypot(shape[v + 1].x - shape[v].x, shape[v + 1].y - shape[v].y);
        }
    }
    return pieces;
}

std::vector<Box> RoadFinder::boxes_of(const std::vector<Piece>& pieces) {
    std::vector<Box> boxes(pieces.size());
    std::transform(pieces.begin(), pieces.end(), boxes.begin(), [](const Piece& piece) {
        Box box;
        box.add(piece.from);
        box.add(piece.to);
        return box;
    });
    return boxes;
}

std::optional<NearestRoad> RoadFinder::nearest(const Point& p, double reach_m) const {
    constexpr double rounding = 1 + 1e-12;  // of squared distances
    std::optional<NearestRoad> best;
    double best_squared = std::numeric_limits<double>::infinity();
    m_tree.search(p, reach_m * reach_m * rounding, [&](std::uint32_t number) {
        const Piece& piece = m_pieces[number];
        const double dx = piece.to.x - piece.from.x, dy = piece.to.y - piece.from.y, squared = dx * dx + dy * dy;
        const double part =
            squared == 0 ? 0 : std::clamp(((p.x - piece.from.x) * dx + (p.y - piece.from.y) * dy) / squared, 0.0, 1.0);
        const Point foot = part == 1 ? piece.to : Point{piece.from.x + part * dx, piece.from.y + part * dy};
        const double away = (foot.x - p.x) * (foot.x - p.x) + (foot.y - p.y) * (foot.y - p.y);
        if (away > best_squared || std::sqrt(away) > reach_m) return best_squared * rounding;
        const double metres = piece.metres_before + part * std::sqrt(squared);
        const NearestRoad found{piece.edge, std::clamp(metres / m_metres[piece.edge], 0.0, 1.0), std::sqrt(away)};
        if (away < best_squared || std::pair{found.edge, found.along} < std::pair{best->edge, best->along})
            best = found;
        best_squared = away;
        return best_squared * rounding;
    });
    return best;
}

}  // namespace amayesh::detail
