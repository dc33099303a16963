#include "network/access_search.hpp"

#include <algorithm>
#include <limits>

namespace amayesh::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_better(const AccessWay& a, const AccessWay& b) {
    return a.minutes != b.minutes ? a.minutes < b.minutes : a.metres < b.metres;
}

}  // namespace

AccessSearch::AccessSearch(const AccessNetwork& network, Accesses origins, Accesses targets, const AccessTargets& index,
                           SearchSense sense)
    : m_network{network},
      m_origins{origins},
      m_targets{targets},
      m_index{index},
      m_sense{sense},
      m_search{network.table, sense},
      m_best(targets.size()) {}

void AccessSearch::begin(double beyond) {
    for (const std::uint32_t target : m_found) m_best[target] = {};
    m_found.clear();
    m_beyond = beyond;
    m_search.begin(beyond);
}

void AccessSearch::offer(std::uint32_t target, const AccessWay& way) {
    AccessWay& best = m_best[target];
    if (!(way.minutes < m_beyond) || (best.is_open() && !is_better(way, best))) return;
    if (!best.is_open()) m_found.push_back(target);
    best = way;
}

void AccessSearch::set_out(std::uint32_t origin) {
    const RoadAccess& access = *m_origins[origin];
    const AccessEnds ends = ends_of(access, m_network.edges, m_sense);
    m_search.reach(ends.from, {ends.to_from.minutes, ends.to_from.metres, 0});
    m_search.reach(ends.to, {ends.to_to.minutes, ends.to_to.metres, 0});
    for (const std::uint32_t target : m_index.on_edge(access.edge))
        offer(target, way_on_edge(access, *m_targets[target], m_network.edges, m_sense));
}

void AccessSearch::find_all(std::uint32_t origin, double beyond) {
    begin(beyond);
    set_out(origin);
    while (const std::optional<std::uint32_t> node = m_search.settle()) {
        const WayLabel& label = m_search.label(*node);
        for (const AccessTargets::Arrival& arrival : m_index.at_node(*node))
            offer(arrival.place, {label.minutes + arrival.way.minutes, label.metres + arrival.way.metres});
    }
}

double AccessSearch::slowest(std::span<const std::uint32_t> wanted) const {
    double minutes = 0;
    for (const std::uint32_t target : wanted) minutes = std::max(minutes, m_best[target].minutes);
    return minutes;
}

void AccessSearch::find(std::uint32_t origin, std::span<const std::uint32_t> wanted) {
    begin(infinity);
    set_out(origin);
    double last = slowest(wanted);
    std::size_t found = m_found.size();
    while (const std::optional<std::uint32_t> node = m_search.settle()) {
        const WayLabel& label = m_search.label(*node);
        if (label.minutes > last) break;
        for (const AccessTargets::Arrival& arrival : m_index.at_node(*node))
            offer(arrival.place, {label.minutes + arrival.way.minutes, label.metres + arrival.way.metres});
        if (last == infinity && m_found.size() != found) {
            last = slowest(wanted);
            found = m_found.size();
        }
    }
}

}  // namespace amayesh::detail
