#include <algorithm>

#include <nlohmann/json.hpp>

#include <amayesh/output/explanation.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;

Json value_json(const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return nullptr;
}

Json origin_json(const FieldOrigin& origin) {
    Json json{{"file", origin.file}};
    const auto add = [&](const char* key, const std::string& text) {
        if (!text.empty()) json[key] = text;
    };
    add("layer", origin.layer);
    add("field", origin.field);
    add("row", origin.row);
    json["text"] = origin.text.empty() ? Json(nullptr) : Json(origin.text);
    add("means", origin.means);
    add("season", origin.season);
    add("unit", origin.unit);
    add("crs", origin.crs);
    if (origin.factor != 1) json["factor"] = origin.factor;
    if (origin.is_sum) json["sum_of_rows"] = true;
    return json;
}

Json input_json(const RuleInput& input) {
    Json json;
    switch (input.from) {
        case RuleInput::From::records:
            return {{"records", input.key}};
        case RuleInput::From::field:
            return {{"field", origin_json(*input.field)}};
        case RuleInput::From::cell:
            json["cell"] = input.key;
            break;
        case RuleInput::From::coefficient:
            json["coefficient"] = input.key;
            break;
        case RuleInput::From::setting:
            json["setting"] = input.key;
            break;
        case RuleInput::From::computed:
            break;
    }
    json["value"] = value_json(input.value);
    if (!input.unit.empty()) json["unit"] = input.unit;
    return json;
}

Json explained_json(const ExplainedValue& explained) {
    Json json{{"layer", explained.layer}, {"column", explained.column}};
    if (!explained.utility.empty()) {
        json["utility"] = explained.utility;
        json["case"] = explained.scenario;
    }
    json["title"] = explained.title;
    json["value"] = value_json(explained.value);
    if (!explained.unit.empty()) json["unit"] = explained.unit;
    json["rule"] = explained.rule;
    json["inputs"] = Json::object();
    for (const RuleInput& input : explained.inputs) json["inputs"][input.name] = input_json(input);
    return json;
}

Json records_json(const RecordTable& table) {
    Json rows = Json::array();
    for (const std::vector<FieldValue>& row : table.rows) {
        Json json = Json::object();
        for (std::size_t i = 0; i < row.size(); ++i) json[table.columns[i]] = value_json(row[i]);
        rows.push_back(std::move(json));
    }
    return rows;
}

Json coefficient_json(const Coefficient& coefficient) {
    Json json;
    if (coefficient.text.empty())
        json = {
            {"low", coefficient.value.low}, {"central", coefficient.value.central}, {"high", coefficient.value.high}};
    else
        json = {{"text", coefficient.text}};
    json["unit"] = coefficient.unit;
    if (!coefficient.basis.empty()) json["basis"] = coefficient.basis;
    json["measures"] = coefficient.measures;
    json["year"] = coefficient.year;
    json["source"] = coefficient.source;
    json["confidence"] = std::string(1, static_cast<char>(coefficient.confidence));
    return json;
}

}  // namespace

std::string explanation_json(const Explanation& explanation, std::span<const std::string> columns) {
    Json root{{"schema_version", schema_version},
              {"kind", to_string(explanation.kind)},
              {"id", explanation.id},
              {"name", explanation.name}};
    root["values"] = Json::array();
    root["rules"] = Json::object();
    for (const ExplainedValue& value : explanation.values) {
        if (!columns.empty() && std::ranges::find(columns, value.column) == columns.end()) continue;
        root["values"].push_back(explained_json(value));
        root["rules"][value.rule] = rule_text(value.rule);
    }
    root["records"] = Json::object();
    for (const RecordTable& table : explanation.records) root["records"][table.name] = records_json(table);
    root["coefficients"] = Json::object();
    for (const UsedCoefficient& used : explanation.coefficients)
        root["coefficients"][used.key] = coefficient_json(used.coefficient);
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace amayesh
