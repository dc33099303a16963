#pragma once

#include <array>
#include <cstdint>
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

/// Goes on from what waits in a tile, cheapest first, until all that is left costs more than the cheapest at the start and
/// the span besides. Whatever the order in which tiles are searched, costs end at the same bits: a cost is the least of what
/// its neighbours give, and a rounded sum never falls as its terms grow.
template <class Steps>
void search_costs(TileWork& work, float* costs, const Steps& steps, std::span<const CellMove> moves,
                  const SearchBounds& bounds, TileOutbox& outbox) {
    thread_local std::vector<TileMessage> inbox;
    work.empty_inbox(inbox);
    CellHeap heap(work.cells);
    for (const TileMessage& message : inbox)
        if (message.cost < costs[message.at]) {
            costs[message.at] = message.cost;
            heap.push(key_of(message.cost, message.at));
        }
    if (heap.empty()) return;
    const float end = cost_of(heap.least()) + bounds.span;
    const auto& owner = tile_of_place();
    std::array<float, most_moves> reached;
    while (!heap.empty()) {
        const float cost = cost_of(heap.least());
        if (cost > end) return;
        const int from = place_of(heap.least());
        heap.pop();
        if (cost > costs[from]) continue;
        reach_by_moves(steps, moves, from, cost, reached);
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const int to = from + moves[i].offset;
            if (!(reached[i] < costs[to] && reached[i] <= bounds.limit)) continue;
            costs[to] = reached[i];
            if (const std::uint8_t tile = owner[static_cast<std::size_t>(to)]; tile == 4)
                heap.push(key_of(reached[i], to));
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
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const int to = from + moves[i].offset;
            // Costs in the margin are those that were sent: where this way is a least-cost way, they are what it takes.
            if (!(reached[i] == costs[to] && reached[i] < unreached && source < sources[to])) continue;
            sources[to] = source;
            if (const std::uint8_t tile = owner[static_cast<std::size_t>(to)]; tile == 4)
                cells.push_back(to);
            else
                outbox[tile].push_back({place_in_neighbour(to, tile), reached[i], source});
        }
    }
}

}  // namespace amayesh::detail
