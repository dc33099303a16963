#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/model/industrial_zone.hpp>
#include <amayesh/model/road.hpp>
#include <amayesh/model/settlement.hpp>
#include <amayesh/model/utility.hpp>
#include <amayesh/model/utility_source.hpp>
#include <amayesh/study/calendar.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// What the reader of a field says about itself in its findings.
struct FieldContext {
    std::string role;                          ///< Role of the layer: "settlements".
    std::span<const std::string> feature_ids;  ///< Id of each row, for findings; empty = "row 12". Borrowed.
};

/// Reads one attribute of a layer, row by row, through its field map.
///
/// NULL, empty text and the usual marks for "no figure" (-, –, …, *, n/a, نامشخص) are unknown, never 0. A value that
/// cannot be used is unknown too, with a finding that names file, feature, field and value: an error where it is not a
/// number, negative, not finite or beyond its range; a warning where a word is not known.
///
/// The table, the map and the report are borrowed for the reader's life.
/// Throws: InvalidInput from the constructor where the table has not the field, naming the nearest one.
class AMAYESH_EXPORT FieldReader {
public:
    FieldReader(const FeatureTable& table, const FieldMap& map, FieldContext context, ProblemReport& problems);

    [[nodiscard]] std::size_t size() const noexcept { return m_rows; }

    /// The text as it came, ends trimmed, without the map's prefix; whole numbers without a decimal point. A code with
    /// `words` is translated. "" = unknown.
    [[nodiscard]] std::string text(std::size_t row) const;
    /// An amount in the base unit of `wanted`, not negative; a share is within 0–1.
    [[nodiscard]] std::optional<double> amount(std::size_t row, Dimension wanted) const;
    /// A number without unit: a coordinate, a weight, a price.
    [[nodiscard]] std::optional<double> number(std::size_t row) const;
    /// People, households, units, jobs: whole and not negative. A fraction is rounded, with a warning.
    [[nodiscard]] std::optional<std::int64_t> count(std::size_t row) const;
    /// A date of that calendar; a time of day after it is left out. What is no date is unknown, with a warning.
    [[nodiscard]] std::optional<CalendarDate> date(std::size_t row, Calendar calendar) const;
    /// Yes or no, in English or Persian words or 1 and 0.
    [[nodiscard]] std::optional<bool> flag(std::size_t row) const;

    [[nodiscard]] std::optional<UtilityKind> utility(std::size_t row) const;
    [[nodiscard]] std::optional<SourceRole> source_role(std::size_t row) const;
    [[nodiscard]] std::optional<TelecomClass> telecom_class(std::size_t row) const;
    [[nodiscard]] std::optional<SettlementKind> settlement_kind(std::size_t row) const;
    [[nodiscard]] std::optional<ZoneKind> zone_kind(std::size_t row) const;
    [[nodiscard]] std::optional<ZoneStatus> zone_status(std::size_t row) const;
    [[nodiscard]] std::optional<PlotState> plot_state(std::size_t row) const;
    [[nodiscard]] std::optional<RoadDirection> road_direction(std::size_t row) const;

private:
    template <class Enum>
    std::optional<Enum> word(std::size_t row, std::optional<Enum> (*parse)(std::string_view)) const;
    [[nodiscard]] std::string text_of(std::span<const Column* const> columns, std::size_t row) const;
    [[nodiscard]] std::optional<double> value(std::size_t row) const;
    [[nodiscard]] std::optional<double> value_of(const Column& column, std::size_t row) const;
    [[nodiscard]] std::optional<double> value_of(const std::string& text, const std::string& field,
                                                 std::size_t row) const;
    [[nodiscard]] std::optional<double> measured(std::size_t row, Dimension wanted) const;
    void report(Severity severity, ProblemKind kind, std::size_t row, const std::string& field, std::string message,
                std::string action = "taken as unknown") const;

    const FeatureTable& m_table;
    const FieldMap& m_map;
    FieldContext m_context;
    ProblemReport& m_problems;
    std::vector<const Column*> m_columns;  ///< One for a field, more for a sum or parts.
    std::vector<const Column*> m_otherwise;
    std::map<std::string, std::string, std::less<>> m_words;  ///< By their keys for comparison.
    std::optional<UnitOfMeasure> m_unit;
    std::size_t m_rows = 0;
};

}  // namespace amayesh
