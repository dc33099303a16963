#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;
using enum UtilityKind;

template <std::int64_t Rollup::*Member>
FieldValue total(const RollupRow& row) {
    return number(row.total.*Member);
}

/// NULL where nobody can say which units are over the threshold.
FieldValue if_settled(const RollupRow& row, const FieldValue& value) {
    return row.total.is_threshold_unknown() ? FieldValue{} : value;
}

template <StepRange Rollup::*Member, Case Scenario>
FieldValue land(const RollupRow& row) {
    return if_settled(row, hectares((row.total.*Member).at(Scenario)));
}

template <UtilityKind Utility, Case Scenario>
FieldValue demand(const RollupRow& row) {
    return if_settled(row, amount(row.total.demand[Utility].at(Scenario), Utility));
}

template <UtilityKind Utility>
FieldValue demand_unserved(const RollupRow& row) {
    return if_settled(row, amount(row.total.demand_unserved[Utility].central, Utility));
}

/// NULL where no unit of the area states a served share.
template <UtilityKind Utility>
FieldValue people_unserved(const RollupRow& row) {
    if (row.total.people_unserved_unknown_units[Utility] == row.total.units) return {};
    return number(row.total.people_unserved[Utility]);
}

template <UtilityKind Utility>
FieldValue people_unserved_unknown(const RollupRow& row) {
    return number(row.total.people_unserved_unknown_units[Utility]);
}

/// NULL where it is unknown for every unit over the threshold.
template <std::int64_t Rollup::*Sum, std::int64_t Rollup::*Unknown>
FieldValue left_out(const RollupRow& row) {
    const bool is_unknown = row.total.*Unknown > 0 && row.total.*Unknown == row.total.over;
    return is_unknown ? FieldValue{} : if_settled(row, number(row.total.*Sum));
}

template <std::int64_t ServiceBalance::*Part, UtilityKind Utility>
FieldValue shared(const RollupRow& row) {
    return if_settled(row, amount(row.total.shared[Utility][Case::central].*Part, Utility));
}

template <UtilityKind Utility>
FieldValue supplied(const RollupRow& row) {
    const ServiceBalance& sum = row.total.shared[Utility][Case::central];
    return if_settled(row, amount(sum.own_supply + sum.allocated + sum.without_amount, Utility));
}

template <UtilityKind Utility, Case Scenario>
FieldValue lost(const RollupRow& row) {
    return number(row.total.lost_when_shared[Utility][Scenario]);
}

template <UtilityKind Utility>
FieldValue shared_unknown(const RollupRow& row) {
    return number(row.total.shared_unknown_units[Utility]);
}

constexpr const char* unsettled = "no unit's population is known";
constexpr const char* none_counted = "unknown for every unit over the threshold, or no unit's population is known";
constexpr const char* most_unknown = "unknown for a unit over the threshold, or no unit's population is known";
constexpr const char* no_share = "no unit states a served share";

