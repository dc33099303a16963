#pragma once

#include <cstddef>
#include <functional>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh::detail {

/// Cells of one row, both ends among them.
struct RowRun {
    std::size_t row = 0;
    std::size_t first_column = 0;
    std::size_t last_column = 0;
};
using VisitRun = std::function<void(const RowRun&)>;

/// A place in cells from the grid's upper left corner, y downwards.
/// Throws: InvalidInput for a vertex that is not finite, or so far out that cells are no longer told apart.
[[nodiscard]] Point to_cells(const StudyGrid& grid, const Point& vertex);

/// Every cell of the grid that holds a place of the line (on a line between cells: of the right or lower one), and at a
/// corner that it passes through one more where they would only touch there: cells that follow each other share an edge.
/// A cell may be visited more than once. A single vertex is the cell that it lies in.
///
/// Method: where the line crosses from row to row is reckoned once and counts for both rows, so that rounding opens no gap.
/// Throws: as `to_cells`.
void visit_cells_of_line(const StudyGrid& grid, const LineString& line, const VisitRun& visit);

/// The same of one straight piece, its ends in cells.
void visit_cells_of_edge(const StudyGrid& grid, const Point& a, const Point& b, const VisitRun& visit);

/// Every cell of the grid whose centre lies inside the polygon and outside its holes (even-odd).
void visit_cells_inside(const StudyGrid& grid, const Polygon& polygon, const VisitRun& visit);

}  // namespace amayesh::detail
