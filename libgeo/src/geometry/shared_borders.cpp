#include <amayesh/geometry/shared_borders.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <utility>

namespace amayesh {

namespace {

constexpr double always = std::numeric_limits<double>::infinity();
constexpr std::size_t corners_of_a_closed_ring = 4;  ///< Three and the first again.

struct PointHash {
    std::size_t operator()(const Point& p) const noexcept {
        const std::size_t x = std::hash<double>{}(p.x);
        return x ^ (std::hash<double>{}(p.y) + 0x9e3779b97f4a7c15ULL + (x << 6U) + (x >> 2U));
    }
};

/// The two vertices beside one, in the order of their coordinates.
struct Neighbours {
    Point first;
    Point second;
    bool is_junction = false;  ///< Another ring goes on elsewhere from here.
};
using NeighboursOf = std::unordered_map<Point, Neighbours, PointHash>;

/// A ring without the repeated first vertex and without vertices that repeat the one before.
LineString open_ring(const Ring& ring) {
    LineString open;
    open.reserve(ring.size());
    for (const Point& p : ring)
        if (open.empty() || open.back() != p) open.push_back(p);
    while (open.size() > 1 && open.front() == open.back()) open.pop_back();
    return open;
}

template <class Visit>
void for_each_ring(std::span<const MultiPolygon> shapes, const Visit& visit) {
    for (const MultiPolygon& shape : shapes)
        for (const Polygon& part : shape.parts) {
            visit(part.outer);
            for (const Ring& hole : part.holes) visit(hole);
        }
}

NeighboursOf find_neighbours(std::span<const MultiPolygon> shapes) {
    std::size_t vertices = 0;
    for_each_ring(shapes, [&](const Ring& ring) { vertices += ring.size(); });
    NeighboursOf neighbours;
    neighbours.reserve(vertices);
    for_each_ring(shapes, [&](const Ring& closed) {
        const LineString ring = open_ring(closed);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            Point before = ring[(i + ring.size() - 1) % ring.size()];
            Point after = ring[(i + 1) % ring.size()];
            if (after < before) std::swap(before, after);
            const auto [at, is_new] = neighbours.try_emplace(ring[i], Neighbours{before, after});
            if (!is_new && (at->second.first != before || at->second.second != after)) at->second.is_junction = true;
        }
    });
    return neighbours;
}

/// The ring from its first junction on, else from its lowest vertex.
void rotate_to_start(LineString& ring, const NeighboursOf& neighbours) {
    const auto junction =
        std::ranges::find_if(ring, [&](const Point& p) { return neighbours.find(p)->second.is_junction; });
    const auto start = junction == ring.end() ? std::ranges::min_element(ring) : junction;
    std::rotate(ring.begin(), start, ring.end());
}

double square_distance(const Point& p, const Point& a, const Point& b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double along = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    const double ex = p.x - (a.x + along * dx);
    const double ey = p.y - (a.y + along * dy);
    return ex * ex + ey * ey;
}

/// For each point the tolerance from which on it is left out. One that is farther off than the one that parts the
/// stretch above it stays as long as that one: a greater tolerance never keeps more.
std::vector<double> find_stays(const LineString& line) {
    struct Stretch {
        std::size_t from, to;
        double at_most;
    };
    std::vector<double> stays(line.size(), 0);
    if (line.empty()) return stays;
    stays.front() = stays.back() = always;
    std::vector<Stretch> open{{0, line.size() - 1, always}};
    while (!open.empty()) {
        const Stretch stretch = open.back();
        open.pop_back();
        if (stretch.to - stretch.from < 2) continue;
        double farthest = -1;
        std::size_t at = stretch.from + 1;
        for (std::size_t i = stretch.from + 1; i < stretch.to; ++i) {
            const double far = square_distance(line[i], line[stretch.from], line[stretch.to]);
            if (far > farthest) {
                farthest = far;
                at = i;
            }
        }
        stays[at] = std::min(std::sqrt(farthest), stretch.at_most);
        open.push_back({stretch.from, at, stays[at]});
        open.push_back({at, stretch.to, stays[at]});
    }
    return stays;
}

/// Arcs as they are found, each once.
class ArcTable {
public:
    explicit ArcTable(std::vector<BorderArc>& arcs) : m_arcs{arcs} {}

