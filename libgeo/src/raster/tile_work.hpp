#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <span>
#include <vector>

#include "raster/cost_tiles.hpp"

namespace amayesh::detail {

/// What a cell of another tile is reached at, and from which source.
struct TileMessage {
    int at = 0;
    float cost = 0;
    std::uint32_t source = unallocated;
};

/// Cells to go on from: a cost and a place in the tile in one number, which orders as the cost does, for it is never below 0.
constexpr std::uint64_t key_of(float cost, int at) noexcept {
    return std::uint64_t{std::bit_cast<std::uint32_t>(cost)} << 32 | static_cast<std::uint32_t>(at);
}
constexpr float cost_of(std::uint64_t key) noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32));
}
constexpr int place_of(std::uint64_t key) noexcept { return static_cast<int>(static_cast<std::uint32_t>(key)); }

/// What waits to be done in a tile.
struct TileWork {
    std::mutex lock;                   ///< Of the inbox.
    std::vector<TileMessage> inbox{};  ///< From tiles beside it.
    float least_in_inbox = unreached;
    std::vector<std::uint64_t> cells{};  ///< A heap of those to go on from.

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
        return cells.empty() ? least_in_inbox : std::min(least_in_inbox, cost_of(cells.front()));
    }
};

/// What a tile sends to those around it; 4 = itself.
using TileOutbox = std::array<std::vector<TileMessage>, 9>;

/// Of which of the nine tiles around and with its own a place in a padded tile is: 4 = its own.
const std::array<std::uint8_t, padded_area>& tile_of_place();
/// Where a place in the margin lies in the tile that it is of.
int place_in_neighbour(int at, int neighbour) noexcept;

/// A heap of whole numbers, four children a node: lower, and kinder to the cache than two.
class CellHeap {
public:
    explicit CellHeap(std::vector<std::uint64_t>& keys) : m_keys{keys} {}
    [[nodiscard]] bool empty() const noexcept { return m_keys.empty(); }
    [[nodiscard]] std::uint64_t least() const noexcept { return m_keys.front(); }

    void push(std::uint64_t key) {
        std::size_t at = m_keys.size();
        m_keys.push_back(key);
        while (at > 0 && m_keys[(at - 1) / 4] > key) {
            m_keys[at] = m_keys[(at - 1) / 4];
            at = (at - 1) / 4;
        }
        m_keys[at] = key;
    }

    void pop() {
        const std::uint64_t key = m_keys.back();
        m_keys.pop_back();
        const std::size_t count = m_keys.size();
        if (count == 0) return;
        std::size_t at = 0;
        for (std::size_t child = 1; child < count; child = 4 * at + 1) {
            std::size_t best = child;
            for (std::size_t other = child + 1; other < std::min(child + 4, count); ++other)
                if (m_keys[other] < m_keys[best]) best = other;
            if (m_keys[best] >= key) break;
            m_keys[at] = m_keys[best];
            at = best;
        }
        m_keys[at] = key;
    }

private:
    std::vector<std::uint64_t>& m_keys;
};

}  // namespace amayesh::detail
