#pragma once

#include <cstddef>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh::detail {

/// From coordinates to columns and rows, where cell (0, 0) reaches from 0 to 1.
class CellFrame {
public:
    /// Throws: InvalidInput for a placement that gives cells no area.
    explicit CellFrame(const GridPlacement& placement);

    [[nodiscard]] Point to_cells(const Point& p) const noexcept {
        const double x = p.x - m_corner.x;
        const double y = p.y - m_corner.y;
        return {x * m_column.x + y * m_column.y, x * m_row.x + y * m_row.y};
    }
    /// What rounding may move a place by, in cells, on a grid of that size.
    [[nodiscard]] double rounding(std::size_t width, std::size_t height) const noexcept;

private:
    Point m_corner;
    Point m_column;
    Point m_row;
};

}  // namespace amayesh::detail
