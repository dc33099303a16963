#include "study/cell_text.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/nearest_word.hpp>
#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {
namespace {

bool is_blank(UChar32 c) {
    return c >= 0 && (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
                      u_charType(c) == U_CONTROL_CHAR);
}

std::string number_text(double value) {
    constexpr double largest_exact_whole = 9007199254740992.0;  // 2^53
    if (std::trunc(value) == value && std::abs(value) <= largest_exact_whole) return fmt::format("{:.0f}", value);
    return fmt::format("{}", value);
}

}  // namespace

std::string_view trimmed(std::string_view utf8) {
    const char* text = utf8.data();
    auto length = static_cast<int32_t>(utf8.size());
    int32_t begin = 0;
    while (begin < length) {
        int32_t next = begin;
        UChar32 c = 0;
        U8_NEXT(text, next, length, c);
        if (!is_blank(c)) break;
        begin = next;
    }
    while (length > begin) {
        int32_t before = length;
        UChar32 c = 0;
        U8_PREV(text, begin, before, c);
        if (!is_blank(c)) break;
        length = before;
    }
    return utf8.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length - begin));
}

std::string cell_text(const Column& column, std::size_t row) {
    if (column.is_null[row] != 0) return {};
    switch (column.type) {
        case Column::Type::integer:
            return fmt::format("{}", column.integers[row]);
        case Column::Type::real:
            return number_text(column.reals[row]);
        case Column::Type::text:
            return std::string(trimmed(column.texts[row]));
    }
    return {};
}

bool is_no_figure(std::string_view text) {
    constexpr std::array<std::string_view, 15> marks{"",   "-",   "--",  "–",  "—",    "…",    "...",   "*",
                                                     "**", "n/a", "N/A", "NA", "NULL", "null", "نامشخص"};
    for (const std::string_view mark : marks)
        if (text == mark) return true;
    return false;
}

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
    if (prefix.empty() || !text.starts_with(prefix)) return text;
    const std::string_view rest = trimmed(text.substr(prefix.size()));
    return rest.empty() ? text : rest;
}

std::string comparison_key(std::string_view utf8) {
    if (const auto number = parse_number(utf8)) return number_text(*number == 0 ? 0 : *number);
    return fold_name(utf8);
}

const Column& require_field(const FeatureTable& table, const std::string& field, int study_line) {
    if (const Column* column = table.find(field)) return *column;
    std::vector<std::string_view> known;
    for (const Column& column : table.columns) known.push_back(column.name);
    const std::string where = study_line > 0 ? fmt::format(" (line {} of the study)", study_line) : std::string{};
    throw InvalidInput(
        fmt::format("{}: there is no field '{}'{}{}", table.file, field, where, suggestion(field, known)));
}

}  // namespace amayesh::detail
