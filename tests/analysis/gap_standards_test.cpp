#include <catch2/catch.hpp>

#include <cmath>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/core/error.hpp>

using namespace amayesh;

namespace {

Standards complete() {
    Standards s;
    const auto set = [&](const char* key, Range value, const char* basis = "") {
        s.coefficients[key] = {.value = value,
                               .text = {},
                               .unit = {},
                               .basis = basis,
                               .measures = {},
                               .year = {},
                               .source = "test",
                               .confidence = Confidence::c};
    };
    set("land.target_per_1000", {0.25, 0.5, 0.75});
    set("land.minimum", {5, 5, 5});
    set("land.maximum", {20, 20, 20});
    set("land.net_share", {0.6, 0.65, 0.7});
    set("demand.water", {0.3, 0.4, 0.75}, "net hectare");
    set("demand.power", {0.2, 0.25, 0.5}, "net hectare");
    set("demand.gas", {20, 50, 100}, "gross hectare");
    for (const char* key : {"reach.zone", "reach.water", "reach.power", "reach.gas", "reach.telecom"})
        set(key, {10, 20, 30});
    s.coefficients["telecom.required"].text = "fibre";
    return s;
}

}  // namespace

TEST_CASE("the gap analysis takes its coefficients by key and lists them", "[analysis][gap_standards]") {
    const GapStandards picked = gap_standards(complete());
    CHECK(picked.target_ha_per_1000_people == Range{0.25, 0.5, 0.75});
    CHECK(picked.zone_reach == Kilometres{20});
    CHECK(picked.demand[UtilityKind::gas].basis == LandBasis::gross);
    CHECK(picked.demand[UtilityKind::power].basis == LandBasis::net);
    CHECK(picked.required_telecom == TelecomClass::fibre);
    CHECK(picked.used.size() == complete().coefficients.size());
}

TEST_CASE("coefficients that cannot be are refused by name", "[analysis][gap_standards]") {
    Standards s = complete();
    SECTION("missing") { s.coefficients.erase("reach.gas"); }
    SECTION("out of order") { s.coefficients["demand.gas"].value = {50, 20, 100}; }
    SECTION("negative") { s.coefficients["demand.gas"].value = {-1, 20, 100}; }
    SECTION("not a number") { s.coefficients["demand.gas"].value = {std::nan(""), 20, 100}; }
    SECTION("a share above 1") { s.coefficients["land.net_share"].value = {0.6, 0.65, 1.7}; }
    SECTION("a share of nothing") { s.coefficients["land.net_share"].value = {0, 0.65, 0.7}; }
    SECTION("more than can be counted with") { s.coefficients["demand.gas"].value = {20, 50, 1e300}; }
    SECTION("a reach in metres") { s.coefficients["reach.gas"].value = {15'000, 15'000, 15'000}; }
    SECTION("no basis") { s.coefficients["demand.gas"].basis = ""; }
    SECTION("least above largest") { s.coefficients["land.minimum"].value = {25, 25, 25}; }
    SECTION("an unknown class") { s.coefficients["telecom.required"].text = "string"; }
    CHECK_THROWS_AS(gap_standards(s), InvalidInput);
}
