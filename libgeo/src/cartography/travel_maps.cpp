#include "cartography/map_description.hpp"
#include "cartography/travel_colours.hpp"

namespace amayesh::detail {
namespace {

constexpr Colour paper{0xFFFFFF};
constexpr Colour ink{0x252525};
constexpr Colour unknown_grey{0xD9D9D9};

// Just above a limit: finer than the columns, which hold hundred-thousandths of a minute.
constexpr double above = 1e-6;

/// Units that are settlements are many: those below the threshold are small.
constexpr std::string_view size_of_unit = "if(\"threshold\" = 'over', 3, 1.6)";

Look area(Colour fill) {
    return {.fill = fill, .outline = paper, .outline_mm = 0.2, .size_mm = 3, .size_expression = size_of_unit};
}
Look unknown_area() {
    return {.fill = unknown_grey,
            .outline = {0xBDBDBD},
            .outline_mm = 0.2,
            .size_mm = 2,
            .shape = MarkerShape::cross,
            .texture = Texture::hatched};
}
Look dot(Colour fill) { return {.fill = fill, .outline = paper, .outline_mm = 0.1, .size_mm = 1.4}; }
Look unknown_dot() {
    return {.fill = ink, .outline = ink, .outline_mm = 0.2, .size_mm = 1.6, .shape = MarkerShape::cross};
}

Theme minutes_theme(const Words& name, std::string_view expression, const Words& unknown, Look (*look)(Colour),
                    const Look& unknown_look) {
    return {
        .name = name,
        .classing = Classing::ranges,
        .expression = expression,
        .classes = {
            {.low = 120 + above, .high = 1e12, .label = {"over 2 hours", "بیش از ۲ ساعت"}, .look = look(beyond_120)},
            {.low = 60 + above, .high = 120, .label = {"1–2 hours", "۱ تا ۲ ساعت"}, .look = look(beyond_60)},
            {.low = 45 + above, .high = 60, .label = {"45–60 min", "۴۵ تا ۶۰ دقیقه"}, .look = look(up_to_60)},
            {.low = 30 + above, .high = 45, .label = {"30–45 min", "۳۰ تا ۴۵ دقیقه"}, .look = look(up_to_45)},
            {.low = 15 + above, .high = 30, .label = {"15–30 min", "۱۵ تا ۳۰ دقیقه"}, .look = look(up_to_30)},
            {.low = 0, .high = 15, .label = {"up to 15 min", "تا ۱۵ دقیقه"}, .look = look(up_to_15)},
            {.low = -1, .high = -1, .label = unknown, .look = unknown_look},
        }};
}

constexpr Words no_way{"no way found", "بی‌مسیر"};

/// The name of a unit, and under it a number where there is one; those over the threshold from afar.
Labels unit_labels(std::string_view expression) {
    return {.expression = expression,
            .bold_where = "\"threshold\" = 'over'",
            .shown_where = "\"threshold\" = 'over' OR @map_scale < 800000",
            .smallest_scale = 5'000'000,
            .size_pt = 8};
}

// ColorBrewer "OrRd", as the people whom the gap map leaves out.
Theme people_theme() {
    return {
        .name = {"People beyond the farthest limit", "جمعیت فراتر از دورترین حد"},
        .classing = Classing::ranges,
        .expression = "coalesce(\"people_beyond_at_least\", -1)",
        .classes =
            {
                {.low = 10'001, .high = 1e12, .label = {"over 10,000", "بیش از ۱۰٬۰۰۰"}, .look = area({0x990000})},
                {.low = 5'001, .high = 10'000, .label = {"5,001–10,000", "۵٬۰۰۱ تا ۱۰٬۰۰۰"}, .look = area({0xEF6548})},
                {.low = 1'001, .high = 5'000, .label = {"1,001–5,000", "۱٬۰۰۱ تا ۵٬۰۰۰"}, .look = area({0xFDBB84})},
                {.low = 1, .high = 1'000, .label = {"1–1,000", "۱ تا ۱٬۰۰۰"}, .look = area({0xFEE8C8})},
                {.low = 0, .high = 0, .label = {"nobody known", "هیچ‌کس"}, .look = area({0xDEEBF7})},
                {.low = -1, .high = -1, .label = {"unknown", "نامعلوم"}, .look = unknown_area()},
            },
        .labels = unit_labels("coalesce(\"name\", \"unit_id\") || if(coalesce(\"people_beyond_at_least\", 0) = 0, "
                              "'', '\\n' || format_number(\"people_beyond_at_least\", 0, '{language}'))")};
}

/// Under other layers, to know one's way about.
Theme border_theme() {
    const Look border{.fill = {0xFFFFFF, 0}, .outline = {0x969696}, .outline_mm = 0.2, .size_mm = 1.6};
    return {.name = {"Borders", "مرزها"},
            .classing = Classing::words,
            .expression = "'unit'",
            .classes = {{.value = "unit", .label = {"border of a unit", "مرز واحد"}, .look = border}},
            .labels = unit_labels("coalesce(\"name\", \"unit_id\")")};
}

Look zone(Colour fill, Colour outline, MarkerShape shape) {
    return {.fill = fill, .outline = outline, .outline_mm = 0.35, .size_mm = 2.6, .shape = shape};
}

Theme zone_theme() {
    return {.name = {"Way to the zone", "مسیر تا ناحیه"},
            .classing = Classing::words,
            .expression = "if(\"unroutable_reason\" IS NULL, 'reached', 'unroutable')",
            .classes = {
                {.value = "reached",
                 .label = {"serving zone", "ناحیه فعال"},
                 .look = zone(ink, paper, MarkerShape::square)},
                {.value = "unroutable",
                 .label = {"no way leads to it", "بدون مسیر به آن"},
                 .look = zone(paper, ink, MarkerShape::cross)},
            }};
}

/// The more people have no quicker zone, the larger.
Theme people_of_zone_theme() {
    const auto sized = [](double size_mm) {
        return Look{.fill = ink, .outline = paper, .outline_mm = 0.3, .size_mm = size_mm, .shape = MarkerShape::square};
    };
    return {.name = {"People nearest to it", "جمعیت نزدیک به آن"},
            .classing = Classing::words,
            .expression =
                "CASE WHEN \"unroutable_reason\" IS NOT NULL THEN 'unroutable' WHEN \"nearest_of_people\" > 100000 "
                "THEN '3' WHEN \"nearest_of_people\" > 10000 THEN '2' WHEN \"nearest_of_people\" > 0 THEN '1' ELSE "
                "'0' END",
            .classes = {
                {.value = "3", .label = {"over 100,000", "بیش از ۱۰۰٬۰۰۰"}, .look = sized(5)},
                {.value = "2", .label = {"10,001–100,000", "۱۰٬۰۰۱ تا ۱۰۰٬۰۰۰"}, .look = sized(3.8)},
                {.value = "1", .label = {"1–10,000", "۱ تا ۱۰٬۰۰۰"}, .look = sized(2.6)},
                {.value = "0", .label = {"nobody known", "هیچ‌کس"}, .look = sized(1.6)},
                {.value = "unroutable",
                 .label = {"no way leads to it", "بدون مسیر به آن"},
                 .look = zone(paper, ink, MarkerShape::cross)},
            }};
}

Theme reason_theme() {
    const auto mark = [](Colour fill, MarkerShape shape) {
        return Look{.fill = fill, .outline = paper, .outline_mm = 0.2, .size_mm = 2.8, .shape = shape};
    };
    return {.name = {"Reason", "علت"},
            .classing = Classing::words,
            .expression = "\"reason\"",
            .classes = {
                {.value = "no_access", .look = mark({0xCC79A7}, MarkerShape::triangle)},
                {.value = "no_way_to_any_zone", .look = mark({0xB2182B}, MarkerShape::diamond)},
                {.value = "outside_grid", .look = mark({0xE69F00}, MarkerShape::square)},
                {.value = "no_position", .look = mark({0x737373}, MarkerShape::circle)},
                {.value = "no_serving_zone", .look = mark({0x1A1A1A}, MarkerShape::circle)},
            }};
}

Theme place_kind_theme() {
    const auto mark = [](Colour fill, MarkerShape shape) {
        return Look{.fill = fill, .outline = paper, .outline_mm = 0.2, .size_mm = 2.8, .shape = shape};
    };
    return {.name = {"Kind", "نوع"},
            .classing = Classing::words,
            .expression = "\"place_kind\"",
            .classes = {
                {.value = "unit", .look = mark({0xB2182B}, MarkerShape::diamond)},
                {.value = "settlement", .look = mark({0xCC79A7}, MarkerShape::circle)},
                {.value = "zone", .look = mark(ink, MarkerShape::square)},
            }};
}

/// Each lies within the next, which is drawn before it.
Theme isochrone_theme() {
    const auto within = [](Colour fill) {
        return Look{.fill = {fill.rgb, 200}, .outline = {0x404040, 90}, .outline_mm = 0.05};
    };
    return {.name = {"Minutes to a zone", "دقیقه تا ناحیه"},
            .classing = Classing::words,
            .expression =
                "CASE WHEN \"limit_min\" <= 15 THEN '15' WHEN \"limit_min\" <= 30 THEN '30' WHEN \"limit_min\" <= 45 "
                "THEN '45' WHEN \"limit_min\" <= 60 THEN '60' ELSE 'over' END",
            .classes =
                {
                    {.value = "15", .label = {"up to 15 min", "تا ۱۵ دقیقه"}, .look = within(up_to_15)},
                    {.value = "30", .label = {"up to 30 min", "تا ۳۰ دقیقه"}, .look = within(up_to_30)},
                    {.value = "45", .label = {"up to 45 min", "تا ۴۵ دقیقه"}, .look = within(up_to_45)},
                    {.value = "60", .label = {"up to 60 min", "تا ۶۰ دقیقه"}, .look = within(up_to_60)},
                    {.value = "over", .label = {"longer", "بیشتر"}, .look = within(beyond_60)},
                },
            .order = "-\"limit_min\""};
}

LayerMap unit_travel_map() {
    return {.layer = "unit_travel",
            .group = MapGroup::need,
            .height = 10,
            .themes = {minutes_theme({"Minutes from the centre", "دقیقه از مرکز"}, "coalesce(\"zone_min\", -1)", no_way,
                                     area, unknown_area()),
                       minutes_theme({"Mean minutes of the people", "میانگین دقیقه برای ساکنان"},
                                     "coalesce(\"mean_min\", -1)", {"unknown", "نامعلوم"}, area, unknown_area()),
                       people_theme(), border_theme()},
            .labels = unit_labels("coalesce(\"name\", \"unit_id\") || if(\"zone_min\" IS NULL, '', '\\n' || "
                                  "format_number(\"zone_min\", 0, '{language}'))")};
}

}  // namespace

std::vector<LayerMap> travel_maps() {
    LayerMap settlements{.layer = "settlement_travel",
                         .group = MapGroup::places,
                         .height = 40,
                         .smallest_scale = 3'000'000,
                         .themes = {minutes_theme({"Minutes to a zone", "دقیقه تا ناحیه"}, "coalesce(\"zone_min\", -1)",
                                                  no_way, dot, unknown_dot())},
                         .labels = {.expression = "\"name\"", .smallest_scale = 120'000, .size_pt = 7}};
    LayerMap zones{.layer = "zone_travel",
                   .group = MapGroup::zones,
                   .height = 60,
                   .themes = {zone_theme(), people_of_zone_theme()},
                   .labels = {.expression = "\"name\"", .smallest_scale = 750'000, .size_pt = 7}};
    LayerMap unroutable{.layer = "unroutable",
                        .group = MapGroup::findings,
                        .height = 80,
                        .is_shown = false,
                        .themes = {reason_theme(), place_kind_theme()}};
    LayerMap isochrones{.layer = "isochrones",
                        .group = MapGroup::areas,
                        .height = 15,
                        .is_shown = false,
                        .label_column = "limit_min",
                        .themes = {isochrone_theme()}};
    return {unit_travel_map(),
            std::move(settlements),
            std::move(zones),
            std::move(unroutable),
            std::move(isochrones),
            LayerMap{.layer = "unit_travel_people", .group = MapGroup::tables},
            LayerMap{.layer = "travel_rollups", .group = MapGroup::tables, .label_column = "county"}};
}

}  // namespace amayesh::detail
