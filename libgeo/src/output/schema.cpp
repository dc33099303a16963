#include <amayesh/output/schema.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/output/word_titles.hpp>

#include "output/layer_columns.hpp"

namespace amayesh {

namespace {

std::string_view type_name(Column::Type type) {
    switch (type) {
        case Column::Type::integer:
            return "integer";
        case Column::Type::real:
            return "real";
        case Column::Type::text:
            return "text";
    }
    return {};
}

template <class Row>
std::vector<ColumnSchema> schema_of(std::span<const detail::LayerColumn<Row>> columns) {
    std::vector<ColumnSchema> result;
    for (const auto& c : columns)
        result.push_back({c.name, c.short_name, c.type, c.unit, c.null_means, c.title_en, c.title_fa});
    return result;
}

std::vector<LayerSchema> make_schema() {
    using namespace detail;
    return {
        {"units", "polygon or point", "one assessed unit", "Assessed units", "واحدهای ارزیابی‌شده",
         schema_of(unit_columns())},
        {"unit_utilities", "none", "one unit, utility and case", "Utilities of the units", "خدمات واحدها",
         schema_of(unit_utility_columns())},
        {"zones", "polygon", "one industrial estate, zone or special economic zone", "Industrial estates and zones",
         "شهرک‌ها و نواحی صنعتی", schema_of(zone_columns())},
        {"zone_points", "point", "one zone known only as a point; absent where there is none", "Zones known as points",
         "نواحی نقطه‌ای", schema_of(zone_columns())},
        {"sources", "point", "one source of a utility", "Sources of utilities", "منابع تأمین",
         schema_of(source_columns())},
        {"source_lines", "line", "one source that is a line; absent where there is none", "Networks", "شبکه‌ها",
         schema_of(source_columns())},
        {"allocations", "line",
         "one amount that goes from a source, or from the surplus of a zone, to a demand, in one case",
         "Allocations of headroom", "تخصیص ظرفیت", schema_of(allocation_columns())},
        {"service_areas", "polygon",
         "one utility and kind of source: everything in reach of such sources; written by allocate alone",
         "Service areas", "محدوده‌های خدمت", schema_of(service_area_columns())},
        {"unserved_rest", "polygon",
         "one utility and rural district: what of it lies beyond the reach of any source; written by allocate alone",
         "Unserved rest of the districts", "بخش بی‌خدمت دهستان‌ها",
         schema_of(unserved_rest_columns())},
        {"settlements", "point", "one settlement", "Settlements", "آبادی‌ها", schema_of(settlement_columns())},
        {"rollups", "none", "one county, province, or the nation", "Totals by area", "جمع‌بندی",
         schema_of(rollup_columns())},
        {"problems", "point", "one finding about the input", "Findings about the input", "ایرادهای داده",
         schema_of(problem_columns())},
        {"manifest", "none", "one fact about the run", "What the run was made from", "شناسنامه اجرا",
         schema_of(manifest_columns())},
        {"unit_travel", "polygon or point", "one assessed unit: its way to the nearest zone; written by reach alone",
         "Travel from the units", "سفر از واحدها", schema_of(unit_travel_columns())},
        {"unit_travel_people", "none", "one unit and limit in minutes; written by reach alone",
         "People of the units within minutes", "جمعیت واحدها در هر حد زمانی", schema_of(unit_travel_people_columns())},
        {"settlement_travel", "point", "one settlement: its way to the nearest zone; written by reach alone",
         "Travel from the settlements", "سفر از آبادی‌ها", schema_of(settlement_travel_columns())},
        {"zone_travel", "point", "one serving zone and those for whom it is the quickest; written by reach alone",
         "Zones and who is nearest to them", "نواحی و نزدیکان آن‌ها",
         schema_of(zone_travel_columns())},
        {"unroutable", "point", "one unit, settlement or zone without a way; written by reach alone",
         "Places without a way", "جاهای بی‌مسیر", schema_of(unroutable_columns())},
        {"travel_rollups", "none",
         "one county, province, or the nation, and limit in minutes: never add rows of several limits; written by "
         "reach "
         "alone",
         "Travel totals by area", "جمع‌بندی سفر", schema_of(travel_rollup_columns())},
        {"isochrones", "polygon",
         "one limit in minutes: every place from which a zone is within it; written by reach by the surface alone",
         "Areas within minutes of a zone", "محدوده‌های هم‌زمان", schema_of(isochrone_columns())},
        {"changed_units", "polygon or point",
         "one unit that differs between two results, with its geometry of the second; written by diff alone",
         "Units that changed", "واحدهای تغییرکرده", schema_of(changed_unit_columns())},
        {"changed_values", "none", "one value that differs between two results; written by diff alone",
         "Values that changed", "مقدارهای تغییرکرده", schema_of(changed_value_columns())},
    };
}

std::vector<std::pair<std::string, std::string>> domain_of(std::string_view layer, const std::string& column) {
    std::vector<std::pair<std::string, std::string>> domain;
    for (const std::string_view word : words_of_column(layer, column))
        domain.emplace_back(word, word_title(word, TitleLanguage::english));
    return domain;
}

}  // namespace

const std::vector<LayerSchema>& result_schema() {
    static const std::vector<LayerSchema> schema = make_schema();
    return schema;
}

std::string schema_as_json() {
    nlohmann::ordered_json root;
    root["schema_version"] = schema_version;
    for (const LayerSchema& layer : result_schema()) {
        nlohmann::ordered_json columns = nlohmann::ordered_json::array();
        for (const ColumnSchema& c : layer.columns)
            columns.push_back({{"name", c.name},
                               {"short_name", c.short_name},
                               {"type", type_name(c.type)},
                               {"unit", c.unit},
                               {"null_means", c.null_means},
                               {"title_en", c.title_en},
                               {"title_fa", c.title_fa}});
        root["layers"].push_back({{"name", layer.name},
                                  {"geometry", layer.geometry},
                                  {"row", layer.row},
                                  {"title_en", layer.title_en},
                                  {"title_fa", layer.title_fa},
                                  {"columns", std::move(columns)}});
    }
    return root.dump(2) + "\n";
}

std::string schema_as_markdown() {
    std::string page = fmt::format(
        "# Layers and columns\n\nSchema version {}. Written by `amayesh schema`; a test compares this page "
        "with the program.\nA column is never renamed or taken away within a major version; new layers and columns "
        "raise the minor version. NULL is never zero: the column \"NULL means\" says what it is; where it is empty "
        "the column always has a value.\n`short` is the name in a Shapefile.\n",
        schema_version);
    for (const LayerSchema& layer : result_schema()) {
        page += fmt::format("\n## {}\n\n{} · {}. Geometry: {}. One row: {}.\n\n", layer.name, layer.title_en,
                            layer.title_fa, layer.geometry, layer.row);
        page += "| column | short | type | unit | NULL means | title | عنوان |\n|---|---|---|---|---|---|---|\n";
        for (const ColumnSchema& c : layer.columns)
            page += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", c.name, c.short_name, type_name(c.type),
                                c.unit, c.null_means, c.title_en, c.title_fa);
    }
    return page;
}

