#pragma once

#include <span>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// A word of ours (`operating`, `no_zone_in_reach`) as people read it: the one table of such titles. The word itself where
/// the table has none.
AMAYESH_EXPORT std::string_view word_title(std::string_view word, TitleLanguage language);

/// The words that a column of a result layer can hold ("0" and "1" for a flag), in the order of a legend; empty where the
/// column takes any text or number.
AMAYESH_EXPORT std::span<const std::string_view> words_of_column(std::string_view layer, std::string_view column);

}  // namespace amayesh
