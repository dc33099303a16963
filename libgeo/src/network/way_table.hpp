#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/network/road_network.hpp>

namespace amayesh::detail {

/// Rounded to 2⁻³⁰ of a minute and 2⁻¹⁰ of a metre: such numbers add up to the same bits in any order, below 2²² minutes
/// (eight years). The constants' own last bits have that weight.
inline double whole_minutes(double minutes) noexcept { return (minutes + 0x1.8p22) - 0x1.8p22; }
inline double whole_metres(double metres) noexcept { return (metres + 0x1.8p42) - 0x1.8p42; }

inline constexpr double steps_per_metre = 1'024;

/// Where a search goes: from an origin the way people travel, or against it.
enum class SearchSense : std::uint8_t { along, against };

constexpr SearchSense opposite(SearchSense sense) noexcept {
    return sense == SearchSense::along ? SearchSense::against : SearchSense::along;
}
/// Of a search that sets out at facilities.
constexpr SearchSense sense_from_facilities(TravelDirection direction) noexcept {
    return direction == TravelDirection::from_facility ? SearchSense::along : SearchSense::against;
}

/// A step from a node to another.
struct WayStep {
    double minutes;
    std::uint32_t to;
    std::uint32_t length;  ///< In 2⁻¹⁰ m: a step is in one piece of a cache line.

    [[nodiscard]] double metres() const noexcept { return length / steps_per_metre; }
};

/// The steps from every node in one sense, node by node.
struct WaySteps {
    std::vector<std::uint32_t> first;  ///< Of each node; one more at the end.
    std::vector<WayStep> steps;
};

/// The steps of a network in both senses.
class WayTable {
public:
    WayTable(std::size_t node_count, std::span<const RoadLink> links);

    [[nodiscard]] std::size_t node_count() const { return m_along.first.size() - 1; }
    [[nodiscard]] const WaySteps& steps(SearchSense sense) const {
        return sense == SearchSense::along || m_same ? m_along : m_against;
    }

private:
    bool m_same = false;  // every road goes both ways
    WaySteps m_along;
    WaySteps m_against;
};

}  // namespace amayesh::detail
