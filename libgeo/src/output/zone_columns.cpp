#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;
using enum UtilityKind;

constexpr const char* unknown = "unknown";
constexpr const char* spare_unknown = "it does not serve, or its use or supply is not known";
constexpr const char* asks_nothing = "not known to ask for anything, or no layer of the utility";
constexpr const char* gives_nothing = "not known what it can spare, or no layer of the utility";

FieldValue telecom_of(const ZoneRow& row) {
    return row.zone.supply.telecom ? text(to_string(*row.zone.supply.telecom)) : FieldValue{};
}

template <Case Scenario>
FieldValue promised(const ZoneRow& row) {
    return hectares(row.balance.promised.at(Scenario));
}

/// Before sharing.
template <std::optional<std::int64_t> ZoneServiceBalance::*Part, UtilityKind Utility>
FieldValue own(const ZoneRow& row) {
    return amount(row.balance.services[Utility][Case::central].*Part, Utility);
}

/// deficit (0 where NULL) + committed = allocated + without_amount + shortfall
template <std::int64_t ZoneServiceBalance::*Part, UtilityKind Utility, Case Scenario = Case::central>
FieldValue got(const ZoneRow& row) {
    const ZoneServiceBalance& balance = row.balance.services[Utility][Scenario];
    return balance.asks() ? amount(balance.*Part, Utility) : FieldValue{};
}

template <UtilityKind Utility, Case Scenario>
FieldValue given(const ZoneRow& row) {
    const ZoneServiceBalance& balance = row.balance.services[Utility][Scenario];
    return balance.may_give() ? amount(balance.given, Utility) : FieldValue{};
}

