#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

constexpr Colour ink{0x252525};
constexpr Colour paper{0xFFFFFF};

/// Zones are dark: they stand off from warm and cool districts alike. A zone of 20 ha is seen by its marker alone.
Look zone(Colour fill, Colour outline, MarkerShape shape = MarkerShape::square) {
    return {.fill = fill, .outline = outline, .outline_mm = 0.35, .size_mm = 2.6, .shape = shape, .marks_centre = true};
}

Theme zone_status_theme() {
    return {.name = {"Status", "وضعیت"},
            .classing = Classing::words,
            .expression = "\"status\"",
            .classes = {
                {.value = "operating", .look = zone(ink, paper)},
                {.value = "under_construction", .look = zone({0x969696}, ink)},
                {.value = "approved", .look = zone({0xD9D9D9}, ink)},
                {.value = "planned", .look = zone(paper, ink)},
                {.value = "closed", .look = zone(paper, ink, MarkerShape::cross)},
                {.value = "unknown", .look = zone(paper, {0x969696})},
            }};
}

Theme zone_kind_theme() {
    return {.name = {"Kind", "نوع"},
            .classing = Classing::words,
            .expression = "\"kind\"",
            .classes = {
                {.value = "industrial_estate", .look = zone({0x252525}, paper)},
                {.value = "industrial_zone", .look = zone({0x737373}, paper, MarkerShape::circle)},
                {.value = "special_economic_zone", .look = zone({0x252525}, paper, MarkerShape::pentagon)},
                {.value = "other", .look = zone(paper, ink, MarkerShape::diamond)},
            }};
}

LayerMap zones_as(std::string_view layer, int height) {
    return {.layer = layer,
            .group = MapGroup::zones,
            .height = height,
            .themes = {zone_status_theme(), zone_kind_theme()},
            .labels = {.expression = "\"name\"", .smallest_scale = 750'000, .size_pt = 7}};
}

Look dot(Colour fill, double size_mm) {
    return {.fill = fill, .outline = paper, .outline_mm = 0.1, .size_mm = size_mm};
}

Theme reach_theme() {
    return {.name = {"Zone in reach", "ناحیه در دسترس"},
            .classing = Classing::words,
            .expression = "\"zone_in_reach\"",
            .classes = {
                {.value = "0", .label = {"no zone in reach", "بدون ناحیه در دسترس"}, .look = dot({0xA50026}, 1.4)},
                {.value = "1", .label = {"zone in reach", "ناحیه در دسترس"}, .look = dot({0x4575B4}, 1.4)},
            }};
}

Theme population_theme() {
    const Colour brown{0x8C510A};
    return {.name = {"Population", "جمعیت"},
            .classing = Classing::ranges,
            .expression = "coalesce(\"population\", -1)",
            .classes = {
                {.low = 20'001, .high = 1e12, .label = {"over 20,000", "بیش از ۲۰٬۰۰۰"}, .look = dot(brown, 4)},
                {.low = 5'001, .high = 20'000, .label = {"5,001–20,000", "۵٬۰۰۱ تا ۲۰٬۰۰۰"}, .look = dot(brown, 3)},
                {.low = 1'001, .high = 5'000, .label = {"1,001–5,000", "۱٬۰۰۱ تا ۵٬۰۰۰"}, .look = dot(brown, 2.2)},
                {.low = 0, .high = 1'000, .label = {"up to 1,000", "تا ۱٬۰۰۰"}, .look = dot(brown, 1.4)},
                {.low = -1, .high = -1, .label = {"unknown", "نامعلوم"}, .look = dot({0xBDBDBD}, 1.4)},
            }};
}

Theme severity_theme() {
    const auto mark = [](Colour fill, MarkerShape shape) {
        return Look{.fill = fill, .outline = paper, .outline_mm = 0.2, .size_mm = 3.4, .shape = shape};
    };
    return {.name = {"Severity", "شدت"},
            .classing = Classing::words,
            .expression = "\"severity\"",
            .classes = {
                {.value = "error", .look = mark({0xB2182B}, MarkerShape::diamond)},
                {.value = "warning", .look = mark({0xE69F00}, MarkerShape::triangle)},
                {.value = "note", .look = mark({0x737373}, MarkerShape::circle)},
            }};
}

}  // namespace

std::vector<LayerMap> place_maps() {
    LayerMap settlements{.layer = "settlements",
                         .group = MapGroup::places,
                         .height = 40,
                         .smallest_scale = 1'000'000,
                         .themes = {reach_theme(), population_theme()},
                         .labels = {.expression = "\"name\"", .smallest_scale = 120'000, .size_pt = 7}};
    LayerMap problems{.layer = "problems",
                      .group = MapGroup::findings,
                      .height = 90,
                      .is_shown = false,
                      .label_column = "message",
                      .themes = {severity_theme()}};
    return {zones_as("zones", 60), zones_as("zone_points", 61), std::move(settlements), std::move(problems)};
}

}  // namespace amayesh::detail
