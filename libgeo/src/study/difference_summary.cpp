#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/study/difference_summary.hpp>

#include "study/field_json.hpp"
#include "study/text_table.hpp"

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;
using detail::TextTable;
using detail::whole;
using Align = TextTable::Align;

constexpr std::size_t listed_units = 50;
constexpr std::size_t values_shown_of_unit = 3;
constexpr std::size_t longest_manifest_value = 100;

/// What the lack of a value says: "unknown" where the schema says just that, else the value is not there for some reason.
std::string missing_text(std::string_view layer, std::string_view column) {
    for (const LayerSchema& one : result_schema()) {
        if (one.name != layer) continue;
        const auto found = std::ranges::find(one.columns, column, &ColumnSchema::name);
        if (found != one.columns.end() && !found->null_means.empty() && found->null_means != "unknown")
            return "no value";
    }
    return "unknown";
}

std::string shown(const FieldValue& value, const std::string& missing) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *number);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.12g}", *number);
    if (const auto* text = std::get_if<std::string>(&value)) return printable(*text);
    return missing;
}

/// What is missing or a word has no unit.
std::string measured(const FieldValue& value, const std::string& unit, const std::string& missing) {
    const bool is_number = std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
    return is_number && !unit.empty() ? shown(value, missing) + " " + unit : shown(value, missing);
}

/// Cut between characters.
std::string shortened(std::string text) {
    if (text.size() <= longest_manifest_value) return text;
    std::size_t end = longest_manifest_value;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    while (end > 0 && continues(text[end])) --end;
    return text.substr(0, end) + " …";
}

std::string manifest_text(const ResultDifference& difference) {
    std::string text = "What they were made from\n";
    if (difference.manifest.empty()) return text + "  the same\n";
    const auto side = [](const std::string& value) {
        return value.empty() ? std::string("not there") : shortened(printable(value));
    };
    for (const ManifestDifference& line : difference.manifest) {
        text += fmt::format("  {}: {}, {}\n", line.cause ? to_string(*line.cause) : "no cause", line.section,
                            printable(line.key));
        text += fmt::format("    A  {}\n    B  {}\n", side(line.before), side(line.after));
    }
    return text;
}

/// A sum over units says something of amounts and counts, not of ranks, distances and degrees.
bool can_be_added(const std::string& unit) {
    constexpr std::array units{"ha", "people", "settlements", "zones", "sources", "L/s", "MW", "m³/h"};
    return std::ranges::find(units, unit) != units.end();
}

struct ColumnTotal {
    std::string unit;
    std::size_t units = 0;
    double difference = 0;
    std::size_t without_difference = 0;  ///< Unknown before or after.
};

std::string columns_text(const ResultDifference& difference) {
    std::map<std::string, ColumnTotal> totals;
    std::size_t by_case = 0;
    for (const ChangedUnit& unit : difference.units)
        for (const ChangedValue& value : unit.values) {
            by_case += value.layer == "units" ? 0 : 1;
            if (value.layer != "units") continue;
            ColumnTotal& total = totals[value.column];
            total.unit = value.unit;
            ++total.units;
            if (const auto amount = value.difference())
                total.difference += *amount;
            else
                ++total.without_difference;
        }
    TextTable table;
    table.add_column("column of units", Align::left);
    table.add_column("units", Align::right);
    table.add_column("B less A", Align::right);
    table.add_column("", Align::left);
    const auto units = std::ranges::find(result_schema(), "units", &LayerSchema::name);
    for (const ColumnSchema& column : units->columns) {
        const auto found = totals.find(column.name);
        if (found == totals.end()) continue;
        const ColumnTotal& total = found->second;
        const bool is_sum = can_be_added(total.unit) && total.without_difference < total.units;
        std::string note = is_sum ? total.unit : "";
        if (is_sum && total.without_difference > 0)
            note += fmt::format(" (without a value on one side in {} units)", whole(total.without_difference));
        table.add_row({column.name, whole(total.units), is_sum ? fmt::format("{:+.9g}", total.difference) : "", note});
    }
    std::string text = totals.empty() ? "" : "\nValues that differ\n" + table.text();
    if (by_case > 0) text += fmt::format("  and {} values of unit_utilities; --json has all\n", whole(by_case));
    return text;
}

