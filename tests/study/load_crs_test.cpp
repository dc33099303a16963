#include <cmath>
#include <string>

#include <amayesh/crs/transform.hpp>
#include <amayesh/study/load.hpp>

#include "study/loaded_study.hpp"

using namespace amayesh;

TEST_CASE("the same study in another CRS gives the same areas and places", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    const Loading degrees = load(study);
    for (const char* crs : {"EPSG:32639", "EPSG:32640"}) {
        CAPTURE(crs);
        const Transform to_utm{Crs::wgs84(), Crs::parse(crs)};
        GeoJsonText districts{crs};
        for (int i = 0; i < 2; ++i) {
            const double west = 50.0 + 0.2 * i;
            // Edges are densified before, as the other file's parallels are straight in degrees alone.
            Ring ring;
            for (int k = 0; k < 20; ++k) ring.push_back({west + 0.01 * k, 30.0});
            for (int k = 0; k < 10; ++k) ring.push_back({west + 0.2, 30.0 + 0.01 * k});
            for (int k = 20; k > 0; --k) ring.push_back({west + 0.01 * k, 30.1});
            for (int k = 10; k >= 0; --k) ring.push_back({west, 30.0 + 0.01 * k});
            to_utm.apply(ring);
            districts.add_polygon(ring, fmt::format(R"("code":"d{}","name":"D","people":12000)", i + 1));
        }
        GeoJsonText settlements{crs};
        for (const auto& [x, name] : {std::pair{50.1, "s1"}, {50.3, "s2"}}) {
            const Point p = to_utm.apply({x, 30.05});
            settlements.add_point(p.x, p.y, fmt::format(R"("code":"{}","name":"N")", name));
        }
        write_plain(study, districts, settlements);
        const Loading utm = load(study);
        INFO(utm.text());
        CHECK(utm.loaded.district_of_settlement == degrees.loaded.district_of_settlement);
        for (std::size_t i = 0; i < 2; ++i)
            // The border moves by the sag of an edge of 1 km at most, 0.1 m, along a perimeter of 60 km.
            CHECK(std::abs(*utm.loaded.area.rural_districts[i].area_ha -
                           *degrees.loaded.area.rural_districts[i].area_ha) < 0.1 * 60'000 / 10'000);
        CHECK(utm.loaded.area.settlements[0].position->x == Approx(50.1).margin(1e-9));
        CHECK(utm.loaded.output_crs == Crs::parse(crs));
    }
}

TEST_CASE("coordinates without a CRS are refused with the way out", "[study][load]") {
    std::string text = plain_study;
    text.replace(text.find("\"settlements.geojson\""), 21, "\"places.csv\"\nwkt = \"geom\"");
    SECTION("refused") {
        const WrittenStudy study{text};
        study.write("districts.geojson", plain_districts().text());
        study.write("places.csv", "code,name,geom\na,A,POINT(500000 3300000)\n");
        const Loading loading = load(study);
        const Problem problem = loading.only(ProblemKind::crs_missing);
        CHECK(problem.severity == Severity::error);
        CHECK(problem.layer == "settlements");
        CHECK(problem.file == "places.csv");
        CHECK(problem.message.find("crs = ") != std::string::npos);
        CHECK(loading.loaded.area.settlements.empty());
        CHECK(loading.loaded.inputs.at(1).features_skipped == 1);
    }
    SECTION("taken from the study") {
        text.insert(text.find("wkt"), "crs = \"EPSG:32639\"\n");
        const WrittenStudy study{text};
        study.write("districts.geojson", plain_districts().text());
        study.write("places.csv", "code,name,geom\na,A,POINT(500000 3300000)\n");
        const Loading loading = load(study);
        CHECK(loading.only(ProblemKind::crs_assigned).severity == Severity::note);
        REQUIRE(loading.loaded.area.settlements.size() == 1);
        CHECK(loading.loaded.area.settlements[0].position->x == Approx(51));  // central meridian of zone 39
    }
}

