#include <amayesh/core/travel_time.hpp>

#include <limits>

#include <catch2/catch.hpp>

using namespace amayesh;

TEST_CASE("Minutes are whole milliseconds", "[core][travel_time]") {
    CHECK(to_travel_time(60) == TravelTime{3'600'000});
    CHECK(to_travel_time(60.000'008) == to_travel_time(60));
    CHECK(to_travel_time(60.000'009) > to_travel_time(60));
}

TEST_CASE("No time is so long that it becomes short", "[core][travel_time]") {
    for (const double minutes : {1e9, 1e14, 1.6e14, 1e20, 1e300, std::numeric_limits<double>::infinity()})
        CHECK(to_travel_time(minutes) == TravelTime{60'000'000'000'000});
}