std::string value_text(const ChangedValue& value) {
    std::string text = value.column;
    if (!value.utility.empty()) text += fmt::format("[{},{}]", printable(value.utility), printable(value.scenario));
    const std::string missing = missing_text(value.layer, value.column);
    return text + " " + measured(value.before, value.unit, missing) + " → " +
           measured(value.after, value.unit, missing);
}

std::string unit_text(const ChangedUnit& unit) {
    if (unit.change == UnitChange::only_in_first) return "only in A";
    if (unit.change == UnitChange::only_in_second) return "only in B";
    std::string text;
    for (std::size_t i = 0; i < std::min(unit.values.size(), values_shown_of_unit); ++i)
        text += (i == 0 ? "" : "; ") + value_text(unit.values[i]);
    if (unit.values.size() > values_shown_of_unit)
        text += fmt::format("; {} more", whole(unit.values.size() - values_shown_of_unit));
    return text;
}

std::string units_text(const ResultDifference& difference) {
    if (difference.units.empty()) return {};
    TextTable table;
    for (const char* title : {"unit", "why", "what", "name"}) table.add_column(title, Align::left);
    const std::size_t listed = std::min(difference.units.size(), listed_units);
    for (std::size_t i = 0; i < listed; ++i) {
        const ChangedUnit& unit = difference.units[i];
        table.add_row({unit.id, to_string(unit.reason), unit_text(unit), unit.name});
    }
    std::string text = "\nUnits\n" + table.text();
    if (listed < difference.units.size())
        text += fmt::format("  … {} more; --json and -o have all\n", whole(difference.units.size() - listed));
    return text;
}

Json reason_json(const ChangeReason& reason) {
    const auto listed = [](ChangeCauses causes) {
        Json words = Json::array();
        for (const ChangeCause cause : all_change_causes)
            if (causes.has(cause)) words.push_back(to_string(cause));
        return words;
    };
    return {{"text", to_string(reason)}, {"certain", listed(reason.certain)}, {"possible", listed(reason.possible)}};
}

Json changed_json(const ChangedValue& value) {
    Json json{{"layer", value.layer}, {"column", value.column}};
    if (!value.utility.empty()) {
        json["utility"] = value.utility;
        json["case"] = value.scenario;
    }
    json["before"] = detail::field_json(value.before);
    json["after"] = detail::field_json(value.after);
    const auto difference = value.difference();
    json["difference"] = difference ? Json(*difference) : Json(nullptr);
    if (!value.unit.empty()) json["unit"] = value.unit;
    json["why"] = reason_json(value.reason);
    return json;
}

Json unit_json(const ChangedUnit& unit) {
    Json values = Json::array();
    for (const ChangedValue& value : unit.values) values.push_back(changed_json(value));
    return {{"unit_id", unit.id},
            {"name", unit.name},
            {"change", to_string(unit.change)},
            {"why", reason_json(unit.reason)},
            {"values", std::move(values)}};
}

}  // namespace

std::string difference_summary(const ResultDifference& difference) {
    std::string text = manifest_text(difference);
    text += fmt::format(
        "\n{} units in A, {} in B: {} changed, {} only in A, {} only in B\n", whole(difference.units_in_first),
        whole(difference.units_in_second), whole(difference.count(UnitChange::changed)),
        whole(difference.count(UnitChange::only_in_first)), whole(difference.count(UnitChange::only_in_second)));
    for (const std::string& column : difference.columns_in_one_alone)
        text += fmt::format("  {} is in one of the two alone and not compared\n", printable(column));
    return text + columns_text(difference) + units_text(difference);
}

std::string difference_json(const ResultDifference& difference) {
    Json json{{"schema_version", schema_version},
              {"units_in_a", difference.units_in_first},
              {"units_in_b", difference.units_in_second},
              {"changed", difference.count(UnitChange::changed)},
              {"only_in_a", difference.count(UnitChange::only_in_first)},
              {"only_in_b", difference.count(UnitChange::only_in_second)},
              {"columns_not_compared", difference.columns_in_one_alone}};
    json["manifest"] = Json::array();
    for (const ManifestDifference& line : difference.manifest)
        json["manifest"].push_back({{"section", line.section},
                                    {"key", line.key},
                                    {"before", line.before},
                                    {"after", line.after},
                                    {"cause", line.cause ? Json(to_string(*line.cause)) : Json(nullptr)}});
    json["units"] = Json::array();
    for (const ChangedUnit& unit : difference.units) json["units"].push_back(unit_json(unit));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace amayesh
