#include <algorithm>

#include <fmt/format.h>

#include "webpage/people_by_distance.hpp"
#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

Json figure(const char* id, Json value, const char* unit, const Bilingual& title) {
    return {{"id", id}, {"value", std::move(value)}, {"unit", unit}, {"title", to_json(title)}};
}

void add_range(Json& figure, Json low, Json high) {
    figure["low"] = std::move(low);
    figure["high"] = std::move(high);
}

/// After those that it has.
void add_note(Json& figure, const Bilingual& note) {
    for (const auto& [language, text] : {std::pair{"en", note.en}, std::pair{"fa", note.fa}}) {
        Json& notes = figure["note"][language];
        notes = notes.is_null() ? text : notes.get<std::string>() + " " + text;
    }
}

Bilingual unknown_in(const ReportInput& input, std::int64_t units) {
    const Bilingual count = whole_text(units);
    return {fmt::format("Not known for {} of the {}.", count.en, units_text(input).en),
            fmt::format("برای {} مورد از {} نامعلوم است.", count.fa, units_text(input).fa)};
}

Json people_left_out(const ReportInput& input) {
    const Rollup& nation = input.nation;
    const bool is_unknown = nation.over > 0 && nation.at_least_unknown_units == nation.over;
    Json left = figure("people_left_out", is_unknown ? Json(nullptr) : Json(nation.left_out_at_least), "people",
                       {"People left out", "جمعیت بی‌بهره"});
    const bool has_most = nation.at_most_unknown_units == 0;
    if (!is_unknown && (!has_most || nation.left_out_at_most != nation.left_out_at_least))
        add_range(left, nation.left_out_at_least, has_most ? Json(nation.left_out_at_most) : Json(nullptr));
    if (nation.at_least_unknown_units == 0) return left;
    if (nation.left_out_at_least == 0) left["value"] = nullptr;  // a 0 would be read as nobody
    add_note(left, unknown_in(input, nation.at_least_unknown_units));
    return left;
}

/// Why nobody can say whether a unit has a zone in reach.
struct UnknownReason {
    UnitReason reason;
    Bilingual note;  ///< Of so many units.
};

/// What is not known of units without a zone in reach, reason by reason.
void add_notes_of_unknown(Json& figure, const ReportInput& input) {
    static const UnknownReason reasons[] = {
        {UnitReason::zones_layer_incomplete,
         {"For {} of them none is known: the list of zones is not complete.",
          R"(برای {} مورد ناحیه‌ای شناخته نشده است: فهرست نواحی کامل نیست.)"}},
        {UnitReason::zone_position_unknown,
         {"For {} of them none is known: the position of a zone is not.",
          R"(برای {} مورد ناحیه‌ای شناخته نشده است: جای ناحیه‌ای نامعلوم است.)"}},
        {UnitReason::zone_status_unknown,
         {"For {} of them none is known: the status of a zone in reach is not.",
          R"(برای {} مورد ناحیه‌ای شناخته نشده است: وضعیت ناحیه‌ای در دسترس نامعلوم است.)"}},
        {UnitReason::centre_unknown,
         {"For {} of them none is known: they have no centre to measure from.",
          R"(برای {} مورد ناحیه‌ای شناخته نشده است: مرکزی برای سنجش ندارند.)"}},
        {UnitReason::no_way_known,
         {"For {} of them none is known: no way was found to a zone that may be near.",
          R"(برای {} مورد ناحیه‌ای شناخته نشده است: به ناحیه‌ای که شاید نزدیک باشد مسیری یافت نشد.)"}},
    };
    for (const auto& [reason, note] : reasons) {
        const auto units = std::ranges::count_if(input.result.units, [&, wanted = reason](const UnitGap& gap) {
            return gap.status == UnitStatus::no_zone_known_in_reach && gap.reason == wanted;
        });
        if (units == 0) continue;
        const Bilingual count = whole_text(units);
        add_note(figure, {fmt::format(fmt::runtime(note.en), count.en), fmt::format(fmt::runtime(note.fa), count.fa)});
    }
}

/// Of units over the threshold, as those who are left out.
Json people_without_way(const ReportInput& input) {
    const std::int64_t people = people_by_distance(input).without_way;
    Json figure_of_people =
        figure("people_without_way", people, "people", {"People without a way", "جمعیت بی‌مسیر"});
    add_note(
        figure_of_people,
        {"They are neither near nor far: not among the people left out, at least.",
         R"(نه نزدیک به شمار می‌آیند و نه دور: در حداقل جمعیت بی‌بهره نیستند.)"});
    return figure_of_people;
}

