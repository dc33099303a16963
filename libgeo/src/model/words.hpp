#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace amayesh::detail {

/// Words of one enumeration, in the spelling that name folding leaves (lower case, Persian letters, no ZWNJ).
template <class Enum, std::size_t Count>
using WordTable = std::array<std::pair<std::string_view, Enum>, Count>;

template <class Enum, std::size_t Count>
std::optional<Enum> find_word(const WordTable<Enum, Count>& table, std::string_view word) {
    for (const auto& [text, value] : table)
        if (text == word) return value;
    return std::nullopt;
}

/// The first word of a value in its table is its stable text form.
template <class Enum, std::size_t Count>
std::string_view first_word(const WordTable<Enum, Count>& table, Enum value) noexcept {
    for (const auto& [text, candidate] : table)
        if (candidate == value) return text;
    return {};
}

}  // namespace amayesh::detail
