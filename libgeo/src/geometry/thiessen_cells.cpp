#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/polygon/voronoi.hpp>
#include <nanoflann.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "geometry/geos.hpp"
#include "geometry/slab_index.hpp"

// Boost.Polygon gives the topology of the diagram exactly, on sites rounded to a fine integer grid; positions are then
// computed from the sites as given. GEOS nodes the diagram's edges together with the border of `within` and makes faces of
// them, so neighbouring cells have the same vertices along their common border whatever rounding did to it.
namespace amayesh {
namespace {

using detail::geos_context;
using Diagram = boost::polygon::voronoi_diagram<double>;
using IntegerPoint = boost::polygon::point_data<std::int32_t>;

constexpr double integer_half_range = 1 << 30;
constexpr double area_tolerance = 1e-9;  // of the area of `within`: rounding of the nodes on its border

struct Site {
    Point place;
    IntegerPoint rounded;
    std::size_t number;  // among the sites given
};

bool is_left_of(const Site& a, const Site& b) {
    return std::tuple{a.rounded.x(), a.rounded.y(), a.number} < std::tuple{b.rounded.x(), b.rounded.y(), b.number};
}

/// The sites, one for each place, in an order that does not depend on the order given, and their integer grid.
struct DistinctSites {
    std::vector<Site> sites;
    Point centre;
    double half_range = 0;

    [[nodiscard]] Point unrounded(double x, double y) const {
        return {centre.x + x / integer_half_range * half_range, centre.y + y / integer_half_range * half_range};
    }
};

DistinctSites distinct_sites(std::span<const Point> places) {
    Box box;
    for (const Point& p : places) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) throw InvalidInput{"a site's coordinate is not finite"};
        box.add(p);
    }
    const Point centre{std::midpoint(box.min_x, box.max_x), std::midpoint(box.min_y, box.max_y)};
    const double half = std::max({box.max_x - centre.x, box.max_y - centre.y, std::numeric_limits<double>::min()});
    const auto rounded = [&](double offset) {
        return static_cast<std::int32_t>(std::llround(offset / half * integer_half_range));
    };
    std::vector<Site> sites;
    for (std::size_t i = 0; i < places.size(); ++i)
        sites.push_back({places[i], {rounded(places[i].x - centre.x), rounded(places[i].y - centre.y)}, i});
    std::sort(sites.begin(), sites.end(), is_left_of);
    const auto same_place = [](const Site& a, const Site& b) { return a.rounded == b.rounded; };
    sites.erase(std::unique(sites.begin(), sites.end(), same_place), sites.end());
    return {std::move(sites), centre, half};
}

/// Centre of the circle through three points; nothing where they lie on a line.
std::optional<Point> circumcentre(const Point& a, const Point& b, const Point& c) {
    const long double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
    const long double twice_cross = 2 * (bx * cy - by * cx);
    if (twice_cross == 0) return std::nullopt;
    const long double b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    return Point{static_cast<double>(a.x + (cy * b2 - by * c2) / twice_cross),
                 static_cast<double>(a.y + (bx * c2 - cx * b2) / twice_cross)};
}

/// Draws the diagram's edges, cut at a box.
class DiagramLines {
public:
    DiagramLines(const Diagram& diagram, const DistinctSites& sites, const Box& box)
        : m_diagram{diagram}, m_sites{sites}, m_box{box} {
        m_vertices.reserve(diagram.num_vertices());
        for (const auto& vertex : diagram.vertices()) m_vertices.push_back(place_of(vertex));
    }

    [[nodiscard]] std::vector<LineString> lines() const {
        std::vector<LineString> lines;
        for (const auto& edge : m_diagram.edges()) {
            if (edge.cell()->source_index() > edge.twin()->cell()->source_index()) continue;
            if (auto line = line_of(edge)) lines.push_back(std::move(*line));
        }
        return lines;
    }

private:
    [[nodiscard]] const Point& site_of(const Diagram::edge_type& edge) const {
        return m_sites.sites[edge.cell()->source_index()].place;
    }
    /// A vertex far outside has its place from the rounded sites: of nearly collinear sites as given, the centre may lie
    /// on the other side, and the edge between them would be lost.
    [[nodiscard]] Point place_of(const Diagram::vertex_type& vertex) const {
        const Point rounded = m_sites.unrounded(vertex.x(), vertex.y());
        if (!box_holds(rounded)) return rounded;
        const auto* edge = vertex.incident_edge();
        const auto centre =
            circumcentre(site_of(*edge), site_of(*edge->rot_next()), site_of(*edge->rot_next()->rot_next()));
        return centre && box_holds(*centre) ? *centre : rounded;
    }
    [[nodiscard]] std::optional<Point> place_of(const Diagram::vertex_type* vertex) const {
        if (!vertex) return std::nullopt;
        return m_vertices[static_cast<std::size_t>(vertex - m_diagram.vertices().data())];
    }
    [[nodiscard]] bool box_holds(const Point& p) const {
        return p.x >= m_box.min_x && p.x <= m_box.max_x && p.y >= m_box.min_y && p.y <= m_box.max_y;
    }

