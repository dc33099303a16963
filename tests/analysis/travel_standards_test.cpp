#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <amayesh/analysis/travel_standards.hpp>
#include <amayesh/core/error.hpp>

using namespace amayesh;
using Catch::Contains;

namespace {

Coefficient coefficient(Range value, const std::string& unit, const std::string& text = {}) {
    return {.value = value,
            .text = text,
            .unit = unit,
            .basis = {},
            .measures = {},
            .year = {},
            .source = "test",
            .confidence = Confidence::d};
}

Standards complete() {
    Standards s;
    s.coefficients["travel.walk"] = coefficient({2, 3, 5}, "km/h");
    s.coefficients["travel.road.default"] = coefficient({10, 20, 30}, "km/h");
    s.coefficients["travel.road.primary_route"] = coefficient({50, 60, 90}, "km/h");
    s.coefficients["travel.land_cover.grassland"] = coefficient({3, 4, 5}, "km/h");
    s.coefficients["travel.land_cover.water"] = coefficient({}, "km/h", "impassable");
    s.coefficients["travel.land_cover.30"] = coefficient({2, 2.5, 3}, "km/h");
    s.coefficients["travel.snap"] = coefficient({1, 5, 10}, "km");
    s.coefficients["travel.limit"] = coefficient({30, 45, 60}, "min");
    s.coefficients["reach.zone"] = coefficient({10, 20, 30}, "km");
    return s;
}

std::string complaint(const std::string& key, const Coefficient& value) {
    Standards s = complete();
    s.coefficients[key] = value;
    try {
        static_cast<void>(travel_standards(s));
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("Travel takes its speeds by key and lists them", "[analysis][travel_standards]") {
    const TravelStandards picked = travel_standards(complete());
    CHECK(picked.walking_km_per_hour == 3);
    CHECK(picked.other_road_km_per_hour == 20);
    CHECK(picked.km_per_hour_of("Primary Route") == 60);
    CHECK_FALSE(picked.km_per_hour_of("Secondary Route"));
    CHECK_FALSE(picked.km_per_hour_of("default"));
    CHECK((picked.land_cover_km_per_hour == LandCoverSpeeds{{30, 2.5}, {80, std::nullopt}}));  // the code over the name
    CHECK(picked.snap_limit == Kilometres{5});
    CHECK(picked.reach_limit == to_travel_time(45));
    REQUIRE(picked.used.size() == 8);
    CHECK(picked.used.front().key == "travel.land_cover.30");
    CHECK(picked.used.back().key == "travel.walk");
}

TEST_CASE("A class of roads is spelt in small letters with _", "[analysis][travel_standards]") {
    CHECK(road_class_key("Primary Route") == "primary_route");
    CHECK(road_class_key("  motorway-link ") == "motorway_link");
    CHECK(road_class_key("living_street") == "living_street");
    CHECK(road_class_key("راه اصلی") == "راه_اصلی");
    CHECK(road_class_key("--").empty());
}

TEST_CASE("Speeds that nobody can travel at are refused by key", "[analysis][travel_standards]") {
    for (const char* key :
         {"travel.walk", "travel.road.default", "travel.road.primary_route", "travel.land_cover.30"}) {
        CAPTURE(key);
        CHECK_THAT(complaint(key, coefficient({0, 0, 0}, "km/h")),
                   Contains("'" + std::string(key) + "' needs 0 < low"));
        CHECK_THAT(complaint(key, coefficient({0, 3, 5}, "km/h")), Contains(key));
        CHECK_THAT(complaint(key, coefficient({-1, 3, 5}, "km/h")), Contains(key));
        CHECK_THAT(complaint(key, coefficient({5, 3, 1}, "km/h")), Contains(key));
        CHECK_THAT(complaint(key, coefficient({1, std::nan(""), 5}, "km/h")), Contains(key));
        CHECK_THAT(complaint(key, coefficient({1, 3, 5000}, "km/h")), Contains("more than 400 is taken for a mistake"));
        CHECK_THAT(complaint(key, coefficient({1e-9, 3, 5}, "km/h")), Contains("less than 0.1 is taken for a mistake"));
        CHECK_THAT(complaint(key, coefficient({1, 3, 5}, "mph")), Contains("is in 'mph': km/h is needed"));
        CHECK_THAT(complaint(key, coefficient({}, "km/h", "fast")), Contains("a number of km/h is needed"));
    }
    CHECK_THAT(complaint("travel.snap", coefficient({0, 0, 0}, "km")), Contains("travel.snap"));
    CHECK_THAT(complaint("travel.snap", coefficient({1, 5000, 5000}, "m")), Contains("is in 'm': km is needed"));
    CHECK_THAT(complaint("travel.limit", coefficient({0, 0, 0}, "min")), Contains("travel.limit"));
    CHECK_THAT(complaint("travel.land_cover.gras", coefficient({1, 2, 3}, "km/h")),
               Contains("neither a code nor a class") && Contains("grassland"));
    for (const char* key : {"travel.walk", "travel.road.default", "travel.snap", "travel.limit"}) {
        Standards s = complete();
        s.coefficients.erase(key);
        CHECK_THROWS_WITH(travel_standards(s), Contains(key));
    }
}

TEST_CASE("Codes of land cover become minutes a metre", "[analysis][travel_standards]") {
    const std::vector<float> codes{30, 80, NAN, 30};
    const GridRows ground = ground_of_land_cover(
        [&](std::size_t first, std::span<float> values) {
            for (std::size_t i = 0; i < values.size(); ++i) values[i] = codes[first * 2 + i];
        },
        {{30, 6}, {80, std::nullopt}});
    std::vector<float> row(2);
    ground(0, row);
    CHECK(row[0] == Approx(0.01));  // 60 minutes over 6,000 m
    CHECK(std::isnan(row[1]));
    ground(1, row);
    CHECK(std::isnan(row[0]));
    CHECK(row[1] == Approx(0.01));

    const GridRows strange =
        ground_of_land_cover([](std::size_t, std::span<float> values) { values[0] = 17; }, {{30, 6}});
    CHECK_THROWS_WITH(strange(0, row), Contains("the code 17") && Contains("travel.land_cover.17"));
}