constexpr LayerColumn<ZoneRow> zones[] = {
    {"zone_id", "zone_id", Type::text, "", "no id given", "Id", "شناسه",
     [](const ZoneRow& r) { return text(r.zone.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const ZoneRow& r) { return text(r.zone.name); }},
    {"kind", "kind", Type::text, "", "", "Kind", "نوع", [](const ZoneRow& r) { return text(to_string(r.zone.kind)); }},
    {"status", "status", Type::text, "", "", "Status", "وضعیت",
     [](const ZoneRow& r) { return text(to_string(r.zone.status)); }},
    {"rural_district_id", "district", Type::text, "", "not given", "Rural district", "دهستان",
     [](const ZoneRow& r) { return text(r.zone.rural_district_id); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const ZoneRow& r) { return text(r.zone.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const ZoneRow& r) { return text(r.zone.place.province); }},
    {"gross_ha", "gross_ha", Type::real, "ha", unknown, "Gross area", "مساحت ناخالص",
     [](const ZoneRow& r) { return rounded_hectares(r.zone.gross_ha); }},
    {"net_ha", "net_ha", Type::real, "ha", unknown, "Net area", "مساحت خالص",
     [](const ZoneRow& r) { return rounded_hectares(r.zone.net_ha); }},
    {"occupied_ha", "occup_ha", Type::real, "ha", unknown, "Occupied area", "مساحت واگذارشده",
     [](const ZoneRow& r) { return rounded_hectares(r.zone.occupied_ha); }},
    {"vacant_ha", "vacant_ha", Type::real, "ha", unknown, "Vacant area as given", "مساحت خالی",
     [](const ZoneRow& r) { return rounded_hectares(r.zone.vacant_ha); }},
    {"water_lps", "water_lps", Type::real, "L/s", unknown, "Water it has", "آب",
     [](const ZoneRow& r) { return maybe(r.zone.supply.amount(water)); }},
    {"power_mw", "power_mw", Type::real, "MW", unknown, "Power it has", "برق",
     [](const ZoneRow& r) { return maybe(r.zone.supply.amount(power)); }},
    {"gas_m3h", "gas_m3h", Type::real, "m³/h", unknown, "Gas it has", "گاز",
     [](const ZoneRow& r) { return maybe(r.zone.supply.amount(gas)); }},
    {"telecom_class", "telecom", Type::text, "", unknown, "Telecom it has", "مخابرات", telecom_of},
    {"operating_units", "units_op", Type::integer, "units", unknown, "Operating units", "واحدهای فعال",
     [](const ZoneRow& r) { return maybe(r.zone.operating_units); }},
    {"idle_units", "units_idle", Type::integer, "units", unknown, "Idle units", "واحدهای راکد",
     [](const ZoneRow& r) { return maybe(r.zone.idle_units); }},
    {"jobs", "jobs", Type::integer, "people", unknown, "Jobs", "اشتغال",
     [](const ZoneRow& r) { return maybe(r.zone.jobs); }},
    {"sewer", "sewer", Type::integer, "", unknown, "Has a sewer (1 = yes)", "فاضلاب",
     [](const ZoneRow& r) { return maybe(r.zone.has_sewer); }},
    {"usable_land_ha", "usable_ha", Type::real, "ha", unknown, "Usable net land, before it is promised",
     "زمین خالص قابل واگذاری", [](const ZoneRow& r) { return hectares(r.balance.usable_land); }},
    {"promised_ha_low", "promis_lo", Type::real, "ha", "", "Net land of it promised to units, low",
     "زمین خالص تخصیص‌یافته به واحدها (کم)", promised<Case::low>},
    {"promised_ha", "promis_ha", Type::real, "ha", "", "Net land of it promised to units",
     "زمین خالص تخصیص‌یافته به واحدها", promised<Case::central>},
    {"promised_ha_high", "promis_hi", Type::real, "ha", "", "Net land of it promised to units, high",
     "زمین خالص تخصیص‌یافته به واحدها (زیاد)", promised<Case::high>},
    {"in_use_ha", "in_use_ha", Type::real, "ha", unknown, "Net land in use",
     "زمین خالص در حال بهره‌برداری",
     [](const ZoneRow& r) { return rounded_hectares(r.balance.in_use_ha); }},
    {"committed_ha", "commit_ha", Type::real, "ha", "its plots are not listed, or not all known",
     "Net land in committed plots", "زمین قطعه‌های قراردادی و در حال ساخت",
     [](const ZoneRow& r) { return rounded_hectares(r.balance.committed_ha); }},
    {"water_deficit_lps", "wat_defic", Type::real, "L/s", spare_unknown, "Water it lacks for its land in use",
     "کمبود آب ناحیه پیش از تقسیم", own<&ZoneServiceBalance::deficit, water>},
    {"water_committed_lps", "wat_commit", Type::real, "L/s", asks_nothing, "Water that its committed plots ask for",
     "نیاز آب قطعه‌های قراردادی و در حال ساخت",
     got<&ZoneServiceBalance::committed, water>},
    {"water_allocated_lps", "wat_alloc", Type::real, "L/s", asks_nothing, "Water it gets from sources, headroom shared",
     "آب تخصیص‌یافته به ناحیه", got<&ZoneServiceBalance::allocated, water>},
    {"water_without_amount_lps", "wat_noamt", Type::real, "L/s", asks_nothing,
     "Water it gets from sources that serve or not", "آب تأمین‌شده بدون مقدار",
     got<&ZoneServiceBalance::without_amount, water>},
    {"water_shortfall_low_lps", "wat_sholo", Type::real, "L/s", asks_nothing, "Water it is still short of, low",
     "کمبود آب ناحیه پس از تقسیم (کم)", got<&ZoneServiceBalance::shortfall, water, Case::low>},
    {"water_shortfall_lps", "wat_short", Type::real, "L/s", asks_nothing, "Water it is still short of",
     "کمبود آب ناحیه پس از تقسیم", got<&ZoneServiceBalance::shortfall, water, Case::central>},
    {"water_shortfall_high_lps", "wat_shohi", Type::real, "L/s", asks_nothing, "Water it is still short of, high",
     "کمبود آب ناحیه پس از تقسیم (زیاد)", got<&ZoneServiceBalance::shortfall, water, Case::high>},
    {"water_surplus_lps", "wat_surpl", Type::real, "L/s", spare_unknown, "Water it can spare", "مازاد آب ناحیه",
     own<&ZoneServiceBalance::surplus, water>},
    {"water_given_low_lps", "wat_giv_lo", Type::real, "L/s", gives_nothing, "Water it gives of that, low",
     "آب واگذارشده از مازاد ناحیه (کم)", given<water, Case::low>},
    {"water_given_lps", "wat_given", Type::real, "L/s", gives_nothing, "Water it gives of that",
     "آب واگذارشده از مازاد ناحیه", given<water, Case::central>},
    {"water_given_high_lps", "wat_giv_hi", Type::real, "L/s", gives_nothing, "Water it gives of that, high",
     "آب واگذارشده از مازاد ناحیه (زیاد)", given<water, Case::high>},
    {"power_deficit_mw", "pow_defic", Type::real, "MW", spare_unknown, "Power it lacks for its land in use",
     "کمبود برق ناحیه پیش از تقسیم", own<&ZoneServiceBalance::deficit, power>},
    {"power_committed_mw", "pow_commit", Type::real, "MW", asks_nothing, "Power that its committed plots ask for",
     "نیاز برق قطعه‌های قراردادی و در حال ساخت",
     got<&ZoneServiceBalance::committed, power>},
    {"power_allocated_mw", "pow_alloc", Type::real, "MW", asks_nothing, "Power it gets from sources, headroom shared",
     "برق تخصیص‌یافته به ناحیه", got<&ZoneServiceBalance::allocated, power>},
    {"power_without_amount_mw", "pow_noamt", Type::real, "MW", asks_nothing,
     "Power it gets from sources that serve or not", "برق تأمین‌شده بدون مقدار",
     got<&ZoneServiceBalance::without_amount, power>},
    {"power_shortfall_low_mw", "pow_sholo", Type::real, "MW", asks_nothing, "Power it is still short of, low",
     "کمبود برق ناحیه پس از تقسیم (کم)", got<&ZoneServiceBalance::shortfall, power, Case::low>},
    {"power_shortfall_mw", "pow_short", Type::real, "MW", asks_nothing, "Power it is still short of",
     "کمبود برق ناحیه پس از تقسیم", got<&ZoneServiceBalance::shortfall, power, Case::central>},
    {"power_shortfall_high_mw", "pow_shohi", Type::real, "MW", asks_nothing, "Power it is still short of, high",
     "کمبود برق ناحیه پس از تقسیم (زیاد)", got<&ZoneServiceBalance::shortfall, power, Case::high>},
    {"power_surplus_mw", "pow_surpl", Type::real, "MW", spare_unknown, "Power it can spare", "مازاد برق ناحیه",
     own<&ZoneServiceBalance::surplus, power>},
    {"power_given_low_mw", "pow_giv_lo", Type::real, "MW", gives_nothing, "Power it gives of that, low",
     "برق واگذارشده از مازاد ناحیه (کم)", given<power, Case::low>},
    {"power_given_mw", "pow_given", Type::real, "MW", gives_nothing, "Power it gives of that",
     "برق واگذارشده از مازاد ناحیه", given<power, Case::central>},
    {"power_given_high_mw", "pow_giv_hi", Type::real, "MW", gives_nothing, "Power it gives of that, high",
     "برق واگذارشده از مازاد ناحیه (زیاد)", given<power, Case::high>},
    {"gas_deficit_m3h", "gas_defic", Type::real, "m³/h", spare_unknown, "Gas it lacks for its land in use",
     "کمبود گاز ناحیه پیش از تقسیم", own<&ZoneServiceBalance::deficit, gas>},
    {"gas_committed_m3h", "gas_commit", Type::real, "m³/h", asks_nothing, "Gas that its committed plots ask for",
     "نیاز گاز قطعه‌های قراردادی و در حال ساخت",
     got<&ZoneServiceBalance::committed, gas>},
    {"gas_allocated_m3h", "gas_alloc", Type::real, "m³/h", asks_nothing, "Gas it gets from sources, headroom shared",
     "گاز تخصیص‌یافته به ناحیه", got<&ZoneServiceBalance::allocated, gas>},
    {"gas_without_amount_m3h", "gas_noamt", Type::real, "m³/h", asks_nothing,
     "Gas it gets from sources that serve or not", "گاز تأمین‌شده بدون مقدار",
     got<&ZoneServiceBalance::without_amount, gas>},
    {"gas_shortfall_low_m3h", "gas_sholo", Type::real, "m³/h", asks_nothing, "Gas it is still short of, low",
     "کمبود گاز ناحیه پس از تقسیم (کم)", got<&ZoneServiceBalance::shortfall, gas, Case::low>},
    {"gas_shortfall_m3h", "gas_short", Type::real, "m³/h", asks_nothing, "Gas it is still short of",
     "کمبود گاز ناحیه پس از تقسیم", got<&ZoneServiceBalance::shortfall, gas, Case::central>},
    {"gas_shortfall_high_m3h", "gas_shohi", Type::real, "m³/h", asks_nothing, "Gas it is still short of, high",
     "کمبود گاز ناحیه پس از تقسیم (زیاد)", got<&ZoneServiceBalance::shortfall, gas, Case::high>},
    {"gas_surplus_m3h", "gas_surpl", Type::real, "m³/h", spare_unknown, "Gas it can spare", "مازاد گاز ناحیه",
     own<&ZoneServiceBalance::surplus, gas>},
    {"gas_given_low_m3h", "gas_giv_lo", Type::real, "m³/h", gives_nothing, "Gas it gives of that, low",
     "گاز واگذارشده از مازاد ناحیه (کم)", given<gas, Case::low>},
    {"gas_given_m3h", "gas_given", Type::real, "m³/h", gives_nothing, "Gas it gives of that",
     "گاز واگذارشده از مازاد ناحیه", given<gas, Case::central>},
    {"gas_given_high_m3h", "gas_giv_hi", Type::real, "m³/h", gives_nothing, "Gas it gives of that, high",
     "گاز واگذارشده از مازاد ناحیه (زیاد)", given<gas, Case::high>},
};

}  // namespace

std::span<const LayerColumn<ZoneRow>> zone_columns() { return zones; }

}  // namespace amayesh::detail
