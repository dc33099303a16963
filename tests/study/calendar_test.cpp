#include <chrono>
#include <string>

#include <amayesh/study/calendar.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;
using namespace std::chrono_literals;

namespace {

std::chrono::sys_days solar_hijri(const std::string& text) {
    const auto date = parse_date(text, Calendar::solar_hijri);
    REQUIRE(date.has_value());
    return to_day(*date, Calendar::solar_hijri);
}

}  // namespace

TEST_CASE("Known new years fall on the right day", "[study][calendar]") {
    CHECK(solar_hijri("1357-01-01") == std::chrono::sys_days{1978y / 3 / 21});
    CHECK(solar_hijri("1358-01-01") == std::chrono::sys_days{1979y / 3 / 21});
    CHECK(solar_hijri("1376-01-01") == std::chrono::sys_days{1997y / 3 / 21});
    CHECK(solar_hijri("1396-01-01") == std::chrono::sys_days{2017y / 3 / 21});
    CHECK(solar_hijri("1400-01-01") == std::chrono::sys_days{2021y / 3 / 21});
    CHECK(solar_hijri("1402-01-01") == std::chrono::sys_days{2023y / 3 / 21});
    CHECK(solar_hijri("1403-01-01") == std::chrono::sys_days{2024y / 3 / 20});
    CHECK(solar_hijri("1404-01-01") == std::chrono::sys_days{2025y / 3 / 21});
}

TEST_CASE("Known days inside a year", "[study][calendar]") {
    CHECK(solar_hijri("1357-11-22") == std::chrono::sys_days{1979y / 2 / 11});
    CHECK(solar_hijri("1399-12-30") == std::chrono::sys_days{2021y / 3 / 20});
    CHECK(solar_hijri("1402-06-31") == std::chrono::sys_days{2023y / 9 / 22});
    CHECK(solar_hijri("1402-07") == std::chrono::sys_days{2023y / 9 / 23});
    CHECK(to_day({2023, 9, 0}, Calendar::gregorian) == std::chrono::sys_days{2023y / 9 / 1});
}

TEST_CASE("A date without a day or month ends with it", "[study][calendar]") {
    const auto last = [](const std::string& text, Calendar calendar) {
        return to_last_day(*parse_date(text, calendar), calendar);
    };
    CHECK(last("1402", Calendar::solar_hijri) == solar_hijri("1402-12-29"));
    CHECK(last("1399", Calendar::solar_hijri) == solar_hijri("1399-12-30"));
    CHECK(last("1402-06", Calendar::solar_hijri) == solar_hijri("1402-06-31"));
    CHECK(last("1402-06-05", Calendar::solar_hijri) == solar_hijri("1402-06-05"));
    CHECK(last("2024-02", Calendar::gregorian) == std::chrono::sys_days{2024y / 2 / 29});
}

TEST_CASE("Leap years come as they did", "[study][calendar]") {
    for (const int year : {1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408}) {
        CAPTURE(year);
        CHECK(is_solar_hijri_leap_year(year));
        CHECK_FALSE(is_solar_hijri_leap_year(year + 1));
        CHECK(parse_date(std::to_string(year) + "-12-30", Calendar::solar_hijri).has_value());
        CHECK_FALSE(parse_date(std::to_string(year + 1) + "-12-30", Calendar::solar_hijri).has_value());
    }
}

TEST_CASE("Days follow each other over two centuries", "[study][calendar][property]") {
    std::chrono::sys_days before = to_day({1299, 12, 29}, Calendar::solar_hijri);
    for (int year = 1300; year < 1500; ++year)
        for (int month = 1; month <= 12; ++month)
            for (int day = 1; day <= 31; ++day) {
                const std::string text = std::to_string(year) + "/" + std::to_string(month) + "/" + std::to_string(day);
                const auto date = parse_date(text, Calendar::solar_hijri);
                if (!date) continue;
                const std::chrono::sys_days at = to_day(*date, Calendar::solar_hijri);
                if (year > 1300 || month > 1 || day > 1) REQUIRE(at - before == std::chrono::days{1});
                before = at;
            }
}

TEST_CASE("Dates are read as people write them", "[study][calendar]") {
    CHECK(parse_date("1402/6/31", Calendar::solar_hijri) == CalendarDate{1402, 6, 31});
    CHECK(parse_date("۱۴۰۲/۰۶/۳۱", Calendar::solar_hijri) == CalendarDate{1402, 6, 31});
    CHECK(parse_date(" 1395 ", Calendar::solar_hijri) == CalendarDate{1395, 0, 0});
    CHECK(parse_date("2024-02-29", Calendar::gregorian) == CalendarDate{2024, 2, 29});
}

TEST_CASE("What is no date is nothing", "[study][calendar]") {
    for (const std::string text : {"", "-", "1402-", "1402-13", "1402-00", "1402-07-31", "1402-06-31-1", "02-06-31",
                                   "1402-6-310", "14020631", "1402--6", "summer", "2023-09-22", "1402-06-3x"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date(text, Calendar::solar_hijri).has_value());
    }
    CHECK_FALSE(parse_date("2023-02-29", Calendar::gregorian).has_value());
    CHECK_FALSE(parse_date("1402-06-31", Calendar::gregorian).has_value());
}
