#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;
using enum UtilityKind;

constexpr const char* unknown = "unknown";
constexpr const char* not_shared = "not over the threshold, no centre, or no layer of the utility";
constexpr const char* not_assessed = "the unit is not over the threshold, or its population is unknown";
constexpr const char* no_new_land = "no land needed beyond existing zones, or none known";
constexpr const char* no_position = "no serving zone with a position";
constexpr const char* no_way = "the reach is by the straight line, or no way was found";

FieldValue nearest_zone_id(const UnitRow& row) {
    return row.gap.nearest_zone ? text(row.area.zones[row.gap.nearest_zone->feature].id) : FieldValue{};
}

FieldValue nearest_zone_name(const UnitRow& row) {
    return row.gap.nearest_zone ? text(row.area.zones[row.gap.nearest_zone->feature].name) : FieldValue{};
}

template <UtilityKind Utility, Case Scenario>
FieldValue demand(const UnitRow& row) {
    return amount(row.gap.services[Utility].demand, Scenario, Utility);
}

template <std::int64_t LandBalance::*Part, Case Scenario>
FieldValue land(const UnitRow& row) {
    const auto& balance = row.gap.land[Scenario];
    return balance ? hectares((*balance).*Part) : FieldValue{};
}

template <Case Scenario>
FieldValue new_land_rank(const UnitRow& row) {
    const auto& rank = row.gap.new_land_ranks.rank[Scenario];
    return rank ? count(*rank) : FieldValue{};
}

template <UtilityKind Utility>
FieldValue shortfall(const UnitRow& row) {
    const auto& balance = row.gap.services[Utility].shared[Case::central];
    return balance ? amount(balance->shortfall, Utility) : FieldValue{};
}

template <UtilityKind Utility>
FieldValue reachable(const UnitRow& row) {
    return amount(row.gap.services[Utility].reachable, Utility);
}

template <UtilityKind Utility>
FieldValue service_reason(const UnitRow& row) {
    return text(to_string(row.gap.services[Utility].reason(Case::central)));
}

template <UtilityKind Utility>
FieldValue people_unserved(const UnitRow& row) {
    return maybe(row.gap.services[Utility].people_unserved);
}

FieldValue telecom_class(const UnitRow& row) {
    const auto& best = row.gap.services[telecom].telecom_class;
    return best ? text(to_string(*best)) : FieldValue{};
}

constexpr const char* unshared = "no source in reach states its headroom";

