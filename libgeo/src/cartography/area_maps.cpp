#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

struct UtilityArea {
    Words name;
    std::string_view area_expression;
    std::string_view rest_expression;
    std::uint32_t rgb;
};

// One utility at a time: areas of different utilities lie over each other. Colours are those of its sources.
constexpr UtilityArea utilities[] = {
    {{"Power", "برق"},
     "if(\"utility\" = 'power', \"kind\", '')",
     "if(\"utility\" = 'power', \"reason\", '')",
     0xE69F00},
    {{"Water", "آب"}, "if(\"utility\" = 'water', \"kind\", '')", "if(\"utility\" = 'water', \"reason\", '')", 0x0072B2},
    {{"Gas", "گاز"}, "if(\"utility\" = 'gas', \"kind\", '')", "if(\"utility\" = 'gas', \"reason\", '')", 0x009E73},
    {{"Telecom", "مخابرات"},
     "if(\"utility\" = 'telecom', \"kind\", '')",
     "if(\"utility\" = 'telecom', \"reason\", '')",
     0xCC79A7},
};

/// Mixed with white; nearly opaque, so that areas that lie in each other look as they do in the legend.
Colour tint(std::uint32_t rgb, double share) {
    Colour mixed{0, 220};
    for (const unsigned shift : {16U, 8U, 0U}) {
        const double channel = rgb >> shift & 0xFFU;
        mixed.rgb |= static_cast<std::uint32_t>(255 + share * (channel - 255)) << shift;
    }
    return mixed;
}

/// The narrower the condition, the stronger the colour.
Theme area_theme(const UtilityArea& utility) {
    const auto reached = [&](double share) {
        return Look{.fill = tint(utility.rgb, share), .outline = {utility.rgb, 160}, .outline_mm = 0.2};
    };
    return {.name = utility.name,
            .classing = Classing::words,
            .expression = utility.area_expression,
            .classes = {{.value = "any_source", .look = reached(0.15)},
                        {.value = "with_headroom", .look = reached(0.48)},
                        {.value = "with_headroom_left", .look = reached(0.8)}}};
}

Theme rest_theme(const UtilityArea& utility) {
    const auto beyond = [](Colour fill) { return Look{.fill = fill, .outline = {0xFFFFFF}, .outline_mm = 0.2}; };
    return {.name = utility.name,
            .classing = Classing::words,
            .expression = utility.rest_expression,
            .classes = {{.value = "no_source_in_reach", .look = beyond({0xD73027, 120})},
                        {.value = "no_source_known_in_reach", .look = beyond({0xFEE090, 150})}}};
}

}  // namespace

std::vector<LayerMap> area_maps() {
    LayerMap areas{
        .layer = "service_areas", .group = MapGroup::areas, .height = 15, .label_column = "kind", .themes = {}};
    LayerMap rest{.layer = "unserved_rest",
                  .group = MapGroup::areas,
                  .height = 12,
                  .themes = {},
                  .labels = {.expression = "\"name\"", .smallest_scale = 800'000, .size_pt = 8}};
    for (const UtilityArea& utility : utilities) {
        areas.themes.push_back(area_theme(utility));
        rest.themes.push_back(rest_theme(utility));
    }
    return {std::move(areas), std::move(rest)};
}

}  // namespace amayesh::detail
