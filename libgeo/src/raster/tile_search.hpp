#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "raster/cost_steps.hpp"
#include "raster/cost_tiles.hpp"

namespace amayesh::detail {

/// A label for a cell of another tile.
template <class Label>
struct TileMessage {
    int at = 0;
    Label label{};
};

/// What waits to be done in a tile.
template <class Label>
struct TileWork {
    std::mutex lock;                          ///< Of the inbox.
    std::vector<TileMessage<Label>> inbox{};  ///< From tiles beside it.
    float least_in_inbox = std::numeric_limits<float>::infinity();
    std::vector<std::uint64_t> heap{};  ///< Cells to go on from: bits of the cost, then the place in the tile.

    void deliver(std::span<const TileMessage<Label>> messages, float least) {
        const std::lock_guard guard(lock);
        inbox.insert(inbox.end(), messages.begin(), messages.end());
        least_in_inbox = std::min(least_in_inbox, least);
    }
    /// Least cost of all that waits; infinite where nothing does.
    [[nodiscard]] float least() {
        const std::lock_guard guard(lock);
        return heap.empty() ? least_in_inbox
                            : std::min(least_in_inbox, cost_of(static_cast<SourceLabel>(heap.front())));
    }
};

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

/// Of which of the nine tiles around and with its own a place in a padded tile is: 4 = its own.
const std::array<std::uint8_t, padded_area>& tile_of_place();
/// Where a place in the margin lies in the tile that it is of.
int place_in_neighbour(int at, int neighbour) noexcept;

/// What a tile sends to those around it.
template <class Label>
using TileOutbox = std::array<std::vector<TileMessage<Label>>, 9>;

/// Goes on from what waits in a tile, cheapest first, until all that is left costs more than the cheapest at the start and
/// `span` besides. Whatever the order in which tiles are searched, labels end at the same bits: a label is the least of
/// what its neighbours give, and a rounded sum never falls as its terms grow.
template <class Label, class Steps>
void search_tile(TileWork<Label>& work, Label* labels, const Steps& steps, std::span<const CellMove> moves, float span,
                 float limit, TileOutbox<Label>& outbox) {
    thread_local std::vector<TileMessage<Label>> inbox;
    inbox.clear();
    {
        const std::lock_guard guard(work.lock);
        inbox.swap(work.inbox);
        work.least_in_inbox = std::numeric_limits<float>::infinity();
    }
    CellHeap heap(work.heap);
    const auto key_of = [](Label label, int at) {
        return label_of<SourceLabel>(cost_of(label), static_cast<std::uint32_t>(at));
    };
    for (const TileMessage<Label>& message : inbox)
        if (message.label < labels[message.at]) {
            labels[message.at] = message.label;
            heap.push(key_of(message.label, message.at));
        }
    if (heap.empty()) return;
    const float bound = cost_of(static_cast<SourceLabel>(heap.least())) + span;
    const auto& owner = tile_of_place();
    while (!heap.empty()) {
        const float cost = cost_of(static_cast<SourceLabel>(heap.least()));
        if (cost > bound) return;
        const int from = static_cast<int>(static_cast<std::uint32_t>(heap.least()));
        heap.pop();
        const Label label = labels[from];
        if (cost > cost_of(label)) continue;
        const auto relax = [&](const CellMove& move, float step) {
            const float reached = cost + step;
            if (!(reached <= limit)) return;
            const int to = from + move.offset;
            const Label candidate = label_of<Label>(reached, source_of(label));
            if (candidate >= labels[to]) return;
            labels[to] = candidate;
            if (const std::uint8_t tile = owner[static_cast<std::size_t>(to)]; tile == 4)
                heap.push(key_of(candidate, to));
            else
                outbox[tile].push_back({place_in_neighbour(to, tile), candidate});
        };
        for (std::size_t i = 0; i < 8; ++i) relax(moves[i], steps.neighbour(from, moves[i]));
        for (std::size_t i = 8; i < moves.size(); ++i) relax(moves[i], steps.knight(from, moves[i]));
    }
}

}  // namespace amayesh::detail
