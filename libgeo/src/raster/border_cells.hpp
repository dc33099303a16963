#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/cell_fractions.hpp>

namespace amayesh::detail {

/// An edge in cells, `upper.y` < `lower.y`; `sign` is 1 where the polygon lies on its right (larger columns), else -1.
struct BorderEdge {
    Point upper;
    Point lower;
    double sign = 1;
};

/// Sums of what a polygon's edges do to the cells of some rows.
class BorderCells {
public:
    /// Rows [first_row, end_row), columns [first_column, end_column); everything is 0.
    void reset(std::size_t first_row, std::size_t end_row, std::size_t first_column, std::size_t end_column);
    /// Adds the part of an edge that lies in the rows. What lies left of the columns counts at the first.
    void add(const BorderEdge& edge);
    /// Appends the runs of a row and forgets it; parts within `rounding` of 0 and 1 are that.
    void take_row(std::size_t row, double rounding, std::vector<CellRun>& runs);

private:
    struct Cell {
        double height = 0;  ///< Of the edges in it, downwards; what lies on their right is covered.
        double left = 0;    ///< Area between the edges and the left side of the cell.
    };
    void add_in_row(std::size_t row, double x, double other_x, double height);
    void put(std::size_t row, std::size_t column, double height, double left);

    std::size_t m_first_row = 0;
    std::size_t m_end_row = 0;
    std::size_t m_first_column = 0;
    std::size_t m_width = 0;
    std::size_t m_words = 0;  ///< Of 64 columns, a row.
    std::vector<Cell> m_cells;
    std::vector<std::uint64_t> m_touched;
};

}  // namespace amayesh::detail
