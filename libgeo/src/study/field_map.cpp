#include <amayesh/study/field_map.hpp>

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/attribute_words.hpp"
#include "study/cell_text.hpp"

namespace amayesh {
namespace {

using detail::cell_text;

constexpr std::string_view part_separator = " / ";

bool is_text_of_no_number(std::string_view text) {
    const std::string folded = fold_name(text);
    return folded == "nan" || folded == "inf" || folded == "infinity";
}

/// The most of any amount, in base units: above the land of the Earth, the power of its plants, the water of its rivers,
/// and within what results count in whole steps (1 m², 0.001 L/s, 1 kW).
constexpr double most_of_any_amount = 1e11;

std::string_view base_unit_name(Dimension wanted) {
    for (const std::string_view name : unit_names_for(wanted))
        if (const auto unit = find_unit(name); unit && unit->dimension == wanted && unit->to_base == 1)
            return unit->name;
    return {};
}

/// "1402-06-31T00:00:00" and "1402/06/31 00:00" without the time of day.
std::string_view without_time(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::size_t mark = text.find('T') != std::string_view::npos ? text.find('T') : text.rfind(' ', colon);
    return colon == std::string_view::npos || mark == std::string_view::npos ? text : text.substr(0, mark);
}

/// Whether amounts in that unit can be given in the dimension at all.
bool is_convertible(const UnitOfMeasure& unit, Dimension wanted) {
    return unit.dimension == wanted || (unit.dimension == Dimension::gas_flow && wanted == Dimension::water_flow) ||
           (unit.dimension == Dimension::apparent_power && wanted == Dimension::electric_power);
}

}  // namespace

std::vector<std::string> fields_of(const FieldMap& map) {
    std::vector<std::string> fields;
    if (!map.field.empty()) fields.push_back(map.field);
    for (const auto* list : {&map.sum_of, &map.parts, &map.otherwise})
        fields.insert(fields.end(), list->begin(), list->end());
    for (const FieldMap& season : map.other_seasons)
        for (std::string& field : fields_of(season)) fields.push_back(std::move(field));
    return fields;
}

FieldReader::FieldReader(const FeatureTable& table, const FieldMap& map, FieldContext context, ProblemReport& problems)
    : m_table{table}, m_map{map}, m_context{std::move(context)}, m_problems{problems}, m_rows{table.size()} {
    if (!map.field.empty()) m_columns.push_back(&detail::require_field(table, map.field, map.line));
    for (const auto* list : {&map.sum_of, &map.parts})
        for (const std::string& field : *list) m_columns.push_back(&detail::require_field(table, field, map.line));
    for (const std::string& field : map.otherwise)
        m_otherwise.push_back(&detail::require_field(table, field, map.line));
    for (const auto& [value, word] : map.words) m_words.emplace(detail::comparison_key(value), word);
    if (map.unit.empty()) return;
    m_unit = find_unit(map.unit);
    if (!m_unit) throw InvalidInput(fmt::format("{}: unknown unit '{}'", table.file, map.unit));
}

std::string FieldReader::text_of(std::span<const Column* const> columns, std::size_t row) const {
    std::string text;
    for (const Column* column : columns) {
        const std::string part = cell_text(*column, row);
        if (part.empty()) continue;
        if (!text.empty()) text += part_separator;
        text += detail::without_prefix(part, m_map.prefix);
    }
    return text;
}

std::string FieldReader::text(std::size_t row) const {
    std::string text = m_map.constant ? *m_map.constant : text_of(m_columns, row);
    if (text.empty()) text = text_of(m_otherwise, row);
    if (m_words.empty()) return text;
    if (const auto exact = m_map.words.find(text); exact != m_map.words.end()) return exact->second;
    // A listed "" stands for unknown; a text of signs alone folds to nothing and is not it.
    const std::string key = detail::comparison_key(text);
    const auto word = key.empty() && !text.empty() ? m_words.end() : m_words.find(key);
    return word == m_words.end() ? text : word->second;
}

std::optional<double> FieldReader::value_of(const std::string& text, const std::string& field, std::size_t row) const {
    if (detail::is_no_figure(text)) return std::nullopt;
    if (const auto value = parse_number(text)) return value;
    if (is_text_of_no_number(text))
        report(Severity::error, ProblemKind::value_not_finite, row, field, fmt::format("'{}' is not finite", text));
    else
        report(Severity::error, ProblemKind::value_not_a_number, row, field, fmt::format("'{}' is not a number", text));
    return std::nullopt;
}

std::optional<double> FieldReader::value_of(const Column& column, std::size_t row) const {
    if (column.is_null[row] != 0) return std::nullopt;
    if (column.type == Column::Type::integer) return static_cast<double>(column.integers[row]);
    if (column.type == Column::Type::text)
        return value_of(std::string(detail::trimmed(column.texts[row])), column.name, row);
    const double value = column.reals[row];
    if (std::isfinite(value)) return value;
    report(Severity::error, ProblemKind::value_not_finite, row, column.name, fmt::format("{} is not finite", value));
    return std::nullopt;
}

std::optional<double> FieldReader::value(std::size_t row) const {
    if (m_map.constant) return value_of(*m_map.constant, "", row);
    double sum = 0;
    bool is_known = !m_columns.empty();
    for (const Column* column : m_columns) {
        const std::optional<double> value = value_of(*column, row);
        if (value && *value < 0 && m_columns.size() > 1) {
            report(Severity::error, ProblemKind::value_negative, row, column->name,
                   fmt::format("{} is negative", *value));
            is_known = false;
        }
        is_known = is_known && value.has_value();
        sum += value.value_or(0);
    }
    return is_known ? std::optional{sum} : std::nullopt;
}

std::optional<double> FieldReader::number(std::size_t row) const { return value(row); }

std::optional<double> FieldReader::measured(std::size_t row, Dimension wanted) const {
    const std::optional<double> given = value(row);
    if (!given) return std::nullopt;
    if (*given < 0) {
        report(Severity::error, ProblemKind::value_negative, row, m_map.field, fmt::format("{} is negative", *given));
        return std::nullopt;
    }
    if (m_unit && !is_convertible(*m_unit, wanted)) {
        report(Severity::error, ProblemKind::units_mixed, row, m_map.field,
               fmt::format("{} {} is not a unit of this row's utility", *given, m_unit->name));
        return std::nullopt;
    }
    const double amount = m_unit ? convert_to_base(*given, *m_unit, wanted, m_map.power_factor) : *given;
    if (amount <= most_of_any_amount) return amount;
    const std::string_view unit = m_unit ? std::string_view{m_unit->name} : base_unit_name(wanted);
    report(Severity::error, ProblemKind::value_implausible, row, m_map.field,
           fmt::format("{:g} {} is more than can be counted; correct the value, or state the unit of the field", *given,
                       unit));
    return std::nullopt;
}

std::optional<double> FieldReader::amount(std::size_t row, Dimension wanted) const {
    const std::optional<double> amount = measured(row, wanted);
    if (!amount || wanted != Dimension::share || *amount <= 1) return amount;
    report(Severity::error, ProblemKind::value_implausible, row, m_map.field,
           fmt::format("a share of {} is more than all{}", *amount,
                       m_unit ? "" : "; per cent need unit = \"%\" in the study"));
    return std::nullopt;
}

std::optional<std::int64_t> FieldReader::count(std::size_t row) const {
    constexpr double most = 2e9;  // no nation has as many people
    const Dimension wanted = m_unit ? m_unit->dimension : Dimension::count;
    const std::optional<double> amount = measured(row, wanted);
    if (!amount) return std::nullopt;
    if (*amount > most) {
        report(Severity::error, ProblemKind::value_implausible, row, m_map.field,
               fmt::format("{} is more than can be", *amount));
        return std::nullopt;
    }
    const double whole = std::round(*amount);
    if (std::abs(whole - *amount) > 1e-6 * std::max(1.0, whole)) {
        report(Severity::error, ProblemKind::value_not_a_number, row, m_map.field,
               fmt::format("'{}' is no whole number, as a count is; its mark is likely a thousands mark: write the "
                           "number without it",
                           m_map.constant ? *m_map.constant : text_of(m_columns, row)));
        return std::nullopt;
    }
    return static_cast<std::int64_t>(whole);
}

template <class Enum>
std::optional<Enum> FieldReader::word(std::size_t row, std::optional<Enum> (*parse)(std::string_view)) const {
    const std::string word = text(row);
    if (word.empty()) return std::nullopt;
    if (const std::optional<Enum> value = detail::find_word(word, parse)) return value;
    if (!detail::is_no_figure(word))
        report(Severity::warning, ProblemKind::value_unknown_word, row, m_map.field,
               fmt::format("'{}' is no word known here; give it one under words in the study", word));
    return std::nullopt;
}

std::optional<CalendarDate> FieldReader::date(std::size_t row, Calendar calendar) const {
    const std::string given = text(row);
    if (detail::is_no_figure(given)) return std::nullopt;
    if (const auto date = parse_date(without_time(given), calendar)) return date;
    const Calendar other = calendar == Calendar::gregorian ? Calendar::solar_hijri : Calendar::gregorian;
    const bool is_of_other = parse_date(without_time(given), other).has_value();
    report(Severity::warning, ProblemKind::date_implausible, row, m_map.field,
           fmt::format("'{}' is no date of the {} calendar; {}", given, to_string(calendar),
                       is_of_other ? fmt::format("it is one of calendar = \"{}\"", to_string(other))
                                   : std::string{"write year-month-day"}));
    return std::nullopt;
}

std::optional<bool> FieldReader::flag(std::size_t row) const { return word(row, detail::parse_flag); }
std::optional<UtilityKind> FieldReader::utility(std::size_t row) const { return word(row, parse_utility); }
std::optional<SourceRole> FieldReader::source_role(std::size_t row) const { return word(row, parse_source_role); }
std::optional<TelecomClass> FieldReader::telecom_class(std::size_t row) const { return word(row, parse_telecom_class); }
std::optional<SettlementKind> FieldReader::settlement_kind(std::size_t row) const {
    return word(row, parse_settlement_kind);
}
std::optional<ZoneKind> FieldReader::zone_kind(std::size_t row) const { return word(row, parse_zone_kind); }
std::optional<ZoneStatus> FieldReader::zone_status(std::size_t row) const { return word(row, parse_zone_status); }
std::optional<PlotState> FieldReader::plot_state(std::size_t row) const { return word(row, parse_plot_state); }
std::optional<RoadDirection> FieldReader::road_direction(std::size_t row) const {
    return word(row, parse_road_direction);
}

void FieldReader::report(Severity severity, ProblemKind kind, std::size_t row, const std::string& field,
                         std::string message, std::string action) const {
    const std::string label = row < m_context.feature_ids.size() ? m_context.feature_ids[row] : std::string{};
    m_problems.add({.severity = severity,
                    .kind = kind,
                    .layer = m_context.role,
                    .file = m_table.file,
                    .feature = label.empty() ? fmt::format("row {}", m_table.row_ids[row]) : label,
                    .field = field,
                    .message = std::move(message),
                    .action = std::move(action)});
}

}  // namespace amayesh
