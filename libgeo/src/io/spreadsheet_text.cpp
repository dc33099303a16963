#include "io/spreadsheet_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace amayesh::detail {
namespace {

constexpr char guard = '\'';
constexpr std::array<std::string_view, 11> first_signs{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

std::size_t count_digits(std::string_view text) { return std::min(text.find_first_not_of("0123456789"), text.size()); }

/// A sign, digits, perhaps a point and digits: a spreadsheet takes it for what it is.
bool is_plain_number(std::string_view text) {
    if (!text.starts_with('+') && !text.starts_with('-')) return false;
    text.remove_prefix(1);
    const std::size_t whole = count_digits(text);
    text.remove_prefix(whole);
    if (whole == 0 || !text.starts_with('.')) return whole > 0 && text.empty();
    text.remove_prefix(1);
    return !text.empty() && count_digits(text) == text.size();
}

}  // namespace

bool needs_guard(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(guard), text.size()));
    return std::ranges::any_of(first_signs, [&](std::string_view sign) { return text.starts_with(sign); }) &&
           !is_plain_number(text);
}

std::string with_guard(std::string_view text) {
    return needs_guard(text) ? std::string(1, guard).append(text) : std::string(text);
}

std::string_view without_guard(std::string_view text) {
    if (text.starts_with(guard) && needs_guard(text)) text.remove_prefix(1);
    return text;
}

}  // namespace amayesh::detail
