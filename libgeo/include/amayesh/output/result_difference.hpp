#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// What a gap run wrote, as far as two of them are compared.
struct GapResultFile {
    std::string file;  ///< As the caller named it, or in the folder that was named.
    FeatureTable units;
    FeatureTable unit_utilities;
    std::vector<ManifestEntry> manifest;
};

/// Reads the GeoPackage that `amayesh gap` wrote, or that of the folder of an `amayesh run`. Throws: IoError (as
/// `read_vector`), InvalidInput where it is no such result, there is none in the folder, or it is of another major version of
/// the schema.
AMAYESH_EXPORT GapResultFile read_gap_result(const std::string& given);

/// Why a number differs between two runs.
enum class ChangeCause : std::uint8_t {
    data,      ///< Other rows in an input.
    standard,  ///< Another coefficient of the standards.
    method,    ///< Other parameters or versions, or the same file read in another way.
};
inline constexpr ChangeCause all_change_causes[] = {ChangeCause::data, ChangeCause::standard, ChangeCause::method};
AMAYESH_EXPORT std::string_view to_string(ChangeCause cause) noexcept;

/// Causes, each there or not.
class ChangeCauses {
public:
    void add(ChangeCause cause) noexcept { m_bits = static_cast<std::uint8_t>(m_bits | bit(cause)); }
    void add(ChangeCauses causes) noexcept { m_bits = static_cast<std::uint8_t>(m_bits | causes.m_bits); }
    void remove(ChangeCauses causes) noexcept { m_bits = static_cast<std::uint8_t>(m_bits & ~causes.m_bits); }
    [[nodiscard]] bool has(ChangeCause cause) const noexcept { return (m_bits & bit(cause)) != 0; }
    [[nodiscard]] AMAYESH_EXPORT std::size_t count() const noexcept;
    friend bool operator==(ChangeCauses, ChangeCauses) = default;

private:
    static constexpr unsigned bit(ChangeCause cause) noexcept { return 1U << static_cast<unsigned>(cause); }
    std::uint8_t m_bits = 0;
};

/// What is known of the reason for a change. Both empty: the two manifests name nothing that the value depends on.
struct ChangeReason {
    ChangeCauses certain;   ///< Each of them did it: nothing else that the value depends on differs.
    ChangeCauses possible;  ///< At least one of them did it, which cannot be told.
};

/// "data", "data and standard", "data or method", "data, perhaps standard", "not told by the manifests".
AMAYESH_EXPORT std::string to_string(const ChangeReason& reason);

/// A line of the two manifests that differs.
struct ManifestDifference {
    std::string section;
    std::string key;
    std::string before;  ///< Empty where only the second has it.
    std::string after;
    std::optional<ChangeCause> cause;  ///< Nothing where no number can follow from it: a title, a file's name.
};

/// One cell of `units` or `unit_utilities` that differs.
struct ChangedValue {
    std::string layer;
    std::string column;
    std::string utility;   ///< Of `unit_utilities`; empty elsewhere.
    std::string scenario;  ///< Likewise: "low", "central", "high".
    std::string unit;      ///< "ha", "L/s"; empty where there is none.
    FieldValue before;
    FieldValue after;
    ChangeReason reason;
    /// After − before; nothing where one of them is unknown or no number.
    [[nodiscard]] AMAYESH_EXPORT std::optional<double> difference() const;
};

enum class UnitChange : std::uint8_t { changed, only_in_first, only_in_second };
/// "changed", "only_in_a", "only_in_b".
AMAYESH_EXPORT std::string_view to_string(UnitChange change) noexcept;

struct ChangedUnit {
    std::string id;
    std::string name;
    UnitChange change = UnitChange::changed;
    std::vector<ChangedValue> values;  ///< In the order of the layers' columns; empty for a unit of one run alone.
    ChangeReason reason;
    std::optional<std::size_t> row_in_second;  ///< Row in `units`.
};

struct ResultDifference {
    std::size_t units_in_first = 0;
    std::size_t units_in_second = 0;
    std::vector<ManifestDifference> manifest;
    std::vector<ChangedUnit> units;                 ///< By id.
    std::vector<std::string> columns_in_one_alone;  ///< "units.x": not compared.
    [[nodiscard]] AMAYESH_EXPORT std::size_t count(UnitChange change) const noexcept;
};

/// Compares two results of `amayesh gap`, value by value.
///
/// Equal:   the same text, the same whole number, the same double; unknown equals unknown alone.
/// Reason:  each column is known to depend on roles of inputs, coefficients and parameters; those of them that differ
///          between the manifests are its possible causes, and a single one is certain.
/// Cost:    O(n log n) in the rows.
/// Throws:  InvalidInput where the two assess different kinds of units, or a unit's id is missing or there twice.
AMAYESH_EXPORT ResultDifference compare_results(const GapResultFile& first, const GapResultFile& second);

/// Writes `changed_units`, with the geometry of the second result, and `changed_values`. The caller finishes the sink.
AMAYESH_EXPORT void write_difference_layers(const ResultDifference& difference, const GapResultFile& second,
                                            TitleLanguage language, VectorSink& sink);

}  // namespace amayesh
