#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <amayesh/raster/cost_distance.hpp>

#include "raster/cost_tiles.hpp"

namespace amayesh::detail {

/// A move from a cell of a tile to one near it.
struct CellMove {
    int columns = 0;
    int rows = 0;
    int offset = 0;    ///< In a padded tile.
    float length = 0;  ///< Metres.
    float share =
        0;  ///< Metres for each of the cells that it touches: a half of its length, of a knight's move a quarter.
    int via_first = 0;
    int via_second = 0;  ///< The two cells that a knight's move passes between; 0 for a neighbour.
};

/// The neighbours first, in the order below, then the knight's moves.
std::vector<CellMove> moves_of(CellNeighbours neighbours, double column_m, double row_m);
inline constexpr std::size_t neighbour_moves = 8;
inline constexpr std::size_t most_moves = 16;
inline constexpr std::array<std::array<int, 2>, neighbour_moves> neighbour_directions = {
    {{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}}};

/// Where a neighbour lies in a padded tile: known to the compiler, other than in a list of moves.
constexpr int neighbour_offset(std::size_t move) noexcept {
    return neighbour_directions[move][1] * padded_side + neighbour_directions[move][0];
}

/// Time on slopes against time on the flat, from a table between −`steepest` and `steepest`.
class SlopeTable {
public:
    static constexpr float steepest = 2;  ///< 63°: steeper is as steep.
    SlopeTable() = default;
    explicit SlopeTable(const std::function<double(double)>& factor);

    [[nodiscard]] float at(float slope) const noexcept {
        const float place = (std::fmin(std::fmax(slope, -steepest), steepest) + steepest) * per_slope;
        const auto index = static_cast<std::size_t>(place);
        const float part = place - static_cast<float>(index);
        return m_factors[index] + part * (m_factors[index + 1] - m_factors[index]);
    }

private:
    static constexpr std::size_t steps = 4096;
    static constexpr float per_slope = static_cast<float>(steps) / (2 * steepest);
    std::array<float, steps + 2> m_factors{};
};

/// Costs of moves in one tile: the mean friction of the cells that a move touches times its length, and on slopes times
/// their factor. A move from or into what is impassable costs infinitely much, as does a knight's move beside it.
struct FlatSteps {
    const float* friction;

    [[nodiscard]] float neighbour(int from, int offset, const CellMove& move) const noexcept {
        return (friction[from] + friction[from + offset]) * move.share;
    }
    [[nodiscard]] float knight(int from, const CellMove& move) const noexcept {
        const float ends = friction[from] + friction[from + move.offset];
        const float between = friction[from + move.via_first] + friction[from + move.via_second];
        return (ends + between) * move.share;
    }
};

struct SlopeSteps {
    FlatSteps flat;
    const float* elevation;
    const SlopeTable& table;
    float sign;  ///< 1 where the traveller goes the way of the search, −1 where against it.

    [[nodiscard]] float neighbour(int from, int offset, const CellMove& move) const noexcept {
        return flat.neighbour(from, offset, move) * factor(from, move);
    }
    [[nodiscard]] float knight(int from, const CellMove& move) const noexcept {
        return flat.knight(from, move) * factor(from, move);
    }

private:
    [[nodiscard]] float factor(int from, const CellMove& move) const noexcept {
        const float slope = sign * (elevation[from + move.offset] - elevation[from]) / move.length;
        return std::isnan(slope) ? 1.0F : table.at(slope);
    }
};

/// What a cell's cost becomes by each move from it.
template <class Steps>
inline void reach_by_moves(const Steps& steps, std::span<const CellMove> moves, int from, float cost,
                           std::array<float, most_moves>& reached) noexcept {
    for (std::size_t i = 0; i < neighbour_moves; ++i)
        reached[i] = cost + steps.neighbour(from, neighbour_offset(i), moves[i]);
    for (std::size_t i = neighbour_moves; i < moves.size(); ++i) reached[i] = cost + steps.knight(from, moves[i]);
}

/// The moves from a cell that pass a test, as bits. None is branched on: whether they pass cannot be foreseen.
template <class Test>
inline unsigned moves_that(const Test& test, std::span<const CellMove> moves, int from) noexcept {
    unsigned passed = 0;
    for (std::size_t i = 0; i < neighbour_moves; ++i)
        passed |= static_cast<unsigned>(test(i, from + neighbour_offset(i))) << i;
    for (std::size_t i = neighbour_moves; i < moves.size(); ++i)
        passed |= static_cast<unsigned>(test(i, from + moves[i].offset)) << i;
    return passed;
}

}  // namespace amayesh::detail
