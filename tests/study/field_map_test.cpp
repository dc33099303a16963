#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/study/field_map.hpp>
#include <catch2/catch.hpp>

#include "study/small_table.hpp"

using namespace amayesh;

namespace {

FieldMap of(const std::string& field, const std::string& unit = "") {
    FieldMap map;
    map.field = field;
    map.unit = unit;
    return map;
}

/// What one attribute of a table reads as, and what was found on the way.
struct Reading {
    Reading(const SmallTable& small, FieldMap field_map, std::vector<std::string> feature_ids = {})
        : table{small.table()},
          map{std::move(field_map)},
          ids{std::move(feature_ids)},
          reader{table, map, {"zones", ids}, problems} {}

    const Problem& only_problem() const {
        REQUIRE(problems.entries().size() == 1);
        return problems.entries().front();
    }

    FeatureTable table;
    FieldMap map;
    std::vector<std::string> ids;
    ProblemReport problems;
    FieldReader reader;
};

}  // namespace

TEST_CASE("NULL and the marks for no figure are unknown, never 0", "[study][field_map]") {
    const SmallTable table =
        SmallTable("t.csv").texts("a", {std::nullopt, "", "  ", "-", "–", "…", "*", "n/a", "نامشخص"});
    Reading reading(table, of("a"));
    for (std::size_t row = 0; row < reading.reader.size(); ++row) {
        CAPTURE(row);
        CHECK_FALSE(reading.reader.number(row).has_value());
        CHECK_FALSE(reading.reader.count(row).has_value());
        CHECK_FALSE(reading.reader.amount(row, Dimension::area).has_value());
    }
    Reading numbers(SmallTable("t").reals("r", {std::nullopt, 0}), of("r"));
    CHECK_FALSE(numbers.reader.number(0).has_value());
    CHECK(numbers.reader.number(1) == 0);
    CHECK(reading.problems.entries().empty());
}

TEST_CASE("Amounts come in the base unit of their dimension", "[study][field_map]") {
    const SmallTable table = SmallTable("t").integers("a", {90}).reals("b", {7.2});
    CHECK(Reading(table, of("a")).reader.amount(0, Dimension::electric_power) == 90);
    CHECK(Reading(table, of("a", "kW")).reader.amount(0, Dimension::electric_power) == Approx(0.09));
    CHECK(Reading(table, of("b", "m3/h")).reader.amount(0, Dimension::water_flow) == Approx(7.2 * 1000 / 3600));
    CHECK(Reading(table, of("b", "km2")).reader.amount(0, Dimension::area) == Approx(720));
    CHECK(Reading(table, of("a", "%")).reader.amount(0, Dimension::share) == Approx(0.9));
    FieldMap apparent = of("a", "kVA");
    apparent.power_factor = 0.9;
    CHECK(Reading(table, apparent).reader.amount(0, Dimension::electric_power) == Approx(90 * 0.9 / 1000));
}

TEST_CASE("Numbers are read from text as people write them", "[study][field_map]") {
    const SmallTable table = SmallTable("t").texts("a", {"۱۲٬۳۴۵", " 1,234.5 ", "\u200F۷"});
    Reading reading(table, of("a"));
    CHECK(reading.reader.number(0) == 12345);
    CHECK(reading.reader.number(1) == 1234.5);
    CHECK(reading.reader.count(2) == 7);
    CHECK(reading.problems.entries().empty());
}

