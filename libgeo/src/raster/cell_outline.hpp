#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh::detail {

/// The area of those cells of a grid that are in, as polygons along their edges.
///
/// Method:  the corners where a border turns, row by row; each has one edge along the row and one along the column, which
///          leads to the next corner. Cells that touch at a corner alone are apart; a ring that meets itself at a corner
///          is cut in two there, so that every part is valid in the OGC sense.
/// Result:  a part for each set of cells that hang together by edges. Outer rings run clockwise and holes against them,
///          each from its least vertex; parts and holes follow in the order of their vertices.
/// Cost:    O(cells + corners log corners) time; about 40 bytes a corner, and 10 a column.
class CellOutline {
public:
    explicit CellOutline(const StudyGrid& grid);

    /// The next row of the grid: 1 = in, 0 = out.
    void add_row(std::span<const std::uint8_t> is_in);
    [[nodiscard]] std::uint64_t cells() const noexcept { return m_cells; }
    /// After the last row, once.
    MultiPolygon take_polygons();

private:
    using Index = std::uint32_t;

    /// A corner of a ring. Two of them lie where cells touch at a corner alone, one after the other.
    struct Corner {
        Index column;
        Index row;
        Index along_row;     ///< The corner at the other end of its horizontal edge.
        Index along_column;  ///< Likewise of its vertical edge.
        Index set;           ///< The cells inside, by a label of theirs.
        std::uint8_t flags;
    };
    struct Loop {
        Index set;
        Ring ring;
    };

    void label_row(std::span<const std::uint8_t> is_in);
    void add_corners(std::span<const std::uint8_t> is_in);
    void add_pair(std::size_t column, unsigned around);
    void add_corner(std::size_t column, unsigned around);
    Index make_corner(std::size_t column, Index set, std::uint8_t flags);
    void link_row(Index left, Index right) noexcept;
    void link_column(Index upper, Index lower) noexcept;
    void trace(Index first);
    void take_loop(std::size_t begin);
    [[nodiscard]] Ring ring_of(std::span<const Index> corners) const;
    [[nodiscard]] Index root_of(Index label) noexcept;

    StudyGrid m_grid;
    std::uint64_t m_cells = 0;
    Index m_row = 0;
    std::vector<std::uint8_t> m_above;   ///< The row before.
    std::vector<Index> m_labels_above;   ///< Of the cells that are in.
    std::vector<Index> m_labels;         ///< Likewise of the row that is added.
    std::vector<Index> m_label_parents;  ///< Labels of one set lead to one root.
    std::vector<Corner> m_corners;
    std::vector<Index> m_open_columns;  ///< For each column of corners, the one whose edge leads down.
    Index m_open_row = 0;               ///< The one whose edge leads right.
    std::vector<Index> m_path;
    std::vector<Loop> m_outer;
    std::vector<Loop> m_holes;
};

}  // namespace amayesh::detail
