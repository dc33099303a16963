#include "raster/border_cells.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace amayesh::detail {
namespace {

constexpr std::size_t word_bits = 64;

/// 0 and 1 where a part differs from them by rounding only.
double settled(double part, double rounding) {
    if (std::abs(part) <= rounding) return 0;
    return std::abs(part - 1) <= rounding ? 1 : part;
}

void append(std::vector<CellRun>& runs, std::size_t first_of_row, CellRun run) {
    run.fraction = std::min(run.fraction, 1.0);
    if (runs.size() > first_of_row && runs.back().end == run.column && runs.back().fraction == run.fraction)
        runs.back().end = run.end;
    else
        runs.push_back(run);
}

}  // namespace

void BorderCells::reset(std::size_t first_row, std::size_t end_row, std::size_t first_column, std::size_t end_column) {
    m_first_row = first_row;
    m_end_row = end_row;
    m_first_column = first_column;
    m_width = end_column - first_column;
    m_words = (m_width + word_bits - 1) / word_bits;
    const std::size_t rows = end_row - first_row;
    m_cells.resize(std::max(m_cells.size(), rows * m_width));
    m_touched.resize(std::max(m_touched.size(), rows * m_words));
}

void BorderCells::put(std::size_t row, std::size_t column, double height, double left) {
    Cell& cell = m_cells[row * m_width + column];
    cell.height += height;
    cell.left += left;
    m_touched[row * m_words + column / word_bits] |= std::uint64_t{1} << (column % word_bits);
}

void BorderCells::add_in_row(std::size_t row, double x, double other_x, double height) {
    if (other_x < x) std::swap(x, other_x);
    const auto width = static_cast<double>(m_width);
    if (x >= width) return;
    if (other_x <= 0) return put(row, 0, height, 0);
    auto column = static_cast<std::size_t>(std::max(x, 0.0));
    if (x >= 0 && other_x <= static_cast<double>(column + 1))
        return put(row, column, height, height * ((x + other_x) / 2 - static_cast<double>(column)));
    const double slope = height / (other_x - x);
    if (x < 0) {
        put(row, 0, -x * slope, 0);
        x = 0;
    }
    for (const double end = std::min(other_x, width); x < end; ++column) {
        const double next = std::min(end, static_cast<double>(column + 1));
        const double part = (next - x) * slope;
        put(row, column, part, part * ((x + next) / 2 - static_cast<double>(column)));
        x = next;
    }
}

void BorderCells::add(const BorderEdge& edge) {
    const Point& a = edge.upper;
    const Point& b = edge.lower;
    const double end = std::min(b.y, static_cast<double>(m_end_row));
    double y = std::max(a.y, static_cast<double>(m_first_row));
    if (y >= end) return;
    const auto first_column = static_cast<double>(m_first_column);
    const double least_x = std::min(a.x, b.x);
    const double most_x = std::max(a.x, b.x);
    const auto x_at = [&](double at) {
        if (at == a.y) return a.x - first_column;
        if (at == b.y) return b.x - first_column;
        return std::clamp(a.x + (b.x - a.x) * ((at - a.y) / (b.y - a.y)), least_x, most_x) - first_column;
    };
    auto row = static_cast<std::size_t>(y);
    double x = x_at(y);
    for (; y < end; ++row) {
        const double next_y = std::min(end, static_cast<double>(row + 1));
        const double next_x = x_at(next_y);
        add_in_row(row - m_first_row, x, next_x, edge.sign * (next_y - y));
        y = next_y;
        x = next_x;
    }
}

void BorderCells::take_row(std::size_t row, double rounding, std::vector<CellRun>& runs) {
    const std::size_t first_of_row = runs.size();
    const auto first_column = static_cast<std::uint32_t>(m_first_column);
    const auto emit = [&](std::size_t column, std::size_t end, double fraction) {
        if (fraction > 0 && end > column)
            append(runs, first_of_row,
                   {first_column + static_cast<std::uint32_t>(column), first_column + static_cast<std::uint32_t>(end),
                    fraction});
    };
    Cell* const cells = &m_cells[(row - m_first_row) * m_width];
    std::uint64_t* const touched = &m_touched[(row - m_first_row) * m_words];
    double covered = 0;  // of each cell from `next` on
    std::size_t next = 0;
    for (std::size_t word = 0; word < m_words; ++word) {
        for (std::uint64_t bits = std::exchange(touched[word], 0); bits != 0; bits &= bits - 1) {
            const std::size_t column = word * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
            const Cell cell = std::exchange(cells[column], Cell{});
            emit(next, column, covered);
            covered += cell.height;
            emit(column, column + 1, settled(covered - cell.left, rounding));
            covered = settled(covered, rounding);
            next = column + 1;
        }
    }
    emit(next, m_width, covered);
}

}  // namespace amayesh::detail
