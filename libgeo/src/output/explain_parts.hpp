#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <amayesh/core/range.hpp>
#include <amayesh/output/explanation.hpp>

#include "output/layer_columns.hpp"

namespace amayesh::detail {

/// A rule and what it takes, as it is put together. Values of cells and coefficients are filled in at the end.
class Rule {
public:
    explicit Rule(std::string_view id) : m_id{id} {}

    Rule& cell(std::string_view name, std::string address) {
        return add(name, {}, {}, RuleInput::From::cell, std::move(address));
    }
    Rule& coefficient(std::string_view name, std::string key, Case scenario = Case::central);
    Rule& setting(std::string_view name, std::string key, FieldValue value, std::string_view unit = {}) {
        return add(name, std::move(value), unit, RuleInput::From::setting, std::move(key));
    }
    Rule& records(std::string_view name, std::string table) {
        return add(name, {}, {}, RuleInput::From::records, std::move(table));
    }
    Rule& found(std::string_view name, FieldValue value, std::string_view unit = {}) {
        return add(name, std::move(value), unit, RuleInput::From::computed, {});
    }
    Rule& field(std::string_view name, FieldValue value, FieldOrigin origin);

    [[nodiscard]] const std::string& id() const noexcept { return m_id; }
    [[nodiscard]] const std::vector<RuleInput>& inputs() const noexcept { return m_inputs; }

private:
    Rule& add(std::string_view name, FieldValue value, std::string_view unit, RuleInput::From from, std::string key);

    std::string m_id;
    std::vector<RuleInput> m_inputs;
};

/// Rules by column of one layer.
using Rules = std::map<std::string, Rule, std::less<>>;

/// "units.target_ha", "unit_utilities[water,low].demand".
std::string cell_address(std::string_view layer, std::string_view column, std::string_view utility = {},
                         std::string_view scenario = {});

/// Row of `unit_utilities` that cells belong to; empty for other layers.
struct RowKey {
    std::string utility;
    std::string scenario;
};

/// Adds the values of one row, each with its rule; `amounts` is the unit of columns whose unit stands in the row.
template <class Row>
void add_values(Explanation& explanation, std::string_view layer, std::span<const LayerColumn<Row>> columns,
                const Row& row, const Rules& rules, const RowKey& key, std::string_view amounts) {
    for (const LayerColumn<Row>& column : columns) {
        ExplainedValue value{.layer = std::string(layer),
                             .column = column.name,
                             .utility = key.utility,
                             .scenario = key.scenario,
                             .title = column.title_en,
                             .value = column.value(row),
                             .unit = std::string_view(column.unit) == "see unit_of_amounts" ? std::string(amounts)
                                                                                            : std::string(column.unit),
                             .rule = {},
                             .inputs = {}};
        if (const auto rule = rules.find(column.name); rule != rules.end()) {
            value.rule = rule->second.id();
            value.inputs = rule->second.inputs();
        }
        explanation.values.push_back(std::move(value));
    }
}

/// Fills in the values that inputs only name, and lists the coefficients that are named.
void settle_inputs(Explanation& explanation, const GapStandards& standards);

/// The value of a field of the input, or that the study does not map it.
Rule given(const ExplainedRun& run, const FeatureKey& feature, std::string_view attribute);

/// The polygon in degrees as Well-Known Text, 1e-11 degrees.
std::string as_wkt(const MultiPolygon& degrees);

/// "lps", "mw", "m3h": how columns of `units` and `zones` end.
std::string_view column_ending(UtilityKind utility) noexcept;
/// "_low", "", "_high".
std::string_view column_infix(Case scenario) noexcept;

/// The distance between a place and the nearest point of a feature.
Rule distance_rule(const ExplainedRun& run, const std::optional<Point>& measured_place, const Geometry& feature);

/// A place in the coordinates that distances are measured in.
std::optional<Point> measured(const ExplainedRun& run, const std::optional<Point>& degrees);

ReachIndex reach_of(const ExplainedRun& run);

/// What the layers' fields give: pairs of column and attribute.
void add_given(Rules& rules, const ExplainedRun& run, const FeatureKey& feature,
               std::initializer_list<std::pair<const char*, const char*>> columns);

/// The amounts that `belongs` takes.
RecordTable allocation_records(const ExplainedRun& run,
                               const std::function<bool(const SharedDemand&, const SharedAmount&)>& belongs);

}  // namespace amayesh::detail
