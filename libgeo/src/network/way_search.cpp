#include "network/way_search.hpp"

#include <algorithm>
#include <cmath>

namespace amayesh::detail {

double first_beyond(TravelTime limit) noexcept {
    constexpr double most_minutes = 1e9;  // what a TravelTime may be made of
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (to_minutes(limit) >= most_minutes) return infinity;
    double minutes = to_minutes(limit);
    if (minutes < 0) return 0;
    const double half_millisecond = 0.5 / 60'000;
    minutes += half_millisecond;
    while (to_travel_time(minutes) > limit) minutes = std::nextafter(minutes, -infinity);
    while (to_travel_time(minutes) <= limit) minutes = std::nextafter(minutes, infinity);
    return minutes;
}

WaySearch::WaySearch(const WayTable& table, SearchSense sense) : m_steps{table.steps(sense).steps} {
    m_nodes.reserve(table.node_count() + 1);
    for (const std::uint32_t first : table.steps(sense).first) {
        Node& node = m_nodes.emplace_back();
        node.set({});
        node.first_step = first;
    }
}

void WaySearch::begin(double beyond) {
    for (const std::uint32_t node : m_reached) m_nodes[node].set({});
    m_reached.clear();
    m_queue.clear();
    m_beyond = beyond;
}

void WaySearch::reach(std::uint32_t number, const WayLabel& label) {
    if (!(label.minutes < m_beyond)) return;
    Node& node = m_nodes[number];
    if (!(label < node.label())) return;
    if (std::isinf(node.minutes)) m_reached.push_back(number);
    node.set(label);
    m_queue.push_back({label.minutes, number, node.first_step});
    std::push_heap(m_queue.begin(), m_queue.end());
}

std::optional<std::uint32_t> WaySearch::settle() {
    while (!m_queue.empty()) {
        const Entry entry = m_queue.front();
        std::pop_heap(m_queue.begin(), m_queue.end());
        m_queue.pop_back();
        if (!m_queue.empty()) {  // what comes next is fetched meanwhile
            __builtin_prefetch(m_nodes.data() + m_queue.front().node);
            __builtin_prefetch(m_steps.data() + m_queue.front().first_step);
        }
        const WayLabel from = m_nodes[entry.node].label();
        if (entry.minutes > from.minutes) continue;
        const std::uint32_t end = m_nodes[entry.node + 1].first_step;
        for (std::uint32_t i = entry.first_step; i < end; ++i) {
            const WayStep& step = m_steps[i];
            const double minutes = from.minutes + step.minutes;
            if (minutes <= m_nodes[step.to].minutes)
                reach(step.to, {minutes, from.metres + step.metres(), from.origin});
        }
        return entry.node;
    }
    return std::nullopt;
}

}  // namespace amayesh::detail
