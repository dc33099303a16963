#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh {

/// Cells side by side in a row, of which a polygon covers the same part.
struct CellRun {
    std::uint32_t column = 0;
    std::uint32_t end = 0;  ///< The column after the last.
    double fraction = 0;    ///< Area of a cell that is covered / area of the cell; over 0, at most 1.
};

/// What a polygon covers of a grid's cells.
struct CellFractions {
    std::size_t first_row = 0;
    std::vector<std::size_t> row_starts{};  ///< First run of each row, and the end of the last; empty = no rows.
    std::vector<CellRun> runs{};            ///< By row, then column; they do not overlap.
    double area = 0;                        ///< Of the polygon, in cells, beyond the grid too.
    double outside_area = 0;                ///< Of that, beyond the grid; exactly 0 where the polygon's box is within.

    [[nodiscard]] std::size_t rows() const noexcept { return row_starts.empty() ? 0 : row_starts.size() - 1; }
    [[nodiscard]] std::span<const CellRun> runs_of(std::size_t row) const noexcept {
        const std::size_t first = row_starts[row - first_row];
        return std::span{runs}.subspan(first, row_starts[row - first_row + 1] - first);
    }
};

/// Exact part of each cell that each polygon covers; grid and polygons in one CRS, the grid turned or sheared as it may be.
///
/// Method:  every edge adds, in the cells that it crosses, its height and what lies on its left; summed along a row they
///          are the covered parts. Edges that two polygons share cancel: the parts of a tiling add up to whole cells.
/// Input:   valid polygons; rings in either direction. Where parts overlap, a cell counts once at most.
/// Rounding: parts within about 2⁻⁵⁰ × (cells across + distance of the grid from the origin in cells) of 0 or 1 are
///          taken as 0 or 1: no cell is covered by a corner that merely touches it.
/// Cost:    O(vertices + cells on the border + rows) time and memory; up to `thread_limit()` threads, same result.
/// Throws:  InvalidInput for a grid without area or of 2³² columns, or a coordinate that is not finite.
AMAYESH_EXPORT std::vector<CellFractions> cell_fractions(const GridPlacement& placement, std::size_t width,
                                                         std::size_t height, std::span<const MultiPolygon> polygons);

}  // namespace amayesh
