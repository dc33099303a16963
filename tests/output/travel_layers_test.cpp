#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <amayesh/output/travel_layers.hpp>

using namespace amayesh;
using std::chrono::minutes;

namespace {

/// Two units, three settlements and three zones, with ways that are set by hand.
struct Run {
    PlanningArea area;
    std::vector<std::size_t> district_of_settlement{0, 0, static_cast<std::size_t>(-1)};
    TravelReach reach;
    std::vector<ZoneStatus> serving{ZoneStatus::operating};

    Run() {
        area.rural_districts.resize(2);
        area.rural_districts[0].id = "D1";
        area.rural_districts[1].id = "D2";
        area.settlements.resize(3);
        area.settlements[0].population = 500;
        area.settlements[2].population = 70;
        area.zones.resize(3);
        area.zones[0].id = "Z1";
        area.zones[1].id = "Z2";
        area.zones[2].id = "closed";
        area.zones[0].status = area.zones[1].status = ZoneStatus::operating;
        area.zones[2].status = ZoneStatus::closed;
        area.zones[0].geometry = Point{59, 36};
        reach.limits = {minutes{30}, minutes{60}};
        const PlaceTravel way{.nearest = ZoneByTravel{0, minutes{20}, Kilometres{12.3456}},
                              .unroutable = {},
                              .off_network = Metres{120.4}};
        const PlaceTravel none{.nearest = {}, .unroutable = UnroutableReason::no_access};
        reach.units.resize(2);
        reach.units[0].unit.id = "D1";
        reach.units[0].unit.population = 800;
        reach.units[0].centre = way;
        reach.units[0].within = {{.at_least = 500, .at_most = 800, .basis = PeopleBasis::settlements_partly},
                                 {.at_least = 600, .at_most = 800, .basis = PeopleBasis::settlements_partly}};
        reach.units[1].unit.id = "D2";
        reach.units[1].centre = none;
        reach.units[1].within.resize(2);
        reach.places = {0, 1, 2};
        reach.settlements = {way, way, none};
        reach.unroutable = {{TravelPlaceKind::unit, 1, UnroutableReason::no_access},
                            {TravelPlaceKind::settlement, 2, UnroutableReason::no_access},
                            {TravelPlaceKind::zone, 1, UnroutableReason::no_position}};
        TravelRollup nation;
        nation.units = 2;
        nation.people_known = 800;
        nation.people_unknown_units = 1;
        nation.within = {{.at_least = 500, .at_least_unknown_units = 1, .at_most = 800, .at_most_unknown_units = 1},
                         {.at_least = 600, .at_least_unknown_units = 2, .at_most = 800}};
        reach.rollups = {nation};
    }

    [[nodiscard]] ReachLayers layers() const {
        static const Crs degrees = Crs::wgs84();
        return {.area = area,
                .district_of_settlement = district_of_settlement,
                .reach = reach,
                .serving_statuses = serving,
                .isochrones = {},
                .problems = {},
                .manifest = {},
                .output_crs = degrees};
    }
};

FieldValue cell(const TableRows& table, std::size_t row, const std::string& column) {
    const auto found = std::ranges::find(table.columns, column);
    REQUIRE(found != table.columns.end());
    return table.rows.at(row).at(static_cast<std::size_t>(found - table.columns.begin()));
}

bool is_null(const FieldValue& value) { return value == FieldValue{}; }

}  // namespace

TEST_CASE("what is not known of a unit's way is NULL, never 0", "[output][travel]") {
    const Run run;
    const TableRows units = unit_travel_rows(run.layers());
    REQUIRE(units.rows.size() == 2);
    CHECK(cell(units, 0, "zone_min") == FieldValue{20.0});
    CHECK(cell(units, 0, "zone_km") == FieldValue{12.346});
    CHECK(cell(units, 0, "off_network_m") == FieldValue{120.0});
    CHECK(is_null(cell(units, 0, "unroutable_reason")));
    CHECK(is_null(cell(units, 0, "mean_min")));
    for (const char* column : {"zone_min", "zone_km", "off_network_m", "nearest_zone_id", "population",
                               "people_beyond_at_least", "people_beyond_at_most"})
        CHECK(is_null(cell(units, 1, column)));
    CHECK(cell(units, 1, "unroutable_reason") == FieldValue{std::string{"no_access"}});
    // 800 people less those within the farthest limit: at most all of them, at least 600
    CHECK(cell(units, 0, "people_beyond_at_least") == FieldValue{std::int64_t{0}});
    CHECK(cell(units, 0, "people_beyond_at_most") == FieldValue{std::int64_t{200}});
}

TEST_CASE("minutes keep the millisecond that limits are compared in", "[output][travel]") {
    Run run;
    run.reach.units[0].centre.nearest->time = minutes{60} + TravelTime{1};
    const double shown = std::get<double>(cell(unit_travel_rows(run.layers()), 0, "zone_min"));
    CHECK(shown > 60);
    CHECK(to_travel_time(shown) == minutes{60} + TravelTime{1});
}

TEST_CASE("people have a row per unit and limit, shares where the population is known", "[output][travel]") {
    const Run run;
    const TableRows people = unit_travel_people_rows(run.layers());
    REQUIRE(people.rows.size() == 4);
    CHECK(cell(people, 0, "limit_min") == FieldValue{30.0});
    CHECK(cell(people, 1, "limit_min") == FieldValue{60.0});
    CHECK(cell(people, 1, "share_at_least") == FieldValue{0.75});
    CHECK(is_null(cell(people, 2, "share_at_least")));
    CHECK(is_null(cell(people, 2, "people_within_at_least")));
}

TEST_CASE("serving zones count those nearest to them, others have no row", "[output][travel]") {
    const Run run;
    const TableRows zones = zone_travel_rows(run.layers());
    REQUIRE(zones.rows.size() == 2);
    CHECK(cell(zones, 0, "nearest_of_units") == FieldValue{std::int64_t{1}});
    CHECK(cell(zones, 0, "nearest_of_settlements") == FieldValue{std::int64_t{2}});
    CHECK(cell(zones, 0, "nearest_of_people") == FieldValue{std::int64_t{500}});
    CHECK(cell(zones, 0, "settlements_population_unknown") == FieldValue{std::int64_t{1}});
    CHECK(cell(zones, 1, "unroutable_reason") == FieldValue{std::string{"no_position"}});
}

TEST_CASE("the unroutable are listed: units, settlements, zones", "[output][travel]") {
    const Run run;
    const TableRows listed = unroutable_rows(run.layers());
    REQUIRE(listed.rows.size() == 3);
    CHECK(cell(listed, 0, "place_id") == FieldValue{std::string{"D2"}});
    CHECK(cell(listed, 1, "population") == FieldValue{std::int64_t{70}});
    CHECK(cell(listed, 2, "place_kind") == FieldValue{std::string{"zone"}});
    CHECK(cell(listed, 2, "place_id") == FieldValue{std::string{"Z2"}});
}

TEST_CASE("totals are NULL where they would hide what is unknown", "[output][travel]") {
    const Run run;
    const TableRows totals = travel_rollup_rows(run.layers());
    REQUIRE(totals.rows.size() == 2);
    CHECK(cell(totals, 0, "people_within_at_least") == FieldValue{std::int64_t{500}});
    CHECK(is_null(cell(totals, 0, "people_within_at_most")));
    CHECK(is_null(cell(totals, 0, "share_at_least")));
    CHECK(is_null(cell(totals, 1, "people_within_at_least")));  // unknown for both units
    CHECK(cell(totals, 1, "people_within_at_most") == FieldValue{std::int64_t{800}});
}
