#include <cmath>
#include <random>
#include <string>

#include <amayesh/study/load.hpp>

#include "geometry/shapes.hpp"
#include "study/loaded_study.hpp"

using namespace amayesh;

namespace {

const std::string derived_study = R"(schema_version = 1
[layers.rural_districts]
source = "census.csv"
[layers.rural_districts.fields]
id = "code"
name = "name"
population = "people"
district = "bakhsh"
[layers.rural_districts.derive]
source = "parents.geojson"
parent = "PARENT"
fields = { id = "pid", name = "pname" }

[layers.settlements]
source = "settlements.geojson"
[layers.settlements.fields]
id = "code"
name = "code"
kind = "kind"
rural_district = "dist"
)";

GeoJsonText parents() {
    GeoJsonText text;
    text.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("pid":"b1","pname":"بخش يك")")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("pid":"b2","pname":"بخش دو")")
        .add_rectangle(50.4, 30.0, 50.6, 30.1, R"("pid":"b3","pname":"بخش سه")");
    return text;
}

GeoJsonText settlements() {
    GeoJsonText text;
    text.add_point(50.05, 30.05, R"("code":"s1","kind":"village","dist":"d1")")
        .add_point(50.15, 30.05, R"("code":"s2","kind":"village","dist":"d2")")
        .add_point(50.30, 30.05, R"("code":"s3","kind":"village","dist":"d3")")
        .add_point(50.12, 30.05, R"("code":"s4","kind":"city","dist":"d1")")
        .add_point(50.50, 30.05, R"("code":"s5","kind":"village","dist":"d1")");
    return text;
}

Loading load_derived(const std::string& parent, const GeoJsonText& parent_areas, const GeoJsonText& places) {
    std::string text = derived_study;
    text.replace(text.find("PARENT"), 6, parent);
    const WrittenStudy study{text};
    study.write("parents.geojson", parent_areas.text());
    study.write("settlements.geojson", places.text());
    study.write("census.csv", "code,name,people,bakhsh\nd1,Yek,11000,بخش یک\nd2,Do,9000,بخش یک\nd9,Noh,3,بخش دو\n");
    return load(study);
}

}  // namespace

