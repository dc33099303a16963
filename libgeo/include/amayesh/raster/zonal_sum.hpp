#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh {

/// What a grid holds inside one polygon.
struct ZonalSum {
    double sum = 0;
    std::size_t cells = 0;             ///< Cells that were added; 0 = the sum is unknown, not zero.
    std::size_t nodata_cells = 0;      ///< Masked or NaN: not added.
    std::size_t suspicious_cells = 0;  ///< Undeclared fill values (`is_suspicious_constant`): not added.
    double outside_share = 0;          ///< Share of the polygon's box that the grid does not reach, 0–1.
};

/// Sum of the cells whose centres lie in each polygon; grid and polygons in one CRS.
///
/// Method:  runs of cells between the border's crossings of each row of centres. A centre on the border that two polygons
///          share exactly belongs to one of them, so a tiling counts every cell once.
/// Cost:    O(vertices + crossings log crossings + cells) a polygon; up to `thread_limit()` threads, same result.
/// Throws:  InvalidInput for sizes that do not agree, a grid without area, or a coordinate that is not finite.
template <class T>
AMAYESH_EXPORT std::vector<ZonalSum> zonal_sum(const Grid<T>& grid, std::span<const MultiPolygon> polygons);

}  // namespace amayesh
