#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace amayesh::detail {

/// A cell to go on from, at what it was reached at.
struct WaitingCell {
    float cost = 0;
    int at = 0;
};

/// Cells within a span of costs, in buckets of rising cost; in a bucket the first in is the first out.
class CellBuckets {
public:
    /// Empties them, for costs from `least` to `least + span`.
    void begin(float least, float span) {
        m_first.fill(none);
        m_filled.fill(0);
        m_entries.clear();
        m_free = none;
        m_least = least;
        m_per_cost = span > 0 ? static_cast<float>(count) / span : 0;
    }

    void push(const WaitingCell& cell) {
        const int entry = take_entry(cell);
        const auto bucket =
            static_cast<std::size_t>(std::min((cell.cost - m_least) * m_per_cost, static_cast<float>(count - 1)));
        if (m_first[bucket] == none)
            m_first[bucket] = entry;
        else
            m_entries[static_cast<std::size_t>(m_last[bucket])].next = entry;
        m_last[bucket] = entry;
        m_filled[bucket / 64] |= std::uint64_t{1} << bucket % 64;
    }

    /// A cell of the lowest bucket.
    std::optional<WaitingCell> pop() {
        for (std::size_t word = 0; word < m_filled.size(); ++word) {
            if (m_filled[word] == 0) continue;
            const auto bucket = word * 64 + static_cast<std::size_t>(std::countr_zero(m_filled[word]));
            const int index = m_first[bucket];
            Entry& entry = m_entries[static_cast<std::size_t>(index)];
            m_first[bucket] = entry.next;
            if (entry.next == none) m_filled[word] &= m_filled[word] - 1;
            entry.next = m_free;
            m_free = index;
            return entry.cell;
        }
        return std::nullopt;
    }

private:
    static constexpr int none = -1;
    static constexpr std::size_t count = 256;
    struct Entry {
        WaitingCell cell{};
        int next = none;
    };

    int take_entry(const WaitingCell& cell) {
        const int entry = m_free;
        if (entry == none) {
            m_entries.push_back({cell, none});
            return static_cast<int>(m_entries.size() - 1);
        }
        m_free = m_entries[static_cast<std::size_t>(entry)].next;
        m_entries[static_cast<std::size_t>(entry)] = {cell, none};
        return entry;
    }

    std::array<int, count> m_first{};
    std::array<int, count> m_last{};
    std::array<std::uint64_t, count / 64> m_filled{};
    std::vector<Entry> m_entries{};
    int m_free = none;  ///< Entries that were taken out, linked: few are in use at a time and stay in the cache.
    float m_least = 0;
    float m_per_cost = 0;
};

}  // namespace amayesh::detail
