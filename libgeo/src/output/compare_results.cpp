#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/output/result_difference.hpp>

#include "output/column_dependence.hpp"

namespace amayesh {

namespace {

using RowKey = std::array<std::string, 3>;  ///< Unit; in `unit_utilities` utility and case too.
using RowsByKey = std::map<RowKey, std::size_t>;

std::string text_at(const FeatureTable& table, std::string_view column, std::size_t row) {
    const Column* const found = table.find(column);
    const FieldValue value = found ? found->at(row) : FieldValue{};
    const auto* const text = std::get_if<std::string>(&value);
    return text ? *text : std::string{};
}

RowsByKey rows_by_key(const FeatureTable& table, std::span<const std::string_view> key_columns) {
    RowsByKey rows;
    for (std::size_t row = 0; row < table.size(); ++row) {
        RowKey key;
        for (std::size_t i = 0; i < key_columns.size(); ++i) key[i] = text_at(table, key_columns[i], row);
        const auto where = [&] { return fmt::format("{}, layer {}, row {}", table.file, table.layer, row + 1); };
        if (key.front().empty())
            throw InvalidInput(where() +
                               ": no unit_id, so the unit cannot be compared; make the result again with "
                               "'amayesh gap'");
        const auto [first, is_new] = rows.emplace(key, row);
        if (!is_new)
            throw InvalidInput(
                fmt::format("{}: unit '{}' is in row {} already, so it cannot be told which to compare; "
                            "make the result again with 'amayesh gap'",
                            where(), printable(key.front()), first->second + 1));
    }
    return rows;
}

std::optional<double> number_of(const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return std::nullopt;
}

bool is_same(const FieldValue& a, const FieldValue& b) {
    if (a.index() == b.index()) return a == b;
    const auto first = number_of(a), second = number_of(b);
    return first && second && *first == *second;
}

/// Columns of the schema that both have, with where each stands in the two tables.
struct ComparedColumn {
    const ColumnSchema& schema;
    const Column& first;
    const Column& second;
};

std::vector<ComparedColumn> compared_columns(const FeatureTable& first, const FeatureTable& second) {
    const auto layer = std::ranges::find(result_schema(), first.layer, &LayerSchema::name);
    std::vector<ComparedColumn> columns;
    for (const ColumnSchema& schema : layer->columns) {
        const Column* const before = first.find(schema.name);
        const Column* const after = second.find(schema.name);
        if (before && after) columns.push_back({schema, *before, *after});
    }
    return columns;
}

void add_columns_in_one_alone(const FeatureTable& first, const FeatureTable& second, std::vector<std::string>& names) {
    for (const auto& [has, lacks] : {std::pair{&first, &second}, std::pair{&second, &first}})
        for (const Column& column : has->columns)
            if (!lacks->find(column.name)) names.push_back(has->layer + "." + column.name);
}

class Comparison {
public:
    Comparison(const GapResultFile& first, const GapResultFile& second) : m_first{first}, m_second{second} {
        m_result.units_in_first = first.units.size();
        m_result.units_in_second = second.units.size();
        m_result.manifest = detail::compare_manifests(first.manifest, second.manifest);
        add_columns_in_one_alone(first.units, second.units, m_result.columns_in_one_alone);
        add_columns_in_one_alone(first.unit_utilities, second.unit_utilities, m_result.columns_in_one_alone);
    }

    ResultDifference run() {
        constexpr std::array<std::string_view, 1> unit_key{"unit_id"};
        m_before = rows_by_key(m_first.units, unit_key);
        m_after = rows_by_key(m_second.units, unit_key);
        compare_rows(m_first.units, m_before, m_second.units, m_after);
        add_units_of_one_alone();
        constexpr std::array<std::string_view, 3> utility_key{"unit_id", "utility", "case"};
        compare_rows(m_first.unit_utilities, rows_by_key(m_first.unit_utilities, utility_key), m_second.unit_utilities,
                     rows_by_key(m_second.unit_utilities, utility_key));
        for (auto& [id, unit] : m_units) {
            if (unit.change == UnitChange::changed) settle_reason(unit);
            m_result.units.push_back(std::move(unit));
        }
        return std::move(m_result);
    }

private:
    void compare_rows(const FeatureTable& first, const RowsByKey& before, const FeatureTable& second,
                      const RowsByKey& after) {
        const auto columns = compared_columns(first, second);
        for (const auto& [key, row] : after) {
            const auto found = before.find(key);
            if (found == before.end() || !m_after.contains({key.front(), {}, {}})) continue;
            for (const ComparedColumn& column : columns) {
                FieldValue old_value = column.first.at(found->second);
                FieldValue new_value = column.second.at(row);
                if (is_same(old_value, new_value)) continue;
                add(key, second.layer, column.schema, std::move(old_value), std::move(new_value));
            }
        }
    }

