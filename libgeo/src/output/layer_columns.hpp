#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/result_difference.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh::detail {

/// One column of a layer whose rows are made from `Row`: its schema and where its value comes from.
template <class Row>
struct LayerColumn {
    const char* name;
    const char* short_name;
    Column::Type type;
    const char* unit;
    const char* null_means;
    const char* title_en;
    const char* title_fa;
    FieldValue (*value)(const Row&);
};

struct UnitRow {
    const UnitGap& gap;
    const PlanningArea& area;
};

struct UnitUtilityRow {
    const UnitGap& gap;
    const PlanningArea& area;
    UtilityKind utility;
    Case scenario;
    TelecomClass required_telecom;
};

struct ZoneRow {
    const IndustrialZone& zone;
    const ZoneBalance& balance;
};

struct SourceRow {
    const UtilitySource& source;
    PerCase<const SharedSource*> shared;  ///< Nothing for what takes no part: context, telecom, no position.
};

struct AllocationRow {
    const SharedUtility& shared;
    const SharedAmount& given;
    UtilityKind utility;
    Case scenario;
    const GapResult& result;
    const PlanningArea& area;
};

struct SettlementRow {
    const Settlement& settlement;
    const PlaceReach& reach;
    const PlanningArea& area;
    std::size_t district;
};

/// Whose reach a service area shows.
enum class ServiceKind : std::uint8_t { any_source, with_headroom, with_headroom_left };
inline constexpr std::array all_service_kinds{ServiceKind::any_source, ServiceKind::with_headroom,
                                              ServiceKind::with_headroom_left};

struct ServiceAreaRow {
    UtilityKind utility;
    ServiceKind kind;
    const UtilityService* service;  ///< Null where the study has no layer of the utility; so are the next two.
    const ServiceArea* reached;
    const PeopleInReach* people;
    const PlanningArea& area;
    const GapStandards& standards;
};

struct UnservedRestRow {
    const UtilityService& service;
    const DistrictService& reached;
    const PeopleBeyond& people;
    const RuralDistrict& district;
};

struct UnitTravelRow {
    const UnitTravel& travel;
    const PlanningArea& area;
};

struct UnitTravelPeopleRow {
    const UnitTravel& travel;
    TravelTime limit;
    const PeopleWithin& people;
};

struct SettlementTravelRow {
    const Settlement& settlement;
    const PlaceTravel& travel;
    const PlanningArea& area;
    std::size_t district;
};

/// A serving zone and those for whom no other is quicker.
struct ZoneTravelRow {
    const IndustrialZone& zone;
    std::optional<UnroutableReason> unroutable;
    std::size_t units = 0;
    std::size_t settlements = 0;
    std::size_t settlements_population_unknown = 0;
    std::int64_t people = 0;
};

struct UnroutableRow {
    TravelPlaceKind kind;
    std::string_view id;
    std::string_view name;
    const AdministrativePlace& place;
    std::optional<std::int64_t> population;
    UnroutableReason reason;
};

struct TravelRollupRow {
    const TravelRollup& total;
    TravelTime limit;
    const PeopleWithinTotal& people;
};

struct IsochroneRow {
    TravelTime limit;
    SquareMetres area;
};

struct ChangedUnitRow {
    const ChangedUnit& unit;
};

struct ChangedValueRow {
    const ChangedUnit& unit;
    const ChangedValue& value;
};

struct RollupRow {
    const Rollup& total;
};

