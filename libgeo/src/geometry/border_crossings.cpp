#include "geometry/border_crossings.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace amayesh::detail {
namespace {

constexpr double least_sine = 1e-4;
constexpr double apart_in_clearances = 10;

enum class Meeting : std::uint8_t { none, crossing, doubtful };

struct Edge {
    Point from;
    Point to;
};

double length_of(const Edge& e) noexcept { return std::hypot(e.to.x - e.from.x, e.to.y - e.from.y); }

/// Twice the area of the triangle of the edge and the point: positive on its left.
double side_of(const Edge& e, const Point& p) noexcept {
    return (e.to.x - e.from.x) * (p.y - e.from.y) - (e.to.y - e.from.y) * (p.x - e.from.x);
}

Meeting meet(const Edge& a, const Edge& b, double clearance, Crossing& crossing) noexcept {
    const double length_a = length_of(a), length_b = length_of(b);
    const double from_b = side_of(a, b.from), to_b = side_of(a, b.to), doubt_a = clearance * length_a;
    if ((from_b > doubt_a && to_b > doubt_a) || (from_b < -doubt_a && to_b < -doubt_a)) return Meeting::none;
    const double from_a = side_of(b, a.from), to_a = side_of(b, a.to), doubt_b = clearance * length_b;
    if ((from_a > doubt_b && to_a > doubt_b) || (from_a < -doubt_b && to_a < -doubt_b)) return Meeting::none;
    const bool clear = std::min(std::abs(from_b), std::abs(to_b)) > doubt_a &&
                       std::min(std::abs(from_a), std::abs(to_a)) > doubt_b &&
                       std::abs(to_a - from_a) > least_sine * length_a * length_b;
    if (!clear) return Meeting::doubtful;
    crossing.along = from_a / (from_a - to_a);
    crossing.along_other = from_b / (from_b - to_b);
    crossing.place = {a.from.x + crossing.along * (a.to.x - a.from.x), a.from.y + crossing.along * (a.to.y - a.from.y)};
    crossing.enters = from_a < 0;
    return Meeting::crossing;
}

bool same_edges(const Crossing& a, const Crossing& b) noexcept {
    return a.edge == b.edge && a.other_edge == b.other_edge;
}

/// Whether crossings on one edge of the first border follow each other beyond doubt.
bool are_apart(const std::vector<Crossing>& crossings, const DirectedRings& first, double clearance) {
    for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
        const Crossing& a = crossings[i];
        if (a.edge != crossings[i + 1].edge) continue;
        const double length = length_of({first.vertices[a.edge], first.vertices[a.edge + 1]});
        if ((crossings[i + 1].along - a.along) * length <= apart_in_clearances * clearance) return false;
    }
    return true;
}

}  // namespace

std::optional<std::vector<Crossing>> find_crossings(const DirectedRings& first, const DirectedRings& other,
                                                    const EdgeGrid& other_grid, double clearance) {
    std::vector<Crossing> crossings;
    bool doubtful = false;
    for (const auto& ring : first.rings)
        for (std::uint32_t i = ring.begin; i < ring.end && !doubtful; ++i) {
            const Edge edge{first.vertices[i], first.vertices[i + 1]};
            const Box box = box_of_edge(edge.from, edge.to, clearance);
            other_grid.for_each_edge(box, [&](std::uint32_t j) {
                const Edge other_edge{other.vertices[j], other.vertices[j + 1]};
                if (!box.intersects(box_of_edge(other_edge.from, other_edge.to, 0))) return;
                Crossing crossing{i, j, 0, 0, {}, false};
                const Meeting meeting = meet(edge, other_edge, clearance, crossing);
                if (meeting == Meeting::crossing) crossings.push_back(crossing);
                if (meeting == Meeting::doubtful) doubtful = true;
            });
        }
    if (doubtful) return std::nullopt;
    std::ranges::sort(crossings, [](const Crossing& a, const Crossing& b) {
        return std::tie(a.edge, a.along, a.other_edge) < std::tie(b.edge, b.along, b.other_edge);
    });
    crossings.erase(std::unique(crossings.begin(), crossings.end(), same_edges), crossings.end());
    if (!are_apart(crossings, first, clearance)) return std::nullopt;
    return crossings;
}

}  // namespace amayesh::detail
