#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "network/access_ends.hpp"
#include "network/access_ways.hpp"

namespace amayesh::detail {

/// Searches from one place after another to the places on the network's edges; its memory serves them all.
class AccessSearch {
public:
    AccessSearch(const AccessNetwork& network, Accesses origins, Accesses targets, const AccessTargets& index,
                 SearchSense sense);

    /// Finds every target before `beyond` minutes.
    void find_all(std::uint32_t origin, double beyond);
    /// Goes on until the ways to all of `wanted` are known, or no way leads on.
    void find(std::uint32_t origin, std::span<const std::uint32_t> wanted);

    /// Targets that the last search came to.
    [[nodiscard]] std::span<const std::uint32_t> found() const { return m_found; }
    [[nodiscard]] const AccessWay& way_to(std::uint32_t target) const { return m_best[target]; }

private:
    void begin(double beyond);
    void set_out(std::uint32_t origin);
    void offer(std::uint32_t target, const AccessWay& way);
    [[nodiscard]] double slowest(std::span<const std::uint32_t> wanted) const;

    const AccessNetwork& m_network;
    Accesses m_origins;
    Accesses m_targets;
    const AccessTargets& m_index;
    SearchSense m_sense;
    WaySearch m_search;
    std::vector<AccessWay> m_best;
    std::vector<std::uint32_t> m_found;
    double m_beyond = 0;
};

}  // namespace amayesh::detail
