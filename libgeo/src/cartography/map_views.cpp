#include <algorithm>

#include "cartography/map_description.hpp"

namespace amayesh::detail {
namespace {

constexpr KeyFigure units_over{{"Units over the threshold", "واحدهای بیش از آستانه"}, "units_over"};
constexpr KeyFigure left_out{{"People in them left out", "جمعیت بی‌بهره آن‌ها"},
                             "people_left_out_min",
                             "people_left_out_max"};
constexpr Words note_of_names{"Under a name: people left out, at least.",
                              "زیر هر نام: جمعیت بی‌بهره، دست‌کم."};

constexpr Words note_of_areas{"Areas are drawn by straight distance.",
                              "محدوده‌ها با فاصله مستقیم ترسیم شده‌اند."};

MapView status_view() {
    return {.needs = "units",
            .name = {"Status", "وضعیت"},
            .headline = {"Where no industrial zone is within reach", "کجا ناحیه صنعتی در دسترس نیست"},
            .note = note_of_names,
            .figures = {units_over,
                        {{"… no zone in reach", "… بدون ناحیه در دسترس"}, "units_no_zone"},
                        {{"… zone in reach, but full", "… ناحیه در دسترس، اما پر"}, "units_zone_full"},
                        {{"… served", "… برخوردار"}, "units_served"},
                        left_out,
                        {{"Population unknown", "واحدهای با جمعیت نامعلوم"}, "units_threshold_unknown"}},
            .layers = {{"units"}, {"zones"}, {"zone_points"}, {"settlements"}}};
}

MapView people_view() {
    return {.needs = "units",
            .name = {"People left out", "جمعیت بی‌بهره"},
            .headline = {"How many people have no industrial zone within reach", "چند نفر ناحیه صنعتی در دسترس ندارند"},
            .note = note_of_names,
            .figures = {units_over,
                        {{"People in them", "جمعیت این واحدها"}, "population_over"},
                        left_out,
                        {{"Land needed, ha", "زمین لازم، هکتار"}, "target_ha", "", 1},
                        {{"… in new zones, ha", "… در نواحی جدید، هکتار"}, "new_zone_ha", "", 1}},
            .layers = {{"units", 1}, {"zones"}, {"zone_points"}, {"settlements"}}};
}

MapView supply_view() {
    return {.needs = "allocations",
            .name = {"Supply", "تأمین"},
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

struct AreaView {
    Words name;
    Words headline;
    std::size_t theme;  ///< Of `area_maps`; those of the sources follow on two others.
};

constexpr AreaView area_views[] = {
    {{"Reach of power", "دسترسی به برق"},
     {"What sources of power reach, and what they do not",
      "منابع برق کجا می‌رسند و کجا نمی‌رسند"},
     0},
    {{"Reach of water", "دسترسی به آب"},
     {"What sources of water reach, and what they do not",
      "منابع آب کجا می‌رسند و کجا نمی‌رسند"},
     1},
    {{"Reach of gas", "دسترسی به گاز"},
     {"What sources of gas reach, and what they do not",
      "منابع گاز کجا می‌رسند و کجا نمی‌رسند"},
     2},
    {{"Reach of telecom", "دسترسی به مخابرات"},
     {"What sources of telecom reach, and what they do not",
      "مراکز مخابرات کجا می‌رسند و کجا نمی‌رسند"},
     3},
};

MapView view_of(const AreaView& area) {
    return {.needs = "service_areas",
            .name = area.name,
            .headline = area.headline,
            .note = note_of_areas,
            .figures = {},
            .layers = {{"unserved_rest", area.theme},
                       {"service_areas", area.theme},
                       {"zones"},
                       {"zone_points"},
                       {"sources", area.theme + 2},
                       {"source_lines", area.theme + 2}}};
}

constexpr std::string_view travel_totals = "travel_rollups";
constexpr Words note_of_travel{
    "Under a name: minutes from its centre to the nearest serving zone. A place without a way is in no figure.",
    R"(زیر هر نام: دقیقه از مرکز تا نزدیک‌ترین ناحیه فعال. جاهای بی‌مسیر در شمار نیامده‌اند.)"};
constexpr Words note_of_beyond{
    "Under a name: people known to live beyond the farthest limit. A place without a way is in no figure.",
    R"(زیر هر نام: جمعیتی که می‌دانیم فراتر از دورترین حد است. جاهای بی‌مسیر در شمار نیامده‌اند.)"};
constexpr Words note_of_isochrones{
    "Cells from which a serving zone can be reached in these minutes. A place without a way is in no figure.",
    R"(جاهایی که از آن‌ها در این زمان می‌توان به ناحیه فعال رسید. جاهای بی‌مسیر در شمار نیامده‌اند.)"};

/// "People within" is that of the farthest limit: the greatest of the nation's rows.
std::vector<KeyFigure> travel_figures() {
    return {{{"Mean minutes", "میانگین دقیقه"}, "mean_min", "", 1, travel_totals},
            {{"Longest way, minutes", "طولانی‌ترین مسیر، دقیقه"},
             "longest_min",
             "",
             0,
             travel_totals},
            {{"Farthest limit, minutes", "دورترین حد، دقیقه"}, "limit_min", "", 0, travel_totals},
            {{"… people within", "… جمعیت در این حد"}, "people_within_at_least", "", 0, travel_totals},
            {{"… of people known", "… از جمعیت معلوم"}, "population_known", "", 0, travel_totals},
            {{"Settlements without a way", "آبادی‌های بی‌مسیر"},
             "settlements_unroutable",
             "",
             0,
             travel_totals}};
}

MapView travel_view() {
    return {.needs = "unit_travel",
            .name = {"Travel time", "زمان سفر"},
            .headline = {"How many minutes the nearest industrial zone is away",
                         "نزدیک‌ترین ناحیه صنعتی چند دقیقه دور است"},
            .note = note_of_travel,
            .figures = travel_figures(),
            .layers = {{"unit_travel"}, {"zone_travel"}, {"settlement_travel"}}};
}

MapView beyond_view() {
    return {.needs = "unit_travel",
            .name = {"People beyond", "جمعیت دور"},
            .headline = {"How many people live beyond the farthest limit",
                         "چند نفر فراتر از دورترین حد زندگی می‌کنند"},
            .note = note_of_beyond,
            .figures = travel_figures(),
            .layers = {{"unit_travel", 2}, {"zone_travel"}, {"unroutable"}}};
}

MapView isochrone_view() {
    return {.needs = "isochrones",
            .name = {"Isochrones", "هم‌زمان‌ها"},
            .headline = {"From where a zone can be reached in time",
                         "از کجا می‌توان به‌موقع به ناحیه رسید"},
            .note = note_of_isochrones,
            .figures = travel_figures(),
            .layers = {{"unit_travel", 3}, {"isochrones"}, {"zone_travel"}}};
}

std::vector<MapView> make_views() {
    std::vector<MapView> views{status_view(), people_view(), supply_view()};
    for (const AreaView& area : area_views) views.push_back(view_of(area));
    for (MapView view : {travel_view(), beyond_view(), isochrone_view()}) views.push_back(std::move(view));
    return views;
}

}  // namespace

std::vector<MapView> map_views(std::span<const StoredLayer> layers) {
    std::vector<MapView> views;
    for (MapView& view : make_views())
        if (std::ranges::find(layers, view.needs, &StoredLayer::name) != layers.end()) views.push_back(std::move(view));
    return views;
}

}  // namespace amayesh::detail
