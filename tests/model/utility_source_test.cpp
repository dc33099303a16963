#include <catch2/catch.hpp>

#include <amayesh/model/utility_source.hpp>

using namespace amayesh;

namespace {

UtilitySource substation() {
    UtilitySource source;
    source.capacity = 30;
    source.use = {{"summer", 0.9, 20.0}, {"winter", 1, 24.0}};
    return source;
}

}  // namespace

TEST_CASE("headroom is the least over the seasons less what is committed", "[model][utility_source]") {
    CHECK(headroom(substation()) == 30 - 24.0);
    UtilitySource source = substation();
    source.committed = 2.5;
    CHECK(headroom(source) == 30 - 24.0 - 2.5);
    source.use[0].in_use = 23;
    CHECK(headroom(source) == Approx(30 * 0.9 - 23 - 2.5).margin(1e-12));
}

TEST_CASE("an over-committed source has no headroom, not a negative one", "[model][utility_source]") {
    UtilitySource source = substation();
    source.committed = 100;
    CHECK(headroom(source) == 0);
}

TEST_CASE("unknown capacity or use gives unknown headroom, zero use gives all of it", "[model][utility_source]") {
    UtilitySource source = substation();
    SECTION("capacity") { source.capacity.reset(); }
    SECTION("one season") { source.use[1].in_use.reset(); }
    SECTION("committed") { source.committed.reset(); }
    SECTION("no use given") { source.use.clear(); }
    SECTION("context") { source.role = SourceRole::context; }
    SECTION("yes or no") { source.capacity_is_yes_no = true; }
    CHECK_FALSE(headroom(source));
    source = substation();
    source.use = {{"", 1, 0.0}};
    CHECK(headroom(source) == 30);
}
