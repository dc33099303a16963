#include <amayesh/output/word_titles.hpp>

#include <algorithm>
#include <array>

namespace amayesh {
namespace {

struct WordTitle {
    std::string_view word;
    std::string_view english;
    std::string_view persian;
};

constexpr auto word_titles = std::to_array<WordTitle>({
    {"village", "Village", "روستا"},
    {"city", "City", "شهر"},
    {"block", "Block", "بلوک"},
    {"nomadic", "Nomadic", "عشایری"},
    {"other", "Other", "سایر"},
    {"unknown", "Unknown", "نامشخص"},
    {"industrial_estate", "Industrial estate", "شهرک صنعتی"},
    {"industrial_zone", "Industrial zone", "ناحیه صنعتی"},
    {"special_economic_zone", "Special economic zone", "منطقه ویژه اقتصادی"},
    {"operating", "Operating", "فعال"},
    {"under_construction", "Under construction", "در حال ساخت"},
    {"approved", "Approved", "مصوب"},
    {"planned", "Planned", "پیشنهادی"},
    {"closed", "Closed", "تعطیل"},
    {"vacant", "Vacant", "خالی"},
    {"contracted", "Contracted", "قرارداد"},
    {"idle", "Idle", "راکد"},
    {"repossessable", "Can be repossessed", "قابل خلع ید"},
    {"water", "Water", "آب"},
    {"power", "Power", "برق"},
    {"gas", "Gas", "گاز"},
    {"telecom", "Telecom", "مخابرات"},
    {"distribution", "Distribution: can serve a zone", "توزیع"},
    {"context", "Context: drawn alone", "انتقال یا تولید"},
    {"none", "None", "ندارد"},
    {"phone", "Phone", "تلفن"},
    {"copper", "Copper", "سیم مسی"},
    {"fibre", "Fibre", "فیبر نوری"},
    {"yes", "Yes", "بله"},
    {"reverse", "Yes, against its drawing", "بله، برعکس جهت ترسیم"},
    {"no", "No", "خیر"},
    {"1", "Yes", "بله"},
    {"0", "No", "خیر"},
    {"low", "Low", "کم"},
    {"central", "Central", "میانه"},
    {"high", "High", "زیاد"},
    {"rural_district", "Rural district", "دهستان"},
    {"settlement", "Settlement", "آبادی"},
    {"settlements", "Settlements", "آبادی‌ها"},
    {"county", "County", "شهرستان"},
    {"province", "Province", "استان"},
    {"nation", "Nation", "کشور"},
    {"served", "Served", "برخوردار"},
    {"zone_full", "Zone in reach, but full", "ناحیه در دسترس، اما پر"},
    {"no_zone_in_reach", "No zone in reach", "بدون ناحیه در دسترس"},
    {"no_zone_known_in_reach", "No zone known in reach", "بدون ناحیه شناخته‌شده در دسترس"},
    {"not_over_threshold", "Not over the threshold", "کمتر از آستانه جمعیت"},
    {"population_unknown", "Population unknown", "جمعیت نامعلوم"},
    {"only_zones_not_operating", "Only zones that do not operate yet", "تنها نواحی غیرفعال در دسترس"},
    {"no_serving_zones", "No serving zones at all", "نبود ناحیه فعال"},
    {"zones_layer_incomplete", "The layer of zones is incomplete", "لایه نواحی ناقص است"},
    {"zone_position_unknown", "A zone's position is unknown", "موقعیت ناحیه نامعلوم"},
    {"zone_status_unknown", "A zone's status is unknown", "وضعیت ناحیه نامعلوم"},
    {"no_way_known", "No way to a zone known", "بدون مسیر شناخته‌شده به ناحیه"},
    {"land_taken_by_others", "Land taken by others", "واگذاری زمین به دیگران"},
    {"not_enough_usable_land", "Not enough usable land", "زمین خالی ناکافی"},
    {"centre_unknown", "Centre unknown", "مرکز نامعلوم"},
    {"over", "Over", "بیش از آستانه"},
    {"not_over", "Not over", "کمتر از آستانه"},
    {"attribute", "Attribute of the district", "ویژگی دهستان"},
    {"raster", "Raster", "رستر"},
    {"bounds", "Bounds", "کران‌ها"},
    {"given", "Given", "داده‌شده"},
    {"largest_settlement", "Largest settlement", "بزرگ‌ترین آبادی"},
    {"interior_point", "Interior point", "نقطه درونی"},
    {"settlements_partly", "Settlements, some unknown", "آبادی‌ها، برخی نامعلوم"},
    {"centre", "All follow the centre", "همه پیرو مرکز"},
    {"at_least", "At least", "حداقل"},
    {"at_most", "At most", "حداکثر"},
    {"reachable", "In reach", "در دسترس"},
    {"headroom_taken_by_others", "Headroom taken by others", "ظرفیت در اختیار دیگران"},
    {"no_source_in_reach", "No source in reach", "بدون منبع در دسترس"},
    {"no_source_known_in_reach", "No source known in reach", "بدون منبع شناخته‌شده در دسترس"},
    {"no_source_layer", "No layer of sources", "بدون لایه منابع"},
    {"no_headroom", "No headroom", "بدون ظرفیت آزاد"},
    {"unknown_capacity", "Capacity unknown", "ظرفیت نامعلوم"},
    {"class_too_low", "Class too low", "کلاس ناکافی"},
    {"not_assessed", "Not assessed", "ارزیابی‌نشده"},
    {"zone_occupied", "Occupied land of a zone", "زمین اشغال‌شده ناحیه"},
    {"zone_committed", "Committed land of a zone", "زمین تعهدشده ناحیه"},
    {"credited_land", "Land promised in a zone", "زمین واگذارشده در ناحیه"},
    {"unit_centre", "New zone at the centre of a unit", "ناحیه جدید در مرکز واحد"},
    {"any_source", "In reach of any source", "در دسترس هر منبع"},
    {"with_headroom", "In reach of a source with headroom", "در دسترس منبع دارای ظرفیت آزاد"},
    {"with_headroom_left", "In reach of a source with headroom left",
     "در دسترس منبع دارای ظرفیت باقی‌مانده"},
    {"complete", "Complete", "کامل"},
    {"incomplete", "Incomplete", "ناقص"},
    {"error", "Error", "خطا"},
    {"warning", "Warning", "هشدار"},
    {"note", "Note", "یادداشت"},
    {"layer_empty", "Layer without rows", "لایه خالی"},
    {"layer_damaged", "Layer damaged", "لایه آسیب‌دیده"},
    {"feature_unreadable", "Row cannot be read", "ردیف ناخوانا"},
    {"geometry_missing", "Shape missing", "بدون شکل"},
    {"geometry_empty", "Shape empty", "شکل خالی"},
    {"geometry_invalid", "Shape invalid", "شکل نامعتبر"},
    {"geometry_wrong_type", "Shape of the wrong type", "نوع شکل نادرست"},
    {"geometry_not_finite", "Coordinates not finite", "مختصات نامتناهی"},
    {"encoding_guessed", "Encoding guessed", "رمزگذاری حدسی"},
    {"text_implausible", "Text implausible", "متن نامحتمل"},
    {"crs_missing", "No coordinate system", "بدون دستگاه مختصات"},
    {"crs_mixed", "Coordinate systems mixed", "دستگاه‌های مختصات ناهمگون"},
    {"crs_assigned", "Coordinate system assigned", "دستگاه مختصات تعیین‌شده"},
    {"crs_inaccurate", "Coordinate transformation inaccurate", "تبدیل مختصات کم‌دقت"},
    {"axes_swapped", "Axes swapped", "جابه‌جایی محورها"},
    {"layers_disjoint", "Layers lie apart", "لایه‌های جدا از هم"},
    {"place_null_island", "Placed at 0°, 0°", "در مختصات صفر"},
    {"value_missing", "Value missing", "مقدار ناموجود"},
    {"value_not_a_number", "Not a number", "مقدار غیرعددی"},
    {"value_negative", "Value negative", "مقدار منفی"},
    {"value_not_finite", "Value not finite", "مقدار نامتناهی"},
    {"value_implausible", "Value implausible", "مقدار نامحتمل"},
    {"value_unknown_word", "Word unknown", "واژه ناشناخته"},
    {"units_mixed", "Units of measure mixed", "یکاهای ناهمگون"},
    {"date_implausible", "Date implausible", "تاریخ نامحتمل"},
    {"dates_spread", "Dates far apart", "تاریخ‌های دور از هم"},
    {"id_missing", "Id missing", "بدون شناسه"},
    {"id_duplicate", "Id repeated", "شناسه تکراری"},
    {"id_leading_zero_lost", "Leading zero lost", "صفر آغازین افتاده"},
    {"code_unmatched", "Code unmatched", "کد بی‌همتا"},
    {"name_unmatched", "Name unmatched", "نام بی‌همتا"},
    {"name_folded", "Name matched by its letters", "نام یکسان‌سازی‌شده"},
    {"name_ambiguous", "Name ambiguous", "نام مبهم"},
    {"selection_empty", "Selection empty", "گزینش خالی"},
    {"districts_overlap", "Districts overlap", "همپوشانی دهستان‌ها"},
    {"districts_gap", "Sliver between districts", "شکاف میان دهستان‌ها"},
    {"outside_every_district", "Outside every district", "بیرون از همه دهستان‌ها"},
    {"district_disagrees", "District disagrees with place", "ناسازگاری دهستان با مکان"},
    {"on_the_line", "On the line", "روی مرز"},
    {"zones_overlap", "Zones overlap", "همپوشانی نواحی"},
    {"plot_outside_zone", "Plot outside its zone", "قطعه بیرون از ناحیه"},
    {"area_disagrees", "Area disagrees with shape", "ناسازگاری مساحت با شکل"},
    {"population_disagrees", "Populations disagree", "ناسازگاری جمعیت‌ها"},
    {"population_exceeds_parent", "Population exceeds its parent", "جمعیت بیش از بالادست"},
    {"commitment_lapsed", "Commitment ended", "پایان‌یافتن تعهد"},
    {"use_unknown", "Use not known", "مصرف نامعلوم"},
    {"source_over_committed", "Source over-committed", "تعهد بیش از ظرفیت"},
    {"capacity_unknown", "Capacity unknown", "ظرفیت نامعلوم"},
    {"centre_outside", "Centre outside its district", "مرکز بیرون از دهستان"},
    {"source_without_role", "Source without role", "منبع بدون نقش"},
    {"coefficient_weak", "Coefficient weakly founded", "ضریب کم‌پشتوانه"},
    {"layer_incomplete", "Layer incomplete", "لایه ناقص"},
    {"unit", "Unit", "واحد"},
    {"zone", "Zone", "ناحیه"},
    {"no_position", "Position unknown", "موقعیت نامعلوم"},
    {"no_serving_zone", "No zone serves", "هیچ ناحیه‌ای فعال نیست"},
    {"outside_grid", "Outside the surface", "بیرون از سطح محاسبه"},
    {"no_access", "No road or passable ground near by", "بدون راه یا زمین گذرپذیر در نزدیکی"},
    {"no_way_to_any_zone", "No way to any zone", "بدون مسیر به هیچ ناحیه"},
    {"unroutable", "Without a way", "بی‌مسیر"},
    {"changed", "Changed", "تغییرکرده"},
    {"only_in_a", "Only in the first", "فقط در نتیجه نخست"},
    {"only_in_b", "Only in the second", "فقط در نتیجه دوم"},
});

using Words = std::string_view;

constexpr Words flags[] = {"1", "0"};
constexpr Words unit_kinds[] = {"rural_district", "settlement"};
constexpr Words population_sources[] = {"attribute", "settlements", "raster", "bounds", "none"};
constexpr Words thresholds[] = {"over", "not_over", "unknown"};
constexpr Words centre_sources[] = {"given", "largest_settlement", "interior_point", "settlement", "none"};
constexpr Words unit_statuses[] = {"no_zone_in_reach", "no_zone_known_in_reach", "zone_full",
                                   "served",           "not_over_threshold",     "population_unknown"};
constexpr Words unit_reasons[] = {"no_zone_in_reach",       "only_zones_not_operating", "no_serving_zones",
                                  "zones_layer_incomplete", "zone_position_unknown",    "zone_status_unknown",
                                  "not_enough_usable_land", "land_taken_by_others",     "centre_unknown",
                                  "no_way_known",           "population_unknown"};
constexpr Words people_bases[] = {"settlements", "settlements_partly", "centre", "none"};
constexpr Words priority_bases[] = {"at_least", "at_most"};
constexpr Words service_reasons[] = {
    "served",          "reachable",   "headroom_taken_by_others", "no_source_in_reach", "no_source_known_in_reach",
    "no_source_layer", "no_headroom", "unknown_capacity",         "class_too_low",      "not_assessed",
    "centre_unknown"};
constexpr Words reach_reasons[] = {"no_source_in_reach", "no_source_known_in_reach"};
constexpr Words service_kinds[] = {"any_source", "with_headroom", "with_headroom_left"};
constexpr Words layer_states[] = {"complete", "incomplete", "none"};
constexpr Words utilities[] = {"water", "power", "gas", "telecom"};
constexpr Words cases[] = {"low", "central", "high"};
constexpr Words telecom_classes[] = {"fibre", "copper", "phone", "none"};
constexpr Words zone_kinds[] = {"industrial_estate", "industrial_zone", "special_economic_zone", "other"};
constexpr Words zone_statuses[] = {"operating", "under_construction", "approved", "planned", "closed", "unknown"};
constexpr Words source_roles[] = {"distribution", "context"};
constexpr Words demand_kinds[] = {"zone_occupied", "zone_committed", "credited_land", "unit_centre"};
constexpr Words settlement_kinds[] = {"village", "city", "block", "nomadic", "other", "unknown"};
constexpr Words levels[] = {"nation", "province", "county"};
constexpr Words severities[] = {"error", "warning", "note"};
constexpr Words problem_kinds[] = {"layer_empty",
                                   "layer_damaged",
                                   "feature_unreadable",
                                   "geometry_missing",
                                   "geometry_empty",
                                   "geometry_invalid",
                                   "geometry_wrong_type",
                                   "geometry_not_finite",
                                   "encoding_guessed",
                                   "text_implausible",
                                   "crs_missing",
                                   "crs_mixed",
                                   "crs_assigned",
                                   "crs_inaccurate",
                                   "axes_swapped",
                                   "layers_disjoint",
                                   "place_null_island",
                                   "value_missing",
                                   "value_not_a_number",
                                   "value_negative",
                                   "value_not_finite",
                                   "value_implausible",
                                   "value_unknown_word",
                                   "units_mixed",
                                   "date_implausible",
                                   "dates_spread",
                                   "id_missing",
                                   "id_duplicate",
                                   "id_leading_zero_lost",
                                   "code_unmatched",
                                   "name_unmatched",
                                   "name_folded",
                                   "name_ambiguous",
                                   "selection_empty",
                                   "districts_overlap",
                                   "districts_gap",
                                   "outside_every_district",
                                   "district_disagrees",
                                   "on_the_line",
                                   "zones_overlap",
                                   "plot_outside_zone",
                                   "area_disagrees",
                                   "population_disagrees",
                                   "population_exceeds_parent",
                                   "source_over_committed",
                                   "commitment_lapsed",
                                   "use_unknown",
                                   "capacity_unknown",
                                   "centre_outside",
                                   "source_without_role",
                                   "coefficient_weak",
                                   "layer_incomplete",
                                   "unroutable"};

constexpr Words travel_places[] = {"unit", "settlement", "zone"};
constexpr Words unroutable_reasons[] = {"no_position", "no_serving_zone", "outside_grid", "no_access",
                                        "no_way_to_any_zone"};

constexpr Words unit_changes[] = {"changed", "only_in_a", "only_in_b"};

struct ColumnWords {
    std::string_view layer;  ///< Empty = every layer.
    std::string_view column;
    std::span<const Words> words;
};

constexpr auto column_words = std::to_array<ColumnWords>({
    {"units", "unit_kind", unit_kinds},
    {"units", "derived", flags},
    {"units", "population_source", population_sources},
    {"units", "threshold", thresholds},
    {"units", "centre_source", centre_sources},
    {"units", "status", unit_statuses},
    {"units", "reason", unit_reasons},
    {"units", "edge", flags},
    {"", "on_the_line", flags},
    {"units", "people_basis", people_bases},
    {"units", "reachable_telecom_class", telecom_classes},
    {"units", "water_reason", service_reasons},
    {"units", "power_reason", service_reasons},
    {"units", "gas_reason", service_reasons},
    {"units", "telecom_reason", service_reasons},
    {"units", "deprivation_known", flags},
    {"units", "priority_basis", priority_bases},
    {"", "utility", utilities},
    {"", "case", cases},
    {"unit_utilities", "required_class", telecom_classes},
    {"unit_utilities", "reachable_class", telecom_classes},
    {"unit_utilities", "reason", service_reasons},
    {"unit_utilities", "shared_reason", service_reasons},
    {"zones", "kind", zone_kinds},
    {"zones", "status", zone_statuses},
    {"zones", "sewer", flags},
    {"zone_points", "kind", zone_kinds},
    {"zone_points", "status", zone_statuses},
    {"zone_points", "sewer", flags},
    {"", "telecom_class", telecom_classes},
    {"", "role", source_roles},
    {"", "serves_without_amount", flags},
    {"allocations", "demand_kind", demand_kinds},
    {"service_areas", "kind", service_kinds},
    {"service_areas", "required_class", telecom_classes},
    {"service_areas", "sources_layer", layer_states},
    {"unserved_rest", "reason", reach_reasons},
    {"unserved_rest", "edge", flags},
    {"unserved_rest", "people_basis", people_bases},
    {"settlements", "kind", settlement_kinds},
    {"settlements", "zone_in_reach", flags},
    {"rollups", "level", levels},
    {"unit_travel", "threshold", thresholds},
    {"unit_travel_people", "people_basis", people_bases},
    {"unit_travel_people", "centre_within", flags},
    {"settlement_travel", "kind", settlement_kinds},
    {"zone_travel", "kind", zone_kinds},
    {"zone_travel", "status", zone_statuses},
    {"", "unroutable_reason", unroutable_reasons},
    {"unroutable", "place_kind", travel_places},
    {"unroutable", "reason", unroutable_reasons},
    {"travel_rollups", "level", levels},
    {"changed_units", "change", unit_changes},
    {"changed_units", "by_data", flags},
    {"changed_units", "by_standard", flags},
    {"changed_units", "by_method", flags},
    {"changed_units", "maybe_data", flags},
    {"changed_units", "maybe_standard", flags},
    {"changed_units", "maybe_method", flags},
    {"problems", "severity", severities},
    {"problems", "kind", problem_kinds},
});

}  // namespace

std::string_view word_title(std::string_view word, TitleLanguage language) {
    const auto found = std::ranges::find(word_titles, word, &WordTitle::word);
    if (found == word_titles.end()) return word;
    return language == TitleLanguage::persian ? found->persian : found->english;
}

std::span<const std::string_view> words_of_column(std::string_view layer, std::string_view column) {
    const auto found = std::ranges::find_if(column_words, [&](const ColumnWords& row) {
        return row.column == column && (row.layer.empty() || row.layer == layer);
    });
    return found == column_words.end() ? std::span<const std::string_view>{} : found->words;
}

}  // namespace amayesh