Json land(const char* id, const StepRange& steps, const Bilingual& title) {
    const auto hectares = [](std::int64_t value) { return rounded(static_cast<double>(value) / steps_per_ha); };
    Json range = figure(id, hectares(steps.central), "ha", title);
    add_range(range, hectares(steps.low), hectares(steps.high));
    return range;
}

Json shortfall(const ReportInput& input, UtilityKind utility, const Bilingual& title) {
    const Rollup& nation = input.nation;
    const std::int64_t unknown = nation.shared_unknown_units[utility];
    const auto& shared = nation.shared[utility];
    const auto amount = [&](Case scenario) {
        return rounded(static_cast<double>(shared[scenario].shortfall) / steps_per_unit[utility]);
    };
    const bool is_unknown = unknown > 0 && shared[Case::central].demand == 0;
    const std::string id = fmt::format("{}_shortfall", to_string(utility));
    Json range = figure(id.c_str(), is_unknown ? Json(nullptr) : Json(amount(Case::central)),
                        std::string(unit_name(utility)).c_str(), title);
    if (!is_unknown) add_range(range, amount(Case::low), amount(Case::high));
    if (unknown > 0) add_note(range, unknown_in(input, unknown));
    return range;
}

/// Of units whose population is not known nobody can say what they lack: where that is all of them, there is no figure.
void leave_out_unknown_units(Json& figures, const ReportInput& input) {
    const Rollup& nation = input.nation;
    if (nation.threshold_unknown == 0) return;
    const Bilingual count = whole_text(nation.threshold_unknown);
    const Bilingual note{fmt::format("Without {} whose population is not known.", count.en),
                         fmt::format("بدون {} مورد با جمعیت نامعلوم.", count.fa)};
    for (Json& figure : figures) {
        if (figure["id"] != "units_over") add_note(figure, note);
        if (!nation.is_threshold_unknown()) continue;
        figure["value"] = nullptr;
        figure.erase("low");
        figure.erase("high");
    }
}

}  // namespace

Json key_figures_json(const ReportInput& input) {
    const Rollup& nation = input.nation;
    const Bilingual over = whole_text(input.result.options.assessment.over);
    const Bilingual reach = zone_limit_text(input);
    Json figures = Json::array();
    Json units =
        figure("units_over", nation.over, "",
               {fmt::format("{} of more than {} people",
                            input.result.options.assessment.kind == UnitKind::rural_district ? "Rural districts"
                                                                                             : "Settlements",
                            over.en),
                fmt::format("{} با بیش از {} نفر", units_text(input).fa, over.fa)});
    if (nation.threshold_unknown > 0)
        add_note(units,
                 {fmt::format("For {} more the population is not known.", whole_text(nation.threshold_unknown).en),
                  fmt::format("جمعیت {} واحد دیگر نامعلوم است.", whole_text(nation.threshold_unknown).fa)});
    figures.push_back(std::move(units));
    Json without = figure("units_without_zone", nation.no_zone + nation.no_zone_known, "",
                          {fmt::format("Of these without a zone within {}", reach.en),
                           fmt::format("از این شمار، بدون ناحیه صنعتی تا {}", reach.fa)});
    add_notes_of_unknown(without, input);
    figures.push_back(std::move(without));
    figures.push_back(people_left_out(input));
    if (input.result.reach != ReachKind::straight) figures.push_back(people_without_way(input));
    figures.push_back(land("new_zone_ha", nation.new_zone, {"Land for new zones", "زمین لازم برای نواحی جدید"}));
    figures.push_back(land("credited_net_ha", nation.credited_net,
                           {"Vacant land promised in existing zones", "زمین خالی واگذارشده در نواحی موجود"}));
    figures.push_back(shortfall(input, UtilityKind::water, {"Shortfall of water", "کمبود آب"}));
    figures.push_back(shortfall(input, UtilityKind::power, {"Shortfall of power", "کمبود برق"}));
    figures.push_back(shortfall(input, UtilityKind::gas, {"Shortfall of gas", "کمبود گاز"}));
    leave_out_unknown_units(figures, input);
    return figures;
}

}  // namespace amayesh::detail
