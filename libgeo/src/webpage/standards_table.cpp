#include <algorithm>
#include <string_view>

#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

/// What a coefficient says, in both languages; the key itself where we have no words for it.
struct CoefficientTitle {
    std::string_view key, en, fa;
};
constexpr CoefficientTitle coefficient_titles[] = {
    {"land.target_per_1000", "Target area per 1,000 people", "مساحت هدف برای هر هزار نفر"},
    {"land.minimum", "Least area of a new zone", "حداقل مساحت ناحیه جدید"},
    {"land.maximum", "Largest area of a new zone", "حداکثر مساحت ناحیه جدید"},
    {"land.net_share", "Net share of gross area", "سهم زمین خالص از ناخالص"},
    {"reach.zone", "Reach of a zone", "شعاع دسترسی به ناحیه"},
    {"reach.water", "Reach of water sources", "شعاع دسترسی به منبع آب"},
    {"reach.power", "Reach of power sources", "شعاع دسترسی به منبع برق"},
    {"reach.gas", "Reach of gas sources", "شعاع دسترسی به منبع گاز"},
    {"reach.telecom", "Reach of telecom sources", "شعاع دسترسی به مخابرات"},
    {"demand.water", "Water demand per hectare", "نیاز آب در هکتار"},
    {"demand.power", "Power demand per hectare", "نیاز برق در هکتار"},
    {"demand.gas", "Gas demand per hectare", "نیاز گاز در هکتار"},
    {"telecom.required", "Telecom class required", "کلاس مخابرات لازم"},
    {"travel.limit", "Minutes in which a zone is in reach", "حد زمان دسترسی به ناحیه"},
    {"travel.snap", "Farthest from a place to its road", "بیشترین فاصله جای از راه"},
    {"travel.walk", "Walking speed off the roads", "سرعت پیاده‌روی بیرون از راه‌ها"},
    {"travel.road.motorway", "Speed on roads: motorway", "سرعت در راه‌ها: آزادراه"},
    {"travel.road.trunk", "Speed on roads: trunk", "سرعت در راه‌ها: بزرگراه"},
    {"travel.road.primary", "Speed on roads: primary", "سرعت در راه‌ها: راه اصلی"},
    {"travel.road.secondary", "Speed on roads: secondary", "سرعت در راه‌ها: راه فرعی"},
    {"travel.road.tertiary", "Speed on roads: tertiary", "سرعت در راه‌ها: راه درجه سه"},
    {"travel.road.unclassified", "Speed on roads: unclassified", "سرعت در راه‌ها: راه روستایی"},
    {"travel.road.residential", "Speed on roads: residential", "سرعت در راه‌ها: خیابان محلی"},
    {"travel.road.living_street", "Speed on roads: living street", "سرعت در راه‌ها: کوچه"},
    {"travel.road.service", "Speed on roads: service", "سرعت در راه‌ها: راه دسترسی"},
    {"travel.road.motorway_link", "Speed on roads: link of a motorway",
     "سرعت در راه‌ها: رابط آزادراه"},
    {"travel.road.trunk_link", "Speed on roads: link of a trunk road",
     "سرعت در راه‌ها: رابط بزرگراه"},
    {"travel.road.primary_link", "Speed on roads: link of a primary road",
     "سرعت در راه‌ها: رابط راه اصلی"},
    {"travel.road.secondary_link", "Speed on roads: link of a secondary road",
     "سرعت در راه‌ها: رابط راه فرعی"},
    {"travel.road.tertiary_link", "Speed on roads: link of a tertiary road",
     "سرعت در راه‌ها: رابط راه درجه سه"},
    {"travel.road.road", "Speed on roads: not classed", "سرعت در راه‌ها: راه بی‌رده"},
    {"travel.road.track", "Speed on roads: track", "سرعت در راه‌ها: راه خاکی"},
    {"travel.road.path", "Speed on roads: path", "سرعت در راه‌ها: کوره‌راه"},
    {"travel.road.footway", "Speed on roads: footway", "سرعت در راه‌ها: پیاده‌راه"},
    {"travel.road.primary_route", "Speed on roads: primary route", "سرعت در راه‌ها: مسیر اصلی"},
    {"travel.road.secondary_route", "Speed on roads: secondary route",
     "سرعت در راه‌ها: مسیر فرعی"},
    {"travel.road.unknown", "Speed on roads: unknown", "سرعت در راه‌ها: راه نامعلوم"},
    {"travel.road.trail", "Speed on roads: trail", "سرعت در راه‌ها: مال‌رو"},
    {"travel.road.default", "Speed on roads: any other class", "سرعت در راه‌ها: رده‌های دیگر"},
    {"travel.land_cover.tree_cover", "Walking speed: tree cover", "سرعت پیاده‌روی: پوشش درختی"},
    {"travel.land_cover.shrubland", "Walking speed: shrubland", "سرعت پیاده‌روی: بوته‌زار"},
    {"travel.land_cover.grassland", "Walking speed: grassland", "سرعت پیاده‌روی: مرتع"},
    {"travel.land_cover.cropland", "Walking speed: cropland", "سرعت پیاده‌روی: کشتزار"},
    {"travel.land_cover.built_up", "Walking speed: built up", "سرعت پیاده‌روی: ساخته‌شده"},
    {"travel.land_cover.bare", "Walking speed: bare", "سرعت پیاده‌روی: زمین بی‌پوشش"},
    {"travel.land_cover.snow_ice", "Walking speed: snow and ice", "سرعت پیاده‌روی: برف و یخ"},
    {"travel.land_cover.water", "Walking speed: water", "سرعت پیاده‌روی: آب"},
    {"travel.land_cover.wetland", "Walking speed: wetland", "سرعت پیاده‌روی: تالاب"},
    {"travel.land_cover.mangroves", "Walking speed: mangroves", "سرعت پیاده‌روی: جنگل حرا"},
    {"travel.land_cover.moss", "Walking speed: moss", "سرعت پیاده‌روی: خزه"},
};