constexpr LayerColumn<RollupRow> columns[] = {
    {"level", "level", Type::text, "", "", "Level", "سطح",
     [](const RollupRow& r) { return text(to_string(r.total.level)); }},
    {"province", "province", Type::text, "", "the nation, or units without a province", "Province", "استان",
     [](const RollupRow& r) { return text(r.total.place.province); }},
    {"county", "county", Type::text, "", "nation, province, or units without a county", "County", "شهرستان",
     [](const RollupRow& r) { return text(r.total.place.county); }},
    {"units", "units", Type::integer, "units", "", "Units", "واحدها", total<&Rollup::units>},
    {"units_over", "over", Type::integer, "units", "", "Over the threshold", "بیش از آستانه", total<&Rollup::over>},
    {"units_not_over", "not_over", Type::integer, "units", "", "Not over the threshold", "کمتر از آستانه",
     total<&Rollup::not_over>},
    {"units_threshold_unknown", "over_unk", Type::integer, "units", "", "Neither: population unknown", "جمعیت نامعلوم",
     total<&Rollup::threshold_unknown>},
    {"units_served", "served", Type::integer, "units", "", "Served", "برخوردار", total<&Rollup::served>},
    {"units_zone_full", "zone_full", Type::integer, "units", "", "Zone in reach, but full", "ناحیه پر",
     total<&Rollup::zone_full>},
    {"units_no_zone", "no_zone", Type::integer, "units", "", "No zone in reach", "بدون ناحیه در دسترس",
     total<&Rollup::no_zone>},
    {"units_no_zone_known", "no_zone_kn", Type::integer, "units", "", "No zone known in reach",
     "بدون ناحیه شناخته‌شده در دسترس", total<&Rollup::no_zone_known>},
    {"population_known", "pop_known", Type::integer, "people", "", "Population of units where it is known",
     "جمعیت معلوم", total<&Rollup::people_known>},
    {"population_unknown_units", "pop_unk", Type::integer, "units", "", "Units with unknown population",
     "واحدهای با جمعیت نامعلوم", total<&Rollup::people_unknown_units>},
    {"population_over", "pop_over", Type::integer, "people", unsettled, "Population of units over the threshold",
     "جمعیت واحدهای بیش از آستانه", [](const RollupRow& r) { return if_settled(r, number(r.total.people_over)); }},
    {"people_left_out_min", "left_min", Type::integer, "people", none_counted, "People left out, at least",
     "جمعیت بی‌بهره (حداقل)", left_out<&Rollup::left_out_at_least, &Rollup::at_least_unknown_units>},
    {"left_out_min_unknown_units", "lmin_unk", Type::integer, "units", "",
     "Units over the threshold where the least is unknown", "واحدهای با حداقل نامعلوم",
     total<&Rollup::at_least_unknown_units>},
    {"people_left_out_max", "left_max", Type::integer, "people", most_unknown, "People left out, at most",
     "جمعیت بی‌بهره (حداکثر)",
     [](const RollupRow& r) {
         return r.total.at_most_unknown_units > 0 ? FieldValue{} : if_settled(r, number(r.total.left_out_at_most));
     }},
    {"left_out_max_unknown_units", "lmax_unk", Type::integer, "units", "",
     "Units over the threshold where the most is unknown", "واحدهای با حداکثر نامعلوم",
     total<&Rollup::at_most_unknown_units>},
    {"target_ha_low", "target_lo", Type::real, "ha", unsettled, "Target area, low", "مساحت هدف (کم)",
     land<&Rollup::target, Case::low>},
    {"target_ha", "target_ha", Type::real, "ha", unsettled, "Target area", "مساحت هدف",
     land<&Rollup::target, Case::central>},
    {"target_ha_high", "target_hi", Type::real, "ha", unsettled, "Target area, high", "مساحت هدف (زیاد)",
     land<&Rollup::target, Case::high>},
    {"credited_net_ha", "credit_net", Type::real, "ha", unsettled, "Net land promised in existing zones",
     "زمین خالص واگذارشده در نواحی موجود", land<&Rollup::credited_net, Case::central>},
    {"new_zone_ha", "new_ha", Type::real, "ha", unsettled, "New zones", "نواحی جدید",
     land<&Rollup::new_zone, Case::central>},
    {"remainder_ha", "remaind_ha", Type::real, "ha", unsettled, "Needed, but too little for a zone",
     "باقی‌مانده کمتر از حداقل ناحیه", land<&Rollup::remainder, Case::central>},
    {"target_unserved_ha", "tgt_uns", Type::real, "ha", unsettled, "Target area of units not served",
     "مساحت هدف واحدهای نابرخوردار", land<&Rollup::target_unserved, Case::central>},
    {"target_unknown_units", "tgt_unk", Type::integer, "units", "", "Units over the threshold without a target",
     "واحدهای بدون هدف", total<&Rollup::target_unknown_units>},
    {"water_demand_low_lps", "wat_lo_lps", Type::real, "L/s", unsettled, "Water demand, low", "نیاز آب (کم)",
     demand<water, Case::low>},
    {"water_demand_lps", "water_lps", Type::real, "L/s", unsettled, "Water demand", "نیاز آب",
     demand<water, Case::central>},
    {"water_demand_high_lps", "wat_hi_lps", Type::real, "L/s", unsettled, "Water demand, high", "نیاز آب (زیاد)",
     demand<water, Case::high>},
    {"water_demand_unserved_lps", "wat_uns", Type::real, "L/s", unsettled, "Water demand of units not served",
     "نیاز آب واحدهای نابرخوردار", demand_unserved<water>},
    {"water_supplied_lps", "wat_suppl", Type::real, "L/s", unsettled, "Water supplied, headroom shared",
     "آب تأمین‌شده", supplied<water>},
    {"water_shortfall_lps", "wat_short", Type::real, "L/s", unsettled, "Water shortfall, headroom shared", "کمبود آب",
     shared<&ServiceBalance::shortfall, water>},
    {"water_lost_units_low", "wat_lo_lo", Type::integer, "units", "",
     "Units with enough water alone that lose it when shared, low",
     "واحدهایی که آب را با تقسیم ظرفیت از دست می‌دهند (کم)",
     lost<water, Case::low>},
    {"water_lost_units", "wat_lost", Type::integer, "units", "",
     "Units with enough water alone that lose it when shared",
     "واحدهایی که آب را با تقسیم ظرفیت از دست می‌دهند",
     lost<water, Case::central>},
    {"water_lost_units_high", "wat_lo_hi", Type::integer, "units", "",
     "Units with enough water alone that lose it when shared, high",
     "واحدهایی که آب را با تقسیم ظرفیت از دست می‌دهند (زیاد)",
     lost<water, Case::high>},
    {"water_shared_unknown_units", "wat_sh_unk", Type::integer, "units", "",
     "Units with a demand for water and no layer of its sources", "واحدهای بدون داده منبع آب", shared_unknown<water>},
    {"power_demand_low_mw", "pow_lo_mw", Type::real, "MW", unsettled, "Power demand, low", "نیاز برق (کم)",
     demand<power, Case::low>},
    {"power_demand_mw", "power_mw", Type::real, "MW", unsettled, "Power demand", "نیاز برق",
     demand<power, Case::central>},
    {"power_demand_high_mw", "pow_hi_mw", Type::real, "MW", unsettled, "Power demand, high", "نیاز برق (زیاد)",
     demand<power, Case::high>},
    {"power_demand_unserved_mw", "pow_uns", Type::real, "MW", unsettled, "Power demand of units not served",
     "نیاز برق واحدهای نابرخوردار", demand_unserved<power>},
    {"power_supplied_mw", "pow_suppl", Type::real, "MW", unsettled, "Power supplied, headroom shared",
     "برق تأمین‌شده", supplied<power>},
    {"power_shortfall_mw", "pow_short", Type::real, "MW", unsettled, "Power shortfall, headroom shared", "کمبود برق",
     shared<&ServiceBalance::shortfall, power>},
    {"power_lost_units_low", "pow_lo_lo", Type::integer, "units", "",
     "Units with enough power alone that lose it when shared, low",
     "واحدهایی که برق را با تقسیم ظرفیت از دست می‌دهند (کم)",
     lost<power, Case::low>},
    {"power_lost_units", "pow_lost", Type::integer, "units", "",
     "Units with enough power alone that lose it when shared",
     "واحدهایی که برق را با تقسیم ظرفیت از دست می‌دهند",
     lost<power, Case::central>},
    {"power_lost_units_high", "pow_lo_hi", Type::integer, "units", "",
     "Units with enough power alone that lose it when shared, high",
     "واحدهایی که برق را با تقسیم ظرفیت از دست می‌دهند (زیاد)",
     lost<power, Case::high>},
    {"power_shared_unknown_units", "pow_sh_unk", Type::integer, "units", "",
     "Units with a demand for power and no layer of its sources", "واحدهای بدون داده منبع برق", shared_unknown<power>},
    {"gas_demand_low_m3h", "gas_lo_m3h", Type::real, "m³/h", unsettled, "Gas demand, low", "نیاز گاز (کم)",
     demand<gas, Case::low>},
    {"gas_demand_m3h", "gas_m3h", Type::real, "m³/h", unsettled, "Gas demand", "نیاز گاز", demand<gas, Case::central>},
    {"gas_demand_high_m3h", "gas_hi_m3h", Type::real, "m³/h", unsettled, "Gas demand, high", "نیاز گاز (زیاد)",
     demand<gas, Case::high>},
    {"gas_demand_unserved_m3h", "gas_uns", Type::real, "m³/h", unsettled, "Gas demand of units not served",
     "نیاز گاز واحدهای نابرخوردار", demand_unserved<gas>},
    {"gas_supplied_m3h", "gas_suppl", Type::real, "m³/h", unsettled, "Gas supplied, headroom shared",
     "گاز تأمین‌شده", supplied<gas>},
    {"gas_shortfall_m3h", "gas_short", Type::real, "m³/h", unsettled, "Gas shortfall, headroom shared", "کمبود گاز",
     shared<&ServiceBalance::shortfall, gas>},
    {"gas_lost_units_low", "gas_lo_lo", Type::integer, "units", "",
     "Units with enough gas alone that lose it when shared, low",
     "واحدهایی که گاز را با تقسیم ظرفیت از دست می‌دهند (کم)",
     lost<gas, Case::low>},
    {"gas_lost_units", "gas_lost", Type::integer, "units", "", "Units with enough gas alone that lose it when shared",
     "واحدهایی که گاز را با تقسیم ظرفیت از دست می‌دهند",
     lost<gas, Case::central>},
    {"gas_lost_units_high", "gas_lo_hi", Type::integer, "units", "",
     "Units with enough gas alone that lose it when shared, high",
     "واحدهایی که گاز را با تقسیم ظرفیت از دست می‌دهند (زیاد)",
     lost<gas, Case::high>},
    {"gas_shared_unknown_units", "gas_sh_unk", Type::integer, "units", "",
     "Units with a demand for gas and no layer of its sources", "واحدهای بدون داده منبع گاز", shared_unknown<gas>},
    {"people_unserved_water", "uns_water", Type::integer, "people", no_share, "People without water", "جمعیت بدون آب",
     people_unserved<water>},
    {"unserved_water_unknown_units", "unsw_unk", Type::integer, "units", "",
     "Units where people without water are unknown", "واحدهای نامعلوم (آب)", people_unserved_unknown<water>},
    {"people_unserved_power", "uns_power", Type::integer, "people", no_share, "People without power", "جمعیت بدون برق",
     people_unserved<power>},
    {"unserved_power_unknown_units", "unsp_unk", Type::integer, "units", "",
     "Units where people without power are unknown", "واحدهای نامعلوم (برق)", people_unserved_unknown<power>},
    {"people_unserved_gas", "uns_gas", Type::integer, "people", no_share, "People without gas", "جمعیت بدون گاز",
     people_unserved<gas>},
    {"unserved_gas_unknown_units", "unsg_unk", Type::integer, "units", "", "Units where people without gas are unknown",
     "واحدهای نامعلوم (گاز)", people_unserved_unknown<gas>},
    {"people_unserved_telecom", "uns_tel", Type::integer, "people", no_share, "People without telecom",
     "جمعیت بدون مخابرات", people_unserved<telecom>},
    {"unserved_telecom_unknown_units", "unst_unk", Type::integer, "units", "",
     "Units where people without telecom are unknown", "واحدهای نامعلوم (مخابرات)", people_unserved_unknown<telecom>},
    {"zones", "zones", Type::integer, "zones", "", "Zones with this province and county", "نواحی",
     total<&Rollup::zones>},
    {"zones_serving", "zones_srv", Type::integer, "zones", "", "Of these serving", "نواحی فعال",
     total<&Rollup::zones_serving>},
    {"area_ha", "area_ha", Type::real, "ha", "", "Area of units with a polygon", "مساحت",
     [](const RollupRow& r) { return hectares(r.total.area); }},
    {"area_unknown_units", "area_unk", Type::integer, "units", "", "Units without a polygon", "واحدهای بدون مرز",
     total<&Rollup::area_unknown_units>},
};

