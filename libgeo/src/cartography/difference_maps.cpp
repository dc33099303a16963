#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

constexpr std::string_view cause =
    "CASE WHEN \"change\" <> 'changed' THEN \"change\""
    " WHEN \"by_data\" + \"by_standard\" + \"by_method\" <> 1"
    " OR \"maybe_data\" + \"maybe_standard\" + \"maybe_method\" > 0 THEN 'several'"
    " WHEN \"by_data\" = 1 THEN 'data' WHEN \"by_standard\" = 1 THEN 'standard' ELSE 'method' END";

Look cause_look(std::uint32_t rgb, MarkerShape shape) {
    return {.fill = {rgb, 190}, .outline = {0xFFFFFF}, .outline_mm = 0.2, .shape = shape};
}

}  // namespace

std::vector<LayerMap> difference_maps() {
    LayerMap changed{.layer = "changed_units",
                     .group = MapGroup::need,
                     .height = 20,
                     .themes = {},
                     .labels = {.expression = "\"name\"", .smallest_scale = 800'000}};
    changed.themes.push_back(
        {.name = {"Why it differs", "علت تفاوت"},
         .classing = Classing::words,
         .expression = cause,
         .classes = {
             {.value = "data", .label = {"Data", "داده"}, .look = cause_look(0x0072B2, MarkerShape::circle)},
             {.value = "standard",
              .label = {"Standard", "استاندارد"},
              .look = cause_look(0xE69F00, MarkerShape::square)},
             {.value = "method", .label = {"Method", "روش"}, .look = cause_look(0x009E73, MarkerShape::triangle)},
             {.value = "several",
              .label = {"Several, or it cannot be told", "چند علت یا نامعلوم"},
              .look = cause_look(0x999999, MarkerShape::diamond)},
             {.value = "only_in_a", .look = cause_look(0x56B4E9, MarkerShape::cross)},
             {.value = "only_in_b", .look = cause_look(0xCC79A7, MarkerShape::star)},
         }});
    LayerMap values{.layer = "changed_values", .group = MapGroup::tables, .label_column = "unit_id", .themes = {}};
    return {std::move(changed), std::move(values)};
}

}  // namespace amayesh::detail