    RingArc add(LineString points, std::size_t shape) {
        const bool is_reversed = runs_backwards(points);
        if (is_reversed) std::reverse(points.begin(), points.end());
        const std::size_t arc = find(points);
        std::vector<std::size_t>& shapes = m_arcs[arc].shapes;
        if (shapes.empty() || shapes.back() != shape) shapes.push_back(shape);
        return {arc, is_reversed};
    }

private:
    /// Both sides take the arc the same way round.
    static bool runs_backwards(const LineString& points) {
        if (points.front() != points.back()) return points.back() < points.front();
        return points[points.size() - 2] < points[1];
    }

    std::size_t find(LineString& points) {
        std::vector<std::size_t>& same_start = m_by_start[points.front()];
        for (const std::size_t arc : same_start)
            if (m_arcs[arc].points == points) return arc;
        same_start.push_back(m_arcs.size());
        m_arcs.push_back({.points = std::move(points), .stays_until = {}, .tolerance = 0, .shapes = {}});
        return m_arcs.size() - 1;
    }

    std::vector<BorderArc>& m_arcs;
    std::unordered_map<Point, std::vector<std::size_t>, PointHash> m_by_start;
};

RingArcs cut_ring(const Ring& closed, std::size_t shape, const NeighboursOf& neighbours, ArcTable& arcs) {
    LineString ring = open_ring(closed);
    if (ring.size() < 3) return {};
    rotate_to_start(ring, neighbours);
    ring.push_back(ring.front());
    RingArcs result;
    std::size_t start = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (i + 1 < ring.size() && !neighbours.find(ring[i])->second.is_junction) continue;
        const auto first = ring.begin() + static_cast<std::ptrdiff_t>(start);
        const auto last = ring.begin() + static_cast<std::ptrdiff_t>(i) + 1;
        result.push_back(arcs.add(LineString(first, last), shape));
        start = i;
    }
    return result;
}

Box box_of(const SharedBorders& borders, const RingArcs& ring) {
    Box box;
    for (const RingArc& piece : ring)
        for (const Point& p : borders.arcs[piece.arc].points) box.add(p);
    return box;
}

double size_of(const Box& box) { return box.is_empty() ? 0 : std::max(box.max_x - box.min_x, box.max_y - box.min_y); }

/// The tolerance that leaves no more points than are wanted.
double tolerance_for(const SharedBorders& borders, const BorderDetail& detail) {
    std::vector<double> stays;
    for (const BorderArc& arc : borders.arcs)
        for (const double value : arc.stays_until)
            if (value > detail.tolerance && value != always) stays.push_back(value);
    if (detail.most_points == 0 || stays.size() <= detail.most_points) return detail.tolerance;
    const auto cut = stays.begin() + static_cast<std::ptrdiff_t>(stays.size() - detail.most_points);
    std::nth_element(stays.begin(), cut, stays.end());
    return *cut;
}

LineString drawn_arc(const BorderArc& arc) {
    LineString line;
    for (std::size_t i = 0; i < arc.points.size(); ++i)
        if (arc.stays_until[i] > arc.tolerance) line.push_back(arc.points[i]);
    return line;
}

Ring drawn_ring(const SharedBorders& borders, const RingArcs& arcs) {
    Ring ring;
    for (const RingArc& piece : arcs) {
        LineString line = drawn_arc(borders.arcs[piece.arc]);
        if (piece.is_reversed) std::reverse(line.begin(), line.end());
        ring.insert(ring.end(), line.begin() + (ring.empty() ? 0 : 1), line.end());
    }
    return ring;
}

/// Draws one more corner of the ring: the one that would stay longest. False where all are drawn.
bool add_corner(SharedBorders& borders, const RingArcs& ring) {
    double next = 0;
    BorderArc* finer = nullptr;
    for (const RingArc& piece : ring) {
        BorderArc& arc = borders.arcs[piece.arc];
        for (const double stays : arc.stays_until)
            if (stays <= arc.tolerance && stays > next) {
                next = stays;
                finer = &arc;
            }
    }
    if (finer == nullptr) return false;
    finer->tolerance = std::nextafter(next, 0);
    return true;
}

