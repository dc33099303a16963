#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_source.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

TestLayer villages() {
    return {.name = "villages",
            .geometry_type = "Point",
            .fields = {"code:text", "name:text", "people:integer", "share:real"},
            .rows = {{"POINT (59.5 36.25)", {"007", "روستای نو", "1200", "0.25"}},
                     {"POINT (60.5 35.25)", {"008", "", "", ""}},
                     {"POINT (61.5 34.25)", {"009", "قلعه", "0", "0"}}}};
}

std::string text_at(const FeatureTable& table, const char* field, std::size_t row) {
    return std::get<std::string>(table.find(field)->at(row));
}

FeatureTable read_simply(const std::string& source, VectorSourceOptions options = {}) {
    ProblemReport problems;
    FeatureTable table = read_vector(source, options, problems);
    INFO((problems.entries().empty() ? "" : problems.entries().front().message));
    CHECK(problems.entries().empty());
    return table;
}

}  // namespace

TEST_CASE("Every format gives the same rows, NULL staying unknown", "[io][vector_source]") {
    const TemporaryFolder folder;
    const auto [file, driver] = GENERATE(table<std::string, std::string>(
        {{"v.gpkg", "GPKG"}, {"v.shp", "ESRI Shapefile"}, {"v.geojson", "GeoJSON"}, {"v.fgb", "FlatGeobuf"}}));
    CAPTURE(driver);
    std::vector<std::string> options;
    if (driver == "ESRI Shapefile") options = {"ENCODING=UTF-8"};
    if (driver == "FlatGeobuf") options = {"SPATIAL_INDEX=NO"};
    make_data_set(folder / file, driver, {villages()}, options);
    const auto before = folder.contents();

    const FeatureTable table = read_simply(folder / file);

    REQUIRE(table.size() == 3);
    CHECK(table.geometries.at(1) == Geometry{Point{60.5, 35.25}});
    CHECK(text_at(table, "code", 0) == "007");
    CHECK(text_at(table, "name", 0) == "روستای نو");
    CHECK(table.find("people")->at(0) == FieldValue{std::int64_t{1200}});
    CHECK(table.find("people")->at(1) == FieldValue{});
    CHECK(table.find("people")->at(2) == FieldValue{std::int64_t{0}});
    CHECK(table.find("share")->at(0) == FieldValue{0.25});
    CHECK(table.find("NAME") == table.find("name"));
    CHECK(table.find("nothing") == nullptr);
    REQUIRE(table.crs);
    CHECK(table.crs->is_geographic());
    CHECK(folder.contents() == before);
}

TEST_CASE("Only the fields asked for are read, and an unknown one is answered with those there are",
          "[io][vector_source]") {
    const TemporaryFolder folder;
    make_data_set(folder / "v.gpkg", "GPKG", {villages()});
    const FeatureTable table = read_simply(folder / "v.gpkg", {.fields = {{"PEOPLE"}}});
    REQUIRE(table.columns.size() == 1);
    CHECK(table.columns[0].name == "people");
    ProblemReport problems;
    CHECK_THROWS_WITH(read_vector(folder / "v.gpkg", {.fields = {{"poeple"}}}, problems),
                      Contains("no field 'poeple'") && Contains("code, name, people, share"));
    CHECK(read_simply(folder / "v.gpkg", {.fields = std::vector<std::string>{}}).columns.empty());
}

TEST_CASE("A layer is named where there are several; styles kept by QGIS are none", "[io][vector_source]") {
    const TemporaryFolder folder;
    TestLayer other = villages();
    other.name = "towns";
    TestLayer styles{.name = "layer_styles", .geometry_type = "None", .fields = {"styleName:text"}, .rows = {}};
    make_data_set(folder / "one.gpkg", "GPKG", {villages(), styles});
    make_data_set(folder / "two.gpkg", "GPKG", {villages(), other});
    CHECK(read_simply(folder / "one.gpkg").layer == "villages");
    ProblemReport problems;
    CHECK_THROWS_WITH(read_vector(folder / "two.gpkg", {}, problems),
                      Contains("2 layers") && Contains("villages, towns"));
    CHECK_THROWS_WITH(read_vector(folder / "two.gpkg", {.layer = "Towns"}, problems), Contains("no layer 'Towns'"));
    CHECK(read_simply(folder / "two.gpkg", {.layer = "towns"}).size() == 3);
}

