#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/crs/nearest.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// What a place has around it. Indices are into `zones` and `sources` of the planning area.
struct PlaceReach {
    std::optional<Near> zone;                ///< Nearest serving zone that has a position, at any distance.
    bool zone_in_reach = false;              ///< That one within reach, or one known to lie in the same district.
    bool on_the_line = false;                ///< Nearer to the limit than positions are sure.
    PerUtility<std::optional<Near>> source;  ///< Nearest distribution source, at any distance.
    std::optional<PlaceTravel>
        travel;  ///< Where reach is in minutes; then it decides `zone_in_reach`, and `on_the_line`
                 ///< is false: ways are less sure than positions.
    bool unattached_zone_near = false;  ///< In minutes: a serving zone to which no way is known may be in reach.
    bool unknown_status_near = false;   ///< In minutes: a zone that may serve or not may be in reach.
    /// Whether a zone may be in reach for all that is known: what has no way is neither near nor far.
    [[nodiscard]] bool may_have_zone() const noexcept {
        return zone_in_reach || unattached_zone_near || unknown_status_near ||
               (travel.has_value() && travel->is_undecided());
    }
};

struct ReachOptions {
    Kilometres zone_reach{20};
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};
    Metric metric = Metric::geodesic;  ///< `planar`: places and features are in metres, not in degrees.
    Metres position_bound{0};
};

/// Indices over the zones and sources of a planning area, for many questions.
///
/// A zone serves if its status is one of `serving_statuses`. A zone without position serves the district that it names
/// (`rural_district_id`), at an unknown distance. Context sources are left out.
/// Places are longitude, latitude in degrees; in the planar metric x, y of the working CRS.
class AMAYESH_EXPORT ReachIndex {
public:
    ReachIndex(const PlanningArea& area, const ReachOptions& options);
    ~ReachIndex();
    ReachIndex(ReachIndex&&) noexcept;
    ReachIndex& operator=(ReachIndex&&) noexcept;

    [[nodiscard]] Kilometres zone_limit() const noexcept;
    [[nodiscard]] Metric metric() const noexcept;
    /// `district`: index of the rural district that the place lies in, or SIZE_MAX.
    [[nodiscard]] PlaceReach around(Point place, std::size_t district) const;
    /// Nearest zone that does not serve yet (approved, under construction …).
    [[nodiscard]] std::optional<Near> nearest_not_serving(Point place) const;
    /// Serving zones with a position within `limit`, nearest first.
    [[nodiscard]] std::vector<Near> zones_within(Point place, Kilometres limit) const;
    /// The same within reach.
    [[nodiscard]] std::vector<Near> zones_in_reach(Point place) const;
    /// Serving zones known only by the code of this district.
    [[nodiscard]] std::span<const std::size_t> zones_placed_by_district(std::size_t district) const;
    /// Serving zones that have neither a position nor a known rural district: they may be anywhere.
    [[nodiscard]] std::size_t zones_without_place() const noexcept;
    /// Whether a serving zone of unknown position may be in reach: one without a place, or one known only by the code of a
    /// rural district that comes within reach or has no polygon.
    [[nodiscard]] bool may_hide_zone(Point place) const;
    /// Whether a zone of unknown status lies in reach.
    [[nodiscard]] bool has_zone_of_unknown_status(Point place) const;
    /// Distribution sources of the utility without a position.
    [[nodiscard]] std::size_t sources_without_place(UtilityKind utility) const noexcept;
    /// Distribution sources of the utility within `limit`, or within their own reach where they state one.
    [[nodiscard]] std::vector<Near> sources_in_reach(Point place, UtilityKind utility, Kilometres limit) const;

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

}  // namespace amayesh
