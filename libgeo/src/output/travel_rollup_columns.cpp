#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;

template <std::int64_t TravelRollup::*Total>
FieldValue total(const TravelRollupRow& row) {
    return number(row.total.*Total);
}

template <std::size_t TravelTotals::*Total>
FieldValue settlements(const TravelRollupRow& row) {
    return count(row.total.settlements.*Total);
}

template <std::int64_t PeopleWithinTotal::*Total>
FieldValue within(const TravelRollupRow& row) {
    return number(row.people.*Total);
}

/// NULL where it is unknown for every unit.
FieldValue at_least(const TravelRollupRow& row) {
    return row.people.at_least_unknown_units == row.total.units ? FieldValue{} : number(row.people.at_least);
}

/// NULL where it is unknown for any unit.
FieldValue at_most(const TravelRollupRow& row) {
    return row.people.at_most_unknown_units > 0 ? FieldValue{} : number(row.people.at_most);
}

FieldValue share(const TravelRollupRow& row, std::int64_t part) {
    if (row.total.people_unknown_units > 0 || row.total.people_known <= 0) return {};
    return static_cast<double>(part) / static_cast<double>(row.total.people_known);
}

constexpr const char* no_share = "a unit's population is unknown, or nobody lives there";

constexpr LayerColumn<TravelRollupRow> columns[] = {
    {"level", "level", Type::text, "", "", "Level", "سطح",
     [](const TravelRollupRow& r) { return text(to_string(r.total.level)); }},
    {"province", "province", Type::text, "", "the nation, or units without a province", "Province", "استان",
     [](const TravelRollupRow& r) { return text(r.total.place.province); }},
    {"county", "county", Type::text, "", "nation, province, or units without a county", "County", "شهرستان",
     [](const TravelRollupRow& r) { return text(r.total.place.county); }},
    {"limit_min", "limit_min", Type::real, "min", "", "Limit; who is at it is within", "حد زمانی",
     [](const TravelRollupRow& r) { return minutes(r.limit); }},
    {"people_within_at_least", "within_lo", Type::integer, "people", "unknown for every unit",
     "People within, at least", "جمعیت در این حد، دست‌کم", at_least},
    {"within_at_least_unknown_units", "wlo_unk", Type::integer, "units", "", "Units where the least is unknown",
     "واحدهای با حداقل نامعلوم", within<&PeopleWithinTotal::at_least_unknown_units>},
    {"people_within_at_most", "within_hi", Type::integer, "people", "unknown for a unit", "People within, at most",
     "جمعیت در این حد، دست‌بالا", at_most},
    {"within_at_most_unknown_units", "whi_unk", Type::integer, "units", "", "Units where the most is unknown",
     "واحدهای با حداکثر نامعلوم", within<&PeopleWithinTotal::at_most_unknown_units>},
    {"share_at_least", "share_lo", Type::real, "0–1", no_share, "Share of the people, at least",
     "سهم جمعیت، دست‌کم", [](const TravelRollupRow& r) { return share(r, r.people.at_least); }},
    {"share_at_most", "share_hi", Type::real, "0–1", no_share, "Share of the people, at most",
     "سهم جمعیت، دست‌بالا", [](const TravelRollupRow& r) { return share(r, r.people.at_most); }},
    {"units_within", "units_in", Type::integer, "units", "", "Units whose centre is within",
     "واحدهایی که مرکزشان در این حد است", within<&PeopleWithinTotal::units_within>},
    {"units_over_within", "over_in", Type::integer, "units", "", "Of them over the threshold",
     "از آن‌ها بیش از آستانه", within<&PeopleWithinTotal::units_over_within>},
    {"settlements_within", "set_within", Type::integer, "settlements", "", "Settlements within",
     "آبادی‌های در این حد", within<&PeopleWithinTotal::settlements_within>},
    {"units", "units", Type::integer, "units", "", "Units", "واحدها", total<&TravelRollup::units>},
    {"units_over", "over", Type::integer, "units", "", "Units over the threshold", "واحدهای بیش از آستانه",
     total<&TravelRollup::units_over>},
    {"units_unroutable", "unroutable", Type::integer, "units", "", "Units whose centre has no way",
     "واحدهایی که مرکزشان مسیر ندارد", total<&TravelRollup::units_unroutable>},
    {"units_over_unroutable", "over_unr", Type::integer, "units", "", "Of these over the threshold",
     "واحدهای بی‌مسیر بیش از آستانه", total<&TravelRollup::units_over_unroutable>},
    {"population_known", "pop_known", Type::integer, "people", "", "Population of units where it is known",
     "جمعیت معلوم", total<&TravelRollup::people_known>},
    {"population_unknown_units", "pop_unk", Type::integer, "units", "", "Units with unknown population",
     "واحدهای با جمعیت نامعلوم", total<&TravelRollup::people_unknown_units>},
    {"mean_min", "mean_min", Type::real, "min", "no settlement of known population with a way",
     "Mean travel time of the people of the settlements",
     "میانگین زمان سفر ساکنان آبادی‌ها",
     [](const TravelRollupRow& r) { return minutes(r.total.settlements.mean()); }},
    {"longest_min", "long_min", Type::real, "min", "no settlement with a way", "Longest way of a settlement",
     "طولانی‌ترین مسیر آبادی",
     [](const TravelRollupRow& r) { return minutes(r.total.settlements.longest); }},
    {"people_in_mean", "ppl_mean", Type::integer, "people", "", "People whom the mean is over", "جمعیت پایه میانگین",
     [](const TravelRollupRow& r) { return number(r.total.settlements.people_routed); }},
    {"people_unroutable", "ppl_unrout", Type::integer, "people", "", "People known in settlements without a way",
     "جمعیت آبادی‌های بی‌مسیر",
     [](const TravelRollupRow& r) { return number(r.total.settlements.people_unroutable); }},
    {"settlements", "settlmnts", Type::integer, "settlements", "", "Settlements of the units", "آبادی‌ها",
     settlements<&TravelTotals::settlements>},
    {"settlements_unroutable", "set_unrout", Type::integer, "settlements", "", "Settlements without a way",
     "آبادی‌های بی‌مسیر", settlements<&TravelTotals::settlements_unroutable>},
    {"settlements_population_unknown", "set_unk", Type::integer, "settlements", "", "Settlements of unknown population",
     "آبادی‌های با جمعیت نامعلوم", settlements<&TravelTotals::settlements_population_unknown>},
};

}  // namespace

std::span<const LayerColumn<TravelRollupRow>> travel_rollup_columns() { return columns; }

}  // namespace amayesh::detail
