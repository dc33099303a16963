#include "network/way_search.hpp"

#include <algorithm>
#include <cmath>

namespace amayesh::detail {
namespace {

constexpr std::size_t children = 4;

}  // namespace

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

void NodeQueue::push(const Entry& entry) {
    std::size_t hole = m_entries.size();
    m_entries.push_back(entry);
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / children;
        if (m_entries[parent].minutes <= entry.minutes) break;
        m_entries[hole] = m_entries[parent];
        hole = parent;
    }
    m_entries[hole] = entry;
}

void NodeQueue::pop() {
    const Entry last = m_entries.back();
    m_entries.pop_back();
    const std::size_t size = m_entries.size();
    if (size == 0) return;
    std::size_t hole = 0;
    for (std::size_t first = 1; first < size; first = children * hole + 1) {
        std::size_t least = first;
        const std::size_t end = std::min(first + children, size);
        for (std::size_t child = first + 1; child < end; ++child)
            if (m_entries[child].minutes < m_entries[least].minutes) least = child;
        if (m_entries[least].minutes >= last.minutes) break;
        m_entries[hole] = m_entries[least];
        hole = least;
    }
    m_entries[hole] = last;
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
    m_queue.push({label.minutes, number, node.first_step});
}

std::optional<std::uint32_t> WaySearch::settle() {
    while (!m_queue.is_empty()) {
        const NodeQueue::Entry entry = m_queue.least();
        m_queue.pop();
        if (!m_queue.is_empty()) {  // what comes next is fetched meanwhile
            __builtin_prefetch(&m_nodes[m_queue.least().node]);
            __builtin_prefetch(&m_steps[m_queue.least().first_step]);
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
