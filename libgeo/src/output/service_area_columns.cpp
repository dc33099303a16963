#include "output/layer_columns.hpp"

namespace amayesh::detail {

namespace {

using Type = Column::Type;

constexpr double hundredths = 100;  // errors are stated to the centimetre, rounded up

constexpr const char* no_layer = "no layer of the utility";

std::string_view kind_name(ServiceKind kind) {
    switch (kind) {
        case ServiceKind::any_source:
            return "any_source";
        case ServiceKind::with_headroom:
            return "with_headroom";
        case ServiceKind::with_headroom_left:
            return "with_headroom_left";
    }
    return {};
}

FieldValue layer_state(const ServiceAreaRow& row) {
    const LayerFacts& layer = row.area.sources_layer[row.utility];
    return text(!layer.present ? "none" : layer.complete ? "complete" : "incomplete");
}

template <std::int64_t PeopleInReach::*Member>
FieldValue people(const ServiceAreaRow& row) {
    return row.people ? number(row.people->*Member) : FieldValue{};
}

template <std::int64_t PeopleInReach::*Member>
FieldValue share(const ServiceAreaRow& row) {
    return row.people ? maybe(row.people->share(row.people->*Member)) : FieldValue{};
}

template <std::size_t ReachedPeople::*Member>
FieldValue settlements(const ServiceAreaRow& row) {
    return row.reached ? count(row.reached->people.*Member) : FieldValue{};
}

template <std::size_t ReachedPeople::*Member>
FieldValue settlements(const UnservedRestRow& row) {
    return count(row.reached.people.*Member);
}

FieldValue land(const ServiceAreaRow& row, bool in_reach_only) {
    if (!row.reached || row.area.rural_districts.empty()) return {};
    double total = 0;
    for (const DistrictService& district : row.reached->districts)
        total += district.area.value() - (in_reach_only ? district.unserved_area.value() : 0);
    return square_kilometres(SquareMetres{total});
}

FieldValue error_of(const ServiceAreas& areas) {
    return FieldValue{std::ceil(areas.error_bound().value() * hundredths) / hundredths};
}

constexpr LayerColumn<ServiceAreaRow> service_areas[] = {
    {"utility", "utility", Type::text, "", "", "Utility", "خدمت",
     [](const ServiceAreaRow& r) { return text(to_string(r.utility)); }},
    {"kind", "kind", Type::text, "", "", "In reach of which sources", "نوع منابع",
     [](const ServiceAreaRow& r) { return text(kind_name(r.kind)); }},
    {"required_class", "req_class", Type::text, "", "not telecom", "Telecom class that counts as headroom",
     "کلاس مخابرات لازم",
     [](const ServiceAreaRow& r) {
         return r.utility == UtilityKind::telecom ? text(to_string(r.standards.required_telecom)) : FieldValue{};
     }},
    {"sources_layer", "src_layer", Type::text, "", "", "Layer of sources: complete, incomplete or none", "لایه منابع",
     layer_state},
    {"reach_km", "reach_km", Type::real, "km", "", "Reach of sources that state none", "شعاع دسترسی",
     [](const ServiceAreaRow& r) { return FieldValue{r.standards.utility_reach[r.utility].value()}; }},
    {"sources", "sources", Type::integer, "sources", no_layer, "Sources that reach it", "شمار منابع",
     [](const ServiceAreaRow& r) { return r.reached ? count(r.reached->sources) : FieldValue{}; }},
    {"sources_unknown", "src_unk", Type::integer, "sources", no_layer,
     "Sources of unknown headroom or class: in any_source alone", "منابع با ظرفیت نامعلوم",
     [](const ServiceAreaRow& r) { return r.service ? count(r.service->areas.sources_unknown) : FieldValue{}; }},
    {"sources_without_position", "src_nopos", Type::integer, "sources", no_layer, "Sources without a position: in none",
     "منابع بدون موقعیت",
     [](const ServiceAreaRow& r) { return r.service ? count(r.service->areas.sources_without_place) : FieldValue{}; }},
    {"people_in_reach_min", "ppl_min", Type::integer, "people", no_layer, "People in reach, of those known, at least",
     "جمعیت در دسترس، دست‌کم", people<&PeopleInReach::at_least>},
    {"people_in_reach_max", "ppl_max", Type::integer, "people", no_layer, "People in reach, of those known, at most",
     "جمعیت در دسترس، دست‌بالا", people<&PeopleInReach::at_most>},
    {"people", "people", Type::integer, "people", no_layer, "People known", "جمعیت معلوم",
     people<&PeopleInReach::people>},
    {"share_in_reach_min", "share_min", Type::real, "0–1", "no layer of the utility, or no people known",
     "Share of the people known, at least", "سهم جمعیت در دسترس، دست‌کم",
     share<&PeopleInReach::at_least>},
    {"share_in_reach_max", "share_max", Type::real, "0–1", "no layer of the utility, or no people known",
     "Share of the people known, at most", "سهم جمعیت در دسترس، دست‌بالا",
     share<&PeopleInReach::at_most>},
    {"population_unknown", "pop_unk", Type::integer, "places", no_layer,
     "Districts, and settlements in none, of unknown population",
     "دهستان‌ها و آبادی‌های با جمعیت نامعلوم",
     [](const ServiceAreaRow& r) { return r.people ? count(r.people->population_unknown) : FieldValue{}; }},
    {"settlements_in_reach", "set_reach", Type::integer, "settlements", no_layer, "Settlements in reach",
     "آبادی‌های در دسترس", settlements<&ReachedPeople::settlements_in_reach>},
    {"settlements", "settlmnts", Type::integer, "settlements", no_layer, "Settlements with a position",
     "آبادی‌های دارای موقعیت", settlements<&ReachedPeople::settlements>},
    {"settlements_population_unknown", "set_unk", Type::integer, "settlements", no_layer,
     "Of these of unknown population", "آبادی‌های با جمعیت نامعلوم",
     settlements<&ReachedPeople::population_unknown>},
    {"settlements_without_position", "set_nopos", Type::integer, "settlements", no_layer,
     "Settlements without a position", "آبادی‌های بدون موقعیت",
     settlements<&ReachedPeople::settlements_without_position>},
    {"area_km2", "area_km2", Type::real, "km²", no_layer, "Area, also beyond the districts", "مساحت",
     [](const ServiceAreaRow& r) { return r.reached ? square_kilometres(r.reached->area) : FieldValue{}; }},
    {"land_in_reach_km2", "land_reach", Type::real, "km²", "no layer of the utility, or no rural districts",
     "Area of it in the rural districts assessed", "مساحت در دهستان‌ها",
     [](const ServiceAreaRow& r) { return land(r, true); }},
    {"land_km2", "land_km2", Type::real, "km²", "no layer of the utility, or no rural districts",
     "Area of the rural districts assessed", "مساحت دهستان‌ها",
     [](const ServiceAreaRow& r) { return land(r, false); }},
    {"picture_error_m", "error_m", Type::real, "m", no_layer,
     "The border may be this far from where the distance test draws it", "خطای مرز ترسیم‌شده",
     [](const ServiceAreaRow& r) { return r.service ? error_of(r.service->areas) : FieldValue{}; }},
};

FieldValue rest_reason(const UnservedRestRow& row) {
    const ReachedPeople& settlements = row.reached.people;
    const bool all_reached = row.reached.unserved.parts.empty() && row.people.at_most.value_or(0) == 0 &&
                             settlements.settlements == settlements.settlements_in_reach;
    if (all_reached) return {};
    return text(to_string(row.service.may_miss_sources ? ServiceReason::no_source_known_in_reach
                                                       : ServiceReason::no_source_in_reach));
}

FieldValue district_area(const UnservedRestRow& row, SquareMetres area) {
    return row.district.shape.parts.empty() ? FieldValue{} : square_kilometres(area);
}

constexpr const char* no_polygon = "the district has no polygon";

constexpr LayerColumn<UnservedRestRow> unserved_rest[] = {
    {"utility", "utility", Type::text, "", "", "Utility", "خدمت",
     [](const UnservedRestRow& r) { return text(to_string(r.service.areas.utility)); }},
    {"rural_district_id", "district", Type::text, "", "", "Rural district", "دهستان",
     [](const UnservedRestRow& r) { return text(r.district.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const UnservedRestRow& r) { return text(r.district.name); }},
    {"county", "county", Type::text, "", "not given", "County", "شهرستان",
     [](const UnservedRestRow& r) { return text(r.district.place.county); }},
    {"province", "province", Type::text, "", "not given", "Province", "استان",
     [](const UnservedRestRow& r) { return text(r.district.place.province); }},
    {"reason", "reason", Type::text, "", "nothing of the district lies beyond reach", "Why it is beyond reach", "علت",
     rest_reason},
    {"edge", "edge", Type::integer, "", "", "Sources beyond the declared extent of the layer may reach it (1 = yes)",
     "نزدیک لبه داده", [](const UnservedRestRow& r) { return flag(r.reached.edge); }},
    {"population", "populatn", Type::integer, "people", "unknown", "Population of the district", "جمعیت دهستان",
     [](const UnservedRestRow& r) { return maybe(r.people.population); }},
    {"people_beyond_min", "beyond_min", Type::integer, "people",
     "sources may be missing, or a population that counts is unknown", "People beyond reach, at least",
     "جمعیت خارج از دسترس، دست‌کم",
     [](const UnservedRestRow& r) { return maybe(r.people.at_least); }},
    {"people_beyond_max", "beyond_max", Type::integer, "people", "a population that counts is unknown",
     "People beyond reach, at most", "جمعیت خارج از دسترس، دست‌بالا",
     [](const UnservedRestRow& r) { return maybe(r.people.at_most); }},
    {"people_basis", "ppl_basis", Type::text, "", "", "How they were counted", "مبنای شمارش",
     [](const UnservedRestRow& r) { return text(to_string(r.people.basis)); }},
    {"settlements_beyond", "set_beyond", Type::integer, "settlements", "", "Settlements beyond reach",
     "آبادی‌های خارج از دسترس",
     [](const UnservedRestRow& r) {
         return count(r.reached.people.settlements - r.reached.people.settlements_in_reach);
     }},
    {"settlements", "settlmnts", Type::integer, "settlements", "", "Settlements with a position",
     "آبادی‌های دارای موقعیت", settlements<&ReachedPeople::settlements>},
    {"settlements_population_unknown", "set_unk", Type::integer, "settlements", "", "Of these of unknown population",
     "آبادی‌های با جمعیت نامعلوم", settlements<&ReachedPeople::population_unknown>},
    {"settlements_without_position", "set_nopos", Type::integer, "settlements", "", "Settlements without a position",
     "آبادی‌های بدون موقعیت", settlements<&ReachedPeople::settlements_without_position>},
    {"area_beyond_km2", "beyond_km2", Type::real, "km²", no_polygon, "Area beyond reach", "مساحت خارج از دسترس",
     [](const UnservedRestRow& r) { return district_area(r, r.reached.unserved_area); }},
    {"district_km2", "distr_km2", Type::real, "km²", no_polygon, "Area of the district", "مساحت دهستان",
     [](const UnservedRestRow& r) { return district_area(r, r.reached.area); }},
    {"picture_error_m", "error_m", Type::real, "m", "",
     "The border may be this far from where the distance test draws it", "خطای مرز ترسیم‌شده",
     [](const UnservedRestRow& r) { return error_of(r.service.areas); }},
};

}  // namespace

std::span<const LayerColumn<ServiceAreaRow>> service_area_columns() { return service_areas; }
std::span<const LayerColumn<UnservedRestRow>> unserved_rest_columns() { return unserved_rest; }

}  // namespace amayesh::detail
