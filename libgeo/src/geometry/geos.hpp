#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <geos_c.h>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

struct GeosDestroy {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* g) const noexcept { GEOSGeom_destroy_r(context, g); }
};
using GeosGeometryPtr = std::unique_ptr<GEOSGeometry, GeosDestroy>;

/// This thread's GEOS context; it outlives every geometry made on the thread, none of which may leave it.
GEOSContextHandle_t geos_context();

/// Takes a result of GEOS. Throws: Error with GEOS's own message and `deed` where it is null.
GeosGeometryPtr checked(GEOSGeometry* result, std::string_view deed);

/// Rings must be closed and have at least four points.
GeosGeometryPtr to_geos(const MultiPolygon& shape);
GeosGeometryPtr to_geos(const Polygon& part);
GeosGeometryPtr line_to_geos(const LineString& line);

/// Takes over the geometries. `type` is one of GEOSGeomTypes.
GeosGeometryPtr collection_of(std::vector<GeosGeometryPtr> members, int type);

/// The polygons of a geometry, whatever else is in it; part and vertex order do not depend on how it was made.
MultiPolygon polygons_of(GeosGeometryPtr geometry);

}  // namespace amayesh::detail
