#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

constexpr Colour border{0xFFFFFF};
constexpr Colour quiet_border{0xBDBDBD};
constexpr Colour nothing_to_show{0xF2F2F2};
constexpr Colour unknown_grey{0xD9D9D9};

// Warm is unmet, cool is met: ColorBrewer "RdYlBu", safe for the colour-blind.
Look area(Colour fill) { return {.fill = fill, .outline = border, .outline_mm = 0.3, .size_mm = 3}; }
Look quiet_area(Colour fill) { return {.fill = fill, .outline = quiet_border, .outline_mm = 0.2, .size_mm = 2}; }
Look unknown_area() {
    Look look = quiet_area(unknown_grey);
    look.texture = Texture::hatched;
    return look;
}

constexpr std::string_view judged_last = "\"threshold\" = 'over'";  ///< Their borders stay whole.

Theme status_theme() {
    return {.name = {"Status", "وضعیت"},
            .classing = Classing::words,
            .expression = "\"status\"",
            .classes =
                {
                    {.value = "no_zone_in_reach", .look = area({0xD73027})},
                    {.value = "no_zone_known_in_reach", .look = area({0xFC8D59})},
                    {.value = "zone_full", .look = area({0xFEE090})},
                    {.value = "served", .look = area({0x74ADD1})},
                    {.value = "not_over_threshold", .look = quiet_area(nothing_to_show)},
                    {.value = "population_unknown", .look = unknown_area()},
                },
            .order = judged_last};
}

// ColorBrewer "OrRd", six classes; limits are people, the threshold of 10,000 among them.
Theme people_theme() {
    return {
        .name = {"People left out", "جمعیت بی‌بهره"},
        .classing = Classing::ranges,
        .expression = "coalesce(\"people_left_out_min\", -1)",
        .classes = {
            {.low = 50'001, .high = 1e12, .label = {"over 50,000", "بیش از ۵۰٬۰۰۰"}, .look = area({0x990000})},
            {.low = 20'001, .high = 50'000, .label = {"20,001–50,000", "۲۰٬۰۰۱ تا ۵۰٬۰۰۰"}, .look = area({0xD7301F})},
            {.low = 10'001, .high = 20'000, .label = {"10,001–20,000", "۱۰٬۰۰۱ تا ۲۰٬۰۰۰"}, .look = area({0xFC8D59})},
            {.low = 5'001, .high = 10'000, .label = {"5,001–10,000", "۵٬۰۰۱ تا ۱۰٬۰۰۰"}, .look = area({0xFDBB84})},
            {.low = 1, .high = 5'000, .label = {"1–5,000", "۱ تا ۵٬۰۰۰"}, .look = area({0xFEE8C8})},
            {.low = 0, .high = 0, .label = {"nobody known", "هیچ‌کس"}, .look = quiet_area({0xDEEBF7})},
            {.low = -1, .high = -1, .label = {"unknown", "نامعلوم"}, .look = unknown_area()},
        }};
}

/// How many of the three utilities that are shared in amounts fall short.
Theme shortfall_theme() {
    return {.name = {"Utilities in short supply", "خدمات دچار کمبود"},
            .classing = Classing::words,
            .expression =
                "CASE WHEN \"threshold\" <> 'over' THEN 'not_assessed' ELSE to_string("
                "if(coalesce(\"water_shortfall_lps\", 0) > 0, 1, 0) + "
                "if(coalesce(\"power_shortfall_mw\", 0) > 0, 1, 0) + "
                "if(coalesce(\"gas_shortfall_m3h\", 0) > 0, 1, 0)) END",
            .classes =
                {
                    {.value = "3", .label = {"water, power and gas", "آب، برق و گاز"}, .look = area({0x6A3D9A})},
                    {.value = "2", .label = {"two of the three", "دو خدمت از سه"}, .look = area({0x9E7BC2})},
                    {.value = "1", .label = {"one of the three", "یک خدمت از سه"}, .look = area({0xC8B0DE})},
                    {.value = "0",
                     .label = {"no shortfall known", "بدون کمبود شناخته‌شده"},
                     .look = area({0xDDEEF6})},
                    {.value = "not_assessed", .look = quiet_area(nothing_to_show)},
                },
            .order = judged_last,
            .labels = {.expression = "coalesce(\"name\", \"unit_id\")",
                       .shown_where = "\"threshold\" = 'over' OR @map_scale < 800000",
                       .smallest_scale = 5'000'000}};
}

}  // namespace

std::vector<LayerMap> unit_maps() {
    LayerMap units{
        .layer = "units",
        .group = MapGroup::need,
        .height = 10,
        .themes = {status_theme(), people_theme(), shortfall_theme()},
        .labels = {.expression = "coalesce(\"name\", \"unit_id\") || if(\"threshold\" = 'over' AND "
                                 "\"people_left_out_min\" > 0, '\\n' || format_number(\"people_left_out_min\", "
                                 "0, '{language}'), '')",
                   .bold_where = "\"threshold\" = 'over'",
                   .shown_where = "\"threshold\" = 'over' OR @map_scale < 800000",
                   .smallest_scale = 5'000'000,
                   .size_pt = 8}};
    return {std::move(units), LayerMap{.layer = "unit_utilities", .group = MapGroup::tables, .label_column = "utility"},
            LayerMap{.layer = "rollups", .group = MapGroup::tables, .label_column = "county"},
            LayerMap{.layer = "manifest", .group = MapGroup::tables, .label_column = "key"}};
}

}  // namespace amayesh::detail
