#pragma once

#include <span>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// The candidate that a misspelt word most likely means: least edits (insert, delete, replace, swap neighbours), case
/// apart, ties by order; "" where none is near.
AMAYESH_EXPORT std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

/// "; did you mean 'population'?", or where nothing is near "; known: id, name, …" (at most 30 of them).
AMAYESH_EXPORT std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

/// "a, b, c".
AMAYESH_EXPORT std::string listed(std::span<const std::string_view> words);

}  // namespace amayesh
