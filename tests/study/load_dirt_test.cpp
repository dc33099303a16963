#include <ctime>
#include <string>

#include <amayesh/study/load.hpp>

#include "study/loaded_study.hpp"

using namespace amayesh;

namespace {

Loading load_with_districts(const GeoJsonText& districts) {
    const WrittenStudy study{plain_study};
    write_plain(study, districts);
    return load(study);
}

Loading load_with_settlements(const GeoJsonText& settlements) {
    const WrittenStudy study{plain_study};
    write_plain(study, plain_districts(), settlements);
    return load(study);
}

/// As plain_study, settlements with the code of their district.
Loading load_with_codes(const GeoJsonText& settlements, const std::string& districts_key = {}) {
    std::string text = plain_study + "rural_district = \"dist\"\n";
    if (!districts_key.empty()) text.insert(text.find("[layers.rural_districts.fields]"), districts_key + "\n");
    const WrittenStudy study{text};
    write_plain(study, plain_districts(), settlements);
    return load(study);
}

}  // namespace

TEST_CASE("a bowtie is repaired, with its area before and after", "[study][load]") {
    GeoJsonText districts = plain_districts();
    // Two triangles that meet at (50.5, 30.05): each 0.1° wide and 0.1° high, half of 9.64 km × 11.09 km.
    districts.add_polygon({{50.4, 30.0}, {50.6, 30.1}, {50.6, 30.0}, {50.4, 30.1}, {50.4, 30.0}},
                          R"("code":"d3","name":"Bow","people":5)");
    const Loading loading = load_with_districts(districts);
    const Problem problem = loading.only(ProblemKind::geometry_invalid);
    CHECK(problem.severity == Severity::warning);
    CHECK(problem.feature == "d3");
    CHECK(problem.message.find("Self-intersection") != std::string::npos);
    CHECK(problem.action.find("ha before") != std::string::npos);
    REQUIRE(problem.place.has_value());
    CHECK(problem.place->longitude == Approx(50.5));
    CHECK(problem.place->latitude == Approx(30.05));
    CHECK(*loading.loaded.area.rural_districts.at(2).area_ha == Approx(2 * 0.5 * 964 * 11.085).epsilon(2e-3));
}

TEST_CASE("missing, empty and degenerate geometries keep their row, without a place", "[study][load]") {
    GeoJsonText districts = plain_districts();
    districts.add("null", R"("code":"d3","name":"Null","people":1)")
        .add(R"({"type":"Polygon","coordinates":[]})", R"("code":"d4","name":"Empty","people":1)")
        .add_polygon({{51, 30}, {51, 30}, {51, 30}, {51, 30}}, R"("code":"d5","name":"Speck","people":1)");
    const Loading loading = load_with_districts(districts);
    INFO(loading.text());
    REQUIRE(loading.loaded.area.rural_districts.size() == 5);
    for (std::size_t i = 2; i < 5; ++i) {
        CHECK(loading.loaded.area.rural_districts[i].shape.parts.empty());
        CHECK_FALSE(loading.loaded.area.rural_districts[i].area_ha.has_value());
    }
    for (const char* id : {"d3", "d4", "d5"}) {
        std::size_t findings = 0;
        for (const Problem& p : loading.problems.entries()) findings += p.feature == id ? 1 : 0;
        CHECK(findings == 1);
    }
    CHECK_FALSE(loading.problems.has_errors());
}

TEST_CASE("a later vertex that is nowhere on earth is found", "[study][load][regression]") {
    GeoJsonText districts = plain_districts();
    districts.add_polygon({{50.4, 30.0}, {50.5, 30.0}, {50.5, 300.1}, {50.4, 30.1}, {50.4, 30.0}},
                          R"("code":"d3","name":"Slip","people":1)");
    const Loading loading = load_with_districts(districts);
    const Problem problem = loading.only(ProblemKind::geometry_not_finite);
    CHECK(problem.feature == "d3");
    CHECK(problem.message.find("50.5, 300.1") != std::string::npos);
    CHECK(loading.loaded.area.rural_districts.at(2).shape.parts.empty());
}

TEST_CASE("a negative weight is an error, not an order", "[study][load][regression]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements]"), "deprivation_weight = \"weight\"\n\n");
    const WrittenStudy study{text};
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":1,"weight":-1)");
    write_plain(study, districts);
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::value_negative).severity == Severity::error);
    CHECK_FALSE(loading.loaded.area.rural_districts.at(0).deprivation_weight.has_value());
}

