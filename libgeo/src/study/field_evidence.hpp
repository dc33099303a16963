#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/study_file.hpp>

#include "study/planning_words.hpp"

namespace amayesh::detail {

/// What the values of one field look like. Does not depend on the order of the rows.
struct FieldEvidence {
    std::string name;
    NameReading reading;
    Column::Type type = Column::Type::text;
    std::size_t rows = 0;
    std::size_t known = 0;        ///< Neither NULL nor empty text.
    std::size_t distinct = 0;     ///< Different known values.
    std::size_t numeric = 0;      ///< Known values that are numbers, as numbers or as text.
    std::size_t whole = 0;        ///< Of these, whole and not negative.
    std::size_t implausible = 0;  ///< Texts that lost their letters: "????", "ÒäÌÇä".
    std::size_t persian = 0;      ///< Texts with Persian or Arabic letters.
    std::size_t positive = 0;     ///< Of the numbers, those above zero.
    double least = 0;             ///< Of the numbers.
    double most = 0;
    bool counts_rows = false;                                 ///< 0, 1, 2, … or 1, 2, 3, …, one for each row.
    std::vector<std::pair<std::string, std::size_t>> values;  ///< Different values and their rows, the most frequent
        ///< first; empty where there are over `most_listed_values`.
    std::vector<std::string> sample;  ///< At most `most_sampled_values` different values, spread over their order.

    std::array<double, notion_count> notion_shares{};  ///< Of texts: see `share_with_notion`.

    static constexpr std::size_t most_listed_values = 200;
    static constexpr std::size_t most_sampled_values = 400;

    [[nodiscard]] double known_share() const noexcept { return rows == 0 ? 0 : double(known) / double(rows); }
    [[nodiscard]] double numeric_share() const noexcept { return known == 0 ? 0 : double(numeric) / double(known); }
    [[nodiscard]] double whole_share() const noexcept { return known == 0 ? 0 : double(whole) / double(known); }
    [[nodiscard]] double distinct_share() const noexcept { return known == 0 ? 0 : double(distinct) / double(known); }
    [[nodiscard]] bool is_key() const noexcept { return rows > 0 && known == rows && distinct == rows; }
};

/// Measures a field.  Cost: O(n log n) in the rows.
FieldEvidence measure_field(const Column& column);

/// The values of a field as text, one for each row, ends trimmed; "" = unknown. Whole numbers have no decimal point.
std::vector<std::string> texts_of(const Column& column);

/// The share of known rows whose value is one of the attribute's words; 0 for a field with many different values.
double share_of_words(const FieldEvidence& field, LayerRole role, std::string_view attribute);

/// Share of the known rows, or where there are many different values of the sampled ones, whose text has the notion.
inline double share_with_notion(const FieldEvidence& field, Notion notion) {
    return field.notion_shares[static_cast<std::size_t>(notion)];
}

}  // namespace amayesh::detail
