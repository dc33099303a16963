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

constexpr const char* not_shared = "telecom, not over the threshold, no centre, or no layer of the utility";

const ServiceBalance* shared_of(const UnitUtilityRow& row) {
    const auto& shared = need_of(row).shared[row.scenario];
    return shared ? &*shared : nullptr;
}

/// demand = own_supply + allocated + without_amount + shortfall
template <std::int64_t ServiceBalance::*Part>
FieldValue balance(const UnitUtilityRow& row) {
    const ServiceBalance* shared = shared_of(row);
    return shared ? amount(shared->*Part, row.utility) : FieldValue{};
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
    {"reason", "reason", Type::text, "", "", "How it stands alone, were nobody else to take anything",
     "وضعیت به‌تنهایی",
     [](const UnitUtilityRow& r) { return text(to_string(need_of(r).reason(r.scenario))); }},
    {"own_supply", "own_supply", Type::real, "see unit_of_amounts", not_shared,
     "From the surplus of the zone whose land is promised", "تأمین از ناحیه", balance<&ServiceBalance::own_supply>},
    {"allocated", "allocated", Type::real, "see unit_of_amounts", not_shared, "From sources, headroom shared",
     "تخصیص‌یافته", balance<&ServiceBalance::allocated>},
    {"without_amount", "no_amount", Type::real, "see unit_of_amounts", not_shared,
     "From sources that serve or not, without an amount", "تأمین بدون مقدار", balance<&ServiceBalance::without_amount>},
    {"shortfall", "shortfall", Type::real, "see unit_of_amounts", not_shared, "Shortfall, headroom shared", "کمبود",
     balance<&ServiceBalance::shortfall>},
    {"shortfall_rank", "rank", Type::integer, "", "no shortfall, or none known",
     "Rank by shortfall in this case, 1 = largest", "رتبه بر پایه کمبود در این حالت",
     [](const UnitUtilityRow& r) {
         const auto& rank = need_of(r).shortfall_ranks.rank[r.scenario];
         return rank ? count(*rank) : FieldValue{};
     }},
    {"rank_flips", "rank_flips", Type::integer, "", not_shared,
     "Its order with another unit differs between the cases (1 = yes)",
     "جابه‌جایی رتبه میان حالت‌ها",
     [](const UnitUtilityRow& r) { return shared_of(r) ? flag(need_of(r).shortfall_ranks.flips) : FieldValue{}; }},
    {"shared_reason", "sh_reason", Type::text, "", not_shared, "How it stands when headroom is shared",
     "وضعیت پس از تقسیم",
     [](const UnitUtilityRow& r) {
         const ServiceBalance* shared = shared_of(r);
         return shared ? text(to_string(shared->reason)) : FieldValue{};
     }},
    {"taken_by", "taken_by", Type::text, "", "the headroom in reach is not taken by others",
     "Who got most of the headroom in reach", "گیرندگان ظرفیت",
     [](const UnitUtilityRow& r) {
         const ServiceBalance* shared = shared_of(r);
         return shared ? text(shared->taken_by) : FieldValue{};
     }},
};

template <Case Scenario>
FieldValue used(const SourceRow& row) {
    const SharedSource* shared = row.shared[Scenario];
    return shared && shared->headroom ? amount(shared->used, row.source.utility) : FieldValue{};
}

FieldValue left(const SourceRow& row) {
    const SharedSource* shared = row.shared[Case::central];
    return shared && shared->headroom ? amount(*shared->headroom - shared->used, row.source.utility) : FieldValue{};
}

FieldValue shadow_price(const SourceRow& row) {
    const SharedSource* shared = row.shared[Case::central];
    return shared ? flag(shared->class_of_another_step.has_value()) : FieldValue{};
}

/// To a millionth of a step: what is left of a difference beyond that is an error of rounding.
FieldValue headroom_of(const SourceRow& row) {
    constexpr double parts_of_a_step = 1e6;
    const double parts = steps_per_unit[row.source.utility] * parts_of_a_step;
    const auto firm = headroom(row.source);
    return firm ? FieldValue{std::round(*firm * parts) / parts} : FieldValue{};
}

FieldValue peak_use(const SourceRow& row) {
    std::optional<double> peak;
    for (const SeasonalUse& season : row.source.use) {
        if (!season.in_use) return {};
        if (!peak || *season.in_use > *peak) peak = season.in_use;
    }
    return maybe(peak);
}

