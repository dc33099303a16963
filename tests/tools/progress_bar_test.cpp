#include "progress_bar.hpp"

#include <catch2/catch.hpp>

using namespace amayesh::tools;
using namespace std::chrono_literals;

TEST_CASE("A bar says phase and part, and after a while how long it will take", "[tools][progress_bar]") {
    CHECK(text_of({"read", 0, 0s}, 80) == "read [                        ]   0 %");
    CHECK(text_of({"read", 0.5, 1s}, 80) == "read [############            ]  50 %");
    CHECK(text_of({"read", 0.999, 1s}, 80) == "read [####################### ]  99 %");
    CHECK(text_of({"read", 0.25, 3s}, 80) == "read [######                  ]  25 %, about 9 s left");
    CHECK(text_of({"read", 0.04, 3s}, 80) == "read [                        ]   4 %");
}

TEST_CASE("A bar is never wider than the terminal", "[tools][progress_bar]") {
    CHECK(text_of({"share supply", 0.25, 3s}, 40) == "share supply  25 %, about 9 s left");
    CHECK(text_of({"share supply", 0.25, 3s}, 20) == "share supply  25 %");
    CHECK(text_of({"share supply", 0.25, 3s}, 12) == "share  25 %");
    CHECK(text_of({"دهستان‌ها", 0.25, 1s}, 12) == "دهستا  25 %");
    CHECK(text_of({"share supply", 0.25, 3s}, 3) == "  25 %");
}

TEST_CASE("Durations are rough and rounded up", "[tools][progress_bar]") {
    CHECK(rough_duration(0.2s) == "1 s");
    CHECK(rough_duration(90s) == "90 s");
    CHECK(rough_duration(91s) == "2 min");
    CHECK(rough_duration(3540s) == "59 min");
    CHECK(rough_duration(3541s) == "1 h 0 min");
    CHECK(rough_duration(5000s) == "1 h 24 min");
}
