#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include <amayesh/network/road_network.hpp>

namespace amayesh::benchmark {

/// What anyone would write first: Dijkstra on compressed rows with the standard library's queue. Roads go both ways.
class PlainWays {
public:
    PlainWays(std::size_t nodes, std::span<const RoadLink> links)
        : m_first(nodes + 1), m_to(2 * links.size()), m_minutes(2 * links.size()), m_found(nodes, unreached) {
        for (const RoadLink& link : links) {
            ++m_first[link.from + 1];
            ++m_first[link.to + 1];
        }
        for (std::size_t i = 0; i < nodes; ++i) m_first[i + 1] += m_first[i];
        std::vector<std::uint32_t> next = m_first;
        for (const RoadLink& link : links) {
            m_to[next[link.from]] = static_cast<std::uint32_t>(link.to);
            m_minutes[next[link.from]++] = link.minutes;
            m_to[next[link.to]] = static_cast<std::uint32_t>(link.from);
            m_minutes[next[link.to]++] = link.minutes;
        }
    }

    struct Nearest {
        std::vector<double> minutes;
        std::vector<std::uint32_t> facility;
    };
    [[nodiscard]] Nearest nearest(std::span<const std::size_t> facilities) const {
        Nearest result{std::vector<double>(m_found.size(), unreached), std::vector<std::uint32_t>(m_found.size())};
        Queue queue;
        for (std::uint32_t i = 0; i < facilities.size(); ++i) {
            result.minutes[facilities[i]] = 0;
            result.facility[facilities[i]] = i;
            queue.push({0, static_cast<std::uint32_t>(facilities[i])});
        }
        while (!queue.empty()) {
            const auto [minutes, node] = queue.top();
            queue.pop();
            if (minutes > result.minutes[node]) continue;
            for (std::uint32_t i = m_first[node]; i < m_first[node + 1]; ++i) {
                const double there = minutes + m_minutes[i];
                if (!(there < result.minutes[m_to[i]])) continue;
                result.minutes[m_to[i]] = there;
                result.facility[m_to[i]] = result.facility[node];
                queue.push({there, m_to[i]});
            }
        }
        return result;
    }

    struct Reached {
        std::uint32_t facility, node;
        double minutes;
    };
    [[nodiscard]] std::vector<Reached> within(std::span<const std::size_t> facilities, double limit) {
        std::vector<Reached> result;
        std::vector<std::uint32_t> touched;
        for (std::uint32_t i = 0; i < facilities.size(); ++i) {
            const auto start = static_cast<std::uint32_t>(facilities[i]);
            Queue queue;
            m_found[start] = 0;
            touched.assign(1, start);
            queue.push({0, start});
            while (!queue.empty()) {
                const auto [minutes, node] = queue.top();
                queue.pop();
                if (minutes > m_found[node]) continue;
                result.push_back({i, node, minutes});
                for (std::uint32_t k = m_first[node]; k < m_first[node + 1]; ++k) {
                    const double there = minutes + m_minutes[k];
                    if (there > limit || !(there < m_found[m_to[k]])) continue;
                    if (m_found[m_to[k]] == unreached) touched.push_back(m_to[k]);
                    m_found[m_to[k]] = there;
                    queue.push({there, m_to[k]});
                }
            }
            for (const std::uint32_t node : touched) m_found[node] = unreached;
        }
        return result;
    }

private:
    static constexpr double unreached = std::numeric_limits<double>::infinity();
    using Entry = std::pair<double, std::uint32_t>;
    using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_to;
    std::vector<double> m_minutes;
    std::vector<double> m_found;
};

}  // namespace amayesh::benchmark
