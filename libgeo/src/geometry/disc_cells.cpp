#include "geometry/disc_cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace amayesh::detail {
namespace {

constexpr double cells_per_disc = 64;       // of its box, on average: about as wide as one edge
constexpr double most_cells_per_disc = 64;  // of the whole grid, where the discs lie far apart
constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

std::size_t to_index(double cells, std::size_t count) noexcept {
    if (!(cells > 0)) return 0;
    return std::min(count - 1, static_cast<std::size_t>(std::min(cells, static_cast<double>(count))));
}

}  // namespace

DiscCells::DiscCells(std::span<const Disc> discs, double apothem, double clearance) {
    choose_cells(discs);
    find_covered(discs, apothem, clearance);
    list(discs, clearance);
}

std::size_t DiscCells::column_of(double x) const noexcept { return to_index((x - m_box.min_x) / m_cell, m_columns); }
std::size_t DiscCells::row_of(double y) const noexcept { return to_index((y - m_box.min_y) / m_cell, m_rows); }

void DiscCells::choose_cells(std::span<const Disc> discs) {
    double boxes = 0;
    for (const auto& [centre, radius] : discs) {
        m_box.add(Box{centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius});
        boxes += 4 * radius * radius;
    }
    const auto count = static_cast<double>(std::max<std::size_t>(discs.size(), 1));
    const double width = m_box.max_x - m_box.min_x, height = m_box.max_y - m_box.min_y;
    if (discs.empty() || !(boxes > 0)) return;
    m_cell =
        std::max({std::sqrt(boxes / (cells_per_disc * count)), std::sqrt(width / count * height / most_cells_per_disc),
                  width / (most_cells_per_disc * count), height / (most_cells_per_disc * count)});
    m_columns = static_cast<std::size_t>(width / m_cell) + 1;
    m_rows = static_cast<std::size_t>(height / m_cell) + 1;
}

/// Visits the cells of the disc's box with the squared distances of their nearest and farthest points from the centre.
template <class Visit>
void DiscCells::for_each_cell(const Disc& disc, double clearance, Visit visit) const {
    const double reach = disc.radius + clearance;
    const std::size_t last_row = row_of(disc.centre.y + reach), last_column = column_of(disc.centre.x + reach);
    for (std::size_t row = row_of(disc.centre.y - reach); row <= last_row; ++row) {
        const double low = m_box.min_y + m_cell * static_cast<double>(row) - disc.centre.y, high = low + m_cell;
        const double near_y = std::max({low, -high, 0.0}), far_y = std::max(-low, high);
        for (std::size_t column = column_of(disc.centre.x - reach); column <= last_column; ++column) {
            const double left = m_box.min_x + m_cell * static_cast<double>(column) - disc.centre.x;
            const double right = left + m_cell;
            const double near_x = std::max({left, -right, 0.0}), far_x = std::max(-left, right);
            visit(row * m_columns + column, near_x * near_x + near_y * near_y, far_x * far_x + far_y * far_y);
        }
    }
}

void DiscCells::find_covered(std::span<const Disc> discs, double apothem, double clearance) {
    m_covered_by.assign(m_columns * m_rows, nobody);
    for (std::uint32_t i = 0; i < discs.size(); ++i) {
        const double inside = discs[i].radius * apothem - 2 * clearance;
        if (inside <= 0) continue;
        for_each_cell(discs[i], clearance, [&](std::size_t cell, double, double farthest) {
            if (farthest < inside * inside && m_covered_by[cell] == nobody) m_covered_by[cell] = i;
        });
    }
}

void DiscCells::list(std::span<const Disc> discs, double clearance) {
    m_begin.assign(m_columns * m_rows + 2, 0);  // counted two places ahead, so that filling leaves the begins in place
    const auto for_each_entry = [&](auto&& visit) {
        for (std::uint32_t i = 0; i < discs.size(); ++i) {
            const double reach = discs[i].radius + 2 * clearance;
            for_each_cell(discs[i], 2 * clearance, [&](std::size_t cell, double nearest, double) {
                const bool matters = m_covered_by[cell] == nobody ? nearest <= reach * reach : m_covered_by[cell] == i;
                if (matters) visit(cell, i);
            });
        }
    };
    for_each_entry([&](std::size_t cell, std::uint32_t) { ++m_begin[cell + 2]; });
    for (std::size_t i = 2; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
    m_listed.resize(m_begin.back());
    for_each_entry([&](std::size_t cell, std::uint32_t disc) { m_listed[m_begin[cell + 1]++] = disc; });
}

}  // namespace amayesh::detail
