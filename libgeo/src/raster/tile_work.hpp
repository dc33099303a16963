#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <vector>

#include "raster/cell_buckets.hpp"
#include "raster/cost_tiles.hpp"

namespace amayesh::detail {

/// What a cell of another tile is reached at, and from which source.
struct TileMessage {
    int at = 0;
    float cost = 0;
    std::uint32_t source = unallocated;
};

/// What waits to be done in a tile.
struct TileWork {
    std::mutex lock;                   ///< Of the inbox.
    std::vector<TileMessage> inbox{};  ///< From tiles beside it.
    float least_in_inbox = unreached;
    std::vector<WaitingCell> cells{};  ///< To go on from.
    float least_of_cells = unreached;

    void deliver(std::span<const TileMessage> messages, float least) {
        const std::lock_guard guard(lock);
        inbox.insert(inbox.end(), messages.begin(), messages.end());
        least_in_inbox = std::min(least_in_inbox, least);
    }
    /// Takes the inbox in exchange for an empty one.
    void empty_inbox(std::vector<TileMessage>& into) {
        into.clear();
        const std::lock_guard guard(lock);
        into.swap(inbox);
        least_in_inbox = unreached;
    }
    /// Least cost of all that waits; infinite where nothing does.
    [[nodiscard]] float least() {
        const std::lock_guard guard(lock);
        return std::min(least_in_inbox, least_of_cells);
    }
};

/// What a tile sends to those around it; 4 = itself.
using TileOutbox = std::array<std::vector<TileMessage>, 9>;

/// Of which of the nine tiles around and with its own a place in a padded tile is: 4 = its own.
const std::array<std::uint8_t, padded_area>& tile_of_place();
/// Where a place in the margin lies in the tile that it is of.
int place_in_neighbour(int at, int neighbour) noexcept;

}  // namespace amayesh::detail
