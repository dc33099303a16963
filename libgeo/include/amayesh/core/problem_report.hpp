#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// How bad a finding is: an error makes a number wrong, a warning was repaired or skipped, a note is for the reader.
enum class Severity : std::uint8_t { error, warning, note };

/// What was found. The text form (`to_string`) is the enumerator's name and is stable between releases.
enum class ProblemKind : std::uint8_t {
    // reading
    layer_empty,
    layer_damaged,
    feature_unreadable,
    geometry_missing,
    geometry_empty,
    geometry_invalid,
    geometry_wrong_type,
    geometry_not_finite,
    encoding_guessed,
    text_implausible,
    crs_missing,
    crs_mixed,
    crs_assigned,
    crs_inaccurate,
    axes_swapped,
    layers_disjoint,
    place_null_island,
    // values
    value_missing,
    value_not_a_number,
    value_negative,
    value_not_finite,
    value_implausible,
    value_unknown_word,
    units_mixed,
    date_implausible,
    dates_spread,
    // keys and relations
    id_missing,
    id_duplicate,
    id_leading_zero_lost,
    code_unmatched,
    name_unmatched,
    name_folded,
    name_ambiguous,
    selection_empty,
    // relations in space
    districts_overlap,
    districts_gap,
    outside_every_district,
    district_disagrees,
    on_the_line,
    zones_overlap,
    plot_outside_zone,
    area_disagrees,
    // meaning
    population_disagrees,
    population_exceeds_parent,
    source_over_committed,
    commitment_lapsed,
    capacity_unknown,
    use_unknown,
    centre_outside,
    source_without_role,
    coefficient_weak,
    layer_incomplete,
    // travel
    unroutable,
};

AMAYESH_EXPORT std::string_view to_string(Severity severity) noexcept;
AMAYESH_EXPORT std::string_view to_string(ProblemKind kind) noexcept;

/// A place in degrees, WGS 84, longitude first; where a person can look.
struct ProblemPlace {
    double longitude = 0;
    double latitude = 0;
};

/// One finding about one feature, field or layer.
struct Problem {
    Severity severity = Severity::warning;
    ProblemKind kind = ProblemKind::value_missing;
    std::string layer{};    ///< Role of the layer in the study: `settlements`.
    std::string file{};     ///< Source as the study names it; empty where the finding has no file.
    std::string feature{};  ///< Id of the feature; empty for the whole layer.
    std::string field{};    ///< Field of the source; empty where none is at fault.
    std::string message{};  ///< What and why, with the value.
    std::string action{};   ///< What was done: "repaired: 12.31 ha before, 12.29 ha after", "skipped", "kept".
    std::optional<ProblemPlace> place{};  ///< Nothing where the finding has no place.

    friend bool operator==(const Problem& a, const Problem& b) = delete;
};

/// Collects findings. Nothing is repaired, skipped or guessed without an entry here.
class AMAYESH_EXPORT ProblemReport {
public:
    void add(Problem problem);
    void append(ProblemReport&& other);

    /// Findings in a fixed order (severity, kind, layer, feature, field, message), whatever order they came in.
    [[nodiscard]] std::vector<Problem> sorted() const;
    [[nodiscard]] const std::vector<Problem>& entries() const noexcept { return m_entries; }
    [[nodiscard]] std::size_t count(Severity severity) const noexcept;
    [[nodiscard]] std::size_t count(ProblemKind kind) const noexcept;
    [[nodiscard]] bool has_errors() const noexcept { return count(Severity::error) > 0; }

private:
    std::vector<Problem> m_entries;
};

}  // namespace amayesh
