#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// Calendar that the dates of a study are written in.
enum class Calendar : std::uint8_t { gregorian, solar_hijri };
AMAYESH_EXPORT std::string_view to_string(Calendar calendar) noexcept;

/// A date as people write it: year alone, year and month, or a day. A missing part is 0.
struct CalendarDate {
    int year = 0;
    int month = 0;
    int day = 0;
    friend constexpr bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

/// Whether a Solar Hijri year has 366 days, by the 33-year cycle; agrees with the equinox from 1178 to 1633.
AMAYESH_EXPORT bool is_solar_hijri_leap_year(int year) noexcept;

/// Reads "1402-06-31", "1402/6/31", "1402-06" or "1402"; Persian and Arabic digits too. Nothing where it is not a date
/// of that calendar, or its year is outside 1200–1599 (Solar Hijri) or 1800–2199 (Gregorian).
AMAYESH_EXPORT std::optional<CalendarDate> parse_date(std::string_view utf8, Calendar calendar);

/// The day on the common time line; a missing month or day is the first.
AMAYESH_EXPORT std::chrono::sys_days to_day(const CalendarDate& date, Calendar calendar) noexcept;
/// The same with a missing month or day as the last: "1402" ends on 1402-12-29.
AMAYESH_EXPORT std::chrono::sys_days to_last_day(const CalendarDate& date, Calendar calendar) noexcept;

}  // namespace amayesh
