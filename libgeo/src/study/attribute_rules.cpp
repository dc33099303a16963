#include <algorithm>
#include <array>

#include <amayesh/study/study_file.hpp>

namespace amayesh {
namespace {

using enum Dimension;
using Kind = ValueKind;

constexpr std::optional<Dimension> none = std::nullopt;

constexpr auto rural_district_rules = std::to_array<AttributeRule>({
    {"id", none, true, Kind::text},
    {"name", none, true, Kind::text},
    {"population", people, true, Kind::people},
    {"district", none, false, Kind::text},
    {"county", none, false, Kind::text},
    {"province", none, false, Kind::text},
    {"centre_x", none, false, Kind::number},
    {"centre_y", none, false, Kind::number},
    {"area", area, false, Kind::amount},
    {"parent_population", people, false, Kind::people},
    {"deprivation_weight", none, false, Kind::number},
    {"served_water", share, false, Kind::amount},
    {"served_power", share, false, Kind::amount},
    {"served_gas", share, false, Kind::amount},
    {"served_telecom", share, false, Kind::amount},
});

constexpr auto settlement_rules = std::to_array<AttributeRule>({
    {"id", none, true, Kind::text},
    {"name", none, true, Kind::text},
    {"kind", none, false, Kind::word},
    {"population", people, false, Kind::people},
    {"households", count, false, Kind::count},
    {"rural_district", none, false, Kind::text},
    {"district", none, false, Kind::text},
    {"county", none, false, Kind::text},
    {"province", none, false, Kind::text},
    {"deprivation_weight", none, false, Kind::number},
    {"served_water", share, false, Kind::amount},
    {"served_power", share, false, Kind::amount},
    {"served_gas", share, false, Kind::amount},
    {"served_telecom", share, false, Kind::amount},
});

constexpr auto zone_rules = std::to_array<AttributeRule>({
    {"id", none, true, Kind::text},
    {"name", none, true, Kind::text},
    {"kind", none, true, Kind::word},
    {"status", none, true, Kind::word},
    {"rural_district", none, false, Kind::text},
    {"district", none, false, Kind::text},
    {"county", none, false, Kind::text},
    {"province", none, false, Kind::text},
    {"gross_area", area, false, Kind::amount},
    {"net_area", area, false, Kind::amount},
    {"occupied_area", area, false, Kind::amount},
    {"vacant_area", area, false, Kind::amount},
    {"water", water_flow, false, Kind::amount},
    {"power", electric_power, false, Kind::amount},
    {"gas", gas_flow, false, Kind::amount},
    {"telecom", none, false, Kind::word},
    {"telecom_rate", data_rate, false, Kind::amount},
    {"operating_units", count, false, Kind::count},
    {"idle_units", count, false, Kind::count},
    {"planned_units", count, false, Kind::count},
    {"jobs", people, false, Kind::people},
    {"sewer", none, false, Kind::flag},
    {"green_area", area, false, Kind::amount},
    {"fire_station", none, false, Kind::flag},
    {"operator", none, false, Kind::text},
});

constexpr auto plot_rules = std::to_array<AttributeRule>({
    {"id", none, true, Kind::text},
    {"zone", none, true, Kind::text},
    {"state", none, true, Kind::word},
    {"area", area, false, Kind::amount},
    {"contract_date", none, false, Kind::date},
    {"progress", share, false, Kind::amount},
    {"sector", none, false, Kind::text},
    {"price", none, false, Kind::number},
});

constexpr auto source_rules = std::to_array<AttributeRule>({
    {"id", none, true, Kind::text},
    {"name", none, false, Kind::text},
    {"utility", none, true, Kind::word},
    {"role", none, true, Kind::word},
    {"capacity", none, false, Kind::amount},
    {"in_use", none, false, Kind::amount},
    {"committed", none, false, Kind::amount},
    {"committed_until", none, false, Kind::date},
    {"serves", none, false, Kind::flag},
    {"telecom_class", none, false, Kind::word},
    {"rate", data_rate, false, Kind::amount},
    {"reach", length, false, Kind::amount},
    {"connection_price", none, false, Kind::number},
});

constexpr auto road_rules = std::to_array<AttributeRule>({
    {"class", none, false, Kind::word},
    {"speed", speed, false, Kind::amount},
    {"one_way", none, false, Kind::word},
    {"level", none, false, Kind::number},
});

constexpr auto constraint_rules = std::to_array<AttributeRule>({
    {"kind", none, true, Kind::word},
    {"name", none, false, Kind::text},
});

template <std::size_t Count>
std::vector<AttributeRule> as_vector(const std::array<AttributeRule, Count>& rules) {
    return {rules.begin(), rules.end()};
}

}  // namespace

std::string_view to_string(LayerRole role) noexcept {
    constexpr std::array<std::string_view, 8> names{"rural_districts", "settlements", "zones",       "plots",
                                                    "sources",         "roads",       "constraints", "rasters"};
    return names[static_cast<std::size_t>(role)];
}

std::vector<AttributeRule> attributes_of(LayerRole role) {
    switch (role) {
        case LayerRole::rural_districts:
            return as_vector(rural_district_rules);
        case LayerRole::settlements:
            return as_vector(settlement_rules);
        case LayerRole::zones:
            return as_vector(zone_rules);
        case LayerRole::plots:
            return as_vector(plot_rules);
        case LayerRole::sources:
            return as_vector(source_rules);
        case LayerRole::roads:
            return as_vector(road_rules);
        case LayerRole::constraints:
            return as_vector(constraint_rules);
        case LayerRole::rasters:
            return {};
    }
    return {};
}

}  // namespace amayesh