TEST_CASE("districts grow from settlements inside the parents that they name", "[study][derive]") {
    const Loading loading = load_derived("district", parents(), settlements());
    INFO(loading.text());
    const std::vector<RuralDistrict>& districts = loading.loaded.area.rural_districts;
    REQUIRE(districts.size() == 4);  // d3 is named by a settlement alone
    CHECK(districts[0].id == "d1");
    CHECK(districts[0].population == 11'000);
    CHECK(districts[0].derived);
    CHECK(districts[2].id == "d3");
    CHECK_FALSE(districts[2].population.has_value());
    // The border between d1 and d2 stands half way between their villages; the city between has no cell.
    CHECK(*districts[0].area_ha == Approx(*districts[1].area_ha).epsilon(1e-3));
    CHECK(*districts[0].area_ha + *districts[1].area_ha == Approx(*districts[2].area_ha).epsilon(1e-5));
    CHECK(loading.only(ProblemKind::geometry_missing).feature == "d9");
    CHECK(loading.only(ProblemKind::outside_every_district).feature == "s5");  // d1 lies in b1, not in b3
    CHECK(loading.only(ProblemKind::districts_gap).feature == "b3");
    CHECK(loading.of(ProblemKind::districts_overlap).empty());
    CHECK(loading.district_of("s1") == "d1");
    CHECK(loading.district_of("s4") == "d1");
}

TEST_CASE("districts grow in the parents that their settlements lie in", "[study][derive]") {
    const Loading loading = load_derived("position", parents(), settlements());
    INFO(loading.text());
    const std::vector<RuralDistrict>& districts = loading.loaded.area.rural_districts;
    REQUIRE(districts.size() == 4);
    CHECK(districts[0].shape.parts.size() == 2);  // half of b1 and all of b3
    CHECK(loading.of(ProblemKind::districts_gap).empty());
    double sum = 0;
    for (const RuralDistrict& district : districts) sum += district.area_ha.value_or(0);
    const double third = *districts[2].area_ha;
    CHECK(sum == Approx(3 * third).epsilon(1e-5));
}

TEST_CASE("a settlement outside every parent, and two at one place, leave districts without a polygon",
          "[study][derive]") {
    std::string text = derived_study;
    const std::size_t table = text.find("source = \"census.csv\""),
                      derive = text.find("[layers.rural_districts.derive]");
    text.erase(table, derive - table);  // districts are what settlements name
    text.replace(text.find("PARENT"), 6, "position");
    text += "population = \"people\"\n";
    const WrittenStudy study{text};
    study.write("parents.geojson", parents().text());
    GeoJsonText places;
    places.add_point(50.05, 30.05, R"("code":"s1","kind":"village","dist":"d1","people":70)")
        .add_point(50.30, 30.05, R"("code":"s2","kind":"village","dist":"d2","people":70)")
        .add_point(50.50, 30.05, R"("code":"s3","kind":"village","dist":"d3","people":70)")
        .add_point(50.50, 30.05, R"("code":"s4","kind":"village","dist":"d4","people":70)")
        .add_point(51.90, 30.05, R"("code":"s5","kind":"village","dist":"d5","people":70)");
    study.write("settlements.geojson", places.text());
    const Loading loading = load(study);
    INFO(loading.text());
    CHECK_FALSE(loading.problems.has_errors());
    REQUIRE(loading.loaded.area.rural_districts.size() == 5);
    CHECK(loading.loaded.area.rural_districts[2].derived);
    CHECK_FALSE(loading.loaded.area.rural_districts[3].derived);
    CHECK(loading.district_of("s5") == "d5");
    CHECK(loading.only(ProblemKind::outside_every_district).feature == "s5");
    for (const Problem& problem : loading.of(ProblemKind::district_disagrees)) CHECK(problem.feature == "s4");
    const std::vector<Problem> without = loading.of(ProblemKind::geometry_missing);
    REQUIRE(without.size() == 2);
    CHECK(without[0].feature == "d4");
    CHECK(without[0].message ==
          "its settlements share their positions with those of another one: no polygon can be grown");
    CHECK(without[1].feature == "d5");
    CHECK(without[1].message == "its settlements lie outside the area that it belongs to: no polygon can be grown");
    CHECK(loading.text().find("''") == std::string::npos);
    CHECK(loading.text().find("()") == std::string::npos);
}

TEST_CASE("grown districts do not depend on the order of the rows", "[study][derive]") {
    const Loading first = load_derived("position", parents(), settlements());
    const Loading second = load_derived("position", parents().reverse(), settlements().reverse());
    CHECK(first.text() == second.text());
    REQUIRE(first.loaded.area.rural_districts.size() == second.loaded.area.rural_districts.size());
    for (std::size_t i = 0; i < first.loaded.area.rural_districts.size(); ++i)
        CHECK(first.loaded.area.rural_districts[i].shape == second.loaded.area.rural_districts[i].shape);
}

TEST_CASE("parents that overlap are told apart before districts grow", "[study][derive]") {
    GeoJsonText overlapping = parents();
    overlapping.add_rectangle(50.55, 30.0, 50.7, 30.1, R"("pid":"b4","pname":"بخش چهار")");
    GeoJsonText places = settlements();
    places.add_point(50.65, 30.05, R"("code":"s6","kind":"village","dist":"d6")");
    const Loading loading = load_derived("position", overlapping, places);
    INFO(loading.text());
    const Problem problem = loading.only(ProblemKind::districts_overlap);
    CHECK(problem.layer == "rural_districts parents");
    CHECK(problem.feature == "b3");
    CHECK(problem.place->longitude == Approx(50.575).margin(0.03));
}

TEST_CASE("parents whose borders all but coincide share out their area without loss", "[study][derive][property]") {
    const auto seed = GENERATE(range(1U, 31U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const MultiPolygon star = test::random_star(random, {500'000, 3'600'000}, 20'000, 20 + random() % 80);
    const double moved = std::pow(10.0, -9.0 + static_cast<double>(seed % 7));
    std::uniform_real_distribution<double> offset{-moved, moved};
    const Ring& ring = star.parts[0].outer;
    Ring copy = ring;
    for (std::size_t i = 0; i + 1 < copy.size(); ++i)
        copy[i] = {ring[i].x + offset(random), ring[i].y + offset(random)};
    copy.back() = copy.front();
    GeoJsonText areas{"EPSG:32639"};
    areas.add_polygon(ring, R"("pid":"b1","pname":"بخش یک")").add_polygon(copy, R"("pid":"b2","pname":"بخش دو")");
    GeoJsonText places{"EPSG:32639"};
    places.add_point(500'000, 3'600'000, R"("code":"s1","kind":"village","dist":"d1")");
    const Loading loading = load_derived("position", areas, places);
    INFO(loading.text());
    for (const Problem& rest : loading.of(ProblemKind::districts_gap))
        CHECK(rest.message.ends_with(", 0 ha"));  // slivers: 1 cm along at most 4,000 km
}
