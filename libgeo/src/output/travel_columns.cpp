#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;

constexpr const char* unknown = "unknown";
constexpr const char* no_way = "no way found: see unroutable_reason";
constexpr const char* has_way = "a way was found";
constexpr const char* none_routed = "no settlement of known population with a way";

FieldValue zone_id(const PlaceTravel& way, const PlanningArea& area) {
    return way.nearest ? text(area.zones[way.nearest->zone].id) : FieldValue{};
}

FieldValue zone_name(const PlaceTravel& way, const PlanningArea& area) {
    return way.nearest ? text(area.zones[way.nearest->zone].name) : FieldValue{};
}

FieldValue zone_min(const PlaceTravel& way) { return way.nearest ? minutes(way.nearest->time) : FieldValue{}; }

/// To the metre: ways are sums of many pieces.
FieldValue zone_km(const PlaceTravel& way) {
    if (!way.nearest || !way.nearest->length) return {};
    return std::round(way.nearest->length->value() * metres_per_kilometre) / metres_per_kilometre;
}

FieldValue off_network_m(const PlaceTravel& way) {
    return way.nearest ? FieldValue{std::round(way.off_network.value())} : FieldValue{};
}

FieldValue reason(const std::optional<UnroutableReason>& unroutable) {
    return unroutable ? text(to_string(*unroutable)) : FieldValue{};
}

template <std::size_t TravelTotals::*Member>
FieldValue settlements(const UnitTravelRow& row) {
    return count(row.travel.settlements.*Member);
}

/// Those whom the farthest limit leaves out.
FieldValue people_beyond(const UnitTravelRow& row, std::optional<std::int64_t> PeopleWithin::*within) {
    const auto& population = row.travel.unit.population;
    if (row.travel.within.empty() || !population) return {};
    const auto& inside = row.travel.within.back().*within;
    return inside ? number(*population - *inside) : FieldValue{};
}

constexpr const char* no_bound = "population unknown";

