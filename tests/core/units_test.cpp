#include <amayesh/core/units.hpp>

#include <amayesh/core/error.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

double in_base(double value, std::string_view unit, Dimension wanted) {
    const auto found = find_unit(unit);
    REQUIRE(found);
    return convert_to_base(value, *found, wanted);
}

}  // namespace

TEST_CASE("units convert to the base unit of their dimension", "[core][units]") {
    CHECK(in_base(2, "km", Dimension::length) == Approx(2 * 1000.0));
    CHECK(in_base(25'000, "m2", Dimension::area) == Approx(25'000 / 10'000.0));
    CHECK(in_base(3, "km²", Dimension::area) == Approx(3 * 100.0));
    CHECK(in_base(1, "acre", Dimension::area) == Approx(43'560 * 0.3048 * 0.3048 / 10'000));
    CHECK(in_base(1500, "kW", Dimension::electric_power) == Approx(1500 / 1000.0));
    CHECK(in_base(1, "Gbit/s", Dimension::data_rate) == Approx(1000));
    CHECK(in_base(35, "%", Dimension::share) == Approx(0.35));
    CHECK(in_base(12, "thousand people", Dimension::people) == Approx(12'000));
}

TEST_CASE("water may be given by volume", "[core][units]") {
    CHECK(in_base(3.6, "m³/h", Dimension::water_flow) == Approx(3.6 * 1000 / 3600));
    CHECK(in_base(86.4, "m3/day", Dimension::water_flow) == Approx(86.4 * 1000 / (24 * 3600)));
    CHECK(in_base(1, "million m3/year", Dimension::water_flow) == Approx(1e9 / (365.0 * 24 * 3600)));
    CHECK(in_base(2, "m3/s", Dimension::water_flow) == Approx(2000));
    CHECK(in_base(240, "m3/day", Dimension::gas_flow) == Approx(240 / 24.0));
}

TEST_CASE("usual spellings name the same unit", "[core][units]") {
    for (const auto* name : {"L/s", "l/s", "lps", " L / s ", "litres per s"}) {
        INFO(name);
        REQUIRE(find_unit(name));
        CHECK(find_unit(name)->name == "L/s");
    }
    for (const auto* name : {"m³/day", "m3/d", "M3/Day", "m3 per day"}) {
        INFO(name);
        REQUIRE(find_unit(name));
        CHECK(find_unit(name)->name == "m3/day");
    }
    CHECK(find_unit("mw")->name == "MW");
    CHECK(find_unit("٪")->name == "%");
}

TEST_CASE("letter case decides where it changes the unit", "[core][units]") {
    CHECK(find_unit("Mb/s")->to_base == 1);
    CHECK(find_unit("MB/s")->to_base == 8);
    CHECK_FALSE(find_unit("mb/s"));
    CHECK_FALSE(find_unit("mW"));
}

TEST_CASE("an unknown unit is not found and the nearest name is offered", "[core][units]") {
    CHECK_FALSE(find_unit("MWatt-ish"));
    CHECK_FALSE(find_unit(""));
    CHECK(nearest_unit_name("m3/dya") == "m3/day");
    CHECK(nearest_unit_name("hectar") == "ha");
    CHECK(nearest_unit_name("KWW") == "kW");
}

TEST_CASE("apparent power needs a power factor", "[core][units]") {
    const auto mva = *find_unit("MVA");
    CHECK(convert_to_base(30, mva, Dimension::electric_power, 0.9) == Approx(30 * 0.9));
    CHECK_THROWS_AS(convert_to_base(30, mva, Dimension::electric_power), InvalidInput);
    CHECK_THROWS_AS(convert_to_base(30, mva, Dimension::electric_power, 0.0), InvalidInput);
    CHECK_THROWS_AS(convert_to_base(30, mva, Dimension::electric_power, 1.1), InvalidInput);
    CHECK_THROWS_WITH(convert_to_base(30, mva, Dimension::electric_power), Catch::Contains("power_factor"));
}

TEST_CASE("units of another dimension are refused by name", "[core][units]") {
    CHECK_THROWS_WITH(convert_to_base(5, *find_unit("MW"), Dimension::water_flow), Catch::Contains("MW"));
    CHECK_THROWS_AS(convert_to_base(5, *find_unit("L/s"), Dimension::gas_flow), InvalidInput);
    CHECK_THROWS_AS(convert_to_base(5, *find_unit("people"), Dimension::count), InvalidInput);
}
