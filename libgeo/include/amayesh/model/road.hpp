#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/network/road_graph.hpp>

namespace amayesh {

AMAYESH_EXPORT std::string_view to_string(RoadDirection direction) noexcept;  ///< "no", "yes", "reverse".
/// Whether a road is one-way, in English and Persian words and OpenStreetMap's: yes, no, reverse, -1.
AMAYESH_EXPORT std::optional<RoadDirection> parse_road_direction(std::string_view word);

/// A class of roads in the spelling of the standards, where the word is one of the usual Persian or English ones.
AMAYESH_EXPORT std::optional<std::string_view> parse_road_class(std::string_view word);

/// A road as a layer has it.
struct Road {
    std::string road_class;             ///< In the spelling of the standards, or as given; empty = unknown.
    std::optional<double> km_per_hour;  ///< As given, above 0; nothing = that of its class.
    RoadDirection direction = RoadDirection::both;
    int level = 0;    ///< Roads meet at the same level alone: a bridge has one of its own.
    MultiLine shape;  ///< Degrees, densified.
};

enum class BarrierKind : std::uint8_t { river, lake };
AMAYESH_EXPORT std::string_view to_string(BarrierKind kind) noexcept;
AMAYESH_EXPORT std::optional<BarrierKind> parse_barrier_kind(std::string_view word);

/// Water that nobody crosses but on a road.
struct Barrier {
    BarrierKind kind = BarrierKind::river;
    Geometry shape;  ///< Degrees, densified; lines or polygons.
};

}  // namespace amayesh