    void add(const RowKey& key, const std::string& layer, const ColumnSchema& column, FieldValue before,
             FieldValue after) {
        const auto& [id, utility, scenario] = key;
        ChangedUnit& unit = m_units[id];
        if (unit.id.empty()) describe(unit, id, UnitChange::changed);
        const std::string unit_of_amount = column.unit == "see unit_of_amounts" ? unit_name_of(utility) : column.unit;
        unit.values.push_back({layer, column.name, utility, scenario, unit_of_amount, std::move(before),
                               std::move(after), detail::reason_for_column(column.name, utility, m_result.manifest)});
    }

    static std::string unit_name_of(std::string_view utility) {
        for (const UtilityKind kind : all_utilities)
            if (to_string(kind) == utility) return std::string(unit_name(kind));
        return {};
    }

    void describe(ChangedUnit& unit, const std::string& id, UnitChange change) const {
        unit.id = id;
        unit.change = change;
        const auto after = m_after.find({id, {}, {}});
        if (after != m_after.end()) {
            unit.row_in_second = after->second;
            unit.name = text_at(m_second.units, "name", after->second);
        } else {
            unit.name = text_at(m_first.units, "name", m_before.at({id, {}, {}}));
        }
    }

    void add_units_of_one_alone() {
        for (const auto& [key, row] : m_before)
            if (!m_after.contains(key)) add_one_alone(key.front(), UnitChange::only_in_first);
        for (const auto& [key, row] : m_after)
            if (!m_before.contains(key)) add_one_alone(key.front(), UnitChange::only_in_second);
    }

    void add_one_alone(const std::string& id, UnitChange change) {
        ChangedUnit& unit = m_units[id];
        describe(unit, id, change);
        unit.reason = detail::reason_for_presence(m_result.manifest);
    }

    static void settle_reason(ChangedUnit& unit) {
        for (const ChangedValue& value : unit.values) {
            unit.reason.certain.add(value.reason.certain);
            unit.reason.possible.add(value.reason.possible);
        }
        unit.reason.possible.remove(unit.reason.certain);
    }

    const GapResultFile& m_first;
    const GapResultFile& m_second;
    RowsByKey m_before;
    RowsByKey m_after;
    std::map<std::string, ChangedUnit> m_units;
    ResultDifference m_result;
};

/// What a result says of a parameter; empty where it does not.
std::string parameter(const GapResultFile& result, std::string_view key) {
    for (const ManifestEntry& entry : result.manifest)
        if (entry.section == "parameters" && entry.key == key) return entry.value;
    return {};
}

}  // namespace

ResultDifference compare_results(const GapResultFile& first, const GapResultFile& second) {
    const std::string before = parameter(first, "unit"), after = parameter(second, "unit");
    if (before != after)
        throw InvalidInput(
            fmt::format("{} assesses '{}' and {} '{}': their units cannot be compared; run 'amayesh gap' "
                        "on both studies with the same --unit",
                        first.file, printable(before), second.file, printable(after)));
    return Comparison(first, second).run();
}

std::size_t ChangeCauses::count() const noexcept {
    return static_cast<std::size_t>(
        std::ranges::count_if(all_change_causes, [&](ChangeCause cause) { return has(cause); }));
}

std::size_t ResultDifference::count(UnitChange change) const noexcept {
    return static_cast<std::size_t>(std::ranges::count(units, change, &ChangedUnit::change));
}

std::optional<double> ChangedValue::difference() const {
    constexpr double decimals = 1e9;  // finer than any column is rounded to: what is left is the noise of doubles
    const auto first = number_of(before), second = number_of(after);
    if (!first || !second) return std::nullopt;
    return std::round((*second - *first) * decimals) / decimals;
}

}  // namespace amayesh
