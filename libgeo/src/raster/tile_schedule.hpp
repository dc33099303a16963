#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace amayesh::detail {

/// Which tile is to be searched next, by several threads: the one with the cheapest cell that waits. A tile is searched by
/// one thread at a time.
class TileSchedule {
public:
    explicit TileSchedule(std::size_t tiles) : m_tiles(tiles) {}

    /// A tile has something to do from `least` on.
    void wake(std::size_t tile, float least) {
        const std::lock_guard guard(m_lock);
        enqueue(tile, least);
    }

    /// Waits for a tile; nothing once no tile has anything left, or after `stop`.
    std::optional<std::size_t> take() {
        std::unique_lock guard(m_lock);
        while (!m_stopped) {
            while (!m_queue.empty()) {
                const auto [least, tile] = m_queue.top();
                m_queue.pop();
                State& state = m_tiles[tile];
                if (state.is_searched || least != state.waits_from) continue;  // searched since, or queued anew
                state = {.waits_from = nothing, .is_searched = true};
                ++m_searched;
                return tile;
            }
            if (m_searched == 0) break;
            m_changed.wait(guard);
        }
        m_changed.notify_all();
        return std::nullopt;
    }

    /// Gives a tile back, with what is left in it (infinite = nothing), and wakes those that it sent something.
    void give_back(std::size_t tile, float left, const std::vector<std::pair<std::size_t, float>>& woken) {
        {
            const std::lock_guard guard(m_lock);
            m_tiles[tile].is_searched = false;
            --m_searched;
            enqueue(tile, left);
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
    struct State {
        float waits_from = nothing;
        bool is_searched = false;
    };

    /// One that is being searched is queued when it is given back.
    void enqueue(std::size_t tile, float least) {
        State& state = m_tiles[tile];
        if (state.is_searched || !(least < state.waits_from)) return;
        state.waits_from = least;
        m_queue.emplace(least, tile);
    }

    using Entry = std::pair<float, std::size_t>;
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_queue;
    std::vector<State> m_tiles;
    std::size_t m_searched = 0;
    bool m_stopped = false;
};

}  // namespace amayesh::detail
