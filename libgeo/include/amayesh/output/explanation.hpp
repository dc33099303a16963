#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// Where a value of the input stands.
struct FieldOrigin {
    std::string file;     ///< As the study names it.
    std::string layer;    ///< Empty where the file has one layer.
    std::string field;    ///< "male + female" where fields are added up; empty for a constant of the study.
    std::string row;      ///< Id of the row in the file, as GDAL counts them; several of a joined table: "4, 5".
    std::string text;     ///< As it reads there; empty = nothing.
    std::string means;    ///< What the study's words make of it, where they do.
    std::string season;   ///< Of an amount that is given by season.
    std::string unit;     ///< As the study says; empty where it says none.
    double factor = 1;    ///< The number that reads there × this is the value in our unit.
    std::string crs;      ///< Of a coordinate.
    bool is_sum = false;  ///< Of several rows; `text` is their sum.
};

/// Something that a rule takes.
struct RuleInput {
    enum class From : std::uint8_t {
        computed,     ///< Measured or found on the way; stands nowhere else.
        cell,         ///< Another value of the same explanation: its column.
        coefficient,  ///< Of the standards: its key.
        setting,      ///< Of the study or the command line: its key.
        records,      ///< The rows of a table of the explanation: its name.
        field,        ///< Of the input.
    };
    std::string name;
    FieldValue value{};
    std::string unit{};
    From from = From::computed;
    std::string key{};  ///< Column, key or table, by `from`.
    std::optional<FieldOrigin> field{};
};

/// One cell of a result layer, the rule that it follows from, and what the rule took.
struct ExplainedValue {
    std::string layer;
    std::string column;
    std::string utility;   ///< Of `unit_utilities`; empty elsewhere.
    std::string scenario;  ///< Of `unit_utilities`: "low", "central", "high".
    std::string title;
    FieldValue value;
    std::string unit;
    std::string rule;  ///< See rule_text().
    std::vector<RuleInput> inputs;
};

/// Rows that rules add up, count or compare: the settlements of a unit, the sources in its reach, who got what.
struct RecordTable {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<FieldValue>> rows;
};

enum class ExplainedKind : std::uint8_t { unit, zone, source };
AMAYESH_EXPORT std::string_view to_string(ExplainedKind kind) noexcept;

/// Every value of one unit, zone or source with what it follows from.
struct Explanation {
    ExplainedKind kind = ExplainedKind::unit;
    std::string id;
    std::string name;
    std::vector<ExplainedValue> values;  ///< In the order of the layers' columns.
    std::vector<RecordTable> records;
    std::vector<UsedCoefficient> coefficients;  ///< Those that the values name.
    std::size_t warnings = 0;                   ///< About the input of the run.
};

/// A feature of the input.
struct FeatureKey {
    std::string_view role;  ///< "sources"
    std::string_view id;
    std::optional<UtilityKind> utility{};  ///< Of sources: two utilities may have the same ids.
};

/// Finds where an attribute of a feature stands: once, or once a season; nothing where the study does not map it.
using FindOrigin = std::function<std::vector<FieldOrigin>(const FeatureKey& feature, std::string_view attribute)>;

/// What explaining reads: a gap run's values and results, borrowed for the call.
struct ExplainedRun {
    const PlanningArea& area;
    std::span<const std::size_t> district_of_settlement;
    const GapResult& result;
    const FindOrigin& find_origin;
};

/// Explain one unit (index into the units of the result), zone or source (indices into the area).
///
/// Values:  those of the layers `units` and `unit_utilities`, `zones`, `sources`, taken from the same tables that write
///          them. What a rule took comes from the results' own records; reach is asked again of the same index.
/// Cost:    building the index of reach, and the rows of the feature.
/// Throws:  InvalidInput where the index is none.
AMAYESH_EXPORT Explanation explain_unit(const ExplainedRun& run, std::size_t unit);
AMAYESH_EXPORT Explanation explain_zone(const ExplainedRun& run, std::size_t zone);
AMAYESH_EXPORT Explanation explain_source(const ExplainedRun& run, std::size_t source);

/// What a rule says, in one sentence; "" for a name that is none.
AMAYESH_EXPORT std::string_view rule_text(std::string_view rule) noexcept;

/// As JSON, whole; and as text for people: the values that are there, of the central case. Either with the values of
/// `columns` alone, where there are any.
AMAYESH_EXPORT std::string explanation_json(const Explanation& explanation, std::span<const std::string> columns = {});
AMAYESH_EXPORT std::string explanation_text(const Explanation& explanation, std::span<const std::string> columns = {});

}  // namespace amayesh