Json coefficient_columns() {
    const auto column = [](const char* name, const char* type, const char* en, const char* fa, const char* null_means) {
        return Json{
            {"name", name}, {"title", to_json(Bilingual{en, fa})}, {"unit", ""}, {"type", type}, {"null", null_means}};
    };
    Json columns = Json::array();
    columns.push_back(column("key", "text", "Key", "کلید", ""));
    columns.push_back(column("title_en", "text", "What it is (English)", "شرح (انگلیسی)", ""));
    columns.push_back(column("title_fa", "text", "What it is (Persian)", "شرح", ""));
    columns.push_back(column("low", "real", "Low", "کم", "the value is a word"));
    columns.push_back(column("central", "real", "Central", "میانه", "the value is a word"));
    columns.push_back(column("high", "real", "High", "زیاد", "the value is a word"));
    columns.push_back(column("text", "text", "Word", "واژه", "the value is a number"));
    columns.push_back(column("unit", "text", "Unit", "یکا", "none"));
    columns.push_back(column("basis", "text", "Basis", "مبنا", "none"));
    columns.push_back(column("measures", "text", "What it measures", "آنچه می‌سنجد", "not stated"));
    columns.push_back(column("year", "text", "Year", "سال", "not stated"));
    columns.push_back(column("confidence", "text", "Confidence (A best, D own assumption)",
                             "اطمینان (A بهترین، D فرض خود برنامه)", ""));
    columns.push_back(column("source", "text", "Source", "منبع", "not stated"));
    return columns;
}

Json coefficient_row(const UsedCoefficient& used) {
    const Coefficient& c = used.coefficient;
    const auto title = std::ranges::find(coefficient_titles, used.key, &CoefficientTitle::key);
    const bool has_title = title != std::end(coefficient_titles);
    const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
    const auto number = [&](double value) { return c.text.empty() ? Json(rounded(value)) : Json(nullptr); };
    return Json::array({used.key, has_title ? title->en : std::string_view(used.key),
                        has_title ? title->fa : std::string_view(used.key), number(c.value.low),
                        number(c.value.central), number(c.value.high), text(c.text), text(c.unit), text(c.basis),
                        text(c.measures), text(c.year), std::string(1, static_cast<char>(c.confidence)),
                        text(c.source)});
}

}  // namespace

ReportTable standards_table(const ReportInput& input, WordSet& words) {
    ReportTable table;
    Json rows = Json::array();
    for (const UsedCoefficient& used : input.result.standards.used) {
        rows.push_back(coefficient_row(used));
        if (!used.coefficient.text.empty()) words.insert(used.coefficient.text);
    }
    table.json = {
        {"name", "standards"},
        {"title", to_json(Bilingual{"Standards that were used", "استانداردهای به‌کاررفته"})},
        {"columns", coefficient_columns()},
        {"rows", std::move(rows)},
        {"key", 0},
        {"shown",
         {"title_en", "title_fa", "low", "central", "high", "text", "unit", "basis", "year", "confidence", "source"}}};
    mark_column(table.json, "text", "words");
    for (const char* column : {"unit", "basis", "measures"}) mark_column(table.json, column, "terms");
    return table;
}

}  // namespace amayesh::detail
