#include <amayesh/core/nearest_word.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

namespace amayesh {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Optimal string alignment distance (Damerau 1964, restricted): three rows of the table.
std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + replace});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest_word = 200;  // nobody misspells a longer one
    if (word.size() > longest_word) return {};
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    std::string_view nearest;
    for (const std::string_view candidate : candidates) {
        const std::size_t edits = edits_between(word, candidate);
        if (edits >= least || edits >= candidate.size()) continue;
        least = edits;
        nearest = candidate;
    }
    return nearest;
}

std::string listed(std::span<const std::string_view> words) {
    constexpr std::size_t most_listed = 30;
    std::string list;
    for (std::size_t i = 0; i < std::min(words.size(), most_listed); ++i) {
        if (i > 0) list += ", ";
        list += words[i];
    }
    if (words.size() > most_listed) list += ", …";
    return list;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
    if (const std::string_view nearest = nearest_word(word, candidates); !nearest.empty())
        return fmt::format("; did you mean '{}'?", nearest);
    return candidates.empty() ? std::string{} : fmt::format("; known: {}", listed(candidates));
}

}  // namespace amayesh
