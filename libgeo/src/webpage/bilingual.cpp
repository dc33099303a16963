#include "webpage/bilingual.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace amayesh::detail {

namespace {

constexpr int significant_digits = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_groups(std::int64_t value) {
    constexpr std::size_t group = 3;
    std::string text = std::to_string(value);
    const std::size_t first_digit = value < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > first_digit + group;) text.insert(at -= group, ",");
    return text;
}

}  // namespace

Json to_json(const Bilingual& text) { return {{"en", text.en}, {"fa", text.fa}}; }
Json to_json(const BilingualTexts& texts) { return {{"en", texts.en}, {"fa", texts.fa}}; }

std::string persian_digits(const std::string& text) {
    static constexpr std::string_view digits[] = {"۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹"};
    std::string persian;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_between_digits = i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
        if (is_digit(c))
            persian += digits[c - '0'];
        else if (c == ',' && is_between_digits)
            persian += "٬";
        else if (c == '.' && is_between_digits)
            persian += "٫";
        else
            persian += c;
    }
    return persian;
}

Bilingual whole_text(std::int64_t value) {
    const std::string text = with_groups(value);
    return {text, persian_digits(text)};
}

Bilingual decimal_text(double value) {
    const double shown = rounded(value);
    constexpr double most_that_is_grouped = 1e15;
    if (shown == std::trunc(shown) && std::abs(shown) < most_that_is_grouped)
        return whole_text(static_cast<std::int64_t>(shown));
    const std::string text = fmt::format("{}", shown);
    return {text, persian_digits(text)};
}

double rounded(double value) {
    if (!std::isfinite(value)) return value;
    char text[32];
    const auto [end, error] =
        std::to_chars(std::begin(text), std::end(text), value, std::chars_format::general, significant_digits);
    double result = value;
    if (error == std::errc{}) std::from_chars(text, end, result);
    return result;
}

}  // namespace amayesh::detail
