#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/rural_district.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

enum class ZoneKind : std::uint8_t { industrial_estate, industrial_zone, special_economic_zone, other };
enum class ZoneStatus : std::uint8_t { operating, under_construction, approved, planned, closed, unknown };

AMAYESH_EXPORT std::string_view to_string(ZoneKind kind) noexcept;
AMAYESH_EXPORT std::string_view to_string(ZoneStatus status) noexcept;
AMAYESH_EXPORT std::optional<ZoneKind> parse_zone_kind(std::string_view word);
AMAYESH_EXPORT std::optional<ZoneStatus> parse_zone_status(std::string_view word);

/// A planned industrial area: estate, zone or special economic zone.
struct IndustrialZone {
    std::string id;
    std::string name;
    ZoneKind kind = ZoneKind::industrial_zone;
    ZoneStatus status = ZoneStatus::unknown;
    AdministrativePlace place;
    std::string rural_district_id;   ///< Where only the code of its district is known.
    Geometry geometry;               ///< Degrees, densified; polygon or point; none = known only by a district's code.
    std::optional<double> gross_ha;  ///< As given, else of the polygon on the ellipsoid.
    std::optional<double> net_ha;
    std::optional<double> occupied_ha;
    std::optional<double> vacant_ha;  ///< As given; plots of the zone come before it.
    UtilitySupply supply;             ///< What the zone has.
    std::optional<std::int64_t> operating_units;
    std::optional<std::int64_t> idle_units;
    std::optional<std::int64_t> planned_units;
    std::optional<std::int64_t> jobs;
    std::optional<bool> has_sewer;
    std::optional<double> green_ha;
    std::optional<bool> has_fire_station;
    std::string operator_name;
};

enum class PlotState : std::uint8_t { vacant, contracted, under_construction, operating, idle, repossessable, unknown };

AMAYESH_EXPORT std::string_view to_string(PlotState state) noexcept;
AMAYESH_EXPORT std::optional<PlotState> parse_plot_state(std::string_view word);

/// A parcel inside a zone.
struct Plot {
    std::string id;
    std::string zone_id;
    PlotState state = PlotState::unknown;
    std::optional<double> area_ha;   ///< As given, else of the polygon on the ellipsoid.
    Geometry geometry;               ///< Degrees, densified.
    std::string contract_date;       ///< As given.
    std::optional<double> progress;  ///< 0–1.
    std::string sector;
};

/// Land that a new plant could take: vacant and repossessable plots.
constexpr bool is_usable(PlotState state) noexcept {
    return state == PlotState::vacant || state == PlotState::repossessable;
}

}  // namespace amayesh