TEST_CASE("a point among polygons is skipped and counted", "[study][load]") {
    GeoJsonText districts = plain_districts();
    districts.add_point(50.1, 30.05, R"("code":"d3","name":"Label","people":1)");
    const Loading loading = load_with_districts(districts);
    CHECK(loading.only(ProblemKind::geometry_wrong_type).feature == "d3");
    CHECK(loading.loaded.area.rural_districts.size() == 2);
    CHECK(loading.loaded.inputs.at(0).features_in == 3);
    CHECK(loading.loaded.inputs.at(0).features_used == 2);
    CHECK(loading.loaded.inputs.at(0).features_skipped == 1);
}

TEST_CASE("a settlement at 0, 0 has no place", "[study][load]") {
    const Loading loading = load_with_settlements(plain_settlements().add_point(0, 0, R"("code":"s3","name":"Te")"));
    CHECK(loading.only(ProblemKind::place_null_island).feature == "s3");
    CHECK_FALSE(loading.loaded.area.settlements.at(2).position.has_value());
    CHECK(loading.of(ProblemKind::layers_disjoint).empty());
}

TEST_CASE("repeated and missing ids: errors for districts, warnings for settlements", "[study][load]") {
    SECTION("districts") {
        GeoJsonText districts = plain_districts();
        districts.add_rectangle(50.4, 30.0, 50.5, 30.1, R"("code":"d1","name":"Again","people":1)")
            .add_rectangle(50.5, 30.0, 50.6, 30.1, R"("code":null,"name":"Nobody","people":1)");
        const Loading loading = load_with_districts(districts);
        CHECK(loading.only(ProblemKind::id_duplicate).severity == Severity::error);
        CHECK(loading.only(ProblemKind::id_duplicate).feature == "d1");
        CHECK(loading.only(ProblemKind::id_missing).severity == Severity::error);
        CHECK(loading.loaded.area.rural_districts.size() == 4);
    }
    SECTION("settlements") {
        const Loading loading =
            load_with_settlements(plain_settlements().add_point(50.15, 30.05, R"("code":"s1","name":"Again")"));
        CHECK(loading.only(ProblemKind::id_duplicate).severity == Severity::warning);
        CHECK(loading.loaded.area.settlements.size() == 3);
    }
    SECTION("settlements that are the units") {
        const WrittenStudy study{"schema_version = 1\n[assess]\nunit = \"settlement\"\n" +
                                 plain_study.substr(plain_study.find('\n') + 1) + "population = \"people\"\n"};
        study.write("districts.geojson", plain_districts().text());
        GeoJsonText settlements;
        settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","people":1)")
            .add_point(50.2, 30.05, R"("code":"s1","name":"B","people":2)");
        study.write("settlements.geojson", settlements.text());
        CHECK(load(study).only(ProblemKind::id_duplicate).severity == Severity::error);
    }
}

