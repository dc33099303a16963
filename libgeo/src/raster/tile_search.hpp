#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "raster/cost_steps.hpp"
#include "raster/tile_work.hpp"

namespace amayesh::detail {

/// How far a search goes on in one tile.
struct SearchBounds {
    float span = 0;   ///< Beyond the cheapest cell at its start.
    float limit = 0;  ///< Higher costs are not reached.
};

/// The cells of a tile to go on from in one search; those beyond its span wait for another.
class SearchFront {
public:
    SearchFront(TileWork& work, float least, float span) : m_work{work}, m_end{least + span} {
        m_buckets.begin(least, span);
        work.least_of_cells = unreached;
    }
    void push(const WaitingCell& cell) {
        if (cell.cost <= m_end) return m_buckets.push(cell);
        m_work.cells.push_back(cell);
        m_work.least_of_cells = std::min(m_work.least_of_cells, cell.cost);
    }
    std::optional<WaitingCell> pop() { return m_buckets.pop(); }

private:
    /// One for each thread, for its memory.
    static CellBuckets& of_thread() {
        thread_local CellBuckets buckets;
        return buckets;
    }

    TileWork& m_work;
    CellBuckets& m_buckets = of_thread();
    float m_end;
};

/// Goes on from what waits in a tile, the cheapest first or nearly so, until all that is left costs more than the cheapest at
/// the start and the span besides. Whatever the order of cells and tiles, costs end at the same bits: a cost is the least of
/// what its neighbours give, and a rounded sum never falls as its terms grow.
template <class Steps>
void search_costs(TileWork& work, float* costs, const Steps& steps, std::span<const CellMove> moves,
                  const SearchBounds& bounds, TileOutbox& outbox) {
    thread_local std::vector<TileMessage> inbox;
    thread_local std::vector<WaitingCell> waiting;
    work.empty_inbox(inbox);
    float least = work.least_of_cells;
    for (const TileMessage& message : inbox) least = std::min(least, message.cost);
    waiting.clear();
    waiting.swap(work.cells);
    SearchFront front(work, least, bounds.span);
    for (const WaitingCell& cell : waiting)
        if (cell.cost == costs[cell.at]) front.push(cell);
    for (const TileMessage& message : inbox)
        if (message.cost < costs[message.at]) {
            costs[message.at] = message.cost;
            front.push({message.cost, message.at});
        }
    const auto& owner = tile_of_place();
    std::array<float, most_moves> reached;
    while (const auto next = front.pop()) {
        const auto [cost, from] = *next;
        if (cost != costs[from]) continue;
        reach_by_moves(steps, moves, from, cost, reached);
        unsigned cheaper = moves_that([&](std::size_t i, int to) { return reached[i] < costs[to]; }, moves, from);
        for (; cheaper != 0; cheaper &= cheaper - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(cheaper));
            if (reached[i] > bounds.limit) continue;
            const int to = from + moves[i].offset;
            costs[to] = reached[i];
            if (const std::uint8_t tile = owner[static_cast<std::size_t>(to)]; tile == 4)
                front.push({reached[i], to});
            else
                outbox[tile].push_back({place_in_neighbour(to, tile), reached[i]});
        }
    }
}

/// Hands sources on from what waits in a tile along all least-cost ways, once costs are known: a cell has the least source of
/// those that a least-cost way comes from, whatever the order in which tiles are visited.
template <class Steps>
void spread_sources(TileWork& work, const float* costs, std::uint32_t* sources, const Steps& steps,
                    std::span<const CellMove> moves, TileOutbox& outbox) {
    thread_local std::vector<TileMessage> inbox;
    thread_local std::vector<int> cells;
    work.empty_inbox(inbox);
    for (const TileMessage& message : inbox)
        if (message.cost == costs[message.at] && message.source < sources[message.at]) {
            sources[message.at] = message.source;
            cells.push_back(message.at);
        }
    const auto& owner = tile_of_place();
    std::array<float, most_moves> reached;
    while (!cells.empty()) {
        const int from = cells.back();
        cells.pop_back();
        const std::uint32_t source = sources[from];
        reach_by_moves(steps, moves, from, costs[from], reached);
        // Costs in the margin are those that were sent: where this way is a least-cost way, they are what it takes.
        unsigned led_to = moves_that(
            [&](std::size_t i, int to) {
                const int is_on_way =
                    static_cast<int>(reached[i] == costs[to]) & static_cast<int>(reached[i] < unreached);
                return (is_on_way & static_cast<int>(source < sources[to])) != 0;
            },
            moves, from);
        for (; led_to != 0; led_to &= led_to - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(led_to));
            const int to = from + moves[i].offset;
            sources[to] = source;
            if (const std::uint8_t tile = owner[static_cast<std::size_t>(to)]; tile == 4)
                cells.push_back(to);
            else
                outbox[tile].push_back({place_in_neighbour(to, tile), reached[i], source});
        }
    }
}

}  // namespace amayesh::detail
