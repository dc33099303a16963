#include "io/geometry_conversion.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

namespace amayesh::detail {
namespace {

static_assert(sizeof(Point) == sizeof(OGRRawPoint) && std::is_trivially_copyable_v<Point>);

std::vector<Point> vertices_of(const OGRSimpleCurve& curve) {
    std::vector<Point> points(static_cast<std::size_t>(curve.getNumPoints()));
    if (!points.empty()) curve.getPoints(reinterpret_cast<OGRRawPoint*>(points.data()));  // both are x, y
    return points;
}

Ring ring_of(const OGRSimpleCurve& curve) {
    Ring ring = vertices_of(curve);
    if (!ring.empty() && !(ring.front() == ring.back())) ring.push_back(ring.front());
    return ring;
}

bool is_finite(const std::vector<Point>& points) noexcept {
    double sum = 0;
    for (const Point& p : points) sum += (p.x - p.x) + (p.y - p.y);  // NaN as soon as one is not finite
    return sum == 0;
}

/// Gathers the parts of one dimension at a time.
struct Gathered {
    std::vector<Point> points;
    std::vector<LineString> lines;
    std::vector<Polygon> polygons;

    void add(const OGRGeometry& shape);
    void add_polygon(const OGRPolygon& polygon);
};

void Gathered::add_polygon(const OGRPolygon& polygon) {
    const OGRLinearRing* outer = polygon.getExteriorRing();
    if (outer == nullptr || outer->IsEmpty()) return;
    Polygon& added = polygons.emplace_back();
    added.outer = ring_of(*outer);
    const int holes = polygon.getNumInteriorRings();
    added.holes.reserve(static_cast<std::size_t>(holes));
    for (int i = 0; i < holes; ++i)
        if (!polygon.getInteriorRing(i)->IsEmpty()) added.holes.push_back(ring_of(*polygon.getInteriorRing(i)));
}

void Gathered::add(const OGRGeometry& shape) {
    switch (wkbFlatten(shape.getGeometryType())) {
        case wkbPoint:
            if (!shape.IsEmpty()) points.push_back({shape.toPoint()->getX(), shape.toPoint()->getY()});
            return;
        case wkbLineString:
            if (!shape.IsEmpty()) lines.push_back(vertices_of(*shape.toLineString()));
            return;
        case wkbPolygon:
        case wkbTriangle:
            add_polygon(*shape.toPolygon());
            return;
        case wkbMultiPoint:
        case wkbMultiLineString:
        case wkbMultiPolygon:
        case wkbGeometryCollection:
            for (const OGRGeometry* part : *shape.toGeometryCollection()) add(*part);
            return;
        case wkbPolyhedralSurface:
        case wkbTIN:
            for (const OGRPolygon* part : *shape.toPolyhedralSurface()) add_polygon(*part);
            return;
        default:
            return;
    }
}

ConvertedGeometry highest_of(Gathered&& parts) {
    ConvertedGeometry result;
    if (!parts.polygons.empty()) {
        result.parts_left_out = parts.points.size() + parts.lines.size();
        for (const Polygon& p : parts.polygons) {
            result.is_finite = result.is_finite && is_finite(p.outer);
            for (const Ring& hole : p.holes) result.is_finite = result.is_finite && is_finite(hole);
        }
        result.geometry = MultiPolygon{std::move(parts.polygons)};
    } else if (!parts.lines.empty()) {
        result.parts_left_out = parts.points.size();
        for (const LineString& line : parts.lines) result.is_finite = result.is_finite && is_finite(line);
        result.geometry = MultiLine{std::move(parts.lines)};
    } else if (!parts.points.empty()) {
        result.is_finite = is_finite(parts.points);
        if (parts.points.size() == 1)
            result.geometry = parts.points.front();
        else
            result.geometry = std::move(parts.points);
    }
    return result;
}

OGRRawPoint* raw(const std::vector<Point>& points) {
    return reinterpret_cast<OGRRawPoint*>(const_cast<Point*>(points.data()));  // OGR copies, it does not write
}

OGRLinearRing* new_ring(const Ring& ring) {
    auto shape = std::make_unique<OGRLinearRing>();
    shape->setPoints(static_cast<int>(ring.size()), raw(ring));
    return shape.release();
}

struct ToOgr {
    OGRGeometryUniquePtr operator()(std::monostate) const { return nullptr; }
    OGRGeometryUniquePtr operator()(const Point& p) const { return OGRGeometryUniquePtr(new OGRPoint(p.x, p.y)); }
    OGRGeometryUniquePtr operator()(const MultiPoint& points) const {
        auto shape = std::make_unique<OGRMultiPoint>();
        for (const Point& p : points) shape->addGeometryDirectly(new OGRPoint(p.x, p.y));
        return OGRGeometryUniquePtr(shape.release());
    }
    OGRGeometryUniquePtr operator()(const MultiLine& lines) const {
        auto shape = std::make_unique<OGRMultiLineString>();
        for (const LineString& line : lines.parts) {
            auto part = std::make_unique<OGRLineString>();
            part->setPoints(static_cast<int>(line.size()), raw(line));
            shape->addGeometryDirectly(part.release());
        }
        return OGRGeometryUniquePtr(shape.release());
    }
    OGRGeometryUniquePtr operator()(const MultiPolygon& polygons) const {
        auto shape = std::make_unique<OGRMultiPolygon>();
        for (const Polygon& polygon : polygons.parts) {
            auto part = std::make_unique<OGRPolygon>();
            part->addRingDirectly(new_ring(polygon.outer));
            for (const Ring& hole : polygon.holes) part->addRingDirectly(new_ring(hole));
            shape->addGeometryDirectly(part.release());
        }
        return OGRGeometryUniquePtr(shape.release());
    }
};

}  // namespace

ConvertedGeometry from_ogr(const OGRGeometry& shape) {
    if (wkbFlatten(shape.getGeometryType()) == wkbPoint) {
        if (shape.IsEmpty()) return {};
        const Point point{shape.toPoint()->getX(), shape.toPoint()->getY()};
        return {point, std::isfinite(point.x) && std::isfinite(point.y), 0};
    }
    Gathered parts;
    if (shape.hasCurveGeometry(TRUE)) {
        const OGRGeometryUniquePtr straight(shape.getLinearGeometry());
        parts.add(*straight);
    } else {
        parts.add(shape);
    }
    return highest_of(std::move(parts));
}

OGRGeometryUniquePtr to_ogr(const Geometry& geometry) { return std::visit(ToOgr{}, geometry); }

}  // namespace amayesh::detail