TEST_CASE("metres where degrees are declared are refused", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    GeoJsonText metres;
    metres.add_point(403'000, 3'325'000, R"("code":"s1","name":"Alef")");
    study.write("settlements.geojson", metres.text());
    const Loading loading = load(study);
    const Problem problem = loading.only(ProblemKind::crs_missing);
    CHECK(problem.severity == Severity::error);
    CHECK(problem.file == "settlements.geojson");
}

TEST_CASE("a single row that cannot be degrees is that row's fault", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    study.write("settlements.geojson",
                plain_settlements().add_point(5030.0, 30.05, R"("code":"s3","name":"Te")").text());
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::geometry_not_finite).feature == "s3");
    CHECK(loading.loaded.area.settlements.size() == 3);
    CHECK_FALSE(loading.loaded.area.settlements[2].position.has_value());
    CHECK_FALSE(loading.problems.has_errors());
}

TEST_CASE("exchanged axes are found", "[study][load]") {
    const WrittenStudy study{plain_study};
    write_plain(study);
    GeoJsonText swapped;
    swapped.add_point(30.05, 50.1, R"("code":"s1","name":"Alef")").add_point(30.05, 50.3, R"("code":"s2","name":"Be")");
    study.write("settlements.geojson", swapped.text());
    const Loading loading = load(study);
    const Problem problem = loading.only(ProblemKind::axes_swapped);
    CHECK(problem.severity == Severity::error);
    CHECK(problem.layer == "settlements");
    CHECK(problem.place.has_value());
    // A single exchanged point is told too.
    study.write("settlements.geojson", plain_settlements().add_point(30.05, 50.1, R"("code":"s3","name":"Te")").text());
    const Loading one = load(study);
    CHECK(one.of(ProblemKind::axes_swapped).empty());
    CHECK(one.only(ProblemKind::outside_every_district).message.find("exchanged") != std::string::npos);
}

TEST_CASE("layers that lie apart are warned of; where the assessed one lies alone, it is an error", "[study][load]") {
    const std::string zones = R"(
[layers.zones]
source = "zones.geojson"
[layers.zones.fields]
id = "code"
name = "code"
kind = { value = "industrial_zone" }
status = { value = "operating" }
)";
    const auto severity = [&](double settlement_x, double zone_x) {
        const WrittenStudy study{plain_study + zones};
        write_plain(study);
        GeoJsonText settlement;
        settlement.add_point(settlement_x, 30.05, R"("code":"s1","name":"Alef")");
        study.write("settlements.geojson", settlement.text());
        GeoJsonText zone;
        zone.add_point(zone_x, 30.05, R"("code":"z1")");
        study.write("zones.geojson", zone.text());
        const Loading loading = load(study);
        INFO(loading.text());
        REQUIRE_FALSE(loading.of(ProblemKind::layers_disjoint).empty());
        return loading.of(ProblemKind::layers_disjoint).front().severity;
    };
    CHECK(severity(-70, 50.1) == Severity::warning);  // a zone among the districts, 50.0 to 50.4
    CHECK(severity(56.1, 56.1) == Severity::error);   // 6° off: the districts are in another UTM zone
    CHECK(severity(56.1, 62.1) == Severity::error);
    CHECK(severity(56.1, 51.3) == Severity::warning);  // a zone 0.9° east may still serve
}

TEST_CASE("planar distances say how far they are off, web maps' are refused", "[study][load][regression]") {
    const auto load_in = [](const std::string& crs) {
        std::string text = plain_study;
        text.insert(text.find("[layers.rural_districts]"),
                    "[crs]\nworking = \"" + crs + "\"\n[assess]\ndistance = \"planar\"\n");
        const WrittenStudy study{text};
        write_plain(study);
        return load(study);
    };
    const Loading utm = load_in("EPSG:32639");  // 51° ± 3°
    CHECK(utm.of(ProblemKind::crs_inaccurate).empty());
    CHECK(utm.loaded.planar_error < 0.0005);
    const Loading mercator = load_in("EPSG:3395");
    const Problem problem = mercator.only(ProblemKind::crs_inaccurate);
    CHECK(problem.severity == Severity::warning);
    // 1 / cos 30.1° = 1.1558 on the sphere; on the ellipsoid × √(1 − e² sin²) = 0.99916.
    CHECK(problem.message.find("1.154") != std::string::npos);
    CHECK(mercator.loaded.planar_error == Approx(0.1549).margin(0.0005));
    CHECK_THROWS_WITH(load_in("EPSG:3857"), Catch::Contains("neither distances nor areas"));
}

