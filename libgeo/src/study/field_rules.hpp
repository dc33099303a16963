#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <amayesh/study/study_file.hpp>

#include "study/planning_words.hpp"

namespace amayesh::detail {

/// What the values of an attribute must look like.
enum class ValueShape : std::uint8_t {
    key,     ///< Different in every row.
    label,   ///< Text with letters.
    code,    ///< Text or number that names another area.
    people,  ///< Whole numbers, not negative.
    amount,  ///< Numbers, not negative.
    word,    ///< One of a few words.
    flag,    ///< Yes or no.
    date,
    percentage,  ///< 0–100.
    degrees,     ///< Coordinates of a place.
};

/// Which notions in a field's name make it the field of an attribute.
struct FieldRule {
    LayerRole role;
    std::string_view attribute;
    ValueShape shape;
    std::array<Notion, 2> needs;   ///< All of these; twice the same where one is enough.
    std::array<Notion, 4> allows;  ///< These beside it say nothing against it.
    double weight = 1;             ///< Less for words that may mean something else.
};

/// The rules of all roles. Several may give one attribute. A rule with `Notion::name` or `Notion::code` is about the
/// layer's own: the name or code of another thing is another thing's.
std::span<const FieldRule> field_rules();

/// Notions that name the rows of a layer of this role, so that "estate_name" is a name there.
bool is_own_subject(LayerRole role, std::optional<Notion> area, Notion notion) noexcept;

}  // namespace amayesh::detail