TEST_CASE("Text formats keep codes as they are written", "[io][vector_source]") {
    const TemporaryFolder folder;
    const std::string text =
        GENERATE(as<std::string>{}, "code,name,1395\n007,\"ده, نو\",12\n008,,\n",
                 "\xEF\xBB\xBF"
                 "code;name;1395\r\n007;\"ده, نو\";12\r\n008;;\r\n",
                 "code\tname\t1395\n007\tده, نو\t12\n008\t\t\n", "code|name|1395\n007|ده, نو|12\n\n008||\n");
    const std::string file = folder.write(GENERATE("t.csv", "t.txt"), text);
    const FeatureTable table = read_simply(file, {.fields = {{"code", "name", "1395"}}});
    REQUIRE(table.size() == 2);
    CHECK(text_at(table, "code", 0) == "007");
    CHECK(text_at(table, "name", 0) == "ده, نو");
    CHECK(text_at(table, "1395", 0) == "12");
    CHECK(table.find("1395")->at(1) == FieldValue{});
    CHECK(table.geometries.empty());
}

TEST_CASE("A first line of values is not taken for names", "[io][vector_source]") {
    const TemporaryFolder folder;
    const FeatureTable table = read_simply(folder.write("t.csv", "007,Deh,12.5\n008,Nou,13.5\n"));
    REQUIRE(table.size() == 2);
    CHECK(text_at(table, "field_1", 0) == "007");
    const FeatureTable semicolons = read_simply(folder.write("s.csv", "a,b;c\n1,5;2\n"), {.delimiter = ";"});
    CHECK(text_at(semicolons, "a,b", 0) == "1,5");
}

TEST_CASE("A row with the wrong number of cells is reported", "[io][vector_source]") {
    const TemporaryFolder folder;
    ProblemReport problems;
    const FeatureTable table = read_vector(folder.write("t.csv", "a,b\n1,2\n3\n4,5,6\n"), {.role = "zones"}, problems);
    CHECK(table.size() == 3);
    CHECK(table.find("b")->at(1) == FieldValue{});
    const auto entries = entries_of(problems, ProblemKind::layer_damaged);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].feature == "2");
    CHECK(entries[0].layer == "zones");
    CHECK_THAT(entries[1].message, Contains("3 cells"));
}

TEST_CASE("Coordinates come from fields", "[io][vector_source]") {
    const TemporaryFolder folder;
    const std::string file = folder.write("t.csv",
                                          "id,x,y,w\na, 59.5,۳۶٫۲۵,POINT (1 2)\nb,,1,\nc,east,1,POINT "
                                          "EMPTY\nd,1e400,nan,POLYGON ((\ne,1,2,\"LINESTRING (0 0,1 1)\"\n");
    SECTION("as numbers, Persian digits too") {
        ProblemReport problems;
        const FeatureTable table = read_vector(file, {.fields = {{"id"}}, .x_field = "x", .y_field = "y"}, problems);
        REQUIRE(table.geometries.size() == 5);
        CHECK(table.geometries[0] == Geometry{Point{59.5, 36.25}});
        CHECK(table.geometries[4] == Geometry{Point{1, 2}});
        CHECK(table.columns.size() == 1);
        CHECK(problems.count(ProblemKind::geometry_missing) == 1);
        CHECK(problems.count(ProblemKind::value_not_a_number) == 2);
    }
    SECTION("as WKT") {
        ProblemReport problems;
        const FeatureTable table = read_vector(file, {.wkt_field = "w"}, problems);
        CHECK(table.geometries.at(0) == Geometry{Point{1, 2}});
        CHECK(table.geometries.at(4) == Geometry{MultiLine{{{{0, 0}, {1, 1}}}}});
        CHECK(problems.count(ProblemKind::geometry_missing) == 1);
        CHECK(problems.count(ProblemKind::geometry_empty) == 1);
        CHECK(problems.count(ProblemKind::feature_unreadable) == 1);
    }
}

TEST_CASE("Numbers of a spreadsheet stay numbers and its texts stay texts", "[io][vector_source]") {
    const TemporaryFolder folder;
    make_data_set(folder / "t.xlsx", "XLSX",
                  {{.name = "Sheet1",
                    .crs = "",
                    .geometry_type = "None",
                    .fields = {"code:text", "1395:integer", "ha:real"},
                    .rows = {{"", {"007", "12", "1.5"}}, {"", {"008", "", ""}}}}});
    const FeatureTable table = read_simply(folder / "t.xlsx", {.fields = {{"code", "1395", "ha"}}});
    REQUIRE(table.size() == 2);
    CHECK(text_at(table, "code", 0) == "007");
    CHECK(table.find("1395")->at(0) == FieldValue{std::int64_t{12}});
    CHECK(table.find("ha")->at(0) == FieldValue{1.5});
    CHECK(table.find("ha")->at(1) == FieldValue{});
    CHECK_FALSE(table.crs);
}

