#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>
#include <amayesh/raster/grid_blocks.hpp>

namespace amayesh {

/// What a grid holds inside one polygon. Areas are in cells: a cell counts by the part of it that is covered.
struct ZonalStatistics {
    double sum = 0;              ///< Of value × part of the cell: people, where cells hold people.
    std::size_t cells = 0;       ///< Cells with a value that are covered at least in part; 0 = the sum is unknown.
    double value_area = 0;       ///< Covered area with a value.
    double nodata_area = 0;      ///< Covered area masked or NaN: not added.
    double suspicious_area = 0;  ///< Covered area of undeclared fill values (`is_suspicious_constant`): not added.
    double outside_area = 0;     ///< Area of the polygon that the grid does not reach.
    double min = std::numeric_limits<double>::quiet_NaN();  ///< Over `cells`; NaN where there are none.
    double max = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] double area() const noexcept { return value_area + nodata_area + suspicious_area + outside_area; }
    /// Mean of the values, each cell by the part of it that is covered.
    [[nodiscard]] std::optional<double> mean() const noexcept {
        return cells > 0 ? std::optional{sum / value_area} : std::nullopt;
    }
    /// Share of the polygon's area of which the grid tells nothing, 0–1; 1 for a polygon without area.
    [[nodiscard]] double share_without_value() const noexcept { return area() > 0 ? 1 - value_area / area() : 1; }
    [[nodiscard]] double outside_share() const noexcept { return area() > 0 ? outside_area / area() : 0; }
};

/// Sum, mean, least and greatest value of a grid in each polygon, each cell by the exact part of it that the polygon covers
/// (`cell_fractions`); grid and polygons in one CRS. Only blocks that a polygon touches are read.
///
/// Cost:    O(vertices + cells in the polygons) time; memory for the cells on borders (16 bytes each) and one block a
///          thread. Up to `thread_limit()` threads; sums are added in one order, so the bits are the same.
/// Throws:  as `cell_fractions`; what reading a block or `progress` throws (of failing blocks, the first one's).
AMAYESH_EXPORT std::vector<ZonalStatistics> zonal_statistics(const GridBlocks& grid,
                                                             std::span<const MultiPolygon> polygons,
                                                             const Progress& progress = {});

/// Likewise for a grid in memory. Throws also: InvalidInput for sizes that do not agree.
template <class T>
AMAYESH_EXPORT std::vector<ZonalStatistics> zonal_statistics(const Grid<T>& grid,
                                                             std::span<const MultiPolygon> polygons);

}  // namespace amayesh
