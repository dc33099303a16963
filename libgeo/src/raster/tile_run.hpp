#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "raster/tile_schedule.hpp"
#include "raster/tile_work.hpp"

namespace amayesh::detail {

/// What is done with blocks and tiles.
struct TileVisits {
    std::function<void(std::size_t block)> enter;
    /// Goes on in a tile; from several threads, of different tiles.
    std::function<void(std::size_t tile, TileWork& work, TileOutbox& outbox)> visit;
    std::function<void()> leave;
};

/// Work that spreads from tile to tile, on several threads, until none is left.
class TileRun {
public:
    TileRun(const TileLayout& layout, const BlockLayout& blocks);
    /// A cell to begin with.
    void start(const TileCell& cell, float cost, std::uint32_t source);
    void run(const TileVisits& visits);

private:
    using Woken = std::vector<std::pair<std::size_t, float>>;
    void visit_tiles(const TileVisits& visits);
    void send(std::size_t tile, TileOutbox& outbox, Woken& woken);

    const TileLayout& m_layout;
    const BlockLayout& m_blocks;
    std::unique_ptr<TileWork[]> m_work;
    TileSchedule m_schedule;
};

}  // namespace amayesh::detail
