#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <amayesh/study/name_folding.hpp>

namespace amayesh {
namespace {

constexpr std::size_t group_size = 3;

/// The character as it stands in a plain number: a digit, '-', '+', '.', ',', ' ' (a thousands space), '\'' (a thousands
/// mark that is nothing else), 'd' (a decimal mark that is nothing else), 'e'; '\0' where it is none of these.
char plain_sign(UChar32 c) {
    if (const int32_t digit = u_charDigitValue(c); digit >= 0) return static_cast<char>('0' + digit);
    switch (c) {
        case '+':
            return '+';
        case '-':
        case 0x2212:  // MINUS SIGN
            return '-';
        case '.':
            return '.';
        case ',':
        case 0x060C:  // ARABIC COMMA
            return ',';
        case 0x066B:  // ARABIC DECIMAL SEPARATOR
            return 'd';
        case '\'':
        case 0x2019:
        case 0x066C:  // ARABIC THOUSANDS SEPARATOR
            return '\'';
        case 'e':
        case 'E':
            return 'e';
        default:
            return u_isUWhiteSpace(c) ? ' ' : '\0';
    }
}

bool is_invisible(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0; }

/// The text in plain signs, ends trimmed; nothing where another character stands in it.
std::optional<std::string> to_plain_signs(std::string_view utf8) {
    std::string signs;
    const auto length = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(utf8.data(), i, length, c);
        if (c < 0) return std::nullopt;
        if (is_invisible(c)) continue;
        const char sign = plain_sign(c);
        if (sign == '\0') return std::nullopt;
        signs.push_back(sign);
    }
    while (!signs.empty() && signs.back() == ' ') signs.pop_back();
    signs.erase(0, signs.find_first_not_of(' '));
    return signs;
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether `whole` is digits in groups of three behind `mark`: "1,234,567". A group never starts a number with 0.
bool is_grouped(std::string_view whole, char mark) {
    std::size_t end = whole.find(mark);
    if (end == std::string_view::npos || end == 0 || end > group_size || whole.front() == '0') return false;
    if (!is_digits(whole.substr(0, end))) return false;
    for (std::size_t at = end; at < whole.size(); at += group_size + 1) {
        if (whole[at] != mark || whole.size() - at < group_size + 1) return false;
        if (!is_digits(whole.substr(at + 1, group_size))) return false;
    }
    return true;
}

/// The digits of a whole number, without its thousands marks; nothing where they stand in odd places.
std::optional<std::string> whole_digits(std::string_view whole, char decimal_mark) {
    if (is_digits(whole)) return std::string(whole);
    for (const char mark : {',', '.', ' ', '\''}) {
        if (mark == decimal_mark || !is_grouped(whole, mark)) continue;
        std::string digits(whole);
        std::erase(digits, mark);
        return digits;
    }
    return std::nullopt;
}

struct DecimalMark {
    std::size_t at = std::string_view::npos;
    char sign = '\0';
};

/// Where the decimal mark stands, if there is one: a mark that means nothing else, the last of two kinds of mark, a
/// single dot, or a single comma that cannot be a thousands mark.
DecimalMark find_decimal_mark(std::string_view number) {
    if (const std::size_t at = number.find('d'); at != std::string_view::npos) return {at, 'd'};
    const std::size_t dot = number.rfind('.');
    const std::size_t comma = number.rfind(',');
    if (dot != std::string_view::npos && comma != std::string_view::npos)
        return dot > comma ? DecimalMark{dot, '.'} : DecimalMark{comma, ','};
    if (dot != std::string_view::npos && number.find('.') == dot) return {dot, '.'};
    if (comma != std::string_view::npos && number.find(',') == comma && !is_grouped(number, ',')) return {comma, ','};
    return {};
}

std::optional<double> to_double(const std::string& text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// Digits with thousands marks and at most one decimal mark, as a plain decimal: "1.234,5" → "1234.5".
std::optional<std::string> plain_decimal(std::string_view number) {
    const DecimalMark mark = find_decimal_mark(number);
    const std::string_view whole = number.substr(0, mark.at);
    const std::string_view fraction = mark.sign == '\0' ? std::string_view{} : number.substr(mark.at + 1);
    if (whole.empty() && fraction.empty()) return std::nullopt;
    if (!fraction.empty() && !is_digits(fraction)) return std::nullopt;
    const std::optional<std::string> digits = whole.empty() ? std::string("0") : whole_digits(whole, mark.sign);
    if (!digits) return std::nullopt;
    return fraction.empty() ? *digits : *digits + "." + std::string(fraction);
}

}  // namespace

std::optional<double> parse_number(std::string_view utf8) {
    const std::optional<std::string> signs = to_plain_signs(utf8);
    if (!signs || signs->empty()) return std::nullopt;
    std::string_view rest = *signs;
    const bool negative = rest.front() == '-';
    if (negative || rest.front() == '+') rest.remove_prefix(1);

    const std::size_t exponent_at = rest.find('e');
    std::string exponent;
    if (exponent_at != std::string_view::npos) {
        exponent = rest.substr(exponent_at);
        if (exponent.size() > 1 && exponent[1] == '+') exponent.erase(1, 1);
    }
    const std::optional<std::string> decimal = plain_decimal(rest.substr(0, exponent_at));
    if (!decimal) return std::nullopt;
    const std::optional<double> value = to_double(*decimal + exponent);
    if (!value) return std::nullopt;
    return negative ? -*value : *value;
}

}  // namespace amayesh