TEST_CASE("A value that cannot be used is an error with its place", "[study][field_map]") {
    const double infinity = std::numeric_limits<double>::infinity();
    const SmallTable table = SmallTable("zones.csv")
                                 .texts("t", {"12x", "-5", "NaN", "1e999"})
                                 .reals("r", {std::nan(""), infinity, -0.5, 87})
                                 .integers("i", {-3, 1, 2, 3});
    const std::vector<std::string> ids{"Z1", "", "Z3", "Z4"};
    SECTION("not a number") {
        Reading reading(table, of("t"), ids);
        CHECK_FALSE(reading.reader.amount(0, Dimension::area).has_value());
        const Problem& problem = reading.only_problem();
        CHECK(problem.severity == Severity::error);
        CHECK(problem.kind == ProblemKind::value_not_a_number);
        CHECK(problem.layer == "zones");
        CHECK(problem.file == "zones.csv");
        CHECK(problem.feature == "Z1");
        CHECK(problem.field == "t");
        CHECK(problem.message == "'12x' is not a number");
        CHECK(problem.action == "taken as unknown");
    }
    SECTION("negative, of a row without id") {
        Reading reading(table, of("t"), ids);
        CHECK_FALSE(reading.reader.count(1).has_value());
        CHECK(reading.only_problem().kind == ProblemKind::value_negative);
        CHECK(reading.only_problem().feature == "row 2");
    }
    SECTION("more people than any nation has") {
        const auto counts = [](const char* text) {
            FieldMap map;
            map.constant = text;
            return map;
        };
        Reading most(table, counts("2000000000"), ids);
        CHECK(most.reader.count(0) == 2'000'000'000);
        Reading more(table, counts("2000000001"), ids);
        CHECK_FALSE(more.reader.count(0).has_value());
        CHECK(more.only_problem().kind == ProblemKind::value_implausible);
    }
    SECTION("not finite") {
        for (const auto& [field, row] : {std::pair{"t", 2}, {"r", 0}, {"r", 1}}) {
            Reading reading(table, of(field), ids);
            CHECK_FALSE(reading.reader.number(static_cast<std::size_t>(row)).has_value());
            CHECK(reading.only_problem().kind == ProblemKind::value_not_finite);
        }
    }
    SECTION("too large to be a number") {
        Reading reading(table, of("t"), ids);
        CHECK_FALSE(reading.reader.number(3).has_value());
        CHECK(reading.only_problem().kind == ProblemKind::value_not_a_number);
    }
    SECTION("a share over one") {
        Reading reading(table, of("r"), ids);
        CHECK_FALSE(reading.reader.amount(3, Dimension::share).has_value());
        CHECK(reading.only_problem().kind == ProblemKind::value_implausible);
        CHECK_THAT(reading.only_problem().message, Catch::Contains("unit = \"%\""));
    }
    SECTION("a coordinate may be negative") { CHECK(Reading(table, of("i")).reader.number(0) == -3); }
}

TEST_CASE("An amount beyond what can be counted is an error that says so", "[study][field_map]") {
    const SmallTable table = SmallTable("t.csv").reals("a", {1e300, 1e18, 1e11, 0.0});
    Reading lps(table, of("a"), {"w1", "w2", "w3", "w4"});
    CHECK_FALSE(lps.reader.amount(0, Dimension::water_flow));
    CHECK(lps.only_problem().severity == Severity::error);
    CHECK(lps.only_problem().kind == ProblemKind::value_implausible);
    CHECK(lps.only_problem().feature == "w1");
    CHECK(lps.only_problem().message ==
          "1e+300 L/s is more than can be counted; correct the value, or state the unit of the field");
    CHECK(lps.reader.amount(2, Dimension::water_flow) == 1e11);
    Reading kilowatts(table, of("a", "kW"));
    CHECK_FALSE(kilowatts.reader.amount(1, Dimension::electric_power));
    CHECK(kilowatts.only_problem().message.starts_with("1e+18 kW"));
    CHECK(kilowatts.reader.amount(2, Dimension::electric_power) == 1e8);
}

TEST_CASE("Dates are those of the calendar, a time of day left out", "[study][field_map]") {
    const SmallTable table = SmallTable("t.csv").texts(
        "a", {"1402-06-31", "۱۴۰۲/۶/۳۱", "1402-06-31T00:00:00", "1402/06/31 10:30:00", "1402", std::nullopt, "-"});
    Reading reading(table, of("a"));
    for (std::size_t row = 0; row < 4; ++row) {
        CAPTURE(row);
        CHECK(reading.reader.date(row, Calendar::solar_hijri) == CalendarDate{1402, 6, 31});
    }
    CHECK(reading.reader.date(4, Calendar::solar_hijri) == CalendarDate{1402, 0, 0});
    CHECK_FALSE(reading.reader.date(5, Calendar::solar_hijri));
    CHECK_FALSE(reading.reader.date(6, Calendar::solar_hijri));
    CHECK(reading.problems.entries().empty());
}

TEST_CASE("What is no date of the calendar is unknown, with a warning", "[study][field_map]") {
    for (const char* text : {"2023-09-22", "soon", "14020631", "1402-13-01"}) {
        CAPTURE(text);
        Reading reading(SmallTable("t.csv").texts("a", {text}), of("a"), {"z1"});
        CHECK_FALSE(reading.reader.date(0, Calendar::solar_hijri));
        CHECK(reading.only_problem().severity == Severity::warning);
        CHECK(reading.only_problem().kind == ProblemKind::date_implausible);
        CHECK(reading.only_problem().feature == "z1");
        CHECK(reading.only_problem().message.find(text) != std::string::npos);
    }
}

TEST_CASE("People are whole", "[study][field_map]") {
    const SmallTable table = SmallTable("t").reals("a", {12.0, 12.6, 1e15});
    Reading reading(table, of("a"));
    CHECK(reading.reader.count(0) == 12);
    CHECK(reading.problems.entries().empty());
    CHECK_FALSE(reading.reader.count(1).has_value());
    CHECK(reading.only_problem().severity == Severity::error);
    CHECK(reading.only_problem().kind == ProblemKind::value_not_a_number);
    CHECK_FALSE(reading.reader.count(2).has_value());
    CHECK(Reading(table, of("a", "thousand people")).reader.count(1) == 12600);
}

TEST_CASE("A count with a fraction is refused, its mark may stand for thousands", "[study][field_map][regression]") {
    const auto text = GENERATE("12.500", "12,5", "۱۲٫۵");
    const SmallTable table = SmallTable("t").texts("a", {text, "12,500"});
    Reading reading(table, of("a"));
    CHECK_FALSE(reading.reader.count(0).has_value());
    CHECK(reading.only_problem().severity == Severity::error);
    CHECK(reading.only_problem().kind == ProblemKind::value_not_a_number);
    CHECK_THAT(reading.only_problem().message, Catch::Contains(text) && Catch::Contains("thousands mark"));
    CHECK(reading.reader.count(1) == 12'500);
}

TEST_CASE("Fields can be added up; one unknown makes the sum unknown", "[study][field_map]") {
    const SmallTable table = SmallTable("t").integers("male", {10, std::nullopt, 5}).texts("female", {"۱۲", "3", "-4"});
    FieldMap map;
    map.sum_of = {"male", "female"};
    Reading reading(table, map);
    CHECK(reading.reader.count(0) == 10 + 12);
    CHECK_FALSE(reading.reader.count(1).has_value());
    CHECK(reading.problems.entries().empty());
    CHECK_FALSE(reading.reader.count(2).has_value());
    CHECK(reading.only_problem().kind == ProblemKind::value_negative);
    CHECK(reading.only_problem().field == "female");
}

TEST_CASE("Texts come as they are, ends trimmed, codes without a decimal point", "[study][field_map]") {
    const SmallTable table = SmallTable("t")
                                 .texts("a", {" شهرستان كرمان\u200F ", std::nullopt, "شهرستان "})
                                 .reals("code", {1010203004.0, 0.5, std::nullopt})
                                 .integers("i", {7, 8, 9});
    CHECK(Reading(table, of("a")).reader.text(0) == "شهرستان كرمان");
    CHECK(Reading(table, of("a")).reader.text(1).empty());
    FieldMap map = of("a");
    map.prefix = "شهرستان ";
    CHECK(Reading(table, map).reader.text(0) == "كرمان");
    CHECK(Reading(table, map).reader.text(2) == "شهرستان");
    CHECK(Reading(table, of("code")).reader.text(0) == "1010203004");
    CHECK(Reading(table, of("code")).reader.text(1) == "0.5");
    CHECK(Reading(table, of("i")).reader.text(2) == "9");
}

TEST_CASE("An id can be made of parts, and of others where it is missing", "[study][field_map]") {
    const SmallTable table = SmallTable("t")
                                 .texts("id", {"77", std::nullopt})
                                 .texts("a", {"Kavar", "Kavar"})
                                 .texts("b", {"1", std::nullopt});
    FieldMap parts;
    parts.parts = {"a", "b"};
    CHECK(Reading(table, parts).reader.text(0) == "Kavar / 1");
    CHECK(Reading(table, parts).reader.text(1) == "Kavar");
    FieldMap otherwise = of("id");
    otherwise.otherwise = {"a", "b"};
    CHECK(Reading(table, otherwise).reader.text(0) == "77");
    CHECK(Reading(table, otherwise).reader.text(1) == "Kavar");
    CHECK(fields_of(otherwise) == std::vector<std::string>{"id", "a", "b"});
}

TEST_CASE("Words are found in either language, however they are typed", "[study][field_map]") {
    const SmallTable table = SmallTable("t").texts(
        "a", {"operating", "Under Construction", "فعال", "غيرفعال", "بهره\u200Cبرداری", "", "neverland", "-"});
    Reading reading(table, of("a"));
    CHECK(reading.reader.zone_status(0) == ZoneStatus::operating);
    CHECK(reading.reader.zone_status(1) == ZoneStatus::under_construction);
    CHECK(reading.reader.zone_status(2) == ZoneStatus::operating);
    CHECK(reading.reader.zone_status(3) == ZoneStatus::closed);
    CHECK(reading.reader.zone_status(4) == ZoneStatus::operating);
    CHECK_FALSE(reading.reader.zone_status(5).has_value());
    CHECK_FALSE(reading.reader.zone_status(7).has_value());
    CHECK(reading.problems.entries().empty());
    CHECK_FALSE(reading.reader.zone_status(6).has_value());
    CHECK(reading.only_problem().kind == ProblemKind::value_unknown_word);
    CHECK(reading.only_problem().severity == Severity::warning);
    CHECK_THAT(reading.only_problem().message, Catch::Contains("'neverland'"));
}

TEST_CASE("The study's own words come first, numbers among them as numbers", "[study][field_map]") {
    FieldMap map = of("a");
    map.words = {{"راكد", "closed"}, {"-1", "unknown"}, {"1", "operating"}, {"", "planned"}};
    Reading texts(SmallTable("t").texts("a", {"راکد", "۱", "-1.0", std::nullopt, "()"}), map);
    CHECK(texts.reader.zone_status(0) == ZoneStatus::closed);
    CHECK(texts.reader.zone_status(1) == ZoneStatus::operating);
    CHECK(texts.reader.zone_status(2) == ZoneStatus::unknown);
    CHECK(texts.reader.zone_status(3) == ZoneStatus::planned);
    CHECK_FALSE(texts.reader.zone_status(4).has_value());
    Reading numbers(SmallTable("t").reals("a", {-1.0, 1.0}), map);
    CHECK(numbers.reader.zone_status(0) == ZoneStatus::unknown);
    CHECK(numbers.reader.zone_status(1) == ZoneStatus::operating);
}

TEST_CASE("Every kind of word has its reader", "[study][field_map]") {
    const auto reading = [](const std::string& word) { return Reading(SmallTable("t").texts("a", {word}), of("a")); };
    CHECK(reading("برق").reader.utility(0) == UtilityKind::power);
    CHECK(reading("آب").reader.utility(0) == UtilityKind::water);
    CHECK(reading("context").reader.source_role(0) == SourceRole::context);
    CHECK(reading("فيبر نوري").reader.telecom_class(0) == TelecomClass::fibre);
    CHECK(reading("روستا").reader.settlement_kind(0) == SettlementKind::village);
    CHECK(reading("شهرك صنعتي").reader.zone_kind(0) == ZoneKind::industrial_estate);
    CHECK(reading("خالي").reader.plot_state(0) == PlotState::vacant);
    CHECK(reading("دارد").reader.flag(0) == true);
    CHECK(reading("No").reader.flag(0) == false);
    CHECK(Reading(SmallTable("t").integers("a", {1}), of("a")).reader.flag(0) == true);
}

TEST_CASE("A constant stands for every row", "[study][field_map]") {
    FieldMap map;
    map.constant = "۲٫۵";
    map.unit = "MW";
    Reading reading(SmallTable("t").texts("a", {"x", "y"}), map);
    CHECK(reading.reader.amount(1, Dimension::electric_power) == 2.5);
    map.unit.clear();
    map.constant = "operating";
    CHECK(Reading(SmallTable("t").texts("a", {"x"}), map).reader.zone_status(0) == ZoneStatus::operating);
}

TEST_CASE("A unit of another utility than the row's is an error of that row", "[study][field_map]") {
    Reading reading(SmallTable("t").reals("a", {5.0}), of("a", "kW"));
    CHECK_FALSE(reading.reader.amount(0, Dimension::water_flow).has_value());
    CHECK(reading.only_problem().kind == ProblemKind::units_mixed);
}

TEST_CASE("A field that the table has not is named with the nearest", "[study][field_map]") {
    FieldMap map = of("populaton");
    map.line = 12;
    ProblemReport problems;
    const SmallTable table = SmallTable("t.csv").texts("population", {"1"});
    CHECK_THROWS_WITH(FieldReader(table.table(), map, {"zones", {}}, problems),
                      "t.csv: there is no field 'populaton' (line 12 of the study); did you mean 'population'?");
}
