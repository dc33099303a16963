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

TEST_CASE("what is committed in one season is taken off what is there in it", "[model][utility_source]") {
    UtilitySource source = substation();  // 27 − 20 in summer, 30 − 24 in winter
    source.use[0].committed = 3;
    CHECK(headroom(source) == 30 * 0.9 - 20 - 3);
    source.use[1].committed = 2.5;
    CHECK(headroom(source) == 30 - 24 - 2.5);
    source.committed = 0.5;
    CHECK(headroom(source) == 30 - 24 - 0.5 - 2.5);
    CHECK(stated_commitment(source) == 0.5 + 3);
    source.use[0].committed.reset();
    CHECK_FALSE(headroom(source));
    CHECK_FALSE(stated_commitment(source));
}

TEST_CASE("a commitment that has lapsed takes nothing, whatever its amount", "[model][utility_source]") {
    UtilitySource source = substation();
    source.committed = 2.5;
    source.use[1].committed = 1;
    source.commitment_has_lapsed = true;
    CHECK(headroom(source) == 30 - 24.0);
    CHECK(stated_commitment(source) == 3.5);
    CHECK(counted_commitment(source) == 0);
    source.committed.reset();
    CHECK(headroom(source) == 30 - 24.0);
    CHECK_FALSE(stated_commitment(source));
}

TEST_CASE("a source may be exhausted by what is known alone", "[model][utility_source]") {
    UtilitySource source = substation();
    source.use[0].in_use.reset();
    CHECK_FALSE(is_exhausted(source));
    source.use[1].in_use = 30;
    CHECK(is_exhausted(source));
    CHECK_FALSE(headroom(source));
    source.use.clear();
    CHECK_FALSE(is_exhausted(source));
    source.committed = 30;
    CHECK(is_exhausted(source));
    source.commitment_has_lapsed = true;
    CHECK_FALSE(is_exhausted(source));
    source.capacity.reset();
    CHECK_FALSE(is_exhausted(source));
}

TEST_CASE("each season in which more is in use and committed than there is", "[model][utility_source]") {
    UtilitySource source = substation();  // 27 and 30 MW
    CHECK(over_commitments(source).empty());
    source.committed = 7.5;
    const std::vector<OverCommitment> over = over_commitments(source);
    REQUIRE(over.size() == 2);
    CHECK(over[0].season == "summer");
    CHECK(over[0].excess() == 20 + 7.5 - 27);
    CHECK(over[1].excess() == 24 + 7.5 - 30);
    source.commitment_has_lapsed = true;
    CHECK(over_commitments(source).empty());
    source.use[0].in_use = 28;
    CHECK(over_commitments(source).size() == 1);
    source.capacity.reset();
    CHECK(over_commitments(source).empty());
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
