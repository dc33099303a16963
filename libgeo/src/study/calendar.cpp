#include <amayesh/study/calendar.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <string>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace amayesh {
namespace {

constexpr int months_of_31_days = 6;
constexpr int days_of_common_year = 365;

int days_in_month(int year, int month, Calendar calendar) {
    if (calendar == Calendar::gregorian) {
        const std::chrono::year_month_day_last last{
            std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} / std::chrono::last};
        return static_cast<int>(static_cast<unsigned>(last.day()));
    }
    if (month <= months_of_31_days) return 31;
    if (month < 12) return 30;
    return is_solar_hijri_leap_year(year) ? 30 : 29;
}

bool is_plausible_year(int year, Calendar calendar) {
    return calendar == Calendar::solar_hijri ? year >= 1200 && year <= 1599 : year >= 1800 && year <= 2199;
}

/// Digits as 0–9, every separator as '-'; empty where another character stands in it.
std::string plain_date(std::string_view utf8) {
    std::string plain;
    const auto length = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(utf8.data(), i, length, c);
        if (c < 0) return {};
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
        if (const int32_t digit = u_charDigitValue(c); digit >= 0)
            plain.push_back(static_cast<char>('0' + digit));
        else if (c == '-' || c == '/' || c == '.')
            plain.push_back('-');
        else if (!u_isUWhiteSpace(c))
            return {};
    }
    return plain;
}

/// The next part of a date, digits of at most `most_digits`; nothing where there is none.
std::optional<int> take_part(std::string_view& rest, std::size_t most_digits) {
    int value = 0;
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    const auto digits = static_cast<std::size_t>(stop - rest.data());
    if (error != std::errc{} || digits == 0 || digits > most_digits || value <= 0) return std::nullopt;
    rest.remove_prefix(digits);
    return value;
}

}  // namespace

std::string_view to_string(Calendar calendar) noexcept {
    return calendar == Calendar::solar_hijri ? "solar_hijri" : "gregorian";
}

bool is_solar_hijri_leap_year(int year) noexcept {
    // Eight leap years in a cycle of 33, as in R. G. van Gent's and ICU's arithmetic Persian calendar.
    constexpr int cycle = 33;
    constexpr int leap_years = 8;
    const int position = (25 * year + 11) % cycle;
    return (position + cycle) % cycle < leap_years;
}

std::optional<CalendarDate> parse_date(std::string_view utf8, Calendar calendar) {
    const std::string plain = plain_date(utf8);
    std::string_view rest = plain;
    std::array<int, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            if (rest.empty()) break;
            if (rest.front() != '-') return std::nullopt;
            rest.remove_prefix(1);
        }
        const std::optional<int> part = take_part(rest, i == 0 ? 4 : 2);
        if (!part) return std::nullopt;
        parts[i] = *part;
    }
    if (!rest.empty()) return std::nullopt;
    const CalendarDate date{parts[0], parts[1], parts[2]};
    if (!is_plausible_year(date.year, calendar) || date.month > 12) return std::nullopt;
    if (date.day > 0 && date.day > days_in_month(date.year, date.month, calendar)) return std::nullopt;
    return date;
}

std::chrono::sys_days to_day(const CalendarDate& date, Calendar calendar) noexcept {
    const int month = date.month == 0 ? 1 : date.month;
    const int day = date.day == 0 ? 1 : date.day;
    if (calendar == Calendar::gregorian)
        return std::chrono::year_month_day{std::chrono::year{date.year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    // 1 Farvardin 1400 was 21 March 2021.
    constexpr int known_year = 1400;
    const std::chrono::sys_days known_day = std::chrono::year{2021} / 3 / 21;
    int days = (date.year - known_year) * days_of_common_year;
    for (int year = known_year; year < date.year; ++year) days += is_solar_hijri_leap_year(year) ? 1 : 0;
    for (int year = date.year; year < known_year; ++year) days -= is_solar_hijri_leap_year(year) ? 1 : 0;
    for (int before = 1; before < month; ++before) days += days_in_month(date.year, before, Calendar::solar_hijri);
    return known_day + std::chrono::days{days + day - 1};
}

std::chrono::sys_days to_last_day(const CalendarDate& date, Calendar calendar) noexcept {
    constexpr int last_month = 12;
    const int month = date.month == 0 ? last_month : date.month;
    const int day = date.day == 0 ? days_in_month(date.year, month, calendar) : date.day;
    return to_day({date.year, month, day}, calendar);
}

}  // namespace amayesh