constexpr LayerColumn<UnitRow> columns[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Id", "شناسه", [](const UnitRow& r) { return text(r.gap.unit.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const UnitRow& r) { return text(r.gap.unit.name); }},
    {"unit_kind", "unit_kind", Type::text, "", "", "Kind of unit", "نوع واحد",
     [](const UnitRow& r) { return text(to_string(r.gap.unit.kind)); }},
    {"district", "district", Type::text, "", "not given", "District (bakhsh)", "بخش",
     [](const UnitRow& r) { return text(r.gap.unit.place.district); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const UnitRow& r) { return text(r.gap.unit.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const UnitRow& r) { return text(r.gap.unit.place.province); }},
    {"derived", "derived", Type::integer, "", "", "Polygon grown from settlements (1 = yes)", "مرز برآوردی",
     [](const UnitRow& r) { return flag(r.gap.unit.derived); }},
    {"area_ha", "area_ha", Type::real, "ha", "no polygon", "Area on the ellipsoid", "مساحت",
     [](const UnitRow& r) { return rounded_hectares(r.gap.unit.area_ha); }},
    {"population", "populatn", Type::integer, "people", unknown, "Population", "جمعیت",
     [](const UnitRow& r) { return maybe(r.gap.unit.population); }},
    {"population_source", "pop_source", Type::text, "", "", "Where the population comes from", "منبع جمعیت",
     [](const UnitRow& r) { return text(to_string(r.gap.unit.population_source)); }},
    {"population_at_least", "pop_min", Type::integer, "people", "no lower bound known", "Population at least",
     "حداقل جمعیت", [](const UnitRow& r) { return maybe(r.gap.unit.population_at_least); }},
    {"population_at_most", "pop_max", Type::integer, "people", "no upper bound known", "Population at most",
     "حداکثر جمعیت", [](const UnitRow& r) { return maybe(r.gap.unit.population_at_most); }},
    {"threshold", "threshold", Type::text, "", "", "Over the population threshold", "بیش از آستانه جمعیت",
     [](const UnitRow& r) { return text(to_string(r.gap.unit.threshold)); }},
    {"settlements", "settlemnts", Type::integer, "settlements", "", "Rural settlements", "تعداد آبادی",
     [](const UnitRow& r) { return count(r.gap.unit.settlements.size()); }},
    {"centre_source", "centre_src", Type::text, "", "", "Where the centre comes from", "منبع مرکز",
     [](const UnitRow& r) { return text(to_string(r.gap.unit.centre_source)); }},
    {"centre_lon", "centre_lon", Type::real, "degrees", "no centre", "Longitude of the centre", "طول جغرافیایی مرکز",
     [](const UnitRow& r) { return r.gap.unit.centre ? FieldValue{r.gap.unit.centre->x} : FieldValue{}; }},
    {"centre_lat", "centre_lat", Type::real, "degrees", "no centre", "Latitude of the centre", "عرض جغرافیایی مرکز",
     [](const UnitRow& r) { return r.gap.unit.centre ? FieldValue{r.gap.unit.centre->y} : FieldValue{}; }},
    {"status", "status", Type::text, "", "", "Status", "وضعیت",
     [](const UnitRow& r) { return text(to_string(r.gap.status)); }},
    {"reason", "reason", Type::text, "", "the unit is served, or not over the threshold", "Reason", "علت",
     [](const UnitRow& r) { return text(to_string(r.gap.reason)); }},
    {"nearest_zone_id", "zone_id", Type::text, "", no_position, "Nearest serving zone",
     "شناسه نزدیک‌ترین ناحیه", nearest_zone_id},
    {"nearest_zone_name", "zone_name", Type::text, "", no_position, "Name of the nearest serving zone",
     "نام نزدیک‌ترین ناحیه", nearest_zone_name},
    {"nearest_zone_km", "zone_km", Type::real, "km", no_position, "Distance to the nearest serving zone",
     "فاصله تا نزدیک‌ترین ناحیه",
     [](const UnitRow& r) { return kilometres(r.gap.nearest_zone); }},
    {"quickest_zone_id", "quick_id", Type::text, "", no_way, "Quickest serving zone",
     "شناسه سریع‌ترین ناحیه",
     [](const UnitRow& r) { return r.gap.travel ? quickest_zone_id(*r.gap.travel, r.area) : FieldValue{}; }},
    {"quickest_zone_min", "quick_min", Type::real, "min", no_way, "Travel time to the quickest serving zone",
     "زمان سفر تا سریع‌ترین ناحیه",
     [](const UnitRow& r) { return r.gap.travel ? quickest_zone_min(*r.gap.travel) : FieldValue{}; }},
    {"unroutable_reason", "unroutable", Type::text, "", "the reach is by the straight line, or a way was found",
     "Why no way leads from the centre", "علت نبود مسیر",
     [](const UnitRow& r) { return r.gap.travel ? unroutable_reason(*r.gap.travel) : FieldValue{}; }},
    {"zones_in_reach", "zones_near", Type::integer, "zones", "", "Serving zones in reach", "نواحی در دسترس",
     [](const UnitRow& r) { return count(r.gap.zones_in_reach.size()); }},
    {"zones_by_code", "zones_code", Type::integer, "zones", "", "Of these known only by the district's code",
     "نواحی با کد دهستان", [](const UnitRow& r) { return count(r.gap.zones_by_code); }},
    {"usable_land_ha", "usable_ha", Type::real, "ha", "no zone in reach states it", "Usable net land in zones in reach",
     "زمین خالی در دسترس", [](const UnitRow& r) { return hectares(r.gap.usable_land); }},
    {"zones_land_unknown", "land_unk", Type::integer, "zones", "", "Zones in reach with unknown usable land",
     "نواحی با زمین خالی نامعلوم", [](const UnitRow& r) { return count(r.gap.zones_land_unknown); }},
    {"land_taken_by", "land_taken", Type::text, "", "the reason is not land_taken_by_others",
     "Who is promised most of the usable land in reach", "گیرندگان زمین در دسترس",
     [](const UnitRow& r) { return text(r.gap.land_taken_by); }},
    {"edge", "edge", Type::integer, "", "", "Reach leaves the extent of a layer (1 = yes)", "لبه محدوده داده",
     [](const UnitRow& r) { return flag(r.gap.edge); }},
    {"on_the_line", "on_line", Type::integer, "", "", "Nearer to the limit than positions are sure (1 = yes)",
     "روی مرز دسترسی", [](const UnitRow& r) { return flag(r.gap.on_the_line); }},
    {"people_left_out_min", "left_min", Type::integer, "people", unknown, "People left out, at least",
     "جمعیت بی‌بهره (حداقل)", [](const UnitRow& r) { return maybe(r.gap.people.at_least); }},
    {"people_left_out_max", "left_max", Type::integer, "people", unknown, "People left out, at most",
     "جمعیت بی‌بهره (حداکثر)", [](const UnitRow& r) { return maybe(r.gap.people.at_most); }},
    {"people_basis", "ppl_basis", Type::text, "", "", "How they were counted", "مبنای شمارش",
     [](const UnitRow& r) { return text(to_string(r.gap.people.basis)); }},
    {"settlements_out_of_reach", "settl_out", Type::integer, "settlements", "", "Settlements out of reach",
     "آبادی‌های بیرون از دسترس",
     [](const UnitRow& r) { return count(r.gap.people.settlements_out_of_reach); }},
    {"target_ha_low", "target_lo", Type::real, "ha", not_assessed, "Target area, low", "مساحت هدف (کم)",
     [](const UnitRow& r) { return hectares(r.gap.target, Case::low); }},
    {"target_ha", "target_ha", Type::real, "ha", not_assessed, "Target area", "مساحت هدف",
     [](const UnitRow& r) { return hectares(r.gap.target, Case::central); }},
    {"target_ha_high", "target_hi", Type::real, "ha", not_assessed, "Target area, high", "مساحت هدف (زیاد)",
     [](const UnitRow& r) { return hectares(r.gap.target, Case::high); }},
    {"target_uncapped_ha", "uncapped", Type::real, "ha", not_assessed, "Target area before the limits",
     "مساحت هدف بدون سقف", [](const UnitRow& r) { return hectares(r.gap.target_uncapped, Case::central); }},
    {"target_net_ha", "net_ha", Type::real, "ha", not_assessed, "Net area of the target", "مساحت خالص هدف",
     [](const UnitRow& r) { return hectares(r.gap.target_net, Case::central); }},
    {"credited_net_ha", "credit_net", Type::real, "ha", not_assessed, "Net land promised in existing zones",
     "زمین خالص واگذارشده در نواحی موجود", land<&LandBalance::credited, Case::central>},
    {"new_zone_ha_low", "new_lo_ha", Type::real, "ha", not_assessed, "New zone, low", "ناحیه جدید (کم)",
     land<&LandBalance::new_zone, Case::low>},
    {"new_zone_ha", "new_ha", Type::real, "ha", not_assessed, "New zone", "ناحیه جدید",
     land<&LandBalance::new_zone, Case::central>},
    {"new_zone_ha_high", "new_hi_ha", Type::real, "ha", not_assessed, "New zone, high", "ناحیه جدید (زیاد)",
     land<&LandBalance::new_zone, Case::high>},
    {"remainder_ha", "remaind_ha", Type::real, "ha", not_assessed, "Needed, but too little for a zone",
     "باقی‌مانده کمتر از حداقل ناحیه", land<&LandBalance::remainder, Case::central>},
    {"new_land_rank_low", "nl_rank_lo", Type::integer, "", no_new_land,
     "Rank by land needed beyond existing zones, 1 = most, low", "رتبه بر پایه زمین جدید لازم (کم)",
     new_land_rank<Case::low>},
    {"new_land_rank", "nl_rank", Type::integer, "", no_new_land, "Rank by land needed beyond existing zones, 1 = most",
     "رتبه بر پایه زمین جدید لازم", new_land_rank<Case::central>},
    {"new_land_rank_high", "nl_rank_hi", Type::integer, "", no_new_land,
     "Rank by land needed beyond existing zones, 1 = most, high", "رتبه بر پایه زمین جدید لازم (زیاد)",
     new_land_rank<Case::high>},
    {"new_land_rank_flips", "nl_flips", Type::integer, "", not_assessed,
     "Its order with another unit by that land differs between the cases (1 = yes)",
     "جابه‌جایی رتبه زمین میان حالت‌ها",
     [](const UnitRow& r) { return r.gap.target ? flag(r.gap.new_land_ranks.flips) : FieldValue{}; }},
    {"water_demand_low_lps", "wat_lo_lps", Type::real, "L/s", not_assessed, "Water demand, low", "نیاز آب (کم)",
     demand<water, Case::low>},
    {"water_demand_lps", "water_lps", Type::real, "L/s", not_assessed, "Water demand", "نیاز آب",
     demand<water, Case::central>},
    {"water_demand_high_lps", "wat_hi_lps", Type::real, "L/s", not_assessed, "Water demand, high", "نیاز آب (زیاد)",
     demand<water, Case::high>},
    {"power_demand_low_mw", "pow_lo_mw", Type::real, "MW", not_assessed, "Power demand, low", "نیاز برق (کم)",
     demand<power, Case::low>},
    {"power_demand_mw", "power_mw", Type::real, "MW", not_assessed, "Power demand", "نیاز برق",
     demand<power, Case::central>},
    {"power_demand_high_mw", "pow_hi_mw", Type::real, "MW", not_assessed, "Power demand, high", "نیاز برق (زیاد)",
     demand<power, Case::high>},
    {"gas_demand_low_m3h", "gas_lo_m3h", Type::real, "m³/h", not_assessed, "Gas demand, low", "نیاز گاز (کم)",
     demand<gas, Case::low>},
    {"gas_demand_m3h", "gas_m3h", Type::real, "m³/h", not_assessed, "Gas demand", "نیاز گاز",
     demand<gas, Case::central>},
    {"gas_demand_high_m3h", "gas_hi_m3h", Type::real, "m³/h", not_assessed, "Gas demand, high", "نیاز گاز (زیاد)",
     demand<gas, Case::high>},
    {"water_shortfall_lps", "wat_short", Type::real, "L/s", not_shared, "Water shortfall, headroom shared", "کمبود آب",
     shortfall<water>},
    {"power_shortfall_mw", "pow_short", Type::real, "MW", not_shared, "Power shortfall, headroom shared", "کمبود برق",
     shortfall<power>},
    {"gas_shortfall_m3h", "gas_short", Type::real, "m³/h", not_shared, "Gas shortfall, headroom shared", "کمبود گاز",
     shortfall<gas>},
    {"reachable_water_lps", "rch_wat", Type::real, "L/s", unshared, "Water headroom in reach, not shared",
     "ظرفیت آزاد آب در دسترس (تقسیم‌نشده)", reachable<water>},
    {"reachable_power_mw", "rch_pow", Type::real, "MW", unshared, "Power headroom in reach, not shared",
     "ظرفیت آزاد برق در دسترس (تقسیم‌نشده)", reachable<power>},
    {"reachable_gas_m3h", "rch_gas", Type::real, "m³/h", unshared, "Gas headroom in reach, not shared",
     "ظرفیت آزاد گاز در دسترس (تقسیم‌نشده)", reachable<gas>},
    {"reachable_telecom_class", "rch_tel", Type::text, "", "unknown, or none in reach", "Best telecom class in reach",
     "بهترین مخابرات در دسترس", telecom_class},
    {"water_reason", "water_why", Type::text, "", "", "Water: how it stands", "وضعیت آب", service_reason<water>},
    {"power_reason", "power_why", Type::text, "", "", "Power: how it stands", "وضعیت برق", service_reason<power>},
    {"gas_reason", "gas_why", Type::text, "", "", "Gas: how it stands", "وضعیت گاز", service_reason<gas>},
    {"telecom_reason", "tel_why", Type::text, "", "", "Telecom: how it stands", "وضعیت مخابرات",
     service_reason<telecom>},
    {"people_unserved_water", "uns_water", Type::integer, "people", "no census share given", "People without water",
     "جمعیت بدون آب", people_unserved<water>},
    {"people_unserved_power", "uns_power", Type::integer, "people", "no census share given", "People without power",
     "جمعیت بدون برق", people_unserved<power>},
    {"people_unserved_gas", "uns_gas", Type::integer, "people", "no census share given", "People without gas",
     "جمعیت بدون گاز", people_unserved<gas>},
    {"people_unserved_telecom", "uns_tel", Type::integer, "people", "no census share given", "People without telecom",
     "جمعیت بدون مخابرات", people_unserved<telecom>},
    {"deprivation_weight", "depr_wt", Type::real, "", "", "Deprivation weight", "ضریب محرومیت",
     [](const UnitRow& r) { return FieldValue{r.gap.unit.deprivation_weight}; }},
    {"deprivation_known", "depr_known", Type::integer, "", "", "Weight given by the data (1 = yes)", "ضریب از داده",
     [](const UnitRow& r) { return flag(r.gap.unit.deprivation_known); }},
    {"priority_score", "prio_score", Type::real, "weighted people", "not over the threshold, or people unknown",
     "Priority score: people × weight", "امتیاز اولویت", [](const UnitRow& r) { return maybe(r.gap.priority.score); }},
    {"priority_basis", "prio_basis", Type::text, "", "no score",
     "People counted in the score: at_least, or at_most where only that is known", "مبنای امتیاز",
     [](const UnitRow& r) {
         return r.gap.priority.score ? text(r.gap.priority.counts_at_most ? "at_most" : "at_least") : FieldValue{};
     }},
    {"priority_rank", "prio_rank", Type::integer, "", "nobody is known to be left out", "Priority rank", "رتبه اولویت",
     [](const UnitRow& r) { return r.gap.priority.rank ? count(*r.gap.priority.rank) : FieldValue{}; }},
};

}  // namespace

std::span<const LayerColumn<UnitRow>> unit_columns() { return columns; }

}  // namespace amayesh::detail
