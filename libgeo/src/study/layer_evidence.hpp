#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/study/field_guess.hpp>

#include "study/field_evidence.hpp"

namespace amayesh::detail {

enum class LayerShape : std::uint8_t { table, points, lines, polygons };

/// All that guesses are made from.
struct LayerEvidence {
    NameReading own_name;                  ///< Of file and layer.
    NameReading folder_name;               ///< Of the folders above.
    LayerShape shape = LayerShape::table;  ///< A table with fields for a place counts as points or, with WKT, as lines.
    bool has_geometry = false;
    std::size_t rows = 0;
    std::vector<FieldEvidence> fields;
    std::string x_field, y_field, wkt_field;

    [[nodiscard]] const FieldEvidence* find(std::string_view name) const noexcept;
};

LayerEvidence gather_evidence(const FeatureTable& table, std::string_view path);

/// Level that a notion names; nothing for what is no area.
std::optional<AreaLevel> level_of(Notion notion) noexcept;
Notion notion_of(AreaLevel level) noexcept;

/// The finest area that the rows are, from names and from which of the codes are different in every row.
std::optional<AreaLevel> guess_level(const LayerEvidence& evidence);

/// Role, level, utility, and why; no fields yet.
LayerGuess guess_role(const LayerEvidence& evidence);

/// The best field for each attribute of the role.
std::vector<FieldGuess> guess_fields(const LayerEvidence& evidence, const LayerGuess& layer, Language language);

/// A filter to the rows of the layer's own kind, where one field says what each row is; nothing where it needs none.
std::optional<Filter> guess_filter(const LayerEvidence& evidence, const LayerGuess& layer);

}  // namespace amayesh::detail
