#include "raster/cost_steps.hpp"

#include <cstdlib>
#include <limits>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

std::vector<CellMove> moves_of(CellNeighbours neighbours, double column_m, double row_m) {
    std::vector<CellMove> moves;
    const auto add = [&](int columns, int rows) {
        CellMove move{.columns = columns,
                      .rows = rows,
                      .offset = rows * padded_side + columns,
                      .length = static_cast<float>(std::hypot(columns * column_m, rows * row_m))};
        move.share = move.length * (columns * rows == 2 || columns * rows == -2 ? 0.25F : 0.5F);
        if (std::abs(columns) == 2) {
            move.via_first = columns / 2;
            move.via_second = rows * padded_side + columns / 2;
        } else if (std::abs(rows) == 2) {
            move.via_first = rows / 2 * padded_side;
            move.via_second = rows / 2 * padded_side + columns;
        }
        moves.push_back(move);
    };
    for (const auto& direction : neighbour_directions) add(direction[0], direction[1]);
    if (neighbours == CellNeighbours::sixteen)
        for (const int far : {-2, 2})
            for (const int near : {-1, 1}) {
                add(far, near);
                add(near, far);
            }
    return moves;
}

SlopeTable::SlopeTable(const std::function<double(double)>& factor) {
    for (std::size_t i = 0; i < m_factors.size(); ++i) {
        const double slope = static_cast<double>(i) / per_slope - steepest;
        const double value = factor(slope);
        if (!(value > 0 && value < std::numeric_limits<float>::max()))
            throw InvalidInput(fmt::format(
                "on a slope of {:.3f} time is {} times that on the flat: it must be above 0 and finite", slope, value));
        m_factors[i] = static_cast<float>(value);
    }
}

}  // namespace amayesh::detail
