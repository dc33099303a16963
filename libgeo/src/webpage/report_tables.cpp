#include <algorithm>
#include <map>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/output/word_titles.hpp>

#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::size_t most_problems = 2'000;  ///< Findings come in order: errors first.
constexpr std::size_t most_unroutable = 2'000;

constexpr std::size_t most_utility_rows = 12'000;

/// How a table of the page is made from a layer.
struct TableForm {
    std::string_view layer;
    std::string_view key;  ///< Column that names a row; empty = none.
    Names shown;           ///< Columns that the page shows at first.
};

constexpr std::string_view shown_units[] = {"name",
                                            "county",
                                            "province",
                                            "population",
                                            "status",
                                            "reason",
                                            "nearest_zone_km",
                                            "quickest_zone_min",
                                            "people_left_out_min",
                                            "people_left_out_max",
                                            "target_ha",
                                            "credited_net_ha",
                                            "new_zone_ha",
                                            "water_shortfall_lps",
                                            "power_shortfall_mw",
                                            "gas_shortfall_m3h",
                                            "priority_rank"};
constexpr std::string_view of_travel_alone = "quickest_zone_min";
constexpr std::string_view shown_unit_utilities[] = {"unit_name",  "utility",   "case",      "demand",
                                                     "own_supply", "allocated", "shortfall", "shared_reason"};
constexpr std::string_view shown_zones[] = {"name",
                                            "kind",
                                            "status",
                                            "county",
                                            "gross_ha",
                                            "usable_land_ha",
                                            "promised_ha",
                                            "water_shortfall_lps",
                                            "power_shortfall_mw",
                                            "gas_shortfall_m3h"};
constexpr std::string_view shown_sources[] = {"name",          "utility",           "role",     "capacity",
                                              "in_use",        "committed_counted", "headroom", "given",
                                              "headroom_left", "unit_of_amounts"};
constexpr std::string_view shown_rollups[] = {"level",
                                              "province",
                                              "county",
                                              "units",
                                              "units_over",
                                              "units_served",
                                              "units_no_zone",
                                              "people_left_out_min",
                                              "people_left_out_max",
                                              "new_zone_ha",
                                              "water_shortfall_lps",
                                              "power_shortfall_mw",
                                              "gas_shortfall_m3h"};
constexpr std::string_view shown_unroutable[] = {"place_kind", "name", "county", "province", "population", "reason"};
constexpr std::string_view shown_problems[] = {"severity", "kind", "layer", "feature", "message", "action"};
constexpr std::string_view shown_manifest[] = {"section", "key", "value"};

constexpr TableForm unit_utilities_form{"unit_utilities", "unit_id", shown_unit_utilities};
constexpr TableForm zones_form{"zones", "zone_id", shown_zones};
constexpr TableForm sources_form{"sources", "source_id", shown_sources};
constexpr TableForm rollups_form{"rollups", "", shown_rollups};
constexpr TableForm unroutable_form{"unroutable", "place_id", shown_unroutable};
constexpr TableForm problems_form{"problems", "", shown_problems};
constexpr TableForm manifest_form{"manifest", "", shown_manifest};

std::string_view type_name(Column::Type type) {
    return type == Column::Type::integer ? "integer" : type == Column::Type::real ? "real" : "text";
}

Json column_json(std::string_view layer, const ColumnSchema& column, WordSet& words) {
    Json json{{"name", column.name},
              {"title", to_json(Bilingual{column.title_en, column.title_fa})},
              {"unit", column.unit},
              {"type", type_name(column.type)},
              {"null", column.null_means}};
    const auto of_column = words_of_column(layer, column.name);
    if (of_column.empty()) return json;
    json["words"] = true;
    words.insert(of_column.begin(), of_column.end());
    return json;
}

Json cell(FieldValue&& value) {
    if (auto* text = std::get_if<std::string>(&value)) return std::move(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* real = std::get_if<double>(&value)) return rounded(*real);
    return nullptr;
}

std::size_t index_of(const std::vector<std::string>& names, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

/// `keeps`: whether a row, by its index, is in the table.
template <class Keeps>
ReportTable make_table(const TableForm& form, TableRows&& rows, WordSet& words, const Keeps& keeps) {
    const auto schema = std::ranges::find(result_schema(), form.layer, &LayerSchema::name);
    ReportTable table;
    table.json = {{"name", form.layer}, {"title", to_json(Bilingual{schema->title_en, schema->title_fa})}};
    Json& columns = table.json["columns"] = Json::array();
    for (const ColumnSchema& column : schema->columns) columns.push_back(column_json(form.layer, column, words));
    Json::array_t kept;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        table.row_of_feature.push_back(keeps(i) ? kept.size() : no_index);
        if (!keeps(i)) continue;
        Json::array_t cells;
        cells.reserve(rows.columns.size());
        for (FieldValue& value : rows.rows[i]) cells.push_back(cell(std::move(value)));
        kept.emplace_back(std::move(cells));
    }
    table.json["rows"] = std::move(kept);
    table.json["key"] = form.key.empty() ? Json(nullptr) : Json(index_of(rows.columns, form.key));
    table.json["shown"] = form.shown;
    return table;
}

ReportTable make_table(const TableForm& form, TableRows&& rows, WordSet& words) {
    return make_table(form, std::move(rows), words, [](std::size_t) { return true; });
}

