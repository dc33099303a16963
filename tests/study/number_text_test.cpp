#include <cmath>
#include <string>

#include <amayesh/study/name_folding.hpp>
#include <catch2/catch.hpp>

using amayesh::parse_number;

namespace {

void check_reads(const std::string& text, double expected) {
    CAPTURE(text);
    const auto value = parse_number(text);
    REQUIRE(value.has_value());
    CHECK(*value == expected);
}

}  // namespace

TEST_CASE("Plain numbers are read as they stand", "[study][number_text]") {
    check_reads("0", 0);
    check_reads("-0.5", -0.5);
    check_reads("+7", 7);
    check_reads("12.", 12);
    check_reads(".25", 0.25);
    check_reads("1.234", 1.234);
    check_reads("1.5e3", 1500);
    check_reads("1E-2", 0.01);
    check_reads("2e+2", 200);
    check_reads("79926270", 79926270);
}

TEST_CASE("Persian and Arabic digits and marks are read", "[study][number_text]") {
    check_reads("۱۲۳۴", 1234);
    check_reads("١٢٣٤", 1234);
    check_reads("۱۲٫۵", 12.5);
    check_reads("۱٬۲۳۴٬۵۶۷", 1234567);
    check_reads("۱٬۲۳۴٫۵", 1234.5);
    check_reads("۱۲،۳۴۵", 12345);
    check_reads("\u2212۵", -5);
    check_reads("\u200F۱۲۳\u200E", 123);
}

TEST_CASE("Thousands marks are dropped where the grouping is unambiguous", "[study][number_text]") {
    check_reads("1,234", 1234);
    check_reads("1,234,567", 1234567);
    check_reads("1.234.567", 1234567);
    check_reads("1 234 567", 1234567);
    check_reads("1\u00A0234", 1234);
    check_reads("1'234", 1234);
    check_reads("1,234.5", 1234.5);
    check_reads("1.234,5", 1234.5);
    check_reads("-12,345", -12345);
}

TEST_CASE("A comma that cannot part thousands is a decimal mark", "[study][number_text]") {
    check_reads("1,23", 1.23);
    check_reads("0,123", 0.123);
    check_reads("1234,567", 1234.567);
    check_reads(",5", 0.5);
}

TEST_CASE("What is not one number is nothing, never 0", "[study][number_text]") {
    for (const std::string text : {"",
                                   " ",
                                   "-",
                                   "+",
                                   ".",
                                   ",",
                                   "abc",
                                   "12 km",
                                   "12 5",
                                   "1,23,456",
                                   "1,2,3",
                                   "1.2.3",
                                   "1234.567.890",
                                   "12-3",
                                   "--1",
                                   "1e",
                                   "e5",
                                   "1e5e5",
                                   "nan",
                                   "inf",
                                   "1e999",
                                   "۱۲/۵",
                                   "0x10",
                                   "12\xFF",
                                   "1,234,56",
                                   "1..2",
                                   "٫"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number(text).has_value());
    }
}
