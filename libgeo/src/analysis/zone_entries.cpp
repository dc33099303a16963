#include "analysis/zone_entries.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

// Boost 1.74 includes a header of its own that it calls deprecated.
#define BOOST_ALLOW_DEPRECATED_HEADERS  // NOLINT(cppcoreguidelines-macro-usage)
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <amayesh/geometry/point_locator.hpp>

namespace amayesh::detail {
namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::d2::point_xy<double>;
using TreeBox = bg::model::box<TreePoint>;

constexpr double same_place_m = 0.001;

TreeBox box_around(const Box& box, double margin) {
    return {{box.min_x - margin, box.min_y - margin}, {box.max_x + margin, box.max_y + margin}};
}

struct Edge {
    Point from;
    Point to;
};

template <class Visit>
void visit_edges(const MultiPolygon& shape, const Visit& visit) {
    const auto ring = [&](const Ring& r) {
        for (std::size_t i = 1; i < r.size(); ++i) visit(Edge{r[i - 1], r[i]});
    };
    for (const Polygon& part : shape.parts) {
        ring(part.outer);
        for (const Ring& hole : part.holes) ring(hole);
    }
}

double cross(const Point& origin, const Point& a, const Point& b) {
    return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
}

/// Where two edges cross or touch; nothing for parallel ones, whose ends are found by other edges.
std::optional<Point> crossing(const Edge& a, const Edge& b) {
    const double from_side = cross(b.from, b.to, a.from);
    const double to_side = cross(b.from, b.to, a.to);
    if ((from_side > 0 && to_side > 0) || (from_side < 0 && to_side < 0) || from_side == to_side) return std::nullopt;
    const double b_from = cross(a.from, a.to, b.from);
    const double b_to = cross(a.from, a.to, b.to);
    if ((b_from > 0 && b_to > 0) || (b_from < 0 && b_to < 0)) return std::nullopt;
    const double part = from_side / (from_side - to_side);
    return Point{a.from.x + part * (a.to.x - a.from.x), a.from.y + part * (a.to.y - a.from.y)};
}

Point nearest_on(const Edge& edge, const Point& p) {
    const double dx = edge.to.x - edge.from.x;
    const double dy = edge.to.y - edge.from.y;
    const double length2 = dx * dx + dy * dy;
    if (length2 == 0) return edge.from;
    const double part = std::clamp(((p.x - edge.from.x) * dx + (p.y - edge.from.y) * dy) / length2, 0.0, 1.0);
    return {edge.from.x + part * dx, edge.from.y + part * dy};
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// A straight piece of a road.
struct Piece {
    Edge line;
    std::size_t edge = 0;
    double metres_before = 0;  ///< Along the edge.
    double edge_metres = 0;
    std::size_t component = 0;

    [[nodiscard]] ZoneEntry at(const Point& place, Metres walk) const {
        return {edge, std::clamp((metres_before + distance(line.from, place)) / edge_metres, 0.0, 1.0), walk};
    }
};

/// The places on the piece that are nearest to the border, several where they run side by side; the two do not cross.
std::vector<ZoneEntry> nearest_entries(const Piece& piece, const MultiPolygon& zone) {
    std::vector<ZoneEntry> nearest;
    double least = std::numeric_limits<double>::infinity();
    const auto consider = [&](const Point& on_road, const Point& on_border) {
        const double away = distance(on_road, on_border);
        if (away > least + same_place_m) return;
        least = std::min(least, away);
        nearest.push_back(piece.at(on_road, Metres{away}));
    };
    const Edge& road = piece.line;
    visit_edges(zone, [&](const Edge& border) {
        consider(road.from, nearest_on(border, road.from));
        consider(road.to, nearest_on(border, road.to));
        consider(nearest_on(road, border.from), border.from);
        consider(nearest_on(road, border.to), border.to);
    });
    std::erase_if(nearest, [&](const ZoneEntry& entry) { return entry.walk.value() > least + same_place_m; });
    return nearest;
}

double distance(const Box& a, const Box& b) {
    return std::hypot(std::max({a.min_x - b.max_x, 0.0, b.min_x - a.max_x}),
                      std::max({a.min_y - b.max_y, 0.0, b.min_y - a.max_y}));
}

Box box_of(const Edge& edge) {
    Box box;
    box.add(edge.from);
    box.add(edge.to);
    return box;
}

/// What a component of the network has of a zone.
class ComponentEntries {
public:
    /// A piece whose box meets that of the zone; whether it touches the zone.
    bool add_met(const Piece& piece, const MultiPolygon& zone, const PointLocator& inside) {
        const std::size_t before = m_crossings.size();
        visit_edges(zone, [&](const Edge& border) {
            if (const auto place = crossing(piece.line, border)) m_crossings.push_back(piece.at(*place, Metres{0}));
        });
        if (m_crossings.size() > before) return true;
        if (!inside.locate(piece.line.from).shape) return false;
        if (m_inside.empty() || m_inside.back().edge != piece.edge)
            m_inside.push_back(piece.at(piece.line.from, Metres{0}));
        return true;
    }
    /// A piece that does not touch the zone; their boxes are `away` apart.
    void add_near(const Piece& piece, const MultiPolygon& zone, double away, Metres snap) {
        const bool is_entered = !m_crossings.empty() || !m_inside.empty();
        if (is_entered || away > m_least + same_place_m) return;
        for (const ZoneEntry& entry : nearest_entries(piece, zone)) {
            if (entry.walk > snap) continue;
            m_near.push_back(entry);
            m_least = std::min(m_least, entry.walk.value());
        }
    }
    /// Those of the best kind alone.
    [[nodiscard]] std::vector<ZoneEntry> best() const {
        if (!m_crossings.empty()) return m_crossings;
        if (!m_inside.empty()) return m_inside;
        std::vector<ZoneEntry> nearest;
        for (const ZoneEntry& entry : m_near)
            if (entry.walk.value() <= m_least + same_place_m) nearest.push_back(entry);
        return nearest;
    }

private:
    std::vector<ZoneEntry> m_crossings;
    std::vector<ZoneEntry> m_inside;  // one an edge
    std::vector<ZoneEntry> m_near;
    double m_least = std::numeric_limits<double>::infinity();  // walk of these
};

}  // namespace

/// The pieces of all edges.
struct ZoneEntries::Pieces {
    using Leaf = std::pair<TreeBox, std::uint32_t>;
    std::vector<Piece> pieces;
    bg::index::rtree<Leaf, bg::index::rstar<16>> tree;