LayerDefinition layer_definition(std::string_view layer, GeometryKind geometry, TitleLanguage language) {
    const auto found = std::ranges::find(result_schema(), layer, &LayerSchema::name);
    if (found == result_schema().end()) throw InvalidInput("no result layer '" + std::string(layer) + "'");
    const bool persian = language == TitleLanguage::persian;
    LayerDefinition definition{.name = found->name,
                               .title = persian ? found->title_fa : found->title_en,
                               .description = "One row: " + found->row,
                               .geometry = geometry,
                               .fields = {}};
    if (layer == "units") definition.key = {"unit_id"};
    if (layer == "unit_utilities") definition.key = {"unit_id", "utility", "case"};
    if (layer == "unit_travel") definition.key = {"unit_id"};
    if (layer == "unit_travel_people") definition.key = {"unit_id", "limit_min"};
    for (const ColumnSchema& c : found->columns) {
        std::string comment = c.unit;
        if (!c.null_means.empty()) comment += (comment.empty() ? "NULL: " : "; NULL: ") + c.null_means;
        definition.fields.push_back({.name = c.name,
                                     .short_name = c.short_name,
                                     .type = c.type,
                                     // a nation's people, not a place's
                                     .is_wide = layer == "rollups" || layer == "service_areas" ||
                                                layer == "travel_rollups" || layer == "zone_travel",
                                     .title = c.title_en,
                                     .comment = std::move(comment),
                                     .required = false,
                                     .domain = domain_of(layer, c.name)});
    }
    return definition;
}

}  // namespace amayesh
