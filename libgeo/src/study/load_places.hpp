#pragma once

#include <optional>
#include <span>
#include <vector>

#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>

#include "study/load_geometry.hpp"
#include "study/load_tables.hpp"

namespace amayesh::detail {

/// Positions of a point layer in degrees; nothing where the row has none.
std::vector<std::optional<Point>> points_in_degrees(const LayerTable& table, std::span<const RowPlace> places);

/// A geometry moved out of its own CRS, edges densified there.
struct PlacedShape {
    Geometry geometry;              ///< In the CRS asked for; `monostate` = none.
    std::optional<double> area_ha;  ///< On the ellipsoid; polygons only.
};

/// Every geometry of a table in `to`. The table's own geometries are given up row by row, to save memory.
std::vector<PlacedShape> place_shapes(LayerTable& table, std::span<const RowPlace> places, const Crs& to);

}  // namespace amayesh::detail