TEST_CASE("equal rows of zones, plots and sources are used once, different ones under one id are an error",
          "[study][load][regression]") {
    const std::string layers = R"(
[layers.zones]
source = "zones.geojson"
[layers.zones.fields]
id = "code"
name = "name"
kind = { value = "industrial_zone" }
status = { value = "operating" }
[layers.plots]
source = "plots.geojson"
[layers.plots.fields]
id = "code"
zone = "zone"
state = { value = "vacant" }
[[layers.sources]]
source = "sources.geojson"
utility = "power"
role = "distribution"
[layers.sources.fields]
id = "code"
capacity = { field = "mw", unit = "MW" }
)";
    const auto load_rows = [&](const std::string& name, double east, double mw) {
        const WrittenStudy study{plain_study + layers};
        write_plain(study);
        GeoJsonText zones;
        zones.add_rectangle(50.05, 30.05, 50.06, 30.06, R"("code":"z1","name":"A")")
            .add_rectangle(50.05, 30.05, 50.06, 30.06, R"("code":"z1","name":")" + name + "\"");
        study.write("zones.geojson", zones.text());
        GeoJsonText plots;
        plots.add_rectangle(50.051, 30.051, 50.052, 30.052, R"("code":"p1","zone":"z1")")
            .add_rectangle(50.051, 30.051, east, 30.052, R"("code":"p1","zone":"z1")");
        study.write("plots.geojson", plots.text());
        GeoJsonText sources;
        sources.add_point(50.1, 30.05, R"("code":"x1","mw":30)")
            .add_point(50.1, 30.05, fmt::format(R"("code":"x1","mw":{})", mw));
        study.write("sources.geojson", sources.text());
        return load(study);
    };
    const Loading equal = load_rows("A", 50.052, 30);
    INFO(equal.text());
    REQUIRE(equal.of(ProblemKind::id_duplicate).size() == 3);
    for (const Problem& problem : equal.of(ProblemKind::id_duplicate)) {
        CHECK(problem.severity == Severity::warning);
        CHECK(problem.action == "one of 2 used");
    }
    CHECK(equal.loaded.area.zones.size() == 1);
    CHECK(equal.loaded.area.plots.size() == 1);
    CHECK(equal.loaded.area.sources.size() == 1);
    for (std::size_t input = 2; input < 5; ++input) CHECK(equal.loaded.inputs.at(input).features_skipped == 1);

    const Loading different = load_rows("B", 50.053, 31);
    REQUIRE(different.of(ProblemKind::id_duplicate).size() == 3);
    for (const Problem& problem : different.of(ProblemKind::id_duplicate)) CHECK(problem.severity == Severity::error);
    CHECK(different.loaded.area.sources.size() == 2);
}

TEST_CASE("settlements that may be cities are warned of, once", "[study][load][regression]") {
    const auto load_kinds = [](const std::string& field) {
        const WrittenStudy study{plain_study + "population = \"people\"\n" + field};
        study.write("districts.geojson", plain_districts().text());
        GeoJsonText settlements;
        settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","people":300,"kind":"village")")
            .add_point(50.3, 30.05, R"("code":"s2","name":"B","people":90000,"kind":null)")
            .add_point(50.31, 30.05, R"("code":"s3","name":"C","people":5,"kind":"")")
            .add_point(50.32, 30.05, R"("code":"s4","name":"D","people":null,"kind":null)");
        study.write("settlements.geojson", settlements.text());
        return load(study);
    };
    const Problem unmapped = load_kinds("").only(ProblemKind::value_missing);
    CHECK(unmapped.severity == Severity::warning);
    CHECK(unmapped.field == "kind");
    CHECK(unmapped.message.find("maps no 'kind'") != std::string::npos);
    const Problem unknown = load_kinds("kind = \"kind\"\n").only(ProblemKind::value_missing);
    CHECK(unknown.severity == Severity::warning);
    CHECK(unknown.message.find("2 settlements in rural districts, 90005 people") != std::string::npos);
    CHECK(load_kinds("kind = { value = \"village\" }\n").of(ProblemKind::value_missing).empty());
}

TEST_CASE("a settlement in no district is listed, one on a border noted, a city left in peace", "[study][load]") {
    const WrittenStudy study{plain_study + "kind = \"kind\"\n"};
    study.write("districts.geojson", plain_districts().text());
    GeoJsonText settlements;
    settlements.add_point(50.1, 29.9, R"("code":"s1","name":"South","kind":"village")")
        .add_point(50.2, 30.05, R"("code":"s2","name":"Border","kind":"village")")
        .add_point(50.1, 30.2, R"("code":"s3","name":"City","kind":"city")")
        .add_point(50.1999999, 30.05, R"("code":"s4","name":"Near","kind":"village")");
    study.write("settlements.geojson", settlements.text());
    const Loading loading = load(study);
    INFO(loading.text());
    CHECK(loading.only(ProblemKind::outside_every_district).feature == "s1");
    CHECK(loading.district_of("s1").empty());
    CHECK(loading.district_of("s2") == "d1");                 // the lowest id of those that share the border
    CHECK(loading.of(ProblemKind::on_the_line).size() == 2);  // 1e-7° is 1 cm
    CHECK(loading.of(ProblemKind::on_the_line).front().severity == Severity::note);
}