constexpr LayerColumn<UnitTravelRow> units[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Id", "شناسه",
     [](const UnitTravelRow& r) { return text(r.travel.unit.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const UnitTravelRow& r) { return text(r.travel.unit.name); }},
    {"district", "district", Type::text, "", "not given", "District (bakhsh)", "بخش",
     [](const UnitTravelRow& r) { return text(r.travel.unit.place.district); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const UnitTravelRow& r) { return text(r.travel.unit.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const UnitTravelRow& r) { return text(r.travel.unit.place.province); }},
    {"population", "populatn", Type::integer, "people", unknown, "Population", "جمعیت",
     [](const UnitTravelRow& r) { return maybe(r.travel.unit.population); }},
    {"threshold", "threshold", Type::text, "", "", "Over the threshold", "آستانه جمعیت",
     [](const UnitTravelRow& r) { return text(to_string(r.travel.unit.threshold)); }},
    {"zone_min", "zone_min", Type::real, "min", no_way, "Travel time from the centre to the nearest zone",
     "زمان سفر از مرکز تا نزدیک‌ترین ناحیه",
     [](const UnitTravelRow& r) { return zone_min(r.travel.centre); }},
    {"zone_km", "zone_km", Type::real, "km", no_way, "Length of that way", "درازای این مسیر",
     [](const UnitTravelRow& r) { return zone_km(r.travel.centre); }},
    {"off_network_m", "off_net_m", Type::real, "m", no_way, "Walk to the road or passable cell",
     "پیاده‌روی تا راه یا خانه گذرپذیر",
     [](const UnitTravelRow& r) { return off_network_m(r.travel.centre); }},
    {"nearest_zone_id", "zone_id", Type::text, "", no_way, "Quickest serving zone", "سریع‌ترین ناحیه",
     [](const UnitTravelRow& r) { return zone_id(r.travel.centre, r.area); }},
    {"nearest_zone_name", "zone_name", Type::text, "", "no way found, or no name given", "Its name", "نام آن ناحیه",
     [](const UnitTravelRow& r) { return zone_name(r.travel.centre, r.area); }},
    {"unroutable_reason", "unroutable", Type::text, "", has_way, "Why no way leads from the centre", "علت نبود مسیر",
     [](const UnitTravelRow& r) { return reason(r.travel.centre.unroutable); }},
    {"mean_min", "mean_min", Type::real, "min", none_routed, "Mean travel time of the people of its settlements",
     "میانگین زمان سفر ساکنان آبادی‌ها",
     [](const UnitTravelRow& r) { return minutes(r.travel.settlements.mean()); }},
    {"longest_min", "long_min", Type::real, "min", "no settlement with a way", "Longest way of a settlement",
     "طولانی‌ترین مسیر آبادی",
     [](const UnitTravelRow& r) { return minutes(r.travel.settlements.longest); }},
    {"people_in_mean", "ppl_mean", Type::integer, "people", "", "People whom the mean is over", "جمعیت پایه میانگین",
     [](const UnitTravelRow& r) { return number(r.travel.settlements.people_routed); }},
    {"people_unroutable", "ppl_unrout", Type::integer, "people", "", "People known in settlements without a way",
     "جمعیت آبادی‌های بی‌مسیر",
     [](const UnitTravelRow& r) { return number(r.travel.settlements.people_unroutable); }},
    {"settlements", "settlmnts", Type::integer, "settlements", "", "Settlements", "آبادی‌ها",
     settlements<&TravelTotals::settlements>},
    {"settlements_unroutable", "set_unrout", Type::integer, "settlements", "", "Of these without a way",
     "آبادی‌های بی‌مسیر", settlements<&TravelTotals::settlements_unroutable>},
    {"settlements_population_unknown", "set_unk", Type::integer, "settlements", "", "Of these of unknown population",
     "آبادی‌های با جمعیت نامعلوم", settlements<&TravelTotals::settlements_population_unknown>},
    {"people_beyond_at_least", "beyond_lo", Type::integer, "people", no_bound,
     "People beyond the farthest limit, at least", "جمعیت فراتر از دورترین حد، دست‌کم",
     [](const UnitTravelRow& r) { return people_beyond(r, &PeopleWithin::at_most); }},
    {"people_beyond_at_most", "beyond_hi", Type::integer, "people", no_bound,
     "People beyond the farthest limit, at most", "جمعیت فراتر از دورترین حد، دست‌بالا",
     [](const UnitTravelRow& r) { return people_beyond(r, &PeopleWithin::at_least); }},
};

FieldValue share(const std::optional<std::int64_t>& part, const std::optional<std::int64_t>& whole) {
    if (!part || !whole || *whole <= 0) return {};
    return static_cast<double>(*part) / static_cast<double>(*whole);
}

constexpr const char* no_share = "population unknown or 0";

constexpr LayerColumn<UnitTravelPeopleRow> unit_people[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Id", "شناسه",
     [](const UnitTravelPeopleRow& r) { return text(r.travel.unit.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const UnitTravelPeopleRow& r) { return text(r.travel.unit.name); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const UnitTravelPeopleRow& r) { return text(r.travel.unit.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const UnitTravelPeopleRow& r) { return text(r.travel.unit.place.province); }},
    {"limit_min", "limit_min", Type::real, "min", "", "Limit; who is at it is within", "حد زمانی",
     [](const UnitTravelPeopleRow& r) { return minutes(r.limit); }},
    {"people_within_at_least", "within_lo", Type::integer, "people", "no population known of it or its settlements",
     "People within, at least", "جمعیت در این حد، دست‌کم",
     [](const UnitTravelPeopleRow& r) { return maybe(r.people.at_least); }},
    {"people_within_at_most", "within_hi", Type::integer, "people", no_bound, "People within, at most",
     "جمعیت در این حد، دست‌بالا",
     [](const UnitTravelPeopleRow& r) { return maybe(r.people.at_most); }},
    {"people_basis", "ppl_basis", Type::text, "", "", "How people were counted", "مبنای شمارش جمعیت",
     [](const UnitTravelPeopleRow& r) { return text(to_string(r.people.basis)); }},
    {"population", "populatn", Type::integer, "people", unknown, "Population", "جمعیت",
     [](const UnitTravelPeopleRow& r) { return maybe(r.travel.unit.population); }},
    {"share_at_least", "share_lo", Type::real, "0–1", no_share, "Share of its people, at least",
     "سهم جمعیت، دست‌کم",
     [](const UnitTravelPeopleRow& r) { return share(r.people.at_least, r.travel.unit.population); }},
    {"share_at_most", "share_hi", Type::real, "0–1", no_share, "Share of its people, at most",
     "سهم جمعیت، دست‌بالا",
     [](const UnitTravelPeopleRow& r) { return share(r.people.at_most, r.travel.unit.population); }},
    {"centre_within", "centre_in", Type::integer, "", "", "The centre is within (1 = yes)", "مرکز در این حد است",
     [](const UnitTravelPeopleRow& r) { return flag(r.people.centre_within); }},
    {"settlements_within", "set_within", Type::integer, "settlements", "", "Settlements within",
     "آبادی‌های در این حد",
     [](const UnitTravelPeopleRow& r) { return count(r.people.settlements_within); }},
    {"settlements", "settlmnts", Type::integer, "settlements", "", "Settlements", "آبادی‌ها",
     [](const UnitTravelPeopleRow& r) { return count(r.travel.settlements.settlements); }},
};

constexpr LayerColumn<SettlementTravelRow> settlement_ways[] = {
    {"settlement_id", "settl_id", Type::text, "", "no id given", "Id", "شناسه",
     [](const SettlementTravelRow& r) { return text(r.settlement.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const SettlementTravelRow& r) { return text(r.settlement.name); }},
    {"kind", "kind", Type::text, "", "", "Kind", "نوع",
     [](const SettlementTravelRow& r) { return text(to_string(r.settlement.kind)); }},
    {"population", "populatn", Type::integer, "people", unknown, "Population", "جمعیت",
     [](const SettlementTravelRow& r) { return maybe(r.settlement.population); }},
    {"rural_district_id", "district", Type::text, "", "in no rural district", "Rural district", "دهستان",
     [](const SettlementTravelRow& r) {
         return r.district < r.area.rural_districts.size() ? text(r.area.rural_districts[r.district].id) : FieldValue{};
     }},
    {"zone_min", "zone_min", Type::real, "min", no_way, "Travel time to the nearest zone",
     "زمان سفر تا نزدیک‌ترین ناحیه",
     [](const SettlementTravelRow& r) { return zone_min(r.travel); }},
    {"zone_km", "zone_km", Type::real, "km", no_way, "Length of that way", "درازای این مسیر",
     [](const SettlementTravelRow& r) { return zone_km(r.travel); }},
    {"off_network_m", "off_net_m", Type::real, "m", no_way, "Walk to the road or passable cell",
     "پیاده‌روی تا راه یا خانه گذرپذیر",
     [](const SettlementTravelRow& r) { return off_network_m(r.travel); }},
    {"nearest_zone_id", "zone_id", Type::text, "", no_way, "Quickest serving zone", "سریع‌ترین ناحیه",
     [](const SettlementTravelRow& r) { return zone_id(r.travel, r.area); }},
    {"unroutable_reason", "unroutable", Type::text, "", has_way, "Why no way was found", "علت نبود مسیر",
     [](const SettlementTravelRow& r) { return reason(r.travel.unroutable); }},
};

constexpr LayerColumn<ZoneTravelRow> zones[] = {
    {"zone_id", "zone_id", Type::text, "", "", "Id", "شناسه", [](const ZoneTravelRow& r) { return text(r.zone.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const ZoneTravelRow& r) { return text(r.zone.name); }},
    {"kind", "kind", Type::text, "", "", "Kind", "نوع",
     [](const ZoneTravelRow& r) { return text(to_string(r.zone.kind)); }},
    {"status", "status", Type::text, "", "", "Status", "وضعیت",
     [](const ZoneTravelRow& r) { return text(to_string(r.zone.status)); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const ZoneTravelRow& r) { return text(r.zone.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const ZoneTravelRow& r) { return text(r.zone.place.province); }},
    {"nearest_of_units", "of_units", Type::integer, "units", "", "Units whose quickest zone it is",
     "واحدهایی که نزدیک‌ترین ناحیه‌شان است",
     [](const ZoneTravelRow& r) { return count(r.units); }},
    {"nearest_of_settlements", "of_settl", Type::integer, "settlements", "", "Settlements whose quickest zone it is",
     "آبادی‌هایی که نزدیک‌ترین ناحیه‌شان است",
     [](const ZoneTravelRow& r) { return count(r.settlements); }},
    {"nearest_of_people", "of_people", Type::integer, "people", "", "People known in these settlements, cities too",
     "جمعیت معلوم این آبادی‌ها و شهرها",
     [](const ZoneTravelRow& r) { return number(r.people); }},
    {"settlements_population_unknown", "set_unk", Type::integer, "settlements", "", "Of these of unknown population",
     "آبادی‌های با جمعیت نامعلوم",
     [](const ZoneTravelRow& r) { return count(r.settlements_population_unknown); }},
    {"unroutable_reason", "unroutable", Type::text, "", "ways lead to it", "Why no way leads to it", "علت نبود مسیر",
     [](const ZoneTravelRow& r) { return reason(r.unroutable); }},
};

constexpr LayerColumn<UnroutableRow> unroutable[] = {
    {"place_kind", "place_kind", Type::text, "", "", "What has no way", "آنچه مسیر ندارد",
     [](const UnroutableRow& r) { return text(to_string(r.kind)); }},
    {"place_id", "place_id", Type::text, "", "no id given", "Id", "شناسه",
     [](const UnroutableRow& r) { return text(r.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const UnroutableRow& r) { return text(r.name); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const UnroutableRow& r) { return text(r.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const UnroutableRow& r) { return text(r.place.province); }},
    {"population", "populatn", Type::integer, "people", "unknown, or a zone", "Population", "جمعیت",
     [](const UnroutableRow& r) { return maybe(r.population); }},
    {"reason", "reason", Type::text, "", "", "Why no way was found", "علت نبود مسیر",
     [](const UnroutableRow& r) { return text(to_string(r.reason)); }},
};

constexpr LayerColumn<IsochroneRow> isochrones[] = {
    {"limit_min", "limit_min", Type::real, "min", "", "Limit", "حد زمانی",
     [](const IsochroneRow& r) { return minutes(r.limit); }},
    {"area_km2", "area_km2", Type::real, "km²", "", "Area within it", "مساحت",
     [](const IsochroneRow& r) { return square_kilometres(r.area); }},
};

}  // namespace

std::span<const LayerColumn<UnitTravelRow>> unit_travel_columns() { return units; }
std::span<const LayerColumn<UnitTravelPeopleRow>> unit_travel_people_columns() { return unit_people; }
std::span<const LayerColumn<SettlementTravelRow>> settlement_travel_columns() { return settlement_ways; }
std::span<const LayerColumn<ZoneTravelRow>> zone_travel_columns() { return zones; }
std::span<const LayerColumn<UnroutableRow>> unroutable_columns() { return unroutable; }
std::span<const LayerColumn<IsochroneRow>> isochrone_columns() { return isochrones; }

}  // namespace amayesh::detail
