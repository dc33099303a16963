#include "cartography/map_description.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace amayesh::detail {
namespace {

constexpr std::array<Words, map_group_count> group_titles{{
    {"Need", "نیاز"},
    {"Industrial zones", "شهرک‌ها و نواحی صنعتی"},
    {"Supply", "تأمین"},
    {"Areas in reach", "محدوده‌های در دسترس"},
    {"Settlements", "آبادی‌ها"},
    {"Findings about the input", "ایرادهای داده"},
    {"Tables", "جدول‌ها"},
    {"Other layers", "لایه‌های دیگر"},
}};

const std::vector<LayerMap>& all_maps() {
    static const std::vector<LayerMap> maps = [] {
        std::vector<LayerMap> all = unit_maps();
        for (auto part : {place_maps(), supply_maps(), area_maps(), travel_maps(), difference_maps()})
            all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        return all;
    }();
    return maps;
}

constexpr auto relations = std::to_array<MapRelation>({
    {"unit_utilities", "unit_id", "units", "unit_id"},
    {"allocations", "unit_id", "units", "unit_id"},
    {"allocations", "source_id", "sources", "source_id"},
    {"settlements", "rural_district_id", "units", "unit_id"},
    {"unit_travel_people", "unit_id", "unit_travel", "unit_id"},
    {"settlement_travel", "rural_district_id", "unit_travel", "unit_id"},
});

LayerMap make_plain_map() {
    const Look look{.fill = {0x8DA0CB, 60}, .outline = {0x4D5B85}, .outline_mm = 0.3, .size_mm = 1.6};
    LayerMap map{.group = MapGroup::others, .height = 20, .label_column = ""};
    map.themes.push_back({.name = {"Plain", "ساده"}, .classes = {{.look = look}}});
    return map;
}

}  // namespace

Words title_of(MapGroup group) { return group_titles[static_cast<std::size_t>(group)]; }

const LayerMap& map_of_layer(std::string_view layer) {
    static const LayerMap plain = make_plain_map();
    const auto found = std::ranges::find(all_maps(), layer, &LayerMap::layer);
    return found == all_maps().end() ? plain : *found;
}

std::span<const MapRelation> map_relations() { return relations; }

}  // namespace amayesh::detail