TEST_CASE("a district's code comes before the position", "[study][load]") {
    GeoJsonText settlements;
    settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","dist":"d2")")
        .add_point(50.1, 30.05, R"("code":"s2","name":"B","dist":"d7")")
        .add_point(50.1, 30.05, R"("code":"s3","name":"C","dist":null)")
        .add("null", R"("code":"s4","name":"D","dist":"d2")");
    SECTION("with every district known") {
        const Loading loading = load_with_codes(settlements);
        INFO(loading.text());
        CHECK(loading.district_of("s1") == "d2");
        CHECK(loading.only(ProblemKind::district_disagrees).feature == "s1");
        CHECK(loading.district_of("s2") == "d1");
        CHECK(loading.only(ProblemKind::code_unmatched).severity == Severity::error);
        CHECK(loading.district_of("s3") == "d1");
        CHECK(loading.district_of("s4") == "d2");
        CHECK(loading.only(ProblemKind::geometry_missing).feature == "s4");
    }
    SECTION("with districts that are not all known") {
        const Loading loading = load_with_codes(settlements, "complete = false");
        CHECK(loading.only(ProblemKind::code_unmatched).severity == Severity::warning);
    }
}

TEST_CASE("a code that lost its leading zero is named as such", "[study][load]") {
    const WrittenStudy study{plain_study + "rural_district = \"dist\"\n"};
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"0912","name":"West","people":12000)");
    study.write("districts.geojson", districts.text());
    GeoJsonText settlements;
    settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","dist":"912")");
    study.write("settlements.geojson", settlements.text());
    const Problem problem = load(study).only(ProblemKind::id_leading_zero_lost);
    CHECK(problem.severity == Severity::error);
    CHECK(problem.message.find("0912") != std::string::npos);
}

TEST_CASE("overlapping districts are found, with the area shared", "[study][load]") {
    GeoJsonText districts = plain_districts();
    districts.add_rectangle(50.39, 30.0, 50.5, 30.1, R"("code":"d3","name":"Over","people":1)");
    const Problem problem = load_with_districts(districts).only(ProblemKind::districts_overlap);
    CHECK(problem.severity == Severity::warning);
    CHECK(problem.feature == "d2");
    CHECK(problem.message.find("'d3'") != std::string::npos);
    REQUIRE(problem.place.has_value());
    CHECK(problem.place->longitude > 50.39);
    CHECK(problem.place->longitude < 50.4);
}

TEST_CASE("a district that another one covers by more than a tenth is an error: it would count twice",
          "[study][load]") {
    GeoJsonText districts = plain_districts();
    districts.add_rectangle(50.35, 30.0, 50.5, 30.1, R"("code":"d3","name":"Over","people":1)");
    CHECK(load_with_districts(districts).only(ProblemKind::districts_overlap).severity == Severity::error);
}

TEST_CASE("names that were lost are told once for the layer", "[study][load]") {
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"?????","people":12000)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"????","people":1)");
    const Problem problem = load_with_districts(districts).only(ProblemKind::text_implausible);
    CHECK(problem.field == "name");
    CHECK(problem.message.find("2 of 2") != std::string::npos);
}

TEST_CASE("names read in a wrong encoding are told once, with an example", "[study][load]") {
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"ÎÑÇÓÇä ÑÖæí","people":12000)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"خراسان رضوی","people":1)");
    const Problem problem = load_with_districts(districts).only(ProblemKind::text_implausible);
    CHECK(problem.message.find("1 of 2") != std::string::npos);
    CHECK(problem.message.find("ÎÑÇÓÇä ÑÖæí") != std::string::npos);
}

TEST_CASE("many wrong rows are each told, in little time", "[study][load][slow]") {
    constexpr int rows = 10'000;
    std::string table = "code,name,people,x,y\n";
    for (int i = 0; i < rows; ++i) table += fmt::format("s{},N,-{},{},{}\n", i, i + 1, 20 + i * 1e-5, 10);
    std::string text = plain_study;
    text.replace(text.find("\"settlements.geojson\""), 21, "\"settlements.csv\"\nx = \"x\"\ny = \"y\"");
    const WrittenStudy study{text + "population = \"people\"\n"};
    study.write("districts.geojson", plain_districts().text());
    study.write("settlements.csv", table);
    const auto start = std::clock();
    const Loading loading = load(study);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    CHECK(loading.of(ProblemKind::value_negative).size() == rows);
    CHECK(loading.of(ProblemKind::outside_every_district).size() == rows);
    CHECK(seconds < 10);  // of processor time, without optimisation; 100,000 rows take about 1 s in a release build
}
