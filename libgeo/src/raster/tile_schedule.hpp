#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <limits>
#include <mutex>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "raster/cost_tiles.hpp"

namespace amayesh::detail {

/// Which tile is to be visited next, by several threads: the one with the cheapest cell that waits, of one block. A tile is
/// visited by one thread at a time.
class TileSchedule {
public:
    TileSchedule(std::size_t tiles, const BlockLayout& blocks) : m_blocks{blocks}, m_tiles(tiles) {}

    /// A tile has something to do from `least` on.
    void wake(std::size_t tile, float least) {
        const std::lock_guard guard(m_lock);
        enqueue(tile, least);
    }

    /// Goes to the block with the cheapest cell that waits, for all that waits there; nothing once no tile has anything left.
    std::optional<std::size_t> next_block() {
        const std::lock_guard guard(m_lock);
        const auto least = std::min_element(m_tiles.begin(), m_tiles.end(),
                                            [](const State& a, const State& b) { return a.waits_from < b.waits_from; });
        if (least == m_tiles.end() || !(least->waits_from < nothing)) return std::nullopt;
        m_block = m_blocks.block_of(static_cast<std::size_t>(least - m_tiles.begin()));
        for (std::size_t tile = 0; tile < m_tiles.size(); ++tile)
            if (m_tiles[tile].waits_from < nothing && m_blocks.block_of(tile) == m_block)
                m_queue.emplace(m_tiles[tile].waits_from, tile);
        return m_block;
    }

    /// Waits for a tile of the block; nothing once none of them has anything left, or after `stop`.
    std::optional<std::size_t> take() {
        std::unique_lock guard(m_lock);
        while (!m_stopped) {
            while (!m_queue.empty()) {
                const auto [least, tile] = m_queue.top();
                m_queue.pop();
                State& state = m_tiles[tile];
                if (state.is_visited || least != state.waits_from) continue;  // visited since, or queued anew
                state = {.waits_from = nothing, .is_visited = true};
                ++m_visited;
                return tile;
            }
            if (m_visited == 0) break;
            m_changed.wait(guard);
        }
        m_changed.notify_all();
        return std::nullopt;
    }

    /// Gives a tile back, with what is left in it (infinite = nothing), and wakes those that it sent something.
    void give_back(std::size_t tile, float left, const std::vector<std::pair<std::size_t, float>>& woken) {
        {
            const std::lock_guard guard(m_lock);
            State& state = m_tiles[tile];
            const float waits_from = std::min(left, state.waits_from);
            state = {};
            --m_visited;
            enqueue(tile, waits_from);
            for (const auto& [other, least] : woken) enqueue(other, least);
        }
        m_changed.notify_all();
    }

    void stop() {
        const std::lock_guard guard(m_lock);
        m_stopped = true;
        m_changed.notify_all();
    }

private:
    static constexpr float nothing = std::numeric_limits<float>::infinity();
    static constexpr std::size_t no_block = static_cast<std::size_t>(-1);
    struct State {
        float waits_from = nothing;
        bool is_visited = false;
    };

    /// One that is being visited is queued when it is given back, one of another block when that block's turn comes.
    void enqueue(std::size_t tile, float least) {
        State& state = m_tiles[tile];
        if (!(least < state.waits_from)) return;
        state.waits_from = least;
        if (state.is_visited) return;
        if (m_block != no_block && m_blocks.block_of(tile) == m_block) m_queue.emplace(least, tile);
    }

    using Entry = std::pair<float, std::size_t>;
    const BlockLayout& m_blocks;
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_queue;
    std::vector<State> m_tiles;
    std::size_t m_block = no_block;
    std::size_t m_visited = 0;
    bool m_stopped = false;
};

}  // namespace amayesh::detail
