#include <string>
#include <vector>

#include <amayesh/crs/transform.hpp>
#include <amayesh/study/backdrop.hpp>
#include <catch2/catch.hpp>

#include "study/loaded_study.hpp"
#include "study/written_study.hpp"

using namespace amayesh;

namespace {

std::vector<BackdropLayer> backdrop_of(const WrittenStudy& written) {
    ProblemReport problems;
    std::vector<BackdropLayer> layers = read_backdrop(written.read(), problems);
    CHECK_FALSE(problems.has_errors());
    return layers;
}

}  // namespace

TEST_CASE("A study names what is drawn under its map", "[study][backdrop]") {
    const Study study = WrittenStudy(least_study + R"(
[[backdrop]]
kind = "rivers"
source = ["a.shp", "b.shp"]
name = "naam"
encoding = "CP1256"
where = { field = "class", in = [1] }
[[backdrop]]
kind = "places"
source = "c.csv"
x = "lon"
y = "lat"
)")
                            .read();
    REQUIRE(study.backdrop.size() == 2);
    CHECK(study.backdrop[0].kind == BackdropKind::rivers);
    CHECK(study.backdrop[0].layer.sources == std::vector<std::string>{"a.shp", "b.shp"});
    CHECK(study.backdrop[0].layer.fields.at("name").field == "naam");
    CHECK(study.backdrop[0].layer.where.size() == 1);
    CHECK(study.backdrop[1].kind == BackdropKind::places);
    CHECK(study.backdrop[1].layer.y_field == "lat");
    CHECK(study.backdrop[1].layer.fields.empty());
}

TEST_CASE("What is wrong with a backdrop is told with its line", "[study][backdrop]") {
    const auto message = [](const std::string& table) { return WrittenStudy(least_study + table).message(); };
    CHECK(message("[[backdrop]]\nkind = \"raods\"\nsource = \"a\"\n").find("did you mean 'roads'") !=
          std::string::npos);
    CHECK(message("[[backdrop]]\nsource = \"a\"\n").find("'kind'") != std::string::npos);
    CHECK(message("[[backdrop]]\nkind = \"roads\"\n").find("'source' in [[backdrop]] is missing") != std::string::npos);
    CHECK(message("[[backdrop]]\nkind = \"roads\"\nsource = \"a\"\nfields = {}\n").find("study.toml:11") !=
          std::string::npos);
}

TEST_CASE("Lines, polygons and points of any CRS become degrees; rows without a shape are left out",
          "[study][backdrop]") {
    const WrittenStudy written(least_study + R"(
[[backdrop]]
kind = "lakes"
source = "lakes.geojson"
name = "naam"
)");
    const Point metres = Transform(Crs::wgs84(), Crs::parse("EPSG:32640")).apply(Point{59.5, 36.25});
    written.write("lakes.geojson",
                  GeoJsonText("EPSG:32640")
                      .add_point(metres.x, metres.y, R"("naam":"  چشمه ")")
                      .add("null", R"("naam":"nowhere")")
                      .add_rectangle(metres.x, metres.y, metres.x + 1000, metres.y + 1000, R"("naam":null)")
                      .text());
    const std::vector<BackdropLayer> layers = backdrop_of(written);
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].kind == BackdropKind::lakes);
    REQUIRE(layers[0].features.size() == 2);
    CHECK(layers[0].features[0].name == "چشمه");
    const Point place = std::get<Point>(layers[0].features[0].geometry);
    CHECK(place.x == Approx(59.5).margin(1e-9));
    CHECK(place.y == Approx(36.25).margin(1e-9));
    CHECK(layers[0].features[1].name.empty());
    CHECK(std::get<MultiPolygon>(layers[0].features[1].geometry).parts[0].outer[0].y == Approx(36.25).margin(1e-9));
}

TEST_CASE("Roads of the study are drawn too", "[study][backdrop]") {
    const WrittenStudy written(least_study + R"(
[layers.roads]
source = "roads.geojson"
)");
    written.write("roads.geojson",
                  GeoJsonText().add(R"({"type":"LineString","coordinates":[[59,36],[60,37]]})", R"("a":1)").text());
    const std::vector<BackdropLayer> layers = backdrop_of(written);
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].kind == BackdropKind::roads);
    CHECK(std::get<MultiLine>(layers[0].features.at(0).geometry) == MultiLine{{{{59, 36}, {60, 37}}}});
}