constexpr LayerColumn<Problem> problems[] = {
    {"severity", "severity", Type::text, "", "", "Severity", "شدت",
     [](const Problem& p) { return text(to_string(p.severity)); }},
    {"kind", "kind", Type::text, "", "", "Kind", "نوع", [](const Problem& p) { return text(to_string(p.kind)); }},
    {"layer", "layer", Type::text, "", "the whole study", "Layer", "لایه",
     [](const Problem& p) { return text(p.layer); }},
    {"file", "file", Type::text, "", "no file at fault", "File", "فایل", [](const Problem& p) { return text(p.file); }},
    {"feature", "feature", Type::text, "", "the whole layer", "Feature", "عارضه",
     [](const Problem& p) { return text(p.feature); }},
    {"field", "field", Type::text, "", "no field at fault", "Field", "فیلد",
     [](const Problem& p) { return text(p.field); }},
    {"message", "message", Type::text, "", "", "What and why", "شرح", [](const Problem& p) { return text(p.message); }},
    {"action", "action", Type::text, "", "nothing was done", "What was done", "اقدام",
     [](const Problem& p) { return text(p.action); }},
};

constexpr LayerColumn<ManifestEntry> manifest[] = {
    {"section", "section", Type::text, "", "", "Section", "بخش",
     [](const ManifestEntry& e) { return text(e.section); }},
    {"key", "key", Type::text, "", "", "Key", "کلید", [](const ManifestEntry& e) { return text(e.key); }},
    {"value", "value", Type::text, "", "none", "Value", "مقدار", [](const ManifestEntry& e) { return text(e.value); }},
};

}  // namespace

std::span<const LayerColumn<RollupRow>> rollup_columns() { return columns; }
std::span<const LayerColumn<Problem>> problem_columns() { return problems; }
std::span<const LayerColumn<ManifestEntry>> manifest_columns() { return manifest; }

}  // namespace amayesh::detail
