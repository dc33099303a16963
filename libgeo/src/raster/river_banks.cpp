#include "raster/river_banks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "raster/burn_in.hpp"

namespace amayesh::detail {
namespace {

constexpr double rounding = 1e-9;  ///< Of a cell.

double cross(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// The part of a–b that lies in the cell whose upper left corner is at (column, row); nothing where there is none.
struct Piece {
    Point a;
    Point b;
};
std::optional<Piece> piece_in_cell(const Point& a, const Point& b, double column, double row) {
    double from = 0;
    double to = 1;
    const auto cut = [&](double start, double step, double low) {
        if (step == 0) {
            if (start < low - rounding || start > low + 1 + rounding) to = -1;
            return;
        }
        const double one = (low - rounding - start) / step;
        const double other = (low + 1 + rounding - start) / step;
        from = std::max(from, std::min(one, other));
        to = std::min(to, std::max(one, other));
    };
    cut(a.x, b.x - a.x, column);
    cut(a.y, b.y - a.y, row);
    if (from > to) return std::nullopt;
    const auto place = [&](double part) { return Point{a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)}; };
    return Piece{place(from), place(to)};
}

bool do_meet(const Point& a, const Point& b, const Point& c, const Point& d) {
    const auto are_apart = [](double p, double q) { return (p > 0 && q > 0) || (p < 0 && q < 0); };
    const auto overlap = [](double a1, double a2, double b1, double b2) {
        return std::max(std::min(a1, a2), std::min(b1, b2)) <= std::min(std::max(a1, a2), std::max(b1, b2));
    };
    return overlap(a.x, b.x, c.x, d.x) && overlap(a.y, b.y, c.y, d.y) && !are_apart(cross(a, b, c), cross(a, b, d)) &&
           !are_apart(cross(c, d, a), cross(c, d, b));
}

}  // namespace

RiverBanks::RiverBanks(const StudyGrid& grid, std::span<const std::size_t> opened) : m_grid{grid}, m_opened{opened} {
    for (const std::size_t cell : opened)
        for (const std::size_t near : block_around(cell)) m_surroundings.try_emplace(near);
}

std::vector<std::size_t> RiverBanks::block_around(std::size_t cell) const {
    const std::size_t column = cell % m_grid.width;
    const std::size_t row = cell / m_grid.width;
    std::vector<std::size_t> block;
    for (std::size_t r = row - std::min<std::size_t>(row, 1); r <= std::min(row + 1, m_grid.height - 1); ++r)
        for (std::size_t c = column - std::min<std::size_t>(column, 1); c <= std::min(column + 1, m_grid.width - 1);
             ++c)
            block.push_back(r * m_grid.width + c);
    return block;
}

void RiverBanks::add(const LineString& line, std::vector<Edge>& edges,
                     std::vector<std::uint32_t> Surroundings::*of_cell) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Edge edge{to_cells(m_grid, line[i]), to_cells(m_grid, line[i + 1])};
        bool is_near = false;
        visit_cells_of_edge(m_grid, edge.a, edge.b, [&](const RowRun& run) {
            for (std::size_t column = run.first_column; column <= run.last_column; ++column) {
                const auto found = m_surroundings.find(run.row * m_grid.width + column);
                if (found == m_surroundings.end()) continue;
                (found->second.*of_cell).push_back(static_cast<std::uint32_t>(edges.size()));
                is_near = true;
            }
        });
        if (is_near) edges.push_back(edge);
    }
}

/// Whether a road meets a barrier within the cell.
bool RiverBanks::is_bridge(std::size_t cell) const {
    const Surroundings& here = m_surroundings.at(cell);
    const auto column = static_cast<double>(cell % m_grid.width);
    const auto row = static_cast<double>(cell / m_grid.width);
    for (const std::uint32_t road : here.roads) {
        const auto piece = piece_in_cell(m_roads[road].a, m_roads[road].b, column, row);
        if (!piece) continue;
        for (const std::uint32_t barrier : here.barriers)
            if (do_meet(piece->a, piece->b, m_barriers[barrier].a, m_barriers[barrier].b)) return true;
    }
    return false;
}

bool RiverBanks::is_across(const Point& from, const Point& to, std::span<const std::size_t> cells) const {
    for (const std::size_t cell : cells)
        for (const std::uint32_t barrier : m_surroundings.at(cell).barriers)
            if (do_meet(from, to, m_barriers[barrier].a, m_barriers[barrier].b)) return true;
    return false;
}

void RiverBanks::close_around(std::size_t cell, std::vector<std::size_t>& closed) const {
    const Surroundings& here = m_surroundings.at(cell);
    const auto column = static_cast<double>(cell % m_grid.width);
    const auto row = static_cast<double>(cell / m_grid.width);
    std::optional<Piece> road;
    for (const std::uint32_t edge : here.roads)
        if (!road) road = piece_in_cell(m_roads[edge].a, m_roads[edge].b, column, row);
    if (!road) return;
    const Point middle{0.5 * (road->a.x + road->b.x), 0.5 * (road->a.y + road->b.y)};
    const std::vector<std::size_t> block = block_around(cell);
    for (const std::size_t near : block) {
        if (near == cell || !m_surroundings.at(near).roads.empty()) continue;
        const Point centre{static_cast<double>(near % m_grid.width) + 0.5,
                           static_cast<double>(near / m_grid.width) + 0.5};
        if (is_across(middle, centre, block)) closed.push_back(near);
    }
}

std::vector<std::size_t> RiverBanks::cells_to_close() const {
    std::vector<std::size_t> closed;
    for (const std::size_t cell : m_opened)
        if (!m_surroundings.at(cell).barriers.empty() && !is_bridge(cell)) close_around(cell, closed);
    std::sort(closed.begin(), closed.end());
    closed.erase(std::unique(closed.begin(), closed.end()), closed.end());
    return closed;
}

}  // namespace amayesh::detail
