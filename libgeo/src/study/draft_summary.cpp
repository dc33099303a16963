#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <amayesh/study/study_draft.hpp>

#include "study/text_table.hpp"
#include "study/toml_text.hpp"

namespace amayesh {
namespace {

using detail::one_line;
using detail::TextTable;
using detail::whole;
using Json = nlohmann::ordered_json;

std::string role_text(const DraftLayer& layer) {
    if (!layer.guess.role) return "–";
    std::string text(to_string(*layer.guess.role));
    if (layer.guess.utility) text += fmt::format(" ({})", to_string(*layer.guess.utility));
    if (layer.guess.level && *layer.guess.level != AreaLevel::rural_district)
        text += fmt::format(" ({})", to_string(*layer.guess.level));
    return text;
}

std::string origin_text(const FieldGuess& field) {
    if (!field.constant.empty()) return "\"" + field.constant + "\"";
    if (field.sum_of.size() > 3)
        return fmt::format("{} + {} + … ({} fields)", field.sum_of[0], field.sum_of[1], field.sum_of.size());
    return field.sum_of.empty() ? field.field : fmt::format("{}", fmt::join(field.sum_of, " + "));
}

void add_fields(const DraftLayer& layer, std::string& text) {
    TextTable table;
    table.add_column("attribute", TextTable::Align::left);
    table.add_column("sure?", TextTable::Align::left);
    table.add_column("field", TextTable::Align::left);
    for (const FieldGuess& field : layer.guess.fields)
        table.add_row({field.attribute, std::string(to_string(sureness_of(field.score))),
                       one_line(origin_text(field)) + (field.needs_unit ? "  (which unit?)" : "")});
    for (const AttributeRule& rule : attributes_of(*layer.guess.role)) {
        const bool is_for_layer = rule.name == "utility" || rule.name == "role";
        if (rule.required && !is_for_layer && layer.guess.find(rule.name) == nullptr)
            table.add_row({std::string(rule.name), "missing", "required: say which"});
    }
    text += table.text(4);
}

Json field_json(const FieldGuess& field) {
    Json json{{"attribute", field.attribute}};
    if (!field.field.empty()) json["field"] = field.field;
    if (!field.sum_of.empty()) json["sum"] = field.sum_of;
    if (!field.constant.empty()) json["value"] = field.constant;
    json["score"] = std::stod(fmt::format("{:.3f}", field.score));
    json["sureness"] = to_string(sureness_of(field.score));
    json["reason"] = field.reason;
    json["others"] = field.others;
    json["needs_unit"] = field.needs_unit;
    if (!field.unit_hint.empty()) json["unit_in_name"] = field.unit_hint;
    if (!field.strange_words.empty()) json["unknown_words"] = field.strange_words;
    return json;
}

Json join_json(const DraftJoin& join) {
    Json json{{"source", join.join.source}, {"rows", join.rows}, {"matched", join.matched}};
    json["on"] = Json::array();
    for (const Join::Key& key : join.join.keys)
        json["on"].push_back(
            {{"field", key.field}, {"table_field", key.table_field}, {"by", key.by_name ? "name" : "code"}});
    json["take"] = Json::array();
    for (const FieldGuess& field : join.take) json["take"].push_back(field_json(field));
    return json;
}

Json layer_json(const DraftLayer& layer) {
    Json json{{"source", layer.source}, {"files", layer.files}, {"layer", layer.layer},        {"shape", layer.shape},
              {"rows", layer.rows},     {"crs", layer.crs},     {"use", to_string(layer.use)}, {"why", layer.why}};
    json["role"] = layer.guess.role ? Json(to_string(*layer.guess.role)) : Json(nullptr);
    if (layer.guess.level) json["level"] = to_string(*layer.guess.level);
    if (layer.guess.utility) json["utility"] = to_string(*layer.guess.utility);
    if (layer.guess.role) {
        json["score"] = std::stod(fmt::format("{:.3f}", layer.guess.score));
        json["sureness"] = to_string(sureness_of(layer.guess.score));
        json["reason"] = layer.guess.reason;
    }
    if (!layer.guess.x_field.empty()) json["x"] = layer.guess.x_field;
    if (!layer.guess.y_field.empty()) json["y"] = layer.guess.y_field;
    if (!layer.guess.wkt_field.empty()) json["wkt"] = layer.guess.wkt_field;
    json["fields"] = Json::array();
    for (const FieldGuess& field : layer.guess.fields) json["fields"].push_back(field_json(field));
    json["joins"] = Json::array();
    for (const DraftJoin& join : layer.joins) json["joins"].push_back(join_json(join));
    return json;
}

}  // namespace

std::string draft_summary(const StudyDraft& draft) {
    std::string text;
    for (const DraftLayer& layer : draft.layers) {
        text += fmt::format("{}{}  {} {}\n", one_line(layer.source), layer.layer.empty() ? "" : ":" + layer.layer,
                            whole(layer.rows), layer.shape == "table" ? "rows, no geometry" : layer.shape);
        text += fmt::format("  {}", role_text(layer));
        if (layer.guess.role)
            text += fmt::format("  {} ({})", to_string(sureness_of(layer.guess.score)), layer.guess.reason);
        text += layer.why.empty() ? "\n" : fmt::format("\n  {}\n", one_line(layer.why));
        for (const DraftJoin& join : layer.joins)
            text += fmt::format("  joined with {}: {} of {} rows match\n", join.join.source, join.matched, join.rows);
        if (layer.guess.role && layer.use != DraftUse::joined && layer.shape != "raster") add_fields(layer, text);
        text += '\n';
    }
    for (const SkippedFile& file : draft.skipped)
        text += fmt::format("not read: {}: {}\n", one_line(file.path), one_line(file.reason));
    return text;
}

std::string draft_json(const StudyDraft& draft) {
    Json json{{"folder", draft.folder.string()}, {"calendar", to_string(draft.calendar)}};
    json["layers"] = Json::array();
    for (const DraftLayer& layer : draft.layers) json["layers"].push_back(layer_json(layer));
    json["not_read"] = Json::array();
    for (const SkippedFile& file : draft.skipped)
        json["not_read"].push_back({{"path", file.path}, {"reason", file.reason}});
    constexpr int indent = 2;
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace amayesh
