#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/travel_time.hpp>

namespace amayesh {

/// Which way a road may be driven: both ways, as it is drawn, or against it.
enum class RoadDirection : std::uint8_t { both, forward, backward };

/// A piece of road between two nodes of a network that is known as such.
struct RoadLink {
    std::size_t from = 0;
    std::size_t to = 0;
    double minutes = 0;  ///< At least 0.
    double metres = 0;   ///< 0 to 4,000,000.
    RoadDirection direction = RoadDirection::both;
};

/// A facility at the end of a way.
struct RoadWay {
    std::size_t facility = 0;  ///< Index into the facilities.
    double minutes = 0;        ///< Off-road walks at both ends included.
    double metres = 0;         ///< Likewise; of the shortest of the quickest ways.
};

/// A node at the end of a way.
struct NodeWay {
    std::size_t node = 0;
    double minutes = 0;
    double metres = 0;
};

namespace detail {
class WayTable;
}

/// A road network given as nodes and links, from planning software or a file of its own; `RoadGraph` makes one of lines.
///
/// Method: Dijkstra (1959) with a binary heap. Minutes are rounded to 2⁻³⁰ of one and metres to 2⁻¹⁰ before they are
///         added, so that the sum of a way is the same bits from either end and equal ways are equal.
/// Cost:   O((n + m) log n) for everything that a search reaches; 16 bytes a link and direction.
class AMAYESH_EXPORT RoadNetwork {
public:
    /// Throws: InvalidInput for a link to a node that is none, or with minutes or metres out of range.
    RoadNetwork(std::size_t node_count, std::span<const RoadLink> links);
    ~RoadNetwork();
    RoadNetwork(RoadNetwork&&) noexcept;
    RoadNetwork& operator=(RoadNetwork&&) noexcept;

    [[nodiscard]] std::size_t node_count() const noexcept;
    /// The quickest of the facilities (nodes) for each node; ties go to the lower index. Nothing where no way leads.
    [[nodiscard]] std::vector<std::optional<RoadWay>> nearest_facilities(std::span<const std::size_t> facilities,
                                                                         TravelDirection direction) const;
    /// The nodes within `limit` of each facility (a node), by node.
    [[nodiscard]] std::vector<std::vector<NodeWay>> nodes_within(std::span<const std::size_t> facilities,
                                                                 TravelTime limit, TravelDirection direction) const;

private:
    std::unique_ptr<detail::WayTable> m_ways;
};

}  // namespace amayesh