constexpr const char* no_share = "headroom unknown, or takes no part in the sharing";

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
    {"committed", "committed", Type::real, "see unit_of_amounts", unknown,
     "Committed, in the season that has most of it", "تعهدشده",
     [](const SourceRow& r) { return maybe(stated_commitment(r.source)); }},
    {"committed_until", "com_until", Type::text, "", "no end is given", "Committed until", "پایان تعهد",
     [](const SourceRow& r) { return text(r.source.committed_until); }},
    {"committed_counted", "com_count", Type::real, "see unit_of_amounts", unknown,
     "Committed that takes headroom: none once it has ended", "تعهد معتبر",
     [](const SourceRow& r) { return maybe(counted_commitment(r.source)); }},
    {"headroom", "headroom", Type::real, "see unit_of_amounts",
     "capacity, use or committed amount unknown, yes/no source, or context", "Firm headroom", "ظرفیت آزاد",
     headroom_of},
    {"given_low", "given_low", Type::real, "see unit_of_amounts", no_share, "Given when shared, low", "واگذارشده (کم)",
     used<Case::low>},
    {"given", "given", Type::real, "see unit_of_amounts", no_share, "Given when shared", "واگذارشده",
     used<Case::central>},
    {"given_high", "given_high", Type::real, "see unit_of_amounts", no_share, "Given when shared, high",
     "واگذارشده (زیاد)", used<Case::high>},
    {"headroom_left", "left", Type::real, "see unit_of_amounts", no_share, "Headroom left",
     "ظرفیت باقی‌مانده", left},
    {"shadow_price", "shadow", Type::integer, "steps", "takes no part in the sharing",
     "Steps served more if it had one step more", "ارزش یک گام ظرفیت بیشتر", shadow_price},
    {"telecom_class", "tel_class", Type::text, "", "not telecom, or unknown", "Telecom class", "کلاس مخابرات",
     [](const SourceRow& r) {
         return r.source.telecom_class ? text(to_string(*r.source.telecom_class)) : FieldValue{};
     }},
    {"serves_without_amount", "yes_no", Type::integer, "", "", "Serves or not, without an amount (1 = yes)",
     "بدون مقدار", [](const SourceRow& r) { return flag(r.source.capacity_is_yes_no); }},
    {"reach_km", "reach_km", Type::real, "km", "the standard's reach", "Own reach", "شعاع دسترسی",
     [](const SourceRow& r) { return r.source.reach ? FieldValue{r.source.reach->value()} : FieldValue{}; }},
};

const SharedDemand& demand_of(const AllocationRow& row) { return row.shared.demands[row.given.demand]; }

FieldValue zone_id(const AllocationRow& row, std::size_t zone) {
    return zone == no_index ? FieldValue{} : text(row.area.zones[zone].id);
}

constexpr LayerColumn<AllocationRow> allocations[] = {
    {"utility", "utility", Type::text, "", "", "Utility", "خدمت",
     [](const AllocationRow& r) { return text(to_string(r.utility)); }},
    {"case", "case", Type::text, "", "", "Case of the standards", "حالت",
     [](const AllocationRow& r) { return text(to_string(r.scenario)); }},
    {"source_id", "source_id", Type::text, "", "a zone gives", "Source that gives", "منبع",
     [](const AllocationRow& r) {
         return r.given.source == no_index ? FieldValue{} : text(r.area.sources[r.given.source].id);
     }},
    {"source_zone_id", "src_zone", Type::text, "", "a source gives", "Zone that gives of its surplus", "ناحیه دهنده",
     [](const AllocationRow& r) { return zone_id(r, r.given.zone); }},
    {"demand_kind", "dem_kind", Type::text, "", "", "What it is for", "نوع نیاز",
     [](const AllocationRow& r) { return text(to_string(demand_of(r).kind)); }},
    {"unit_id", "unit_id", Type::text, "", "for a zone itself", "Unit that gets it", "واحد گیرنده",
     [](const AllocationRow& r) {
         const std::size_t unit = demand_of(r).unit;
         return unit == no_index ? FieldValue{} : text(r.result.units[unit].unit.id);
     }},
    {"zone_id", "zone_id", Type::text, "", "at the centre of the unit", "Zone where it is needed", "ناحیه محل نیاز",
     [](const AllocationRow& r) { return zone_id(r, demand_of(r).zone); }},
    {"amount", "amount", Type::real, "see unit_of_amounts", "", "Amount", "مقدار",
     [](const AllocationRow& r) { return amount(r.given.amount, r.utility); }},
    {"unit_of_amounts", "unit_amt", Type::text, "", "", "Unit of the amounts", "یکای مقدارها",
     [](const AllocationRow& r) { return text(unit_name(r.utility)); }},
    {"distance_km", "km", Type::real, "km", "", "Distance", "فاصله",
     [](const AllocationRow& r) { return FieldValue{std::round(r.given.distance.value() * 1000) / 1e6}; }},
};

}  // namespace

std::span<const LayerColumn<AllocationRow>> allocation_columns() { return allocations; }
std::span<const LayerColumn<UnitUtilityRow>> unit_utility_columns() { return unit_utilities; }
std::span<const LayerColumn<SourceRow>> source_columns() { return sources; }

}  // namespace amayesh::detail
