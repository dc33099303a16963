#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/zone_reach.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/disc_union.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// What the distance test says; `maybe` where only sources of unknown headroom are in reach.
enum class InReach : std::uint8_t { no, maybe, yes };

/// Settlements that are not cities, and their people.
struct ReachedPeople {
    std::size_t settlements = 0;  ///< With a position.
    std::size_t settlements_in_reach = 0;
    std::size_t settlements_without_position = 0;
    std::int64_t people = 0;  ///< Of settlements with a position and a known population.
    std::int64_t people_in_reach = 0;
    std::size_t population_unknown = 0;  ///< Settlements with a position.
    std::size_t population_unknown_in_reach = 0;

    /// Part of the known people that is in reach, 0–1; nothing where there are none.
    [[nodiscard]] AMAYESH_EXPORT std::optional<double> share() const noexcept;
};

/// What a service area leaves of a rural district.
struct DistrictService {
    bool counted = true;
    SquareMetres area{0};           ///< As `area_metric` says; 0 for a district without a polygon or not counted.
    SquareMetres unserved_area{0};  ///< Likewise; area of `unserved`.
    MultiPolygon unserved;          ///< Working CRS.
    ReachedPeople people;           ///< By the distance test, of the settlements placed in the district.
    bool edge = false;              ///< Comes nearer to the border of the layer's declared extent than the reach.
};

/// Everything in reach of some sources of one utility.
struct ServiceArea {
    MultiPolygon shape;                      ///< Working CRS; not clipped to the districts.
    SquareMetres area{0};                    ///< Of the shape, as `area_metric` says.
    std::size_t sources = 0;                 ///< That made it: distribution, with a position.
    std::vector<DistrictService> districts;  ///< One per rural district of the area, in its order.
    std::vector<InReach> settlements;        ///< One per settlement of the area, cities too, in its order.
    std::vector<InReach> places;             ///< One per place of the options.
    ReachedPeople people;                    ///< Of the whole area, settlements outside every district too.
};

struct ServiceAreas {
    UtilityKind utility = UtilityKind::power;
    ServiceArea any;                                ///< Of any source.
    ServiceArea with_headroom;                      ///< Of sources that can take on more.
    std::optional<ServiceArea> with_headroom_left;  ///< Nothing without `has_headroom_left`.
    std::size_t sources_without_place = 0;          ///< Distribution sources that are in none.
    std::size_t sources_unknown = 0;                ///< Placed ones of unknown headroom or class: only in `any`.
    Metres sag{0};                                  ///< How far edges lie inside the circles that they draw.
    Metres projection_error{0};                     ///< Distances in the working CRS against the distance test's.
    /// A place on which shape and distance test disagree lies within this distance of the shape's border.
    [[nodiscard]] Metres error_bound() const noexcept { return Metres{sag.value() + projection_error.value()}; }
};

/// For each source of an area whether it can take on more; nothing where that is unknown.
using SourceHeadroom = std::vector<std::optional<bool>>;

struct ServiceAreaOptions {
    Kilometres reach{15};  ///< Of sources that state none of their own.
    TelecomClass required_telecom = TelecomClass::fibre;
    int quadrant_segments = default_quadrant_segments;  ///< Edges of a quarter circle; see `union_of_discs`.
    Metric area_metric = Metric::planar;                ///< Areas in the working CRS, or on the ellipsoid.
    std::optional<SourceHeadroom> has_headroom =
        std::nullopt;  ///< Nothing = by their own figures, see `can_take_more`.
    std::optional<SourceHeadroom> has_headroom_left = std::nullopt;  ///< After capacity was shared.
    std::vector<bool> counted_districts{};       ///< One per rural district; empty = all. Others stay empty.
    std::vector<std::optional<Point>> places{};  ///< Others to be tested, say the centres of units; degrees.
    std::vector<bool> counted_settlements{};     ///< One per settlement; empty = all. Others are no people.
};

/// Whether a source can take on more by its own figures: headroom above 0, or it serves without an amount; telecom: at
/// least the required class. Nothing where that is unknown.
AMAYESH_EXPORT std::optional<bool> can_take_more(const UtilitySource& source, TelecomClass required_telecom);

/// The area in reach of a utility's distribution sources, and what it leaves of each rural district.
///
/// Shape:    union of discs about points and of widened lines in the working CRS, drawn with `quadrant_segments`.
/// People:   not by the shape: a settlement is in reach if `reach` finds a source within the source's own limit, or
///           within `options.reach`. This is the test that the gap analysis makes.
/// Error:    sag of the drawn circles (lines: and of their densified edges); and, where distances are geodesic, the
///           greatest difference between the radius and the geodesic distance of 16 points of each circle (of circles
///           about places along a line), times 1.25 for what lies between them.
/// Cost:     O(n log n) in sources, settlements and vertices of districts; up to `thread_limit()` threads. The result
///           does not depend on their number, nor on the order of the sources.
/// Throws:   InvalidInput where `district_of_settlement` or a list of the options does not fit the area, for a reach
///           that is negative, not finite or over 2,000 km; CrsError for a working CRS that is not projected in metres.
AMAYESH_EXPORT ServiceAreas find_service_areas(const PlanningArea& area,
                                               std::span<const std::size_t> district_of_settlement,
                                               const ReachIndex& reach, UtilityKind utility,
                                               const ServiceAreaOptions& options = {});

}  // namespace amayesh
