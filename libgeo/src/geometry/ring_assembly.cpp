#include "geometry/ring_assembly.hpp"

#include <algorithm>

#include <amayesh/geometry/ring_area.hpp>

#include "geometry/orientation.hpp"

namespace amayesh::detail {
namespace {

struct Part {
    Polygon polygon;
    Box box;
    double area = 0;
};

Box box_of(const Ring& ring) {
    Box box;
    for (const Point& p : ring) box.add(p);
    return box;
}

bool box_holds(const Box& outer, const Box& inner) noexcept {
    return outer.min_x <= inner.min_x && outer.min_y <= inner.min_y && outer.max_x >= inner.max_x &&
           outer.max_y >= inner.max_y;
}

void start_at_least_vertex(Ring& ring) {
    ring.pop_back();
    std::rotate(ring.begin(), std::ranges::min_element(ring), ring.end());
    ring.push_back(ring.front());
}

/// The smallest part around the hole; parts are sorted by rising area.
Part* part_around(std::vector<Part>& parts, const Ring& hole) {
    const Box box = box_of(hole);
    Part* found = nullptr;
    bool several = false;
    for (Part& part : parts) {
        if (!box_holds(part.box, box)) continue;
        several = found != nullptr;
        if (several) break;
        found = &part;
    }
    if (!several) return found;
    const auto around = std::ranges::find_if(parts, [&](const Part& part) {
        return box_holds(part.box, box) && ring_holds(part.polygon.outer, hole.front());
    });
    return around == parts.end() ? found : &*around;
}

}  // namespace

bool ring_holds(const Ring& ring, const Point& p) noexcept {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point& a = ring[i];
        const Point& b = ring[i + 1];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        if (p.x < std::min(a.x, b.x))
            inside = !inside;
        else if (p.x <= std::max(a.x, b.x) && (orientation(a, b, p) > 0) == (b.y > a.y))
            inside = !inside;
    }
    return inside;
}

MultiPolygon assemble_polygons(std::vector<Ring> rings) {
    std::vector<Part> parts;
    std::vector<Ring> holes;
    for (Ring& ring : rings) {
        start_at_least_vertex(ring);
        const double twice_area = twice_signed_area(ring);
        if (twice_area > 0)
            parts.push_back({{std::move(ring), {}}, {}, twice_area / 2});
        else
            holes.push_back(std::move(ring));
    }
    for (Part& part : parts) part.box = box_of(part.polygon.outer);
    std::ranges::sort(parts, [](const Part& a, const Part& b) {
        return a.area != b.area ? a.area < b.area : a.polygon.outer < b.polygon.outer;
    });
    std::ranges::sort(holes);
    for (Ring& hole : holes)
        if (Part* part = part_around(parts, hole)) part->polygon.holes.push_back(std::move(hole));
    MultiPolygon shape;
    for (Part& part : parts) {
        std::ranges::reverse(part.polygon.outer);
        for (Ring& hole : part.polygon.holes) std::ranges::reverse(hole);
        shape.parts.push_back(std::move(part.polygon));
    }
    std::ranges::sort(shape.parts, {}, &Polygon::outer);
    return shape;
}

}  // namespace amayesh::detail