/// Drops rings too small to be seen; a shape keeps its largest polygon.
void drop_small_rings(SharedBorders& borders, std::vector<PolygonArcs>& polygons, double tolerance) {
    const auto size = [&](const PolygonArcs& polygon) { return size_of(box_of(borders, polygon.front())); };
    const auto largest = std::ranges::max_element(polygons, {}, size);
    if (largest == polygons.end()) return;
    std::rotate(polygons.begin(), largest, largest + 1);
    std::vector<PolygonArcs> kept;
    for (PolygonArcs& polygon : polygons) {
        if (!kept.empty() && size(polygon) <= tolerance) continue;
        PolygonArcs rings;
        for (RingArcs& ring : polygon)
            if (rings.empty() || size_of(box_of(borders, ring)) > tolerance) rings.push_back(std::move(ring));
        kept.push_back(std::move(rings));
    }
    polygons = std::move(kept);
}

/// Whether shapes of different groups meet at the arc, or nothing lies beyond.
bool parts_groups(const BorderArc& arc, std::span<const std::size_t> group_of_shape) {
    const auto same_group = [&](std::size_t shape) {
        return group_of_shape[shape] == group_of_shape[arc.shapes.front()];
    };
    return arc.shapes.size() < 2 || !std::ranges::all_of(arc.shapes, same_group);
}

}  // namespace

SharedBorders find_shared_borders(std::span<const MultiPolygon> shapes) {
    const NeighboursOf neighbours = find_neighbours(shapes);
    SharedBorders borders;
    ArcTable arcs(borders.arcs);
    borders.shapes.resize(shapes.size());
    for (std::size_t s = 0; s < shapes.size(); ++s)
        for (const Polygon& part : shapes[s].parts) {
            PolygonArcs rings{cut_ring(part.outer, s, neighbours, arcs)};
            if (rings.front().empty()) continue;
            for (const Ring& hole : part.holes)
                if (RingArcs ring = cut_ring(hole, s, neighbours, arcs); !ring.empty())
                    rings.push_back(std::move(ring));
            borders.shapes[s].push_back(std::move(rings));
        }
    for (BorderArc& arc : borders.arcs) arc.stays_until = find_stays(arc.points);
    return borders;
}

void simplify(SharedBorders& borders, const BorderDetail& detail) {
    const double tolerance = tolerance_for(borders, detail);
    for (BorderArc& arc : borders.arcs) arc.tolerance = tolerance;
    for (std::vector<PolygonArcs>& polygons : borders.shapes) drop_small_rings(borders, polygons, tolerance);
    for (const std::vector<PolygonArcs>& polygons : borders.shapes)
        for (const PolygonArcs& polygon : polygons)
            for (const RingArcs& ring : polygon)
                while (drawn_ring(borders, ring).size() < corners_of_a_closed_ring && add_corner(borders, ring)) {
                }
}

MultiPolygon drawn_shape(const SharedBorders& borders, std::size_t shape) {
    MultiPolygon result;
    for (const PolygonArcs& polygon : borders.shapes[shape]) {
        Polygon& part = result.parts.emplace_back();
        part.outer = drawn_ring(borders, polygon.front());
        for (std::size_t i = 1; i < polygon.size(); ++i) part.holes.push_back(drawn_ring(borders, polygon[i]));
    }
    return result;
}

MultiLine borders_of_groups(const SharedBorders& borders, std::span<const std::size_t> group_of_shape) {
    MultiLine lines;
    for (const BorderArc& arc : borders.arcs)
        if (parts_groups(arc, group_of_shape)) lines.parts.push_back(drawn_arc(arc));
    return lines;
}

MultiLine borders_inside_groups(const SharedBorders& borders, std::span<const std::size_t> group_of_shape,
                                std::span<const std::size_t> outer_group_of_shape) {
    MultiLine lines;
    for (const BorderArc& arc : borders.arcs)
        if (parts_groups(arc, group_of_shape) && !parts_groups(arc, outer_group_of_shape))
            lines.parts.push_back(drawn_arc(arc));
    return lines;
}

LineString simplify_line(const LineString& line, double tolerance) {
    const std::vector<double> stays = find_stays(line);
    LineString kept;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (stays[i] > tolerance) kept.push_back(line[i]);
    return kept;
}

}  // namespace amayesh
