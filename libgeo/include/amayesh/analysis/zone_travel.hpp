#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// How a zone is reached: by the straight line in km, over roads or over terrain in minutes.
enum class ReachKind : std::uint8_t { straight, roads, surface };
AMAYESH_EXPORT std::string_view to_string(ReachKind kind) noexcept;

/// Why no way leads from a place to a zone.
enum class UnroutableReason : std::uint8_t {
    no_position,
    no_serving_zone,  ///< No zone of the area is known to serve: whoever has none that may serve near is known to be far.
    outside_grid,     ///< Surface: the place lies outside the grid.
    no_access,        ///< No road, or no passable cell, within the snap limit.
    no_way_to_any_zone,  ///< An island: what it is attached to does not hang together with any serving zone.
};
AMAYESH_EXPORT std::string_view to_string(UnroutableReason reason) noexcept;

/// A zone at the end of a way.
struct ZoneByTravel {
    std::size_t zone = 0;  ///< Index into the zones of the area.
    TravelTime time{};
    std::optional<Kilometres> length{};  ///< Of the quickest way; nothing where it was not traced.
};

/// The quickest serving zone from a place, or why there is none.
struct PlaceTravel {
    std::optional<ZoneByTravel> nearest;
    std::optional<UnroutableReason> unroutable;  ///< Where `nearest` is nothing.
    /// Whether a zone may be near for all that is known: a place without a way is neither near nor far, unless there is no
    /// zone to go to.
    [[nodiscard]] bool is_undecided() const noexcept {
        return unroutable && *unroutable != UnroutableReason::no_serving_zone;
    }
    Metres off_network{0};  ///< To the road, or to the passable cell, that it is attached to.
    /// The soonest that a serving zone to which no way is known could be reached: straight, at the model's fastest. Nothing
    /// where there is no such zone with a position.
    std::optional<TravelTime> soonest_unattached{};
    /// Likewise of a zone that may serve or not.
    std::optional<TravelTime> soonest_of_unknown_status{};

    [[nodiscard]] bool is_within(TravelTime limit) const noexcept { return nearest && nearest->time <= limit; }
    /// Whether a zone to which no way is known may be within a limit.
    [[nodiscard]] bool has_unattached_within(TravelTime limit) const noexcept {
        return soonest_unattached && *soonest_unattached <= limit;
    }
    /// Whether a zone that may serve or not may be within a limit.
    [[nodiscard]] bool has_unknown_status_within(TravelTime limit) const noexcept {
        return soonest_of_unknown_status && *soonest_of_unknown_status <= limit;
    }
    /// Whether a serving zone may be within a limit for all that is known.
    [[nodiscard]] bool may_be_within(TravelTime limit) const noexcept {
        return is_within(limit) || is_undecided() || has_unattached_within(limit) || has_unknown_status_within(limit);
    }
};

/// Ways from places to the serving zones of a planning area; places are longitude, latitude in degrees.
class AMAYESH_EXPORT ZoneTravel {
public:
    virtual ~ZoneTravel() = default;
    [[nodiscard]] virtual ReachKind kind() const noexcept = 0;
    [[nodiscard]] virtual std::vector<PlaceTravel> nearest_zones(
        std::span<const std::optional<Point>> places) const = 0;
    /// Serving zones within `limit`, quickest first, ties by index.
    [[nodiscard]] virtual std::vector<std::vector<ZoneByTravel>> zones_within(
        std::span<const std::optional<Point>> places, TravelTime limit) const = 0;
    /// Zones that serve and cannot be attached, by index, with the reason.
    struct UnroutableZone {
        std::size_t zone = 0;
        UnroutableReason reason = UnroutableReason::no_access;
    };
    [[nodiscard]] virtual std::span<const UnroutableZone> unroutable_zones() const noexcept = 0;
    /// The least time in which a straight distance in the working CRS is covered: all the way at the fastest that is known.
    [[nodiscard]] virtual TravelTime least_time(Metres straight) const noexcept = 0;
};

}  // namespace amayesh
