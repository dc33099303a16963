#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/geometry/disc_union.hpp>

namespace amayesh::detail {

/// A grid over discs: which of them a cell needs to know.
///
/// A cell lists the discs that come within `clearance` of it. A cell that lies wholly inside the drawn polygon of a
/// disc lists only the first such disc: nothing else can matter there.
class DiscCells {
public:
    /// `apothem`: of the drawn polygons, relative to the radius.
    DiscCells(std::span<const Disc> discs, double apothem, double clearance);

    /// Visits the lists of the cells that the box meets.
    template <class Visit>
    void for_each_list(const Box& box, Visit visit) const {
        const std::size_t last_row = row_of(box.max_y), last_column = column_of(box.max_x);
        for (std::size_t row = row_of(box.min_y); row <= last_row; ++row)
            for (std::size_t column = column_of(box.min_x); column <= last_column; ++column) {
                const std::size_t cell = row * m_columns + column;
                visit(std::span{m_listed}.subspan(m_begin[cell], m_begin[cell + 1] - m_begin[cell]));
            }
    }

private:
    [[nodiscard]] std::size_t column_of(double x) const noexcept;
    [[nodiscard]] std::size_t row_of(double y) const noexcept;
    void choose_cells(std::span<const Disc> discs);
    void find_covered(std::span<const Disc> discs, double apothem, double clearance);
    void list(std::span<const Disc> discs, double clearance);
    template <class Visit>
    void for_each_cell(const Disc& disc, double clearance, Visit visit) const;

    Box m_box;
    double m_cell = 1;
    std::size_t m_columns = 1;
    std::size_t m_rows = 1;
    std::vector<std::uint32_t> m_covered_by;  // the first disc around the whole cell
    std::vector<std::size_t> m_begin;         // of each cell, into m_listed; one more at the end
    std::vector<std::uint32_t> m_listed;
};

}  // namespace amayesh::detail
