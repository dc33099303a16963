#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace amayesh::detail {

/// Which kind of table of a study or standards file a key belongs to.
enum class Section : std::uint8_t {
    study,
    crs,
    output,
    assess,
    reach,
    run,
    standards,
    layer,
    filter,
    field,
    join,
    join_key,
    derive,
    backdrop,
    standards_file,
    coefficient,
};

/// Types that the value of a key may have; a mask.
namespace accepts {
inline constexpr unsigned text = 1;
inline constexpr unsigned whole = 2;   ///< A whole number.
inline constexpr unsigned number = 4;  ///< Any number.
inline constexpr unsigned boolean = 8;
inline constexpr unsigned date = 16;
inline constexpr unsigned table = 32;
inline constexpr unsigned texts = 64;     ///< A list of texts.
inline constexpr unsigned numbers = 128;  ///< A list of numbers.
inline constexpr unsigned values = 256;   ///< A list of texts, numbers and booleans.
inline constexpr unsigned tables = 512;   ///< A list of tables.
inline constexpr unsigned anything = 1024;
}  // namespace accepts

struct KeyRule {
    Section section;
    std::string_view key;
    unsigned types;
};

/// Every key that a study or standards file may hold, apart from those whose names are the user's or the model's own
/// (roles of layers, attributes, words, coefficients).
inline constexpr auto key_rules = std::to_array<KeyRule>({
    {Section::study, "schema_version", accepts::whole | accepts::text},
    {Section::study, "title", accepts::text},
    {Section::study, "language", accepts::text},
    {Section::study, "calendar", accepts::text},
    {Section::study, "crs", accepts::table},
    {Section::study, "output", accepts::table},
    {Section::study, "assess", accepts::table},
    {Section::study, "reach", accepts::table},
    {Section::study, "run", accepts::table},
    {Section::study, "standards", accepts::table},
    {Section::study, "layers", accepts::table},
    {Section::study, "backdrop", accepts::tables},

    {Section::crs, "working", accepts::text},
    {Section::output, "crs", accepts::text},

    {Section::assess, "unit", accepts::text},
    {Section::assess, "over", accepts::whole},
    {Section::assess, "distance", accepts::text},
    {Section::assess, "serving_statuses", accepts::texts},
    {Section::assess, "sharing", accepts::text},
    {Section::assess, "reach", accepts::text},
    {Section::assess, "date", accepts::text | accepts::date | accepts::whole},

    {Section::reach, "limit_min", accepts::number},
    {Section::reach, "direction", accepts::text},
    {Section::reach, "snap_km", accepts::number},
    {Section::reach, "crossing_tolerance_m", accepts::number},
    {Section::reach, "cell_m", accepts::number},
    {Section::reach, "neighbours", accepts::whole},
    {Section::reach, "people_minutes", accepts::numbers},
    {Section::reach, "margin_km", accepts::number},
    {Section::reach, "allow_coarse_elevation", accepts::boolean},

    {Section::run, "outputs", accepts::texts},

    {Section::standards, "files", accepts::text | accepts::texts},
    {Section::standards, "values", accepts::table},

    {Section::layer, "source", accepts::text | accepts::texts},
    {Section::layer, "layer", accepts::text},
    {Section::layer, "encoding", accepts::text},
    {Section::layer, "crs", accepts::text},
    {Section::layer, "delimiter", accepts::text},
    {Section::layer, "x", accepts::text},
    {Section::layer, "y", accepts::text},
    {Section::layer, "wkt", accepts::text},
    {Section::layer, "as_of", accepts::text | accepts::date | accepts::whole},
    {Section::layer, "complete", accepts::boolean},
    {Section::layer, "extent", accepts::numbers},
    {Section::layer, "where", accepts::table | accepts::tables},
    {Section::layer, "utility", accepts::text},
    {Section::layer, "role", accepts::text},
    {Section::layer, "unknown_headroom", accepts::text},
    {Section::layer, "place", accepts::text},
    {Section::layer, "kind", accepts::text},
    {Section::layer, "classes", accepts::table},
    {Section::layer, "unit", accepts::text},
    {Section::layer, "fields", accepts::table},
    {Section::layer, "joins", accepts::table | accepts::tables},
    {Section::layer, "derive", accepts::table},

    {Section::filter, "field", accepts::text},
    {Section::filter, "in", accepts::values},
    {Section::filter, "not_in", accepts::values},
    {Section::filter, "equals", accepts::text | accepts::number | accepts::boolean},

    {Section::field, "field", accepts::text},
    {Section::field, "parts", accepts::texts},
    {Section::field, "otherwise", accepts::texts},
    {Section::field, "sum", accepts::texts},
    {Section::field, "value", accepts::text | accepts::number | accepts::boolean | accepts::date},
    {Section::field, "unit", accepts::text},
    {Section::field, "power_factor", accepts::number},
    {Section::field, "season", accepts::text},
    {Section::field, "capacity_factor", accepts::number},
    {Section::field, "words", accepts::table},
    {Section::field, "prefix", accepts::text},

    {Section::join, "source", accepts::text},
    {Section::join, "layer", accepts::text},
    {Section::join, "encoding", accepts::text},
    {Section::join, "delimiter", accepts::text},
    {Section::join, "where", accepts::table},
    {Section::join, "on", accepts::table | accepts::tables},
    {Section::join, "several", accepts::text},
    {Section::join, "required", accepts::boolean},
    {Section::join, "take", accepts::table},

    {Section::join_key, "field", accepts::text},
    {Section::join_key, "table_field", accepts::text},
    {Section::join_key, "by", accepts::text},
    {Section::join_key, "prefix", accepts::text},
    {Section::join_key, "table_prefix", accepts::text},
    {Section::join_key, "pad_to", accepts::whole},

    {Section::derive, "source", accepts::text},
    {Section::derive, "layer", accepts::text},
    {Section::derive, "encoding", accepts::text},
    {Section::derive, "crs", accepts::text},
    {Section::derive, "parent", accepts::text},
    {Section::derive, "fields", accepts::table},

    {Section::backdrop, "kind", accepts::text},
    {Section::backdrop, "source", accepts::text | accepts::texts},
    {Section::backdrop, "layer", accepts::text},
    {Section::backdrop, "encoding", accepts::text},
    {Section::backdrop, "crs", accepts::text},
    {Section::backdrop, "delimiter", accepts::text},
    {Section::backdrop, "x", accepts::text},
    {Section::backdrop, "y", accepts::text},
    {Section::backdrop, "wkt", accepts::text},
    {Section::backdrop, "where", accepts::table | accepts::tables},
    {Section::backdrop, "name", accepts::text},

    {Section::standards_file, "schema_version", accepts::whole | accepts::text},
    {Section::standards_file, "title", accepts::text},
    {Section::standards_file, "as_of", accepts::text | accepts::date | accepts::whole},
    {Section::standards_file, "licence", accepts::text},
    {Section::standards_file, "rule", accepts::text},
    {Section::standards_file, "year", accepts::text | accepts::whole},
    {Section::standards_file, "source", accepts::text},
    {Section::standards_file, "groups", accepts::texts},
    {Section::standards_file, "confidence_of_group", accepts::table},
    {Section::standards_file, "buffer", accepts::tables},
    {Section::standards_file, "restricted_circle", accepts::tables},
    {Section::standards_file, "consent", accepts::tables},

    {Section::coefficient, "low", accepts::number},
    {Section::coefficient, "central", accepts::number},
    {Section::coefficient, "high", accepts::number},
    {Section::coefficient, "value", accepts::number},
    {Section::coefficient, "text", accepts::text},
    {Section::coefficient, "unit", accepts::text},
    {Section::coefficient, "basis", accepts::text},
    {Section::coefficient, "measures", accepts::text},
    {Section::coefficient, "year", accepts::text | accepts::whole},
    {Section::coefficient, "source", accepts::text},
    {Section::coefficient, "confidence", accepts::text},
});

inline std::vector<std::string_view> keys_of(Section section) {
    std::vector<std::string_view> keys;
    for (const KeyRule& rule : key_rules)
        if (rule.section == section) keys.push_back(rule.key);
    return keys;
}

}  // namespace amayesh::detail
