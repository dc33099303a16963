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

void WaySearch::begin(double beyond) {
    for (const std::uint32_t node : m_reached) m_labels[node] = {};
    m_reached.clear();
    m_queue.clear();
    m_beyond = beyond;
}

void WaySearch::reach(std::uint32_t node, const WayLabel& label) {
    if (!(label.minutes < m_beyond)) return;
    WayLabel& known = m_labels[node];
    if (!(label < known)) return;
    if (std::isinf(known.minutes)) m_reached.push_back(node);
    known = label;
    m_queue.push({label.minutes, node});
}

std::optional<std::uint32_t> WaySearch::settle() {
    while (!m_queue.is_empty()) {
        const NodeQueue::Entry entry = m_queue.least();
        m_queue.pop();
        const WayLabel from = m_labels[entry.node];
        if (entry.minutes > from.minutes) continue;
        for (std::uint32_t i = m_steps.first[entry.node]; i < m_steps.first[entry.node + 1]; ++i) {
            const WayStep& step = m_steps.steps[i];
            const double minutes = from.minutes + step.minutes;
            if (minutes <= m_labels[step.to].minutes)
                reach(step.to, {minutes, from.metres + m_steps.metres[i], from.origin});
        }
        return entry.node;
    }
    return std::nullopt;
}

}  // namespace amayesh::detail