    /// The edge runs along the bisector of its two sites, its own cell on its left.
    [[nodiscard]] std::optional<LineString> line_of(const Diagram::edge_type& edge) const {
        const Point& left = site_of(edge);
        const Point& right = site_of(*edge.twin());
        const Point middle{std::midpoint(left.x, right.x), std::midpoint(left.y, right.y)};
        const Point along{left.y - right.y, right.x - left.x};
        const double squared_length = along.x * along.x + along.y * along.y;
        const auto part_of = [&](const std::optional<Point>& p, double otherwise) {
            return p ? ((p->x - middle.x) * along.x + (p->y - middle.y) * along.y) / squared_length : otherwise;
        };
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const auto start = place_of(edge.vertex0());
        const auto end = place_of(edge.vertex1());
        double first = part_of(start, -infinity);
        double last = part_of(end, infinity);
        if (first > last) std::swap(first, last);
        cut(middle.x, along.x, m_box.min_x, m_box.max_x, first, last);
        cut(middle.y, along.y, m_box.min_y, m_box.max_y, first, last);
        if (!(first < last)) return std::nullopt;
        const auto at = [&](double part) { return Point{middle.x + part * along.x, middle.y + part * along.y}; };
        const Point a = start && box_holds(*start) ? *start : at(first);
        const Point b = end && box_holds(*end) ? *end : at(last);
        if (a == b) return std::nullopt;
        return LineString{std::min(a, b), std::max(a, b)};
    }
    static void cut(double origin, double slope, double low, double high, double& first, double& last) {
        if (slope == 0) {
            if (origin < low || origin > high) last = first;
            return;
        }
        const double at_low = (low - origin) / slope;
        const double at_high = (high - origin) / slope;
        first = std::max(first, std::min(at_low, at_high));
        last = std::min(last, std::max(at_low, at_high));
    }

    const Diagram& m_diagram;
    const DistinctSites& m_sites;
    Box m_box;
    std::vector<Point> m_vertices;
};

std::vector<LineString> diagram_lines(const DistinctSites& sites, const MultiPolygon& within) {
    Box box = bounds(within);
    const double margin = (box.max_x - box.min_x) + (box.max_y - box.min_y);
    box.add(Point{box.min_x - margin, box.min_y - margin});
    box.add(Point{box.max_x + margin, box.max_y + margin});
    std::vector<IntegerPoint> points;
    for (const Site& site : sites.sites) points.push_back(site.rounded);
    Diagram diagram;
    boost::polygon::construct_voronoi(points.begin(), points.end(), &diagram);
    return DiagramLines{diagram, sites, box}.lines();
}

/// The faces that the lines cut `within` into.
MultiPolygon faces_of(const std::vector<LineString>& lines, const MultiPolygon& within) {
    std::vector<detail::GeosGeometryPtr> members;
    for (const LineString& line : lines) members.push_back(detail::line_to_geos(line));
    for (const Polygon& part : within.parts) {
        members.push_back(detail::line_to_geos(part.outer));
        for (const Ring& hole : part.holes) members.push_back(detail::line_to_geos(hole));
    }
    const auto all = detail::collection_of(std::move(members), GEOS_MULTILINESTRING);
    const auto noded = detail::checked(GEOSUnaryUnion_r(geos_context(), all.get()), "node the cells' edges");
    const GEOSGeometry* line_work = noded.get();
    return detail::polygons_of(
        detail::checked(GEOSPolygonize_r(geos_context(), &line_work, 1), "make faces of the cells' edges"));
}

struct SitePlaces {
    const std::vector<Site>& sites;
    [[nodiscard]] std::size_t kdtree_get_point_count() const { return sites.size(); }
    [[nodiscard]] double kdtree_get_pt(std::size_t i, std::size_t axis) const {
        return axis == 0 ? sites[i].place.x : sites[i].place.y;
    }
    template <class BoundingBox>
    bool kdtree_get_bbox(BoundingBox&) const {
        return false;
    }
};
using SiteTree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, SitePlaces>, SitePlaces, 2>;

std::size_t nearest_site(const SiteTree& tree, const Point& p) {
    std::uint32_t nearest = 0;
    double squared_distance = 0;
    const std::array<double, 2> query{p.x, p.y};
    tree.knnSearch(query.data(), 1, &nearest, &squared_distance);
    return nearest;
}

void verify_area(double cells, double within) {
    if (std::abs(cells - within) > area_tolerance * within)
        throw Error{fmt::format("Thiessen cells cover {} of an area of {}", cells, within)};
}

}  // namespace

std::vector<MultiPolygon> thiessen_cells(std::span<const Point> sites, const MultiPolygon& within) {
    if (sites.empty()) throw InvalidInput{"Thiessen cells need at least one site"};
    std::vector<MultiPolygon> cells(sites.size());
    if (within.parts.empty()) return cells;
    const DistinctSites distinct = distinct_sites(sites);
    const SitePlaces places{distinct.sites};
    SiteTree tree{2, places};
    tree.buildIndex();
    const detail::SlabIndex border{std::span{&within, 1}};
    double area = 0;
    for (Polygon& face : faces_of(diagram_lines(distinct, within), within).parts) {
        const MultiPolygon shape{{std::move(face)}};
        const Point inside = interior_point(shape);
        if (border.place_of(0, inside) != detail::PlaceInShape::inside) continue;
        area += planar_area(shape);
        const Site& owner = distinct.sites[nearest_site(tree, inside)];
        cells[owner.number].parts.push_back(shape.parts.front());
    }
    verify_area(area, planar_area(within));
    for (MultiPolygon& cell : cells)  // rounding can cut a cell where four or more sites lie nearly on a circle
        if (cell.parts.size() > 1) cell = union_of(std::span{&cell, 1});
    return cells;
}

}  // namespace amayesh