    struct Found {
        double away = 0;  ///< Between the boxes.
        std::uint32_t piece = 0;
        friend auto operator<=>(const Found&, const Found&) = default;
    };
    /// Those whose box is no farther than `reach` from this one, nearest first.
    [[nodiscard]] std::vector<Found> around(const Box& box, double reach) const {
        std::vector<Found> found;
        for (auto it = tree.qbegin(bg::index::intersects(box_around(box, reach))); it != tree.qend(); ++it)
            if (const double away = distance(box, box_of(pieces[it->second].line)); away <= reach)
                found.push_back({away, it->second});
        std::sort(found.begin(), found.end());
        return found;
    }
};

ZoneEntries::ZoneEntries(const RoadGraph& graph) {
    auto pieces = std::make_unique<Pieces>();
    std::vector<Pieces::Leaf> leaves;
    for (std::size_t edge = 0; edge < graph.edge_count(); ++edge) {
        const std::span<const Point> shape = graph.shape(edge);
        Piece piece{
            .line = {}, .edge = edge, .edge_metres = graph.edge(edge).metres, .component = graph.component(edge)};
        for (std::size_t i = 1; i < shape.size(); ++i) {
            piece.line = {shape[i - 1], shape[i]};
            leaves.emplace_back(box_around(box_of(piece.line), 0), static_cast<std::uint32_t>(pieces->pieces.size()));
            pieces->pieces.push_back(piece);
            piece.metres_before += distance(shape[i - 1], shape[i]);
        }
    }
    pieces->tree = decltype(pieces->tree)(leaves.begin(), leaves.end());
    m_pieces = std::move(pieces);
}

ZoneEntries::~ZoneEntries() = default;

std::vector<ZoneEntry> ZoneEntries::of(const MultiPolygon& zone, Metres snap) const {
    std::vector<ZoneEntry> all;
    for (const Polygon& part : zone.parts) add_entries({{part}}, snap, all);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

void ZoneEntries::add_entries(const MultiPolygon& part, Metres snap, std::vector<ZoneEntry>& all) const {
    const Box box = bounds(part);
    if (box.is_empty()) return;
    const PointLocator inside({&part, 1});
    std::map<std::size_t, ComponentEntries> components;
    for (const Pieces::Found& found : m_pieces->around(box, snap.value())) {
        const Piece& piece = m_pieces->pieces[found.piece];
        ComponentEntries& entries = components[piece.component];
        if (found.away > 0 || !entries.add_met(piece, part, inside)) entries.add_near(piece, part, found.away, snap);
    }
    for (const auto& [component, entries] : components) {
        const std::vector<ZoneEntry> best = entries.best();
        all.insert(all.end(), best.begin(), best.end());
    }
}

}  // namespace amayesh::detail
