#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/model/settlement.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

/// Other spellings in which a word may stand in the model's lists: folded, with "_" for spaces, without spaces.
std::vector<std::string> word_spellings(std::string_view utf8);

/// The word of ours that a text means, by one of the model's `parse_…` functions: as it stands, else spelt otherwise.
template <class Enum>
std::optional<Enum> find_word(std::string_view utf8, std::optional<Enum> (*parse)(std::string_view)) {
    if (const std::optional<Enum> value = parse(utf8)) return value;
    for (const std::string& spelling : word_spellings(utf8))
        if (const std::optional<Enum> value = parse(spelling)) return value;
    return std::nullopt;
}

/// Yes or no in English and Persian words, 1 and 0.
std::optional<bool> parse_flag(std::string_view word);

/// Whether a text is one of an attribute's words; true for attributes whose words are free (roads' class, rules).
bool is_word_of(LayerRole role, std::string_view attribute, std::string_view utf8);

/// An attribute's words in their stable form; empty where they are free.
std::vector<std::string_view> words_of(LayerRole role, std::string_view attribute);

}  // namespace amayesh::detail
