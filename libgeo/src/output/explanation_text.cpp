#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <amayesh/core/printable.hpp>
#include <amayesh/output/explanation.hpp>

namespace amayesh {

namespace {

constexpr std::size_t longest_shown = 60;
constexpr std::size_t most_rows_shown = 12;

std::string shown(const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{:.12g}", *real);
    if (const auto* text = std::get_if<std::string>(&value))
        return text->size() > longest_shown
                   ? fmt::format("{} … ({} bytes)", text->substr(0, text->find(' ')), text->size())
                   : printable(*text);
    return "unknown";
}

/// A reason that is not there is none, where other values are unknown.
std::string shown(std::string_view name, const FieldValue& value) {
    const bool is_none = name == "unroutable_reason" && std::holds_alternative<std::monostate>(value);
    return is_none ? "none" : shown(value);
}

std::string with_unit(std::string_view name, const FieldValue& value, const std::string& unit) {
    const std::string text = shown(name, value);
    return unit.empty() || std::holds_alternative<std::monostate>(value) ? text : text + " " + unit;
}

std::string origin_text(const FieldOrigin& origin) {
    if (origin.field.empty()) return fmt::format("'{}', said in the study", printable(origin.text));
    std::string text = fmt::format("field {} of {}", printable(origin.field), printable(origin.file));
    const bool is_named_like_file = origin.file.starts_with(origin.layer + ".");
    if (!origin.layer.empty() && !is_named_like_file) text += fmt::format(", layer {}", printable(origin.layer));
    text += fmt::format(", row {}: ", origin.row);
    text += origin.text.empty() ? "nothing there" : fmt::format("'{}'", printable(origin.text));
    if (!origin.unit.empty()) text += " " + origin.unit;
    if (origin.factor != 1) text += fmt::format(" × {:.10g}", origin.factor);
    if (!origin.means.empty()) text += fmt::format(", that is {}", printable(origin.means));
    if (origin.is_sum) text += " (sum of several rows)";
    return text;
}

std::string input_text(const RuleInput& input) {
    switch (input.from) {
        case RuleInput::From::field:
            return origin_text(*input.field);
        case RuleInput::From::records:
            return fmt::format("{}: see {} below", input.name, input.key);
        case RuleInput::From::cell:
            return fmt::format("{} {} ({})", input.name, with_unit(input.name, input.value, input.unit), input.key);
        case RuleInput::From::coefficient:
            return fmt::format("{} {} (standards: {})", input.name, with_unit(input.name, input.value, input.unit),
                               input.key);
        case RuleInput::From::setting:
            return fmt::format("{} {} (study: {})", input.name, with_unit(input.name, input.value, input.unit),
                               input.key);
        case RuleInput::From::computed:
            break;
    }
    return fmt::format("{} {}", input.name, with_unit(input.name, input.value, input.unit));
}

std::string value_text(const ExplainedValue& value) {
    std::string text = fmt::format("{} = {}\n", value.column, with_unit(value.column, value.value, value.unit));
    if (value.rule == "as_given") return text + fmt::format("    {}\n", origin_text(*value.inputs.front().field));
    text += fmt::format("    {}: {}\n", value.title, rule_text(value.rule));
    for (const RuleInput& input : value.inputs) text += fmt::format("      {}\n", input_text(input));
    return text;
}

std::string table_text(const RecordTable& table) {
    std::string text = fmt::format("{} ({} rows)\n", table.name, table.rows.size());
    for (std::size_t r = 0; r < std::min(table.rows.size(), most_rows_shown); ++r) {
        text += "    ";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            if (std::holds_alternative<std::monostate>(table.rows[r][c])) continue;
            text += fmt::format("{} {}; ", table.columns[c], shown(table.rows[r][c]));
        }
        if (text.ends_with("; ")) text.resize(text.size() - 2);
        text += '\n';
    }
    if (table.rows.size() > most_rows_shown)
        text += fmt::format("    … {} more; --json has all\n", table.rows.size() - most_rows_shown);
    return text;
}

std::string coefficient_text(const UsedCoefficient& used) {
    const Coefficient& c = used.coefficient;
    const std::string value =
        c.text.empty() ? fmt::format("{:g} / {:g} / {:g} {}", c.value.low, c.value.central, c.value.high, c.unit)
                       : c.text;
    return fmt::format("    {}: {}; {}{}; {}; confidence {}\n", used.key, value, c.measures,
                       c.year.empty() ? "" : ", " + c.year, c.source, static_cast<char>(c.confidence));
}

bool is_shown(const ExplainedValue& value, std::span<const std::string> columns) {
    if (!columns.empty()) return std::ranges::find(columns, value.column) != columns.end();
    return !std::holds_alternative<std::monostate>(value.value) &&
           (value.scenario.empty() || value.scenario == to_string(Case::central)) && value.rule != "names_the_row";
}

}  // namespace

std::string explanation_text(const Explanation& explanation, std::span<const std::string> columns) {
    std::string text =
        fmt::format("{} {} {}\n", to_string(explanation.kind), printable(explanation.id), printable(explanation.name));
    std::string heading;
    for (const ExplainedValue& value : explanation.values) {
        if (!is_shown(value, columns)) continue;
        const std::string here = value.utility.empty()
                                     ? value.layer
                                     : fmt::format("{}, {}, {} case", value.layer, value.utility, value.scenario);
        if (here != heading) text += fmt::format("\n--- {} ---\n", here);
        heading = here;
        text += value_text(value);
    }
    if (!columns.empty()) return text;
    text += "\n--- records ---\n";
    for (const RecordTable& table : explanation.records)
        if (!table.rows.empty()) text += table_text(table);
    text += "\n--- coefficients, low / central / high ---\n";
    for (const UsedCoefficient& used : explanation.coefficients) text += coefficient_text(used);
    return text;
}

}  // namespace amayesh
