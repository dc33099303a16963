#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

// Okabe and Ito's palette, safe for the colour-blind; each utility has a shape of its own besides.
constexpr Colour water{0x0072B2};
constexpr Colour power{0xE69F00};
constexpr Colour gas{0x009E73};
constexpr Colour telecom{0xCC79A7};
constexpr Colour paper{0xFFFFFF};

Look source(Colour colour, MarkerShape shape) {
    return {.fill = colour, .outline = paper, .outline_mm = 0.25, .size_mm = 2.8, .shape = shape};
}
Look small(Look look) {
    look.size_mm = 1.8;
    return look;
}
Look exhausted(Colour colour, MarkerShape shape) {
    return {.fill = paper, .outline = colour, .outline_mm = 0.6, .size_mm = 2.4, .shape = shape};
}

Theme utility_theme() {
    using enum MarkerShape;
    return {
        .name = {"Utility", "خدمت"},
        .classing = Classing::words,
        .expression =
            "\"utility\" || CASE WHEN \"role\" = 'context' THEN ':context' "
            "WHEN \"headroom_left\" <= 0 THEN ':none' ELSE '' END",
        .classes = {
            {.value = "water", .label = {"Water", "آب"}, .look = source(water, circle)},
            {.value = "water:none",
             .label = {"Water, nothing left", "آب، بدون ظرفیت آزاد"},
             .look = exhausted(water, circle)},
            {.value = "power", .label = {"Power", "برق"}, .look = source(power, triangle)},
            {.value = "power:none",
             .label = {"Power, nothing left", "برق، بدون ظرفیت آزاد"},
             .look = exhausted(power, triangle)},
            {.value = "gas", .label = {"Gas", "گاز"}, .look = source(gas, diamond)},
            {.value = "gas:none",
             .label = {"Gas, nothing left", "گاز، بدون ظرفیت آزاد"},
             .look = exhausted(gas, diamond)},
            {.value = "telecom", .label = {"Telecom", "مخابرات"}, .look = small(source(telecom, square))},
            {.value = "water:context",
             .label = {"Water, trunk", "آب، انتقال"},
             .look = source({0x0072B2, 110}, circle)},
            {.value = "power:context",
             .label = {"Power, trunk or plant", "برق، انتقال یا نیروگاه"},
             .look = source({0xE69F00, 110}, triangle)},
            {.value = "gas:context", .label = {"Gas, trunk", "گاز، انتقال"}, .look = source({0x009E73, 110}, diamond)},
            {.value = "telecom:context",
             .label = {"Telecom, trunk", "مخابرات، انتقال"},
             .look = small(source({0xCC79A7, 110}, square))},
        }};
}

/// The sources of one utility alone.
Theme utility_theme(const Words& name, std::string_view utility) {
    Theme theme = utility_theme();
    theme.name = name;
    std::erase_if(theme.classes, [&](const MapClass& c) { return c.value.substr(0, c.value.find(':')) != utility; });
    return theme;
}

/// ColorBrewer "Blues": the share of the firm headroom that nobody has been given.
Theme headroom_theme() {
    const auto share = [](Colour fill) {
        return Look{.fill = fill, .outline = {0x08306B}, .outline_mm = 0.3, .size_mm = 3};
    };
    return {.name = {"Share of headroom left", "سهم ظرفیت باقی‌مانده"},
            .classing = Classing::ranges,
            .expression =
                "CASE WHEN \"headroom_left\" IS NULL THEN -1 WHEN \"headroom\" <= 0 OR \"headroom_left\" <= 0 "
                "THEN 0 ELSE \"headroom_left\" / \"headroom\" END",
            .classes = {
                {.low = 0.75, .high = 1e12, .label = {"75 % or more", "۷۵٪ یا بیشتر"}, .look = share({0x08519C})},
                {.low = 0.25, .high = 0.75, .label = {"25–75 %", "۲۵ تا ۷۵٪"}, .look = share({0x6BAED6})},
                {.low = 1e-12, .high = 0.25, .label = {"under 25 %", "کمتر از ۲۵٪"}, .look = share({0xDEEBF7})},
                {.low = 0, .high = 0, .label = {"nothing left", "هیچ"}, .look = share(paper)},
                {.low = -1,
                 .high = -1,
                 .label = {"unknown, or not shared", "نامعلوم یا تقسیم‌نشده"},
                 .look = share({0xBDBDBD})},
            }};
}

LayerMap sources_as(std::string_view layer, int height) {
    LayerMap map{.layer = layer,
                 .group = MapGroup::supply,
                 .height = height,
                 .is_shown = false,
                 .themes = {utility_theme(), headroom_theme(), utility_theme({"Power", "برق"}, "power"),
                            utility_theme({"Water", "آب"}, "water"), utility_theme({"Gas", "گاز"}, "gas"),
                            utility_theme({"Telecom", "مخابرات"}, "telecom")},
                 .labels = {.expression = "\"name\"", .smallest_scale = 200'000, .size_pt = 7}};
    if (layer == "source_lines")
        for (Theme& theme : map.themes)
            for (MapClass& c : theme.classes) c.look.size_mm = 0.5;
    return map;
}

/// Amounts have a unit for each utility: the width goes by the root, from a hair to 2 mm.
Theme allocation_theme(const Words& name, std::string_view expression) {
    const auto flow = [](Colour colour, std::string_view width) {
        return Look{.fill = {colour.rgb, 200}, .outline = colour, .size_mm = 0.8, .size_expression = width};
    };
    return {.name = name,
            .classing = Classing::words,
            .expression = expression,
            .classes = {
                {.value = "water", .look = flow(water, "min(2.4, 0.3 + 0.5 * sqrt(\"amount\"))")},
                {.value = "power", .look = flow(power, "min(2.4, 0.3 + 0.5 * sqrt(\"amount\"))")},
                {.value = "gas", .look = flow(gas, "min(2.4, 0.3 + 0.025 * sqrt(\"amount\"))")},
            }};
}

}  // namespace

std::vector<LayerMap> supply_maps() {
    LayerMap allocations{
        .layer = "allocations",
        .group = MapGroup::supply,
        .height = 45,
        .is_shown = false,
        .label_column = "source_id",
        .themes = {allocation_theme({"Central case", "حالت میانه"}, "if(\"case\" = 'central', \"utility\", '')"),
                   allocation_theme({"Low case", "حالت کم"}, "if(\"case\" = 'low', \"utility\", '')"),
                   allocation_theme({"High case", "حالت زیاد"}, "if(\"case\" = 'high', \"utility\", '')")},
        .labels = {.expression = "format_number(\"amount\", if(\"utility\" = 'gas', 0, 1), '{language}') || ' ' || "
                                 "\"unit_of_amounts\"",
                   .smallest_scale = 400'000,
                   .size_pt = 7}};
    return {sources_as("sources", 50), sources_as("source_lines", 30), std::move(allocations)};
}

}  // namespace amayesh::detail
