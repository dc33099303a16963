#pragma once

#include <cstdint>
#include <memory>

#include <ogr_geometry.h>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

struct ConvertedGeometry {
    Geometry geometry;
    bool is_finite = true;
    std::size_t parts_left_out = 0;  ///< Of a collection: those of a lower dimension than the highest.
};

/// Curves become lines, surfaces become polygons, Z and M fall away, rings are closed; of a collection the parts of
/// the highest dimension stay. A multipoint of one point is a point. Empty = `monostate`.
[[nodiscard]] ConvertedGeometry from_ogr(const OGRGeometry& shape);

/// Null for `monostate`. `GeometryKind`-independent: lines and polygons are always multi.
[[nodiscard]] OGRGeometryUniquePtr to_ogr(const Geometry& geometry);

}  // namespace amayesh::detail