TEST_CASE("ways in a plane of another scale say how far their minutes are off", "[study][load][regression]") {
    const auto load_by = [](const std::string& reach, const std::string& crs) {
        std::string text = plain_study;
        text += "[layers.roads]\nsource = \"roads.geojson\"\n";
        const std::string working = crs.empty() ? "" : "[crs]\nworking = \"" + crs + "\"\n";
        text.insert(text.find("[layers.rural_districts]"), working + "[assess]\nreach = \"" + reach + "\"\n");
        const WrittenStudy study{text};
        write_plain(study);
        GeoJsonText roads;
        roads.add(R"({"type":"LineString","coordinates":[[50.1,30.05],[50.2,30.05]]})", "");
        study.write("roads.geojson", roads.text());
        return load(study);
    };
    for (const std::string reach : {"roads", "surface"}) {
        const Loading mercator = load_by(reach, "EPSG:3395");
        const Problem problem = mercator.only(ProblemKind::crs_inaccurate);
        CHECK(problem.severity == Severity::warning);
        CHECK_THAT(problem.message, Catch::Contains("minutes and km of ways") && Catch::Contains("1.154") &&
                                        Catch::Contains("'working'"));
        CHECK_THAT(problem.action, Catch::Contains("15.5 % off"));
        CHECK(mercator.loaded.planar_error == 0);  // distances are geodesic still
        CHECK(load_by(reach, "EPSG:32639").of(ProblemKind::crs_inaccurate).empty());
        CHECK(load_by(reach, "").of(ProblemKind::crs_inaccurate).empty());
        // More than 12° west of the middle of its zone.
        CHECK(load_by(reach, "EPSG:32641").only(ProblemKind::crs_inaccurate).severity == Severity::warning);
    }
    CHECK(load_by("straight", "EPSG:3395").of(ProblemKind::crs_inaccurate).empty());
}

TEST_CASE("files of one layer may have different CRSs, each reprojected", "[study][load]") {
    std::string text = plain_study;
    text.replace(text.find("\"settlements.geojson\""), 21, "\"part*.geojson\"");
    const WrittenStudy study{text};
    study.write("districts.geojson", plain_districts().text());
    GeoJsonText one;
    one.add_point(50.1, 30.05, R"("code":"s1","name":"Alef")");
    const Point p = Transform(Crs::wgs84(), Crs::parse("EPSG:32639")).apply({50.3, 30.05});
    GeoJsonText two{"EPSG:32639"};
    two.add_point(p.x, p.y, R"("code":"s2","name":"Be")");
    study.write("part1.geojson", one.text());
    study.write("part2.geojson", two.text());
    const Loading loading = load(study);
    INFO(loading.text());
    CHECK(loading.only(ProblemKind::crs_mixed).severity == Severity::note);
    CHECK(loading.district_of("s1") == "d1");
    CHECK(loading.district_of("s2") == "d2");
    REQUIRE(loading.loaded.inputs.size() == 3);
    CHECK(loading.loaded.inputs[1].source == "part1.geojson");
}

TEST_CASE("a CRS in the study does not override what the data states", "[study][load]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements.fields]"), "crs = \"EPSG:32640\"\n");
    const WrittenStudy study{text};
    write_plain(study);
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::crs_mixed).severity == Severity::warning);
    CHECK(loading.district_of("s1") == "d1");
}

TEST_CASE("coordinates that are not the degrees they claim to be take the study's CRS", "[study][load]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements.fields]"), "crs = \"EPSG:32639\"\n");
    const WrittenStudy study{text};
    write_plain(study);
    const Point p = Transform(Crs::wgs84(), Crs::parse("EPSG:32639")).apply({50.3, 30.05});
    GeoJsonText metres;  // without a crs member GeoJSON is WGS 84
    metres.add_point(p.x, p.y, R"("code":"s1","name":"Alef")");
    study.write("settlements.geojson", metres.text());
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::crs_assigned).severity == Severity::warning);
    CHECK(loading.district_of("s1") == "d2");
}