TEST_CASE("A table of a Shapefile is read alone, deleted rows left out and counted", "[io][vector_source]") {
    const TemporaryFolder folder;
    TestLayer table_only = villages();
    table_only.geometry_type = "None";
    make_data_set(folder / "t.dbf", "ESRI Shapefile", {table_only}, {"ENCODING=UTF-8"});
    const std::string file = folder / "t.dbf";
    CHECK(read_simply(file).size() == 3);
    const std::string bytes = read_bytes(file);
    const std::size_t header = static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    overwrite_bytes(file, header, "*");
    ProblemReport problems;
    CHECK(read_vector(file, {}, problems).size() == 2);
    CHECK(problems.count(Severity::note) == 1);
}

TEST_CASE("Geometry loses Z, curves and lesser parts, and closes its rings", "[io][vector_source]") {
    const TemporaryFolder folder;
    make_data_set(folder / "g.gpkg", "GPKG",
                  {{.fields = {"id:text"},
                    .rows = {{"POINT ZM (1 2 3 4)", {}},
                             {"POLYGON ((0 0,4 0,4 4,0 0),(2 1,3 1,3 2,2 1))", {}},
                             {"CURVEPOLYGON (CIRCULARSTRING (0 0,2 0,2 2,0 2,0 0))", {}},
                             {"GEOMETRYCOLLECTION (POINT (0 0),POLYGON ((0 0,1 0,1 1,0 0)),LINESTRING (0 0,1 1))", {}},
                             {"MULTIPOINT ((7 8))", {}},
                             {"POLYGON EMPTY", {}},
                             {"", {}}}}});
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / "g.gpkg", {}, problems);
    REQUIRE(table.geometries.size() == 7);
    CHECK(table.geometries[0] == Geometry{Point{1, 2}});
    const Ring outer{{0, 0}, {4, 0}, {4, 4}, {0, 0}};
    const Ring hole{{2, 1}, {3, 1}, {3, 2}, {2, 1}};
    CHECK(table.geometries[1] == Geometry{MultiPolygon{{{outer, {hole}}}}});
    const auto& circle = std::get<MultiPolygon>(table.geometries[2]);
    CHECK(circle.parts.at(0).outer.size() > 50);
    CHECK(circle.parts[0].outer.front() == circle.parts[0].outer.back());
    CHECK(table.geometries[3] == Geometry{MultiPolygon{{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {}}}}});
    CHECK(table.geometries[4] == Geometry{Point{7, 8}});
    CHECK(table.geometries[5] == Geometry{});
    CHECK(table.geometries[6] == Geometry{});
    CHECK(problems.count(ProblemKind::geometry_wrong_type) == 1);
    CHECK(problems.count(ProblemKind::geometry_empty) == 1);
    CHECK(problems.count(ProblemKind::geometry_missing) == 1);
}

TEST_CASE("Members of a local zip are read by their path", "[io][vector_source]") {
    const TemporaryFolder folder;
    make_zip(folder / "z.zip", {{"in/t.csv", "a,b\n1,2\n"}, {"readme.md", "x"}});
    make_zip(folder / "two.zip", {{"t.csv", "a,b\n1,2\n"}, {"u.csv", "a,b\n1,2\n"}});
    CHECK(read_simply(folder / "z.zip/in/t.csv").size() == 1);
    CHECK(read_simply("/vsizip/" + (folder / "z.zip/in/t.csv")).size() == 1);
    CHECK(read_simply(folder / "z.zip").size() == 1);
    ProblemReport problems;
    CHECK_THROWS_WITH(read_vector(folder / "z.zip/u.csv", {}, problems),
                      Contains("no such file") && Contains("in/t.csv"));
    CHECK_THROWS_WITH(read_vector(folder / "two.zip", {}, problems),
                      Contains("no single data file") && Contains("u.csv"));
}

TEST_CASE("Layers are described without their features", "[io][vector_source]") {
    const TemporaryFolder folder;
    make_data_set(folder / "v.gpkg", "GPKG", {villages()});
    const auto layers = describe_vector(folder / "v.gpkg");
    REQUIRE(layers.size() == 1);
    CHECK(layers[0].layer == "villages");
    CHECK(layers[0].geometry_type == "Point");
    CHECK(layers[0].feature_count == 3);
    REQUIRE(layers[0].fields.size() == 4);
    CHECK(layers[0].fields[2] == std::pair<std::string, Column::Type>{"people", Column::Type::integer});
    CHECK(describe_vector(folder.write("t.csv", "a,b\n1,2\n")).at(0).feature_count == 1);
}

TEST_CASE("Names with Persian letters, spaces, newlines and option signs are files like others",
          "[io][vector_source]") {
    const TemporaryFolder folder;
    for (const char* name : {"روستا ها.csv", "a\nb.csv", "-o.csv", "50%.csv", "MEM:::x.csv", "{a}.csv"})
        CHECK(read_simply(folder.write(name, "a,b\n1,2\n")).size() == 1);
}
