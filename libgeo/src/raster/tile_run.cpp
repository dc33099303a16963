#include "raster/tile_run.hpp"

#include <algorithm>

#include <amayesh/core/parallel.hpp>

namespace amayesh::detail {

TileRun::TileRun(const TileLayout& layout, const BlockLayout& blocks)
    : m_layout{layout},
      m_blocks{blocks},
      m_work{std::make_unique<TileWork[]>(layout.tiles())},
      m_schedule(layout.tiles(), blocks) {}

void TileRun::start(const TileCell& cell, float cost, std::uint32_t source) {
    const TileMessage message{cell.at, cost, source};
    m_work[cell.tile].deliver({&message, 1}, cost);
    m_schedule.wake(cell.tile, cost);
}

void TileRun::run(const TileVisits& visits) {
    constexpr std::size_t tiles_a_thread = 16;  // fewer are done before a second thread has started
    const std::size_t threads = std::clamp<std::size_t>(m_blocks.tiles_of_block() / tiles_a_thread, 1, thread_limit());
    while (const auto block = m_schedule.next_block()) {
        visits.enter(*block);
        parallel_for(threads, 1, [&](std::size_t begin, std::size_t end) {
            for (std::size_t thread = begin; thread < end; ++thread) visit_tiles(visits);
        });
        visits.leave();
    }
}

void TileRun::visit_tiles(const TileVisits& visits) {
    TileOutbox outbox;
    Woken woken;
    try {
        while (const auto tile = m_schedule.take()) {
            visits.visit(*tile, m_work[*tile], outbox);
            woken.clear();
            send(*tile, outbox, woken);
            m_schedule.give_back(*tile, m_work[*tile].least(), woken);
        }
    } catch (...) {
        m_schedule.stop();
        throw;
    }
}

void TileRun::send(std::size_t tile, TileOutbox& outbox, Woken& woken) {
    for (std::size_t i = 0; i < outbox.size(); ++i) {
        auto& messages = outbox[i];
        if (messages.empty()) continue;
        const std::size_t to = tile + i % 3 - 1 + (i / 3) * m_layout.columns - m_layout.columns;
        float least = unreached;
        for (const TileMessage& message : messages) least = std::min(least, message.cost);
        m_work[to].deliver(messages, least);
        woken.emplace_back(to, least);
        messages.clear();
    }
}

}  // namespace amayesh::detail
