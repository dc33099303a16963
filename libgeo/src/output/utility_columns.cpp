#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;

constexpr const char* unknown = "unknown";

const ServiceNeed& need_of(const UnitUtilityRow& row) { return row.gap.services[row.utility]; }

FieldValue required_class(const UnitUtilityRow& row) {
    return row.utility == UtilityKind::telecom ? text(to_string(row.required_telecom)) : FieldValue{};
}

FieldValue class_in_reach(const UnitUtilityRow& row) {
    const auto& best = need_of(row).telecom_class;
    return best ? text(to_string(*best)) : FieldValue{};
}

FieldValue nearest_source(const UnitUtilityRow& row) {
    const auto& near = need_of(row).nearest;
    return near ? text(row.area.sources[near->feature].id) : FieldValue{};
}

constexpr LayerColumn<UnitUtilityRow> unit_utilities[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Unit", "شناسه واحد",
     [](const UnitUtilityRow& r) { return text(r.gap.unit.id); }},
    {"utility", "utility", Type::text, "", "", "Utility", "خدمت",
     [](const UnitUtilityRow& r) { return text(to_string(r.utility)); }},
    {"case", "case", Type::text, "", "", "Case of the standards", "حالت",
     [](const UnitUtilityRow& r) { return text(to_string(r.scenario)); }},
    {"unit_of_amounts", "unit_amt", Type::text, "", "", "Unit of the amounts", "یکای مقدارها",
     [](const UnitUtilityRow& r) { return text(unit_name(r.utility)); }},
    {"demand", "demand", Type::real, "see unit_of_amounts", "telecom, or the unit is not over the threshold", "Demand",
     "نیاز", [](const UnitUtilityRow& r) { return amount(need_of(r).demand, r.scenario, r.utility); }},
    {"required_class", "req_class", Type::text, "", "not telecom", "Telecom class required", "کلاس مخابرات لازم",
     required_class},
    {"reachable", "reachable", Type::real, "see unit_of_amounts", "no source in reach states its headroom",
     "Headroom in reach, not shared", "ظرفیت آزاد در دسترس (تقسیم‌نشده)",
     [](const UnitUtilityRow& r) { return amount(need_of(r).reachable, r.utility); }},
    {"reachable_class", "rch_class", Type::text, "", "not telecom, or unknown", "Best telecom class in reach",
     "بهترین کلاس مخابرات در دسترس", class_in_reach},
    {"sources_in_reach", "sources", Type::integer, "sources", "", "Sources in reach", "منابع در دسترس",
     [](const UnitUtilityRow& r) { return count(need_of(r).sources_in_reach); }},
    {"sources_unknown", "src_unk", Type::integer, "sources", "", "Of these with unknown headroom or class",
     "منابع با ظرفیت نامعلوم", [](const UnitUtilityRow& r) { return count(need_of(r).sources_unknown); }},
    {"nearest_source_id", "near_id", Type::text, "", "no source with a position", "Nearest source",
     "نزدیک‌ترین منبع", nearest_source},
    {"nearest_source_km", "near_km", Type::real, "km", "no source with a position", "Distance to the nearest source",
     "فاصله تا نزدیک‌ترین منبع",
     [](const UnitUtilityRow& r) { return kilometres(need_of(r).nearest); }},
    {"reason", "reason", Type::text, "", "", "How it stands", "وضعیت",
     [](const UnitUtilityRow& r) { return text(to_string(need_of(r).reason(r.scenario))); }},
};

FieldValue headroom_of(const SourceRow& row) { return maybe(headroom(row.source)); }

FieldValue peak_use(const SourceRow& row) {
    std::optional<double> peak;
    for (const SeasonalUse& season : row.source.use) {
        if (!season.in_use) return {};
        if (!peak || *season.in_use > *peak) peak = season.in_use;
    }
    return maybe(peak);
}

constexpr LayerColumn<SourceRow> sources[] = {
    {"source_id", "source_id", Type::text, "", "no id given", "Id", "شناسه",
     [](const SourceRow& r) { return text(r.source.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const SourceRow& r) { return text(r.source.name); }},
    {"utility", "utility", Type::text, "", "", "Utility", "خدمت",
     [](const SourceRow& r) { return text(to_string(r.source.utility)); }},
    {"role", "role", Type::text, "", "", "Role", "نقش",
     [](const SourceRow& r) { return text(to_string(r.source.role)); }},
    {"unit_of_amounts", "unit_amt", Type::text, "", "", "Unit of the amounts", "یکای مقدارها",
     [](const SourceRow& r) { return text(unit_name(r.source.utility)); }},
    {"capacity", "capacity", Type::real, "see unit_of_amounts", unknown, "Capacity", "ظرفیت",
     [](const SourceRow& r) { return maybe(r.source.capacity); }},
    {"in_use", "in_use", Type::real, "see unit_of_amounts", unknown, "Highest seasonal use", "بیشترین بار فصلی",
     peak_use},
    {"committed", "committed", Type::real, "see unit_of_amounts", unknown, "Committed", "تعهدشده",
     [](const SourceRow& r) { return maybe(r.source.committed); }},
    {"headroom", "headroom", Type::real, "see unit_of_amounts",
     "capacity, use or committed amount unknown, yes/no source, or context", "Firm headroom", "ظرفیت آزاد",
     headroom_of},
    {"telecom_class", "tel_class", Type::text, "", "not telecom, or unknown", "Telecom class", "کلاس مخابرات",
     [](const SourceRow& r) {
         return r.source.telecom_class ? text(to_string(*r.source.telecom_class)) : FieldValue{};
     }},
    {"serves_without_amount", "yes_no", Type::integer, "", "", "Serves or not, without an amount (1 = yes)",
     "بدون مقدار", [](const SourceRow& r) { return flag(r.source.capacity_is_yes_no); }},
    {"reach_km", "reach_km", Type::real, "km", "the standard's reach", "Own reach", "شعاع دسترسی",
     [](const SourceRow& r) { return r.source.reach ? FieldValue{r.source.reach->value()} : FieldValue{}; }},
};

}  // namespace

std::span<const LayerColumn<UnitUtilityRow>> unit_utility_columns() { return unit_utilities; }
std::span<const LayerColumn<SourceRow>> source_columns() { return sources; }

}  // namespace amayesh::detail
