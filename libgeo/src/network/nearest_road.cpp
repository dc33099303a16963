#include "network/nearest_road.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace amayesh::detail {
namespace {

constexpr double rounding = 1 + 1e-12;  // of squared distances

Box box_of(const Point& from, const Point& to) {
    Box box;
    box.add(from);
    box.add(to);
    return box;
}

}  // namespace

RoadFinder::RoadFinder(const RoadEdges& roads, std::span<const std::uint32_t> component_of_node,
                       std::size_t component_count)
    : m_tree{{}} {
    std::vector<std::vector<std::uint32_t>> edges(component_count);
    m_metres.reserve(roads.edges.size());
    for (std::uint32_t i = 0; i < roads.edges.size(); ++i) {
        m_metres.push_back(roads.edges[i].metres);
        edges[component_of_node[roads.edges[i].from]].push_back(i);
    }
    m_pieces.reserve(roads.shape.size());
    std::vector<Box> component_boxes(component_count);
    for (std::size_t component = 0; component < component_count; ++component) {
        const auto first = static_cast<std::uint32_t>(m_pieces.size());
        std::vector<Box> boxes;
        for (const std::uint32_t edge : edges[component]) {
            const std::span<const Point> shape = roads.shape_of(roads.edges[edge]);
            double before = 0;
            for (std::size_t v = 0; v + 1 < shape.size(); ++v) {
                m_pieces.push_back({shape[v], shape[v + 1], edge, before});
                boxes.push_back(box_of(shape[v], shape[v + 1]));
                component_boxes[component].add(boxes.back());
                before += std::hypot(shape[v + 1].x - shape[v].x, shape[v + 1].y - shape[v].y);
            }
        }
        m_components.push_back({first, BoxTree{boxes}});
    }
    m_tree = BoxTree{component_boxes};
}

RoadFinder::Foot RoadFinder::foot_on(const Piece& piece, const Point& p) {
    const double dx = piece.to.x - piece.from.x, dy = piece.to.y - piece.from.y, squared = dx * dx + dy * dy;
    const double part =
        squared == 0 ? 0 : std::clamp(((p.x - piece.from.x) * dx + (p.y - piece.from.y) * dy) / squared, 0.0, 1.0);
    const Point foot = part == 1 ? piece.to : Point{piece.from.x + part * dx, piece.from.y + part * dy};
    return {foot, part * std::sqrt(squared), (foot.x - p.x) * (foot.x - p.x) + (foot.y - p.y) * (foot.y - p.y)};
}

NearestRoad RoadFinder::at(const Foot& foot, const Piece& piece) const {
    const double along = (piece.metres_before + foot.metres) / m_metres[piece.edge];
    return {piece.edge, std::clamp(along, 0.0, 1.0), std::sqrt(foot.squared), foot.place};
}

void RoadFinder::offer(const Point& p, const Piece& piece, Best& best) const {
    const Foot foot = foot_on(piece, p);
    if (foot.squared > best.squared || std::sqrt(foot.squared) > best.reach_m) return;
    const NearestRoad found = at(foot, piece);
    if (foot.squared < best.squared ||
        std::pair{found.edge, found.along} < std::pair{best.road->edge, best.road->along})
        best.road = found;
    best.squared = foot.squared;
}

void RoadFinder::look_in(const Component& component, const Point& p, Best& best) const {
    const double reach_squared = best.reach_m * best.reach_m;
    component.tree.search(p, std::min(best.squared, reach_squared) * rounding, [&](std::uint32_t number) {
        offer(p, m_pieces[component.first_piece + number], best);
        return best.squared * rounding;
    });
}

bool RoadFinder::is_at_node(const NearestRoad& found) const {
    const double metres = m_metres[found.edge];
    return std::min(found.along, 1 - found.along) * metres < same_place_m;
}

void RoadFinder::add_others_at(const NearestRoad& found, const Component& component, const Point& p,
                               std::vector<NearestRoad>& all) const {
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    Box spot;
    spot.add(Point{found.foot.x - same_place_m, found.foot.y - same_place_m});
    spot.add(Point{found.foot.x + same_place_m, found.foot.y + same_place_m});
    component.tree.for_each(spot, [&](std::uint32_t number) {
        const Piece& piece = m_pieces[component.first_piece + number];
        const NearestRoad other = at(foot_on(piece, p), piece);
        const double apart = std::hypot(other.foot.x - found.foot.x, other.foot.y - found.foot.y);
        const auto is_same_edge = [&](const NearestRoad& one) { return one.edge == other.edge; };
        if (apart < same_place_m && !is_same_edge(found) && std::none_of(all.begin() + first, all.end(), is_same_edge))
            all.push_back(other);
    });
}

std::optional<NearestRoad> RoadFinder::nearest(const Point& p, double reach_m) const {
    Best best{std::nullopt, std::numeric_limits<double>::infinity(), reach_m};
    m_tree.search(p, reach_m * reach_m * rounding, [&](std::uint32_t component) {
        look_in(m_components[component], p, best);
        return best.squared * rounding;
    });
    return best.road;
}

std::vector<NearestRoad> RoadFinder::nearest_of_each(const Point& p, double reach_m,
                                                     std::span<const std::uint8_t> wanted) const {
    std::vector<NearestRoad> found;
    m_tree.search(p, reach_m * reach_m * rounding, [&](std::uint32_t component) {
        if (wanted[component] != 0) {
            Best best{std::nullopt, std::numeric_limits<double>::infinity(), reach_m};
            look_in(m_components[component], p, best);
            if (best.road) found.push_back(*best.road);
            // At a junction any of its roads leads to all of them.
            if (best.road && !is_at_node(*best.road)) add_others_at(*best.road, m_components[component], p, found);
        }
        return std::numeric_limits<double>::infinity();
    });
    std::sort(found.begin(), found.end(), [](const NearestRoad& a, const NearestRoad& b) {
        return std::pair{a.metres, a.edge} < std::pair{b.metres, b.edge};
    });
    return found;
}

}  // namespace amayesh::detail
