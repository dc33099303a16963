#include "analysis/zone_entries.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
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

/// The place on a road's edge that is nearest to a border's edge; the two do not cross.
ZoneEntry nearest_entry(const Edge& road, const Edge& border) {
    ZoneEntry best{road.from, Metres{std::numeric_limits<double>::infinity()}};
    const auto consider = [&](const Point& on_road, const Point& on_border) {
        const ZoneEntry entry{on_road, Metres{distance(on_road, on_border)}};
        if (std::pair{entry.walk, entry.on_road} < std::pair{best.walk, best.on_road}) best = entry;
    };
    consider(road.from, nearest_on(border, road.from));
    consider(road.to, nearest_on(border, road.to));
    consider(nearest_on(road, border.from), border.from);
    consider(nearest_on(road, border.to), border.to);
    return best;
}

void keep_each_once(std::vector<Point>& places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
}

}  // namespace

/// The edges of all roads; an edge's number tells where its line stands in `starts`.
struct ZoneEntries::Edges {
    using Entry = std::pair<TreeBox, std::uint32_t>;
    std::vector<Edge> edges;
    std::vector<std::uint32_t> line_of_edge;
    bg::index::rtree<Entry, bg::index::rstar<16>> tree;

    [[nodiscard]] std::vector<std::uint32_t> in(const TreeBox& box) const {
        std::vector<std::uint32_t> found;
        for (auto it = tree.qbegin(bg::index::intersects(box)); it != tree.qend(); ++it) found.push_back(it->second);
        std::sort(found.begin(), found.end());
        return found;
    }
};

ZoneEntries::ZoneEntries(std::span<const RoadLine> roads) {
    auto edges = std::make_unique<Edges>();
    std::vector<Edges::Entry> entries;
    std::uint32_t lines = 0;
    for (const RoadLine& road : roads)
        for (const LineString& line : road.shape.parts) {
            for (std::size_t i = 1; i < line.size(); ++i) {
                Box box;
                box.add(line[i - 1]);
                box.add(line[i]);
                entries.emplace_back(box_around(box, 0), static_cast<std::uint32_t>(edges->edges.size()));
                edges->edges.push_back({line[i - 1], line[i]});
                edges->line_of_edge.push_back(lines);
            }
            ++lines;
        }
    edges->tree = decltype(edges->tree)(entries.begin(), entries.end());
    m_edges = std::move(edges);
}

ZoneEntries::~ZoneEntries() = default;

namespace {

/// Where roads cross the border; else one place of each line that lies inside.
std::vector<Point> places_in(const MultiPolygon& zone, std::span<const Edge> edges, std::span<const std::uint32_t> near,
                             std::span<const std::uint32_t> line_of_edge) {
    std::vector<Point> places;
    for (const std::uint32_t e : near)
        visit_edges(zone, [&](const Edge& border) {
            if (const auto place = crossing(edges[e], border)) places.push_back(*place);
        });
    if (!places.empty()) return places;
    const PointLocator inside({&zone, 1});
    std::optional<std::uint32_t> last_line;
    for (const std::uint32_t e : near) {
        if (last_line == line_of_edge[e] || !inside.locate(edges[e].from).shape) continue;
        places.push_back(edges[e].from);
        last_line = line_of_edge[e];
    }
    return places;
}

}  // namespace

std::vector<ZoneEntry> ZoneEntries::of(const MultiPolygon& zone, Metres snap) const {
    const Box box = bounds(zone);
    if (box.is_empty()) return {};
    std::vector<Point> places = places_in(zone, m_edges->edges, m_edges->in(box_around(box, 0)), m_edges->line_of_edge);
    keep_each_once(places);
    std::vector<ZoneEntry> entries;
    for (const Point& place : places) entries.push_back({place, Metres{0}});
    if (!entries.empty()) return entries;
    std::optional<ZoneEntry> best;
    for (double reach = std::min(snap.value(), 1'000.0);; reach = std::min(2 * reach, snap.value())) {
        for (const std::uint32_t e : m_edges->in(box_around(box, reach)))
            visit_edges(zone, [&](const Edge& border) {
                const ZoneEntry entry = nearest_entry(m_edges->edges[e], border);
                if (!best || std::pair{entry.walk, entry.on_road} < std::pair{best->walk, best->on_road}) best = entry;
            });
        const bool is_settled = best && best->walk.value() <= reach;  // nothing beyond can be nearer
        if (is_settled || reach >= snap.value()) break;
    }
    if (best && best->walk <= snap) entries.push_back(*best);
    return entries;
}

}  // namespace amayesh::detail