ReportTable units_table(const ReportInput& input, WordSet& words) {
    const bool all = input.result.options.assessment.kind == UnitKind::rural_district;
    std::vector<std::string_view> shown(std::begin(shown_units), std::end(shown_units));
    if (input.result.reach == ReachKind::straight) std::erase(shown, of_travel_alone);
    const TableForm units_form{"units", "unit_id", shown};
    ReportTable table = make_table(units_form, unit_rows(input.layers), words, [&](std::size_t i) {
        return all || input.result.units[i].unit.threshold != Threshold::not_over;
    });
    if (!all)
        table.json["note"] =
            to_json(Bilingual{"Settlements that are not over the threshold are left out.",
                              "آبادی‌های زیر آستانه جمعیت نیامده‌اند."});
    return table;
}

/// What people know a unit by, in a column of its own at the end; its id where it has no name.
void add_unit_names(Json& table, const ReportInput& input) {
    std::map<std::string_view, std::string_view> names;
    for (const UnitGap& gap : input.result.units)
        names.emplace(gap.unit.id, gap.unit.name.empty() ? gap.unit.id : gap.unit.name);
    table["columns"].push_back({{"name", "unit_name"},
                                {"title", to_json(Bilingual{"Name", "نام"})},
                                {"unit", ""},
                                {"type", "text"},
                                {"null", ""}});
    for (Json& row : table["rows"]) {
        const auto& id = row[table["key"].get<std::size_t>()].get_ref<const std::string&>();
        row.push_back(names.at(id));
    }
}

/// Units over the threshold; where their rows are too many, the central case alone.
ReportTable unit_utilities_table(const ReportInput& input, WordSet& words) {
    constexpr std::size_t cases = all_cases.size();
    constexpr std::size_t rows_of_a_unit = all_utilities.size() * cases;
    const bool all_of_them = static_cast<std::size_t>(input.nation.over) * rows_of_a_unit <= most_utility_rows;
    ReportTable table = make_table(unit_utilities_form, unit_utility_rows(input.layers), words, [&](std::size_t i) {
        const bool is_over = input.result.units[i / rows_of_a_unit].unit.threshold == Threshold::over;
        return is_over && (all_of_them || all_cases[i % cases] == Case::central);
    });
    add_unit_names(table.json, input);
    mark_column(table.json, "unit_of_amounts", "terms");
    table.json["note"] = to_json(
        all_of_them
            ? Bilingual{"Units over the threshold; the others ask for nothing.",
                        "واحدهای بالای آستانه جمعیت؛ برای دیگر واحدها نیازی سنجیده "
                        "نمی‌شود."}
            : Bilingual{"Units over the threshold, central case; the GeoPackage of 'amayesh gap' has all cases.",
                        "واحدهای بالای آستانه جمعیت، حالت میانه؛ "
                        "همه حالت‌ها در خروجی «amayesh gap» است."});
    return table;
}

/// Places from which, or zones to which, no way was found.
ReportTable unroutable_table(const ReportInput& input, WordSet& words) {
    TableRows rows = unroutable_rows(input.layers);
    const std::size_t all = rows.rows.size();
    ReportTable table =
        make_table(unroutable_form, std::move(rows), words, [](std::size_t i) { return i < most_unroutable; });
    if (all > most_unroutable) {
        const Bilingual shown = whole_text(most_unroutable);
        const Bilingual found = whole_text(static_cast<std::int64_t>(all));
        table.json["note"] = to_json(Bilingual{
            fmt::format("The first {} of {} places; 'amayesh reach' lists them all.", shown.en, found.en),
            fmt::format(
                R"({} مورد نخست از {} جا؛ دستور «amayesh reach» همه را فهرست می‌کند.)",
                shown.fa, found.fa)});
    }
    return table;
}

ReportTable problems_table(const ReportInput& input, WordSet& words) {
    TableRows rows = problem_rows(input.layers);
    const std::size_t all = rows.rows.size();
    ReportTable table =
        make_table(problems_form, std::move(rows), words, [](std::size_t i) { return i < most_problems; });
    mark_column(table.json, "layer", "terms");
    if (all > most_problems) {
        const Bilingual shown = whole_text(most_problems);
        const Bilingual found = whole_text(static_cast<std::int64_t>(all));
        table.json["note"] = to_json(
            Bilingual{fmt::format("The first {} of {} findings; 'amayesh check' lists them all.", shown.en, found.en),
                      fmt::format("{} مورد نخست از {} مورد؛ دستور «amayesh check» همه را فهرست "
                                  "می‌کند.",
                                  shown.fa, found.fa)});
    }
    return table;
}

ReportTable manifest_table(const ReportInput& input, WordSet& words) {
    ReportTable table = make_table(manifest_form, manifest_rows(input.layers), words);
    mark_column(table.json, "section", "terms");
    return table;
}

/// The same with the names of units in the language of the page.
ReportTable with_unit_terms(ReportTable table) {
    mark_column(table.json, "unit_of_amounts", "terms");
    return table;
}

}  // namespace

void mark_column(Json& table, std::string_view name, const char* mark) {
    for (Json& column : table["columns"])
        if (column["name"] == name) column[mark] = true;
}

ReportTables report_tables(const ReportInput& input, WordSet& words) {
    return {.units = units_table(input, words),
            .unit_utilities = unit_utilities_table(input, words),
            .zones = make_table(zones_form, zone_rows(input.layers), words),
            .sources = with_unit_terms(make_table(sources_form, source_rows(input.layers), words)),
            .rollups = make_table(rollups_form, rollup_rows(input.layers), words),
            .unroutable = unroutable_table(input, words),
            .problems = problems_table(input, words),
            .standards = standards_table(input, words),
            .manifest = manifest_table(input, words)};
}

}  // namespace amayesh::detail
