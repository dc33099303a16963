#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/study/load.hpp>

#include "study/loaded_study.hpp"

using namespace amayesh;

namespace {

std::string with(const std::string& study, const std::string& more) { return study + "\n" + more; }

}  // namespace

TEST_CASE("a plain study is loaded, sorted and placed", "[study][load]") {
    const WrittenStudy study{plain_study};
    study.write("districts.geojson", plain_districts().reverse().text());
    study.write("settlements.geojson", plain_settlements().reverse().text());
    const Loading loading = load(study);
    INFO(loading.text());
    const PlanningArea& area = loading.loaded.area;
    REQUIRE(area.rural_districts.size() == 2);
    CHECK(area.rural_districts[0].id == "d1");
    CHECK(area.rural_districts[0].name == "West");
    CHECK(area.rural_districts[0].population == 12'000);
    CHECK_FALSE(area.rural_districts[1].population.has_value());
    CHECK(loading.district_of("s1") == "d1");
    CHECK(loading.district_of("s2") == "d2");
    CHECK(loading.problems.count(Severity::error) == 0);
    CHECK(loading.problems.count(Severity::warning) == 0);
    CHECK(area.working_crs.is_projected_in_metres());
    CHECK(loading.loaded.output_crs == Crs::wgs84());
    CHECK(area.settlements_layer.present);
    CHECK_FALSE(area.zones_layer.present);
    REQUIRE(loading.loaded.input_files.size() == 2);
}

TEST_CASE("areas are ellipsoidal", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    const Loading loading = load(study);
    // A quadrangle of parallels and meridians on WGS 84: b²/2 · Δλ · [q(φ2) − q(φ1)], with q the authalic function
    // sin φ / (1 − e² sin² φ) + atanh(e sin φ) / e.
    const double e2 = 0.00669437999014132;
    const double e = std::sqrt(e2);
    const double b = 6356752.314245179;
    const double radian = M_PI / 180;
    const auto q = [&](double degrees) {
        const double s = std::sin(degrees * radian);
        return s / (1 - e2 * s * s) + std::atanh(e * s) / e;
    };
    const double hectares = b * b / 2 * 0.2 * radian * (q(30.1) - q(30.0)) / 10'000;
    // Edges along a parallel are followed by geodesics to 0.1 m: two edges of 19.3 km.
    CHECK(std::abs(*loading.loaded.area.rural_districts[0].area_ha - hectares) < 2 * 0.1 * 19'300 / 10'000);
    CHECK(hectares == Approx(1.1085 * 1.9285 * 10'000).epsilon(1e-3));  // 11.085 km × 19.285 km
}

TEST_CASE("permuting the rows changes nothing", "[study][load]") {
    const WrittenStudy study{plain_study};
    auto districts = plain_districts();
    auto settlements = plain_settlements();
    // The same id twice, told apart by content alone.
    settlements.add_point(50.15, 30.05, R"("code":"s1","name":"Jim")").add_point(10, 10, R"("code":"s9","name":"Far")");
    write_plain(study, districts, settlements);
    const Loading first = load(study);
    study.write("districts.geojson", districts.reverse().text());
    study.write("settlements.geojson", settlements.reverse().text());
    const Loading second = load(study);

    CHECK(first.text() == second.text());
    REQUIRE(first.loaded.inputs.size() == 2);
    CHECK(first.loaded.inputs[0].fingerprint == second.loaded.inputs[0].fingerprint);
    CHECK(first.loaded.inputs[1].fingerprint == second.loaded.inputs[1].fingerprint);
    CHECK(first.loaded.inputs[0].fingerprint != first.loaded.inputs[1].fingerprint);
    CHECK(first.loaded.district_of_settlement == second.loaded.district_of_settlement);
    REQUIRE(first.loaded.area.settlements.size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(first.loaded.area.settlements[i].name == second.loaded.area.settlements[i].name);
}

TEST_CASE("a changed value changes the fingerprint", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    const std::string before = load(study).loaded.inputs[0].fingerprint;
    GeoJsonText moved;
    moved.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":12001)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"East","people":null)");
    study.write("districts.geojson", moved.text());
    CHECK(load(study).loaded.inputs[0].fingerprint != before);
}

TEST_CASE("a source may lie in a folder of the environment", "[study][load]") {
    std::string text = plain_study;
    text.replace(text.find("settlements.geojson"), 19, "${AMAYESH_TEST_FOLDER}/*.places");
    const WrittenStudy study{text};
    study.write("districts.geojson", plain_districts().text());
    SECTION("not set") {
        unsetenv("AMAYESH_TEST_FOLDER");
        CHECK_THROWS_WITH(load(study), Catch::Contains("AMAYESH_TEST_FOLDER is not set"));
    }
    SECTION("set") {
        study.write("one.places", plain_settlements().text());
        setenv("AMAYESH_TEST_FOLDER", study.folder().c_str(), 1);
        const Loading loading = load(study);
        CHECK(loading.loaded.inputs.at(1).source == "${AMAYESH_TEST_FOLDER}/one.places");
        CHECK(loading.loaded.area.settlements.size() == 2);
    }
}

TEST_CASE("a glob without a match and a folder for a file are refused", "[study][load]") {
    std::string text = plain_study;
    SECTION("glob") {
        text.replace(text.find("settlements.geojson"), 19, "none*.geojson");
        const WrittenStudy study{text};
        study.write("districts.geojson", plain_districts().text());
        CHECK_THROWS_AS(load(study), IoError);
    }
    SECTION("folder") {
        const WrittenStudy study{text};
        study.write("districts.geojson", plain_districts().text());
        std::filesystem::create_directory(study.folder() / "settlements.geojson");
        CHECK_THROWS_AS(load(study), IoError);
    }
}

TEST_CASE("a filter keeps the rows it names, and says when it keeps none", "[study][load]") {
    const std::string where = R"(where = { field = "state", in = ["فعال"] })";
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements.fields]"), where + "\n");
    const WrittenStudy study{text};
    study.write("districts.geojson", plain_districts().text());
    GeoJsonText settlements;
    settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","state":"فعال")")
        .add_point(50.3, 30.05, R"("code":"s2","name":"B","state":"تعطيل")");
    study.write("settlements.geojson", settlements.text());
    const Loading loading = load(study);
    REQUIRE(loading.loaded.area.settlements.size() == 1);
    CHECK(loading.loaded.inputs.at(1).features_filtered == 1);

    GeoJsonText none;
    none.add_point(50.1, 30.05, R"("code":"s1","name":"A","state":"تعطیل")");
    study.write("settlements.geojson", none.text());
    const Problem problem = load(study).only(ProblemKind::selection_empty);
    CHECK(problem.severity == Severity::error);
    CHECK(problem.field == "state");
}

TEST_CASE("zones, plots and sources are read with their units", "[study][load]") {
    const WrittenStudy study{with(plain_study, R"(
[layers.zones]
source = "zones.geojson"
[layers.zones.fields]
id = "code"
name = "name"
kind = { value = "industrial_zone" }
status = { field = "state", words = { open = "operating" } }
water = { field = "water", unit = "m3/h" }

[layers.plots]
source = "plots.geojson"
[layers.plots.fields]
id = "code"
zone = "zone"
state = { value = "vacant" }

[[layers.sources]]
source = "substations.geojson"
utility = "power"
role = "distribution"
[layers.sources.fields]
id = "code"
capacity = { field = "kva", unit = "kVA", power_factor = 0.9 }
in_use = { field = "load", unit = "kW", season = "summer" }
)")};
    write_plain(study);
    GeoJsonText zones;
    zones.add_rectangle(50.05, 30.05, 50.06, 30.06, R"("code":"z1","name":"Z","state":"open","water":36)");
    study.write("zones.geojson", zones.text());
    GeoJsonText plots;
    plots.add_rectangle(50.051, 30.051, 50.052, 30.052, R"("code":"p1","zone":"z1")");
    study.write("plots.geojson", plots.text());
    GeoJsonText substations;
    substations.add_point(50.07, 30.05, R"("code":"x1","kva":30000,"load":20000)");
    study.write("substations.geojson", substations.text());
    const Loading loading = load(study);
    INFO(loading.text());
    CHECK(loading.problems.count(Severity::warning) + loading.problems.count(Severity::error) == 0);
    const IndustrialZone& zone = loading.loaded.area.zones.at(0);
    CHECK(zone.status == ZoneStatus::operating);
    CHECK(zone.supply.water->value() == Approx(36'000.0 / 3'600));  // m³/h to L/s
    CHECK(*zone.gross_ha == Approx(107).epsilon(0.01));             // 0.01° × 0.01°: 965 m × 1,109 m
    CHECK(loading.loaded.area.plots.at(0).zone_id == "z1");
    const UtilitySource& source = loading.loaded.area.sources.at(0);
    CHECK(*source.capacity == Approx(30 * 0.9));
    CHECK(*headroom(source) == Approx(30 * 0.9 - 20));
    CHECK(source.use.at(0).season == "summer");
    CHECK(loading.loaded.area.sources_layer[UtilityKind::power].present);
    CHECK_FALSE(loading.loaded.area.sources_layer[UtilityKind::water].present);
}

TEST_CASE("a table is joined by code and takes part in the figures", "[study][load]") {
    std::string text = plain_study;
    text.erase(text.find("population = \"people\"\n"), 22);
    text.insert(text.find("[layers.settlements]"), R"([[layers.rural_districts.joins]]
source = "census.csv"
on = { field = "code", table_field = "key" }
take = { population = "total" }

)");
    const WrittenStudy study{text};
    write_plain(study);
    study.write("census.csv", "key,total\nd1,11000\nd7,5\n");
    const Loading loading = load(study);
    INFO(loading.text());
    CHECK(loading.loaded.area.rural_districts.at(0).population == 11'000);
    CHECK_FALSE(loading.loaded.area.rural_districts.at(1).population.has_value());
    REQUIRE(loading.loaded.joins.size() == 1);
    CHECK(loading.loaded.joins[0].rows == 2);
    CHECK(loading.loaded.joins[0].matched == 1);
    CHECK(loading.loaded.joins[0].unmatched == 1);
    CHECK(loading.loaded.joins[0].table_rows_unused == 1);
    CHECK(loading.loaded.inputs.size() == 3);
}

TEST_CASE("every season of a use taken through a join is read from the joined table", "[study][load][regression]") {
    const WrittenStudy study{plain_study + R"(
[[layers.sources]]
source = "substations.geojson"
utility = "power"
role = "distribution"
[layers.sources.fields]
id = "code"
[[layers.sources.joins]]
source = "loads.csv"
on = { field = "code", table_field = "key" }
[layers.sources.joins.take]
capacity = { field = "mw", unit = "MW" }
in_use = [{ field = "hot", unit = "MW", season = "summer" }, { field = "cold", unit = "MW", season = "winter" }]
)"};
    write_plain(study);
    GeoJsonText substations;
    substations.add_point(50.1, 30.05, R"("code":"x1")");
    study.write("substations.geojson", substations.text());
    study.write("loads.csv", "key,mw,hot,cold\nx1,30,20,25\n");
    const Loading loading = load(study);
    INFO(loading.text());
    const UtilitySource& source = loading.loaded.area.sources.at(0);
    REQUIRE(source.use.size() == 2);
    CHECK(source.use[1].season == "winter");
    CHECK(*source.use[1].in_use == 25);
    CHECK(*headroom(source) == Approx(30 - 25));
}
