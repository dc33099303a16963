#include "cartography/map_description.hpp"

#include <algorithm>
#include <array>

namespace amayesh::detail {
namespace {

constexpr std::array<Words, map_group_count> group_titles{{
    {"Need", "نیاز"},
    {"Industrial zones", "شهرک‌ها و نواحی صنعتی"},
    {"Supply", "تأمین"},
    {"Settlements", "آبادی‌ها"},
    {"Findings about the input", "ایرادهای داده"},
    {"Tables", "جدول‌ها"},
    {"Other layers", "لایه‌های دیگر"},
}};

const std::vector<LayerMap>& all_maps() {
    static const std::vector<LayerMap> maps = [] {
        std::vector<LayerMap> all = unit_maps();
        for (auto part : {place_maps(), supply_maps()})
            all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        return all;
    }();
    return maps;
}

constexpr KeyFigure units_over{{"Units over the threshold", "واحدهای بیش از آستانه"}, "units_over"};
constexpr KeyFigure left_out{{"People in them left out", "جمعیت بی‌بهره آن‌ها"},
                             "people_left_out_min",
                             "people_left_out_max"};

MapView status_view() {
    return {.name = {"Status", "وضعیت"},
            .headline = {"Where no industrial zone is within reach", "کجا ناحیه صنعتی در دسترس نیست"},
            .note = {"Under a name: people left out, at least.",
                     "زیر هر نام: جمعیت بی‌بهره، دست‌کم."},
            .figures = {units_over,
                        {{"… no zone in reach", "… بدون ناحیه در دسترس"}, "units_no_zone"},
                        {{"… zone in reach, but full", "… ناحیه در دسترس، اما پر"}, "units_zone_full"},
                        {{"… served", "… برخوردار"}, "units_served"},
                        left_out,
                        {{"Population unknown", "واحدهای با جمعیت نامعلوم"}, "units_threshold_unknown"}},
            .layers = {{"units"}, {"zones"}, {"zone_points"}, {"settlements"}}};
}

MapView people_view() {
    return {.name = {"People left out", "جمعیت بی‌بهره"},
            .headline = {"How many people have no industrial zone within reach", "چند نفر ناحیه صنعتی در دسترس ندارند"},
            .note = {"Under a name: people left out, at least.",
                     "زیر هر نام: جمعیت بی‌بهره، دست‌کم."},
            .figures = {units_over,
                        {{"People in them", "جمعیت این واحدها"}, "population_over"},
                        left_out,
                        {{"Land needed, ha", "زمین لازم، هکتار"}, "target_ha", "", 1},
                        {{"… in new zones, ha", "… در نواحی جدید، هکتار"}, "new_zone_ha", "", 1}},
            .layers = {{"units", 1}, {"zones"}, {"zone_points"}, {"settlements"}}};
}

MapView supply_view() {
    return {.name = {"Supply", "تأمین"},
            .headline = {"What supplies the zones, and where it falls short",
                         "چه منابعی نواحی را تأمین می‌کنند و کمبود کجاست"},
            .note = {"Wider lines carry more. Central case of the standards.",
                     "خط پهن‌تر، مقدار بیشتر. حالت میانه استانداردها."},
            .figures = {{{"Water needed, L/s", "آب لازم، لیتر بر ثانیه"}, "water_demand_lps", "", 1},
                        {{"… short, L/s", "… کمبود، لیتر بر ثانیه"}, "water_shortfall_lps", "", 1},
                        {{"Power needed, MW", "برق لازم، مگاوات"}, "power_demand_mw", "", 1},
                        {{"… short, MW", "… کمبود، مگاوات"}, "power_shortfall_mw", "", 1},
                        {{"Gas needed, m³/h", "گاز لازم، مترمکعب بر ساعت"}, "gas_demand_m3h"},
                        {{"… short, m³/h", "… کمبود، مترمکعب بر ساعت"}, "gas_shortfall_m3h"}},
            .layers = {{"units", 2}, {"zones"}, {"zone_points"}, {"sources"}, {"source_lines"}, {"allocations"}}};
}

const std::vector<MapView>& all_views() {
    static const std::vector<MapView> views{status_view(), people_view(), supply_view()};
    return views;
}

constexpr auto relations = std::to_array<MapRelation>({
    {"unit_utilities", "unit_id", "units", "unit_id"},
    {"allocations", "unit_id", "units", "unit_id"},
    {"allocations", "source_id", "sources", "source_id"},
    {"settlements", "rural_district_id", "units", "unit_id"},
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

std::span<const MapView> map_views() { return all_views(); }
std::span<const MapRelation> map_relations() { return relations; }

}  // namespace amayesh::detail
