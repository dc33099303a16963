#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/model/utility.hpp>
#include <amayesh/model/utility_source.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// How sure a guess is.
enum class Sureness : std::uint8_t { sure, likely, perhaps };
AMAYESH_EXPORT std::string_view to_string(Sureness sureness) noexcept;

/// Score from which a guess is called sure, likely, perhaps; below the last it is not made.
inline constexpr double sure_score = 0.8;
inline constexpr double likely_score = 0.55;
inline constexpr double least_score = 0.35;
AMAYESH_EXPORT Sureness sureness_of(double score) noexcept;

/// Where an area stands in the administrative tree.
enum class AreaLevel : std::uint8_t { country, province, county, district, rural_district };
AMAYESH_EXPORT std::string_view to_string(AreaLevel level) noexcept;

/// One attribute of the model, and where in the data it seems to be.
struct FieldGuess {
    std::string attribute;                   ///< As in `attributes_of(role)`.
    std::string field;                       ///< Empty where `sum_of` or `constant` is set.
    std::vector<std::string> sum_of;         ///< Fields to be added up.
    std::string constant;                    ///< The same for every row.
    double score = 0;                        ///< 0–1.
    std::string reason;                      ///< "name means population; whole numbers 12 to 98,120".
    std::vector<std::string> others;         ///< Other fields that would do, the best first.
    std::string unit_hint;                   ///< What the field's name says of its unit; for a comment, never for use.
    std::vector<std::string> strange_words;  ///< Values that are no word of ours, the most frequent first.
    std::string prefix;                      ///< In front of nearly every value: "شهرستان ".
    bool needs_unit = false;                 ///< An amount: the person must say which unit.
};

/// What a layer seems to be.
struct LayerGuess {
    std::optional<LayerRole> role;   ///< Nothing: no role in a study.
    std::optional<AreaLevel> level;  ///< Of areas; a role of `rural_districts` with a higher level is a parent area.
    double score = 0;
    std::string reason;
    std::optional<UtilityKind> utility;
    std::optional<SourceRole> source_role;
    bool placed_by_district = false;  ///< Zones that are known only by the code of their rural district.
    bool rows_repeat = false;         ///< Several rows for one id: a table to be joined and added up.
    std::string x_field, y_field, wkt_field;
    std::optional<Filter> where;     ///< Rows of the layer's own kind, where it mixes several.
    std::vector<FieldGuess> fields;  ///< In the order of `attributes_of(role)`; one for each attribute that was found.
    std::vector<std::string> id_parts;  ///< Where no field is an id: two that together are different in every row.
    std::vector<int> years;             ///< Years that names of the layer or its fields in use show.

    [[nodiscard]] AMAYESH_EXPORT const FieldGuess* find(std::string_view attribute) const noexcept;
};

/// Guesses the role of a layer and the attribute behind each of its fields, from their names (English, Persian,
/// transliterated), values and geometry. Never guesses a unit.
///
/// `path` is the layer's file with the folders above it, as far as they may tell something ("utilities/post_bargh.shp").
/// Result:  does not depend on the order of the rows; of fields that are equally good, the first one is taken.
/// Cost:    O(n log n) in the values.
AMAYESH_EXPORT LayerGuess guess_layer(const FeatureTable& table, std::string_view path,
                                      Language language = Language::english);

}  // namespace amayesh
