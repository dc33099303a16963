#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include <amayesh/raster/cost_distance.hpp>

#include "raster/cost_steps.hpp"
#include "raster/tile_store.hpp"

namespace amayesh {

/// Rows of a row of tiles that were read from the file.
template <class T>
struct ReadRows {
    std::mutex lock{};
    std::size_t tile_row = static_cast<std::size_t>(-1);
    std::vector<T> values{};
};

struct CostSurface::State {
    State(const detail::TileLayout& layout, const detail::TileStoreOptions& kept)
        : store(layout, kept), is_open(layout.tiles()), is_reached(layout.tiles()), is_allocated(layout.tiles()) {}

    [[nodiscard]] const detail::TileLayout& layout() const noexcept { return store.layout(); }

    detail::TileStore store;
    std::vector<std::uint8_t> is_open;       ///< Of each tile: has a passable cell.
    std::vector<std::uint8_t> is_reached;    ///< Has costs.
    std::vector<std::uint8_t> is_allocated;  ///< Has sources.

    std::vector<detail::CellMove> moves{};
    std::optional<detail::SlopeTable> slopes{};
    float sign = 1;  ///< See `SlopeSteps`.
    double column_m = 0;
    double row_m = 0;
    std::vector<CostSource> sources{};  ///< For ways.
    bool has_ways = false;
    bool has_sources = false;

    mutable ReadRows<float> cost_rows{};
    mutable ReadRows<std::uint32_t> source_rows{};
};

}  // namespace amayesh
