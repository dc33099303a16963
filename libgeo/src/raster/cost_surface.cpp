#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "raster/cost_surface_state.hpp"

namespace amayesh {

using namespace detail;

namespace {

using State = CostSurface::State;

const float* find_values(const State& state, std::size_t tile, std::span<float, padded_area> into) {
    return state.is_reached[tile] ? state.store.find(TileLayer::costs, tile, into) : nullptr;
}

const std::uint32_t* find_values(const State& state, std::size_t tile, std::span<std::uint32_t, padded_area> into) {
    return state.is_allocated[tile] ? state.store.find_sources(tile, into) : nullptr;
}

template <class T>
T value_at(const State& state, std::size_t column, std::size_t row, T none) {
    const auto [tile, at] = state.layout().locate(column, row);
    std::array<T, padded_area> values;
    const T* found = find_values(state, tile, values);
    return found == nullptr ? none : found[at];
}

/// Copies one row of a tile, or as much of it as `into` takes.
template <class T>
void copy_row(const T* tile, std::size_t row_in_tile, std::span<T> into, T none) {
    if (tile == nullptr) return std::fill(into.begin(), into.end(), none), void();
    std::copy_n(tile + padded_index(0, static_cast<int>(row_in_tile)), into.size(), into.begin());
}

/// The part of a row that lies in a tile.
template <class T>
std::span<T> part_in_tile(std::span<T> row, std::size_t tile_column) {
    const std::size_t first = std::min(tile_column * tile_side, row.size());
    return row.subspan(first, std::min<std::size_t>(tile_side, row.size() - first));
}

/// Reads all rows of a row of tiles at once: they are mostly asked for one after the other.
template <class T>
void read_tile_row(const State& state, std::size_t tile_row, ReadRows<T>& rows, T none) {
    const TileLayout& layout = state.layout();
    rows.values.resize(layout.width * tile_side);
    rows.tile_row = static_cast<std::size_t>(-1);
    std::array<T, padded_area> values;
    for (std::size_t column = 0; column < layout.columns; ++column) {
        const T* found = find_values(state, tile_row * layout.columns + column, values);
        for (std::size_t row = 0; row < tile_side; ++row)
            copy_row(found, row, part_in_tile(std::span(rows.values).subspan(row * layout.width, layout.width), column),
                     none);
    }
    rows.tile_row = tile_row;
}

template <class T>
void values_of_row(const State& state, std::size_t row, std::span<T> into, ReadRows<T>& rows, T none) {
    const TileLayout& layout = state.layout();
    const std::size_t tile_row = row / tile_side;
    if (state.store.blocks().blocks() > 1) {
        const std::lock_guard guard(rows.lock);
        if (rows.tile_row != tile_row) read_tile_row(state, tile_row, rows, none);
        std::copy_n(rows.values.begin() + static_cast<std::ptrdiff_t>(row % tile_side * layout.width), into.size(),
                    into.begin());
        return;
    }
    std::array<T, padded_area> unused;
    for (std::size_t column = 0; column * tile_side < into.size(); ++column)
        copy_row(find_values(state, tile_row * layout.columns + column, unused), row % tile_side,
                 part_in_tile(into, column), none);
}

}  // namespace

CostSurface::CostSurface(std::unique_ptr<State> state) noexcept : m_state{std::move(state)} {}
CostSurface::CostSurface(CostSurface&&) noexcept = default;
CostSurface& CostSurface::operator=(CostSurface&&) noexcept = default;
CostSurface::~CostSurface() = default;

std::size_t CostSurface::width() const noexcept { return m_state->layout().width; }
std::size_t CostSurface::height() const noexcept { return m_state->layout().height; }

float CostSurface::cost_at(std::size_t column, std::size_t row) const {
    return value_at(*m_state, column, row, unreached);
}

std::uint32_t CostSurface::source_at(std::size_t column, std::size_t row) const {
    return value_at(*m_state, column, row, no_source);
}

void CostSurface::costs_of_row(std::size_t row, std::span<float> costs) const {
    values_of_row(*m_state, row, costs, m_state->cost_rows, unreached);
}

void CostSurface::sources_of_row(std::size_t row, std::span<std::uint32_t> ids) const {
    values_of_row(*m_state, row, ids, m_state->source_rows, no_source);
}

}  // namespace amayesh
