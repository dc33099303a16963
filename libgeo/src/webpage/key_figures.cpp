#include <fmt/format.h>

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
        const std::string before = figure.contains("note") ? figure["note"].value(language, "") + " " : "";
        figure["note"][language] = before + text;
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
        if (nation.threshold_unknown < nation.units) continue;
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
    if (nation.no_zone_known > 0)
        add_note(
            without,
            {fmt::format("For {} of them none is known: the list of zones is not complete.",
                         whole_text(nation.no_zone_known).en),
             fmt::format(
                 "برای {} مورد ناحیه‌ای شناخته نشده است: فهرست نواحی کامل "
                 "نیست.",
                 whole_text(nation.no_zone_known).fa)});
    figures.push_back(std::move(without));
    figures.push_back(people_left_out(input));
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