std::span<const LayerColumn<UnitRow>> unit_columns();
std::span<const LayerColumn<UnitUtilityRow>> unit_utility_columns();
std::span<const LayerColumn<ZoneRow>> zone_columns();
std::span<const LayerColumn<SourceRow>> source_columns();
std::span<const LayerColumn<AllocationRow>> allocation_columns();
std::span<const LayerColumn<ServiceAreaRow>> service_area_columns();
std::span<const LayerColumn<UnservedRestRow>> unserved_rest_columns();
std::span<const LayerColumn<SettlementRow>> settlement_columns();
std::span<const LayerColumn<RollupRow>> rollup_columns();
std::span<const LayerColumn<Problem>> problem_columns();
std::span<const LayerColumn<ManifestEntry>> manifest_columns();
std::span<const LayerColumn<UnitTravelRow>> unit_travel_columns();
std::span<const LayerColumn<UnitTravelPeopleRow>> unit_travel_people_columns();
std::span<const LayerColumn<SettlementTravelRow>> settlement_travel_columns();
std::span<const LayerColumn<ZoneTravelRow>> zone_travel_columns();
std::span<const LayerColumn<UnroutableRow>> unroutable_columns();
std::span<const LayerColumn<TravelRollupRow>> travel_rollup_columns();
std::span<const LayerColumn<IsochroneRow>> isochrone_columns();
std::span<const LayerColumn<ChangedUnitRow>> changed_unit_columns();
std::span<const LayerColumn<ChangedValueRow>> changed_value_columns();

// --- how values become fields ---

inline FieldValue text(std::string_view value) { return value.empty() ? FieldValue{} : FieldValue{std::string(value)}; }
inline FieldValue number(std::int64_t value) { return value; }
inline FieldValue count(std::size_t value) { return static_cast<std::int64_t>(value); }
inline FieldValue flag(bool value) { return std::int64_t{value ? 1 : 0}; }
inline FieldValue maybe(const std::optional<std::int64_t>& value) { return value ? FieldValue{*value} : FieldValue{}; }
inline FieldValue maybe(const std::optional<double>& value) { return value ? FieldValue{*value} : FieldValue{}; }
inline FieldValue maybe(const std::optional<bool>& value) { return value ? flag(*value) : FieldValue{}; }

/// Kilometres, to the millimetre.
inline FieldValue kilometres(const std::optional<Near>& near) {
    if (!near) return {};
    return std::round(near->distance.value() * 1000) / 1e6;
}
/// Minutes, to the hundred-thousandth: finer than the millisecond that limits are compared in.
inline FieldValue minutes(TravelTime time) { return std::round(to_minutes(time) * 1e5) / 1e5; }
inline FieldValue quickest_zone_id(const PlaceTravel& way, const PlanningArea& area) {
    return way.nearest ? text(area.zones[way.nearest->zone].id) : FieldValue{};
}
inline FieldValue quickest_zone_min(const PlaceTravel& way) {
    return way.nearest ? minutes(way.nearest->time) : FieldValue{};
}
inline FieldValue unroutable_reason(const PlaceTravel& way) {
    return way.unroutable ? text(to_string(*way.unroutable)) : FieldValue{};
}
inline FieldValue minutes(const std::optional<TravelTime>& time) { return time ? minutes(*time) : FieldValue{}; }
/// Square kilometres, to the square metre.
inline FieldValue square_kilometres(SquareMetres area) {
    return std::round(area.value()) / square_metres_per_square_kilometre;
}
/// Hectares, to the square metre.
inline FieldValue hectares(std::int64_t steps) { return static_cast<double>(steps) / steps_per_ha; }
inline FieldValue hectares(const std::optional<std::int64_t>& steps) { return steps ? hectares(*steps) : FieldValue{}; }
inline FieldValue hectares(const std::optional<StepRange>& land, Case scenario) {
    return land ? hectares(land->at(scenario)) : FieldValue{};
}
inline FieldValue rounded_hectares(const std::optional<double>& ha) {
    return ha ? FieldValue{std::round(*ha * steps_per_ha) / steps_per_ha} : FieldValue{};
}
inline FieldValue amount(std::int64_t steps, UtilityKind utility) {
    return static_cast<double>(steps) / steps_per_unit[utility];
}
inline FieldValue amount(const std::optional<std::int64_t>& steps, UtilityKind utility) {
    return steps ? amount(*steps, utility) : FieldValue{};
}
inline FieldValue amount(const std::optional<StepRange>& range, Case scenario, UtilityKind utility) {
    return range ? amount(range->at(scenario), utility) : FieldValue{};
}

}  // namespace amayesh::detail
