#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include <catch2/catch.hpp>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/study/run.hpp>

// The sample that ships with the project. Its README says what is real and what is constructed.

using namespace amayesh;

namespace {

const GapRun& sample() {
    static const GapRun run = [] {
        const std::filesystem::path folder = std::filesystem::path(AMAYESH_SOURCE_DIR) / "shapefiles/khorasan_razavi";
        return run_gap(read_study(folder / "study.toml"), {});
    }();
    return run;
}

const UnitGap& unit(std::string_view id) {
    const auto& units = sample().result->units;
    const auto found = std::ranges::find_if(units, [&](const UnitGap& u) { return u.unit.id == id; });
    REQUIRE(found != units.end());
    return *found;
}

}  // namespace

TEST_CASE("the sample is read without an error, every row used", "[sample]") {
    REQUIRE(sample().result);
    CHECK(sample().count(Severity::error) == 0);
    CHECK(sample().count(Severity::warning) == 0);
    for (const InputRecord& input : sample().loaded.inputs) CHECK(input.features_used == input.features_in);
}

TEST_CASE("the sample's census figures are those of its table of facts; unknown stays unknown", "[sample]") {
    const Rollup& nation = sample().result->rollups.front();
    CHECK(nation.units == 58);
    CHECK(nation.people_known == 549'857);
    CHECK(nation.people_unknown_units == 14);
    CHECK(nation.over == 14);
    CHECK(nation.not_over == 30);
    CHECK(nation.threshold_unknown == 14);
    CHECK(unit("916050001").unit.population == 105'285);  // Tabadkan
    CHECK_FALSE(unit("920020003").unit.population);       // Sarakhs
}

TEST_CASE("units of the sample become ours: MVA to MW, m³ a day to L/s, kW to MW", "[sample]") {
    const PlanningArea& area = sample().loaded.area;
    const auto source = [&](std::string_view id) {
        return *std::ranges::find_if(area.sources, [&](const UtilitySource& s) { return s.id == id; });
    };
    CHECK(*source("PB01").capacity == Approx(46.7 * 0.9));
    CHECK(*source("AB01").capacity == Approx(2503.1 / 86.4));
    CHECK_FALSE(source("PB08").capacity);  // every eighth has no figure
    const auto zone = std::ranges::find_if(area.zones, [](const IndustrialZone& z) { return z.id == "SN003"; });
    REQUIRE(zone != area.zones.end());
    CHECK(zone->supply.power->value() == Approx(2.445));
    CHECK(zone->supply.water->value() == Approx(251 / 86.4));
    CHECK(zone->supply.telecom == TelecomClass::copper);
}

TEST_CASE("layers of the sample meet although they are in two systems", "[sample]") {
    const PlanningArea& area = sample().loaded.area;
    for (const IndustrialZone& zone : area.zones) {
        const Point corner = std::get<MultiPolygon>(zone.geometry).parts.front().outer.front();
        CHECK(corner.x > 56);
        CHECK(corner.x < 62);
        CHECK(corner.y > 33);
        CHECK(corner.y < 38);
    }
    for (const RuralDistrict& district : area.rural_districts) CHECK(district.centre);
    CHECK(std::ranges::none_of(sample().problems, [](const Problem& p) {
        return p.kind == ProblemKind::districts_overlap || p.kind == ProblemKind::outside_every_district;
    }));
}
