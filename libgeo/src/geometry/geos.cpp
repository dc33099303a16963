#include "geometry/geos.hpp"

#include <string>
#include <type_traits>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

static_assert(std::is_standard_layout_v<Point> && sizeof(Point) == 2 * sizeof(double), "GEOS copies points as x y x y");

struct ContextFinish {
    void operator()(GEOSContextHandle_t context) const noexcept { GEOS_finish_r(context); }
};

struct ThreadContext {
    std::string last_error;
    std::unique_ptr<std::remove_pointer_t<GEOSContextHandle_t>, ContextFinish> handle{GEOS_init_r()};

    ThreadContext() {
        GEOSContext_setErrorMessageHandler_r(
            handle.get(),
            [](const char* message, void* self) { static_cast<ThreadContext*>(self)->last_error = message; }, this);
    }
    ThreadContext(const ThreadContext&) = delete;  // GEOS holds its address
    ThreadContext& operator=(const ThreadContext&) = delete;
};

ThreadContext& thread_context() {
    thread_local ThreadContext context;
    return context;
}

GEOSCoordSequence* to_sequence(const std::vector<Point>& points) {
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
        geos_context(), points.empty() ? nullptr : &points.front().x, static_cast<unsigned>(points.size()), 0, 0);
    if (!sequence) throw Error{fmt::format("GEOS could not take coordinates: {}", thread_context().last_error)};
    return sequence;
}

GeosGeometryPtr to_geos_ring(const Ring& ring) {
    return checked(GEOSGeom_createLinearRing_r(geos_context(), to_sequence(ring)), "make a ring");
}

Ring ring_of(const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context, geometry);
    unsigned size = 0;
    Ring ring;
    if (sequence && GEOSCoordSeq_getSize_r(context, sequence, &size)) ring.resize(size);
    if (ring.empty() || !GEOSCoordSeq_copyToBuffer_r(context, sequence, &ring.front().x, 0, 0))
        throw Error{fmt::format("GEOS could not give a ring's coordinates: {}", thread_context().last_error)};
    return ring;
}

Polygon polygon_of(const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    Polygon polygon{ring_of(GEOSGetExteriorRing_r(context, geometry)), {}};
    const int holes = GEOSGetNumInteriorRings_r(context, geometry);
    for (int i = 0; i < holes; ++i) polygon.holes.push_back(ring_of(GEOSGetInteriorRingN_r(context, geometry, i)));
    return polygon;
}

void collect_polygons(const GEOSGeometry* geometry, MultiPolygon& shape) {
    GEOSContextHandle_t context = geos_context();
    if (GEOSisEmpty_r(context, geometry)) return;
    const int type = GEOSGeomTypeId_r(context, geometry);
    if (type == GEOS_POLYGON) {
        shape.parts.push_back(polygon_of(geometry));
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int members = GEOSGetNumGeometries_r(context, geometry);
        for (int i = 0; i < members; ++i) collect_polygons(GEOSGetGeometryN_r(context, geometry, i), shape);
    }
}

}  // namespace

GEOSContextHandle_t geos_context() { return thread_context().handle.get(); }

GeosGeometryPtr checked(GEOSGeometry* result, std::string_view deed) {
    if (!result) throw Error{fmt::format("GEOS could not {}: {}", deed, thread_context().last_error)};
    return GeosGeometryPtr{result, GeosDestroy{geos_context()}};
}

GeosGeometryPtr collection_of(std::vector<GeosGeometryPtr> members, int type) {
    std::vector<GEOSGeometry*> raw;
    raw.reserve(members.size());
    for (GeosGeometryPtr& member : members) raw.push_back(member.release());
    return checked(GEOSGeom_createCollection_r(geos_context(), type, raw.data(), static_cast<unsigned>(raw.size())),
                   "make a collection");
}

GeosGeometryPtr to_geos(const Polygon& part) {
    GeosGeometryPtr outer = to_geos_ring(part.outer);
    std::vector<GeosGeometryPtr> holes;
    holes.reserve(part.holes.size());
    for (const Ring& hole : part.holes) holes.push_back(to_geos_ring(hole));
    std::vector<GEOSGeometry*> raw;
    raw.reserve(holes.size());
    for (GeosGeometryPtr& hole : holes) raw.push_back(hole.release());
    return checked(
        GEOSGeom_createPolygon_r(geos_context(), outer.release(), raw.data(), static_cast<unsigned>(raw.size())),
        "make a polygon");
}

GeosGeometryPtr to_geos(const MultiPolygon& shape) {
    if (shape.parts.size() == 1) return to_geos(shape.parts.front());
    std::vector<GeosGeometryPtr> parts;
    parts.reserve(shape.parts.size());
    for (const Polygon& part : shape.parts) parts.push_back(to_geos(part));
    return collection_of(std::move(parts), GEOS_MULTIPOLYGON);
}

GeosGeometryPtr line_to_geos(const LineString& line) {
    return checked(GEOSGeom_createLineString_r(geos_context(), to_sequence(line)), "make a line");
}

MultiPolygon polygons_of(GeosGeometryPtr geometry) {
    if (GEOSNormalize_r(geos_context(), geometry.get()) != 0)
        throw Error{fmt::format("GEOS could not order a shape's vertices: {}", thread_context().last_error)};
    MultiPolygon shape;
    collect_polygons(geometry.get(), shape);
    return shape;
}

}  // namespace amayesh::detail
