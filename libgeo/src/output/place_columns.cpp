#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;
using enum UtilityKind;

constexpr const char* unknown = "unknown";
constexpr const char* no_way = "the reach is by the straight line, or no way was found";
constexpr const char* no_source = "no source of this utility with a position";

FieldValue district_id(const SettlementRow& row) {
    return row.district < row.area.rural_districts.size() ? text(row.area.rural_districts[row.district].id)
                                                          : FieldValue{};
}

FieldValue zone_id(const SettlementRow& row) {
    return row.reach.zone ? text(row.area.zones[row.reach.zone->feature].id) : FieldValue{};
}

template <UtilityKind Utility>
FieldValue source_id(const SettlementRow& row) {
    const auto& near = row.reach.source[Utility];
    return near ? text(row.area.sources[near->feature].id) : FieldValue{};
}

template <UtilityKind Utility>
FieldValue source_km(const SettlementRow& row) {
    return kilometres(row.reach.source[Utility]);
}

constexpr LayerColumn<SettlementRow> settlements[] = {
    {"settlement_id", "settl_id", Type::text, "", "no id given", "Id", "شناسه",
     [](const SettlementRow& r) { return text(r.settlement.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const SettlementRow& r) { return text(r.settlement.name); }},
    {"kind", "kind", Type::text, "", "", "Kind", "نوع",
     [](const SettlementRow& r) { return text(to_string(r.settlement.kind)); }},
    {"population", "populatn", Type::integer, "people", unknown, "Population", "جمعیت",
     [](const SettlementRow& r) { return maybe(r.settlement.population); }},
    {"rural_district_id", "district", Type::text, "", "in no rural district", "Rural district", "دهستان", district_id},
    {"zone_in_reach", "in_reach", Type::integer, "", "", "A serving zone is in reach (1 = yes)", "ناحیه در دسترس",
     [](const SettlementRow& r) { return flag(r.reach.zone_in_reach); }},
    {"on_the_line", "on_line", Type::integer, "", "", "Nearer to the limit than positions are sure (1 = yes)",
     "روی مرز دسترسی", [](const SettlementRow& r) { return flag(r.reach.on_the_line); }},
    {"nearest_zone_id", "zone_id", Type::text, "", "no serving zone with a position", "Nearest serving zone",
     "نزدیک‌ترین ناحیه", zone_id},
    {"nearest_zone_km", "zone_km", Type::real, "km", "no serving zone with a position", "Distance to the nearest zone",
     "فاصله تا ناحیه", [](const SettlementRow& r) { return kilometres(r.reach.zone); }},
    {"quickest_zone_id", "quick_id", Type::text, "", no_way, "Quickest serving zone",
     "شناسه سریع‌ترین ناحیه",
     [](const SettlementRow& r) { return r.reach.travel ? quickest_zone_id(*r.reach.travel, r.area) : FieldValue{}; }},
    {"quickest_zone_min", "quick_min", Type::real, "min", no_way, "Travel time to the quickest serving zone",
     "زمان سفر تا سریع‌ترین ناحیه",
     [](const SettlementRow& r) { return r.reach.travel ? quickest_zone_min(*r.reach.travel) : FieldValue{}; }},
    {"unroutable_reason", "unroutable", Type::text, "", "the reach is by the straight line, or a way was found",
     "Why no way leads from it", "علت نبود مسیر",
     [](const SettlementRow& r) { return r.reach.travel ? unroutable_reason(*r.reach.travel) : FieldValue{}; }},
    {"nearest_water_id", "water_id", Type::text, "", no_source, "Nearest water source",
     "نزدیک‌ترین منبع آب", source_id<water>},
    {"nearest_water_km", "water_km", Type::real, "km", no_source, "Distance to the nearest water source",
     "فاصله تا منبع آب", source_km<water>},
    {"nearest_power_id", "power_id", Type::text, "", no_source, "Nearest power source",
     "نزدیک‌ترین منبع برق", source_id<power>},
    {"nearest_power_km", "power_km", Type::real, "km", no_source, "Distance to the nearest power source",
     "فاصله تا منبع برق", source_km<power>},
    {"nearest_gas_id", "gas_id", Type::text, "", no_source, "Nearest gas source",
     "نزدیک‌ترین منبع گاز", source_id<gas>},
    {"nearest_gas_km", "gas_km", Type::real, "km", no_source, "Distance to the nearest gas source", "فاصله تا منبع گاز",
     source_km<gas>},
    {"nearest_telecom_id", "tel_id", Type::text, "", no_source, "Nearest telecom source",
     "نزدیک‌ترین منبع مخابرات", source_id<telecom>},
    {"nearest_telecom_km", "tel_km", Type::real, "km", no_source, "Distance to the nearest telecom source",
     "فاصله تا منبع مخابرات", source_km<telecom>},
};

}  // namespace

std::span<const LayerColumn<SettlementRow>> settlement_columns() { return settlements; }

}  // namespace amayesh::detail
