#include <amayesh/geometry/overlay.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include <amayesh/geometry/ring_area.hpp>

#include "geometry/geos.hpp"

namespace amayesh {
namespace {

using detail::geos_context;

constexpr double grid_of_coordinate = 1e-13;  // about 500 rounding errors

double ring_area(const Ring& ring) { return std::abs(twice_signed_area(ring)) / 2; }

/// An order of shapes that does not depend on where they stand in a list.
bool comes_before(const MultiPolygon* a, const MultiPolygon* b) {
    return std::lexicographical_compare(
        a->parts.begin(), a->parts.end(), b->parts.begin(), b->parts.end(),
        [](const Polygon& p, const Polygon& q) { return std::tie(p.outer, p.holes) < std::tie(q.outer, q.holes); });
}

/// All parts, in an order of their own; null where there is none.
detail::GeosGeometryPtr collected(std::span<const MultiPolygon> shapes) {
    std::vector<const MultiPolygon*> ordered;
    for (const MultiPolygon& shape : shapes)
        if (!shape.parts.empty()) ordered.push_back(&shape);
    std::sort(ordered.begin(), ordered.end(), comes_before);
    std::vector<detail::GeosGeometryPtr> members;
    for (const MultiPolygon* shape : ordered)
        for (const Polygon& part : shape->parts) members.push_back(detail::to_geos(part));
    if (members.empty()) return nullptr;
    return detail::collection_of(std::move(members), GEOS_GEOMETRYCOLLECTION);
}

/// A power of two, so that whole numbers stay as they are.
double grid_for(const Box& box) {
    const double largest =
        std::max({std::abs(box.min_x), std::abs(box.min_y), std::abs(box.max_x), std::abs(box.max_y)});
    return std::exp2(std::floor(std::log2(grid_of_coordinate * largest)));
}

}  // namespace

double planar_area(const MultiPolygon& shape) {
    double area = 0;
    for (const Polygon& part : shape.parts) {
        area += ring_area(part.outer);
        for (const Ring& hole : part.holes) area -= ring_area(hole);
    }
    return area;
}

MultiPolygon union_of(std::span<const MultiPolygon> shapes) {
    const auto all = collected(shapes);
    if (!all) return {};
    return detail::polygons_of(detail::checked(GEOSUnaryUnion_r(geos_context(), all.get()), "unite shapes"));
}

MultiPolygon union_on_grid(std::span<const MultiPolygon> shapes) {
    const auto all = collected(shapes);
    if (!all) return {};
    Box box;
    for (const MultiPolygon& shape : shapes) box.add(bounds(shape));
    return detail::polygons_of(
        detail::checked(GEOSUnaryUnionPrec_r(geos_context(), all.get(), grid_for(box)), "unite shapes"));
}

MultiPolygon intersection_of(const MultiPolygon& a, const MultiPolygon& b) {
    if (!bounds(a).intersects(bounds(b))) return {};
    const auto first = detail::to_geos(a);
    const auto second = detail::to_geos(b);
    return detail::polygons_of(
        detail::checked(GEOSIntersection_r(geos_context(), first.get(), second.get()), "intersect two shapes"));
}

MultiPolygon difference_of(const MultiPolygon& a, const MultiPolygon& b) {
    if (!bounds(a).intersects(bounds(b))) return a;
    const auto first = detail::to_geos(a);
    const auto second = detail::to_geos(b);
    return detail::polygons_of(
        detail::checked(GEOSDifference_r(geos_context(), first.get(), second.get()), "take one shape off another"));
}

MultiPolygon difference_on_grid(const MultiPolygon& a, const MultiPolygon& b) {
    Box box = bounds(a);
    if (!box.intersects(bounds(b))) return a;
    box.add(bounds(b));
    const auto first = detail::to_geos(a);
    const auto second = detail::to_geos(b);
    return detail::polygons_of(detail::checked(
        GEOSDifferencePrec_r(geos_context(), first.get(), second.get(), grid_for(box)), "take one shape off another"));
}

}  // namespace amayesh
