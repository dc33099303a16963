#include <algorithm>
#include <array>
#include <optional>

#include <amayesh/output/word_titles.hpp>
#include <amayesh/study/template_layers.hpp>

namespace amayesh {
namespace {

struct TitleRow {
    std::string_view attribute;
    std::optional<LayerRole> role;  ///< Nothing: of every role that has no row of its own.
    std::string_view english;
    std::string_view persian;
    std::string_view unit;
};

constexpr std::optional<LayerRole> every = std::nullopt;
using Role = LayerRole;

constexpr auto titles = std::to_array<TitleRow>({
    {"id", every, "Code", "کد", ""},
    {"name", every, "Name", "نام", ""},
    {"kind", every, "Kind", "نوع", ""},
    {"kind", Role::constraints, "Rule that applies", "نوع محدودیت", ""},
    {"status", every, "Status", "وضعیت", ""},
    {"population", every, "Population", "جمعیت", "people"},
    {"households", every, "Households", "خانوار", ""},
    {"rural_district", every, "Code of the rural district", "کد دهستان", ""},
    {"district", every, "District", "بخش", ""},
    {"county", every, "County", "شهرستان", ""},
    {"province", every, "Province", "استان", ""},
    {"centre_x", every, "Longitude of the centre", "طول جغرافیایی مرکز", "degrees"},
    {"centre_y", every, "Latitude of the centre", "عرض جغرافیایی مرکز", "degrees"},
    {"deprivation_weight", every, "Weight for deprivation", "ضریب محرومیت", ""},
    {"served_water", every, "Share of people with water", "سهم جمعیت دارای آب", "share"},
    {"served_power", every, "Share of people with power", "سهم جمعیت دارای برق", "share"},
    {"served_gas", every, "Share of people with gas", "سهم جمعیت دارای گاز", "share"},
    {"served_telecom", every, "Share of people with telecom", "سهم جمعیت دارای مخابرات", "share"},
    {"gross_area", every, "Gross area", "مساحت ناخالص", "ha"},
    {"net_area", every, "Net area", "مساحت خالص", "ha"},
    {"occupied_area", every, "Occupied area", "مساحت اشغال‌شده", "ha"},
    {"vacant_area", every, "Vacant area", "مساحت خالی", "ha"},
    {"water", every, "Water that it has", "آب موجود", "L/s"},
    {"power", every, "Power that it has", "برق موجود", "MW"},
    {"gas", every, "Gas that it has", "گاز موجود", "m3/h"},
    {"telecom", every, "Telecom that it has", "مخابرات موجود", ""},
    {"telecom_rate", every, "Telecom rate", "پهنای باند", "Mbit/s"},
    {"operating_units", every, "Operating plants", "واحدهای فعال", ""},
    {"idle_units", every, "Idle plants", "واحدهای راکد", ""},
    {"planned_units", every, "Planned plants", "واحدهای در طرح", ""},
    {"jobs", every, "Jobs", "شاغلان", "people"},
    {"sewer", every, "Sewer", "شبکه فاضلاب", ""},
    {"green_area", every, "Green area", "فضای سبز", "ha"},
    {"fire_station", every, "Fire station", "ایستگاه آتش‌نشانی", ""},
    {"operator", every, "Operator", "بهره‌بردار", ""},
    {"zone", every, "Code of the zone", "کد ناحیه", ""},
    {"state", every, "State", "وضعیت قطعه", ""},
    {"parent_population", every, "Population of the whole parent", "جمعیت کل بالادست", "people"},
    {"area", every, "Area", "مساحت", "ha"},
    {"contract_date", every, "Date of the contract", "تاریخ قرارداد", ""},
    {"progress", every, "Progress", "پیشرفت", "share"},
    {"sector", every, "Sector", "رشته فعالیت", ""},
    {"price", every, "Price", "قیمت", ""},
    {"utility", every, "Utility", "نوع خدمت", ""},
    {"role", every, "Role", "نقش", ""},
    {"capacity", every, "Capacity", "ظرفیت", "L/s, MW or m3/h"},
    {"in_use", every, "In use", "مصرف", "L/s, MW or m3/h"},
    {"committed", every, "Committed", "تعهدشده", "L/s, MW or m3/h"},
    {"committed_until", every, "Committed until", "پایان تعهد", ""},
    {"serves", every, "Can serve", "امکان خدمت", ""},
    {"telecom_class", every, "Telecom class", "رده مخابرات", ""},
    {"rate", every, "Data rate", "پهنای باند", "Mbit/s"},
    {"reach", every, "Reach", "شعاع خدمت", "m"},
    {"connection_price", every, "Price of connection per km", "هزینه اتصال هر کیلومتر", ""},
    {"class", every, "Class of road", "رده راه", ""},
    {"speed", every, "Speed", "سرعت", "km/h"},
    {"one_way", every, "One way", "یک‌طرفه", ""},
    {"level", every, "Level: a bridge has one of its own", "تراز (پل تراز خود را دارد)", ""},
});

struct RoleTitle {
    LayerRole role;
    std::string_view english;
    std::string_view persian;
};

constexpr auto role_titles = std::to_array<RoleTitle>({
    {Role::rural_districts, "Rural districts", "دهستان‌ها"},
    {Role::settlements, "Settlements", "آبادی‌ها"},
    {Role::zones, "Industrial estates and zones", "شهرک‌ها و نواحی صنعتی"},
    {Role::plots, "Plots", "قطعه‌ها"},
    {Role::sources, "Sources of utilities", "منابع تأمین"},
    {Role::roads, "Roads", "راه‌ها"},
    {Role::constraints, "Constraints", "محدودیت‌ها"},
    {Role::rasters, "Rasters", "رسترها"},
});

}  // namespace

AttributeTitle title_of(LayerRole role, std::string_view attribute) {
    const TitleRow* found = nullptr;
    for (const TitleRow& row : titles)
        if (row.attribute == attribute && (row.role == role || (!row.role && found == nullptr))) found = &row;
    if (found == nullptr) return {std::string(attribute), std::string(attribute), ""};
    return {std::string(found->english), std::string(found->persian), std::string(found->unit)};
}

AttributeTitle title_of(LayerRole role) {
    const auto found = std::ranges::find(role_titles, role, &RoleTitle::role);
    return {std::string(found->english), std::string(found->persian), ""};
}

std::string title_of_word(std::string_view word, Language language) {
    return std::string(
        word_title(word, language == Language::persian ? TitleLanguage::persian : TitleLanguage::english));
}

}  // namespace amayesh
