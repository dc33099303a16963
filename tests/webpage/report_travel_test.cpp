#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <amayesh/crs/crs.hpp>
#include <catch2/catch.hpp>

#include "analysis/equator_road.hpp"
#include "webpage/reported_world.hpp"

using namespace amayesh;
using namespace amayesh::worlds;
using nlohmann::json;

namespace {

/// A minute a kilometre east of the zone. To the reported world come F on the island, 14,000 people, and G, 11,500 at
/// 15 minutes: 9,500 in a settlement there, 2,000 in one without a road.
World travelled_world() {
    World world = reported_world();
    world.district("F", 14'000, at_km(-30)).name = "جزیره";
    world.district("G", 11'500, at_km(15));
    world.settlement("S6", 6, 2'000, at_km(-50)).name = "کوه";
    world.settlement("S7", 6, 9'500, at_km(15));
    return world;
}

json report_by_road(const World& world, EquatorRoad road = {}) {
    GapOptions options;
    options.travel = &road;
    options.travel_limit = std::chrono::minutes{12};
    return report_of(world, reported_study(), options);
}

bool has_text(const json& texts, const std::string& part) {
    return std::ranges::any_of(
        texts, [&](const json& text) { return text.get<std::string>().find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("Where minutes decide, the curve is of minutes, and who has no way is beside it", "[webpage][travel]") {
    const json data = report_by_road(travelled_world());
    const json& curve = data.at("charts").at("left_out_by_distance");
    CHECK(curve.at("unit") == "min");
    CHECK(curve.at("limit") == 12);
    const auto farther_than = [&](std::size_t minutes) {
        REQUIRE(curve.at("distance").at(minutes) == minutes);
        return curve.at("people").at(minutes).get<int>();
    };
    CHECK(farther_than(0) == 12'000 + 15'000 + 11'000 + 9'500);
    CHECK(farther_than(9) == 12'000 + 15'000 + 5'000 + 9'500);
    CHECK(farther_than(12) == 15'000 + 5'000 + 9'500);  // the limit: as many as are left out, at least
    CHECK(farther_than(14) == 15'000 + 5'000 + 9'500);
    CHECK(farther_than(15) == 15'000 + 5'000);  // who is at a limit is within it
    CHECK(farther_than(30) == 15'000);
    CHECK(farther_than(120) == 0);
    CHECK(curve.at("distance").size() == 121);
    CHECK(curve.at("people_without_way") == 14'000 + 2'000);
    CHECK(curve.at("may_be_nearer") == false);
    const json& left_out = named(data.at("key_figures"), "people_left_out", "id");
    CHECK(left_out.at("low") == farther_than(12));
    CHECK(left_out.at("high") == farther_than(12) + 14'000 + 2'000);
}

TEST_CASE("Who has no way is told as a figure, and not as one without a known zone", "[webpage][travel]") {
    const json figures = report_by_road(travelled_world()).at("key_figures");
    CHECK(named(figures, "people_without_way", "id").at("value") == 14'000 + 2'000);
    CHECK(named(figures, "people_without_way", "id").at("unit") == "people");
    const json& without = named(figures, "units_without_zone", "id");
    CHECK(without.at("value") == 3);  // B, F, G
    CHECK(without.at("title").at("en") == "Of these without a zone within 12 minutes");
    const std::string note = without.at("note").at("en");
    CHECK(note.find("For 1 of them none is known: no way was found to a zone that may be near.") == 0);
    CHECK(note.find("not complete") == std::string::npos);
    CHECK(without.at("note").at("fa").get<std::string>().find("برای ۱ مورد ناحیه‌ای") == 0);
}

TEST_CASE("Nobody is in the curve beyond the soonest that a zone without a way may be reached", "[webpage][travel]") {
    World world = travelled_world();
    world.area.working_crs = Crs::parse("EPSG:3857");  // metres along the equator as they are
    world.zone("Y", at_km(18));
    EquatorRoad road;
    road.zones_without_way = {{1, UnroutableReason::no_access}};
    const json data = report_by_road(world, std::move(road));
    const json& people = data.at("charts").at("left_out_by_distance").at("people");
    CHECK(people.at(2) == 12'000 + 15'000 + 11'000 + 9'500);
    CHECK(people.at(4) == 12'000 + 15'000 + 11'000);  // S7 is 3 km from Y
    CHECK(people.at(12) == 15'000);                   // S2 is 7.5 km from it, B 12.5 km
    CHECK(people.at(13) == 0);
}

TEST_CASE("By the straight line nothing is said of ways", "[webpage][travel]") {
    const json data = report_of_world();
    CHECK(data.at("reach") == "straight");
    for (const json& figure : data.at("key_figures")) CHECK(figure.at("id") != "people_without_way");
    CHECK(named(data.at("tables"), "unroutable").at("rows").empty());
    CHECK(data.at("charts").at("left_out_by_distance").at("people_without_way") == 0);
    const json& shown = named(data.at("tables"), "units").at("shown");
    CHECK(std::ranges::find(shown, "quickest_zone_min") == shown.end());
}

TEST_CASE("Places without a way stand in a table with the reason", "[webpage][travel]") {
    EquatorRoad road;
    road.zones_without_way = {{0, UnroutableReason::no_access}};
    const json data = report_by_road(travelled_world(), std::move(road));
    const json& table = named(data.at("tables"), "unroutable");
    REQUIRE(table.at("rows").size() == 3);
    CHECK(cell(table, "F", "place_kind") == "unit");
    CHECK(cell(table, "F", "name") == "جزیره");
    CHECK(cell(table, "F", "population") == 14'000);
    CHECK(cell(table, "F", "reason") == "no_way_to_any_zone");
    CHECK(cell(table, "S6", "place_kind") == "settlement");
    CHECK(cell(table, "S6", "reason") == "no_access");
    CHECK(cell(table, "Z", "place_kind") == "zone");
    CHECK(cell(table, "Z", "population").is_null());
    CHECK(data.at("words").at("no_access").at("fa") != "no_access");
    CHECK(has_text(data.at("method").at("en"), "centres of rural districts 1, settlements 1, zones that count 1"));
    CHECK(has_text(data.at("method").at("fa"), "مرکز دهستان ۱، آبادی ۱"));
    const json& shown = named(data.at("tables"), "units").at("shown");
    CHECK(std::ranges::find(shown, "quickest_zone_min") != shown.end());
    CHECK(cell(named(data.at("tables"), "units"), "G", "quickest_zone_min") == 15);
}

TEST_CASE("Only so many places without a way are listed, and the report says so", "[webpage][travel]") {
    World world = reported_world();
    for (int i = 0; i < 2'001; ++i) world.settlement("I" + std::to_string(i), 1, 1, at_km(-50));
    const json table = named(report_by_road(world).at("tables"), "unroutable");
    CHECK(table.at("rows").size() == 2'000);
    CHECK(table.at("note").at("en") == "The first 2,000 of 2,001 places; 'amayesh reach' lists them all.");
}

TEST_CASE("Where every place has a way, the method says so", "[webpage][travel]") {
    const json data = report_by_road(reported_world());
    CHECK(has_text(data.at("method").at("en"), "A way was found from every place"));
    CHECK(named(data.at("key_figures"), "people_without_way", "id").at("value") == 0);
}

TEST_CASE("On the map a settlement without a way is neither near nor far", "[webpage][travel]") {
    const json data = report_by_road(travelled_world());
    std::string in_reach = named(data.at("map").at("layers"), "settlements").at("in_reach");
    std::ranges::sort(in_reach);
    CHECK(in_reach == "001?");  // S2 and S7 are too far, S1 is near, S6 has no way
}
