#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_sink.hpp>

#include "io/test_files.hpp"
#include "io/unit_layer.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

void write_units(const std::string& target, const VectorSinkOptions& options = {},
                 const std::vector<fs::path>& inputs = {}) {
    VectorSink sink(target, options, inputs);
    sink.begin_layer(units(), Crs::wgs84());
    sink.add(with_hole, Row{"a", std::int64_t{1200}, 1.5, "served"});
    sink.add(Geometry{}, Row{"b", FieldValue{}, FieldValue{}, FieldValue{}});
    sink.add(with_hole, Row{"ج", std::int64_t{0}, 0.0, "no_zone"});
    sink.finish();
}

/// What writing says when it refuses, the folder being as before; "" if it does not.
std::string refusal(const TemporaryFolder& folder, const std::string& target, const VectorSinkOptions& options = {},
                    const std::vector<fs::path>& inputs = {}) {
    const auto before = folder.contents();
    try {
        write_units(target, options, inputs);
    } catch (const IoError& e) {
        CHECK(folder.contents() == before);
        return e.what();
    }
    return "";
}

}  // namespace

TEST_CASE("What is written is read again, in every format", "[io][vector_sink]") {
    const TemporaryFolder folder;
    const auto [target, driver, file] =
        GENERATE(table<std::string, std::string, std::string>({{"o.gpkg", "", "o.gpkg"},
                                                               {"o.geojson", "", "o.geojson"},
                                                               {"o.xlsx", "", "o.xlsx"},
                                                               {"o.csv", "", "o.csv"},
                                                               {"o", "ESRI Shapefile", "o/units.shp"},
                                                               {"o", "CSV", "o/units.csv"},
                                                               {"o", "", "o"}}));
    CAPTURE(target, driver);
    write_units(folder / target, {.driver = driver});
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / file, {.layer = target == "o.gpkg" ? "units" : ""}, problems);
    REQUIRE(table.size() == 3);
    const bool has_short_names = driver == "ESRI Shapefile";
    const Column& area = *table.find(has_short_names ? "gap_ha" : "gap_area_ha");
    CHECK(std::get<std::string>(table.find("unit_id")->at(2)) == "ج");
    CHECK(area.at(1) == FieldValue{});
    if (!table.geometries.empty()) {
        CHECK(std::get<MultiPolygon>(table.geometries[0]).parts.size() == 2);
        CHECK(std::holds_alternative<std::monostate>(table.geometries[1]));
        CHECK(problems.count(ProblemKind::geometry_missing) == 1);
    }
    if (area.type == Column::Type::real) {
        CHECK(area.at(0) == FieldValue{1.5});
        CHECK(table.find("people")->at(0) == FieldValue{std::int64_t{1200}});
    }
    CHECK(!fs::exists(folder / ("." + target + ".amayesh-partial")));
}

TEST_CASE("A FlatGeobuf file keeps the order of the rows without an index, and refuses a row without geometry",
          "[io][vector_sink]") {
    const TemporaryFolder folder;
    CHECK_THAT(refusal(folder, folder / "o.fgb"), Contains("row 2") && Contains("cannot hold a row without geometry"));
    VectorSink sink(folder / "o.fgb", {.layer_options = {"SPATIAL_INDEX=NO"}}, {});
    sink.begin_layer(units(), Crs::wgs84());
    sink.add(with_hole, Row{"z", FieldValue{}, 1.5, FieldValue{}});
    sink.add(with_hole, Row{"a", std::int64_t{5}, FieldValue{}, FieldValue{}});
    sink.finish();
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / "o.fgb", {}, problems);
    CHECK(table.find("unit_id")->at(0) == FieldValue{"z"});
    CHECK(table.find("people")->at(1) == FieldValue{std::int64_t{5}});
    CHECK(problems.entries().empty());
}

TEST_CASE("A GeoPackage carries titles, comments, domains and what must not be empty", "[io][vector_sink]") {
    const TemporaryFolder folder;
    write_units(folder / "o.gpkg");
    const std::string file = folder / "o.gpkg";
    CHECK(ask(file, "SELECT identifier, description FROM gpkg_contents WHERE data_type = 'features'") ==
          "Rural districts|Rural districts|");
    CHECK(ask(file, "SELECT title, description FROM gpkg_data_columns WHERE column_name = 'people'") ==
          "Population|people; NULL = unknown|");
    CHECK(ask(file,
              "SELECT value, c.description FROM gpkg_data_columns d JOIN gpkg_data_column_constraints c USING "
              "(constraint_name) "
              "WHERE column_name = 'status' ORDER BY value") == "no_zone|No zone|served|خدمت‌رسانی شده|");
    CHECK(ask(file, "SELECT count(*) FROM sqlite_master WHERE name IN ('layer_styles', 'qgis_projects')") == "0|");
    CHECK(ask(file, "SELECT \"notnull\" FROM pragma_table_info('units') WHERE name IN ('unit_id', 'people')") ==
          "1|0|");
    CHECK(ask(file, "SELECT group_concat(fid) FROM units") == "1,2,3|");
    CHECK(ask(file, "PRAGMA integrity_check") == "ok|");
    CHECK(ask(file, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'rtree_units_geom'") == "1|");
    write_units(folder / "plain.gpkg", {.layer_options = {"SPATIAL_INDEX=NO"}});
    CHECK(ask(folder / "plain.gpkg", "SELECT count(*) FROM sqlite_master WHERE name LIKE 'rtree%'") == "0|");
}

TEST_CASE("Several layers, tables among them, lie in one GeoPackage or in a folder", "[io][vector_sink]") {
    const TemporaryFolder folder;
    const auto write_both = [&](const std::string& target, const std::string& driver) {
        VectorSink sink(target, {.driver = driver}, {});
        sink.begin_layer(units(), Crs::wgs84());
        sink.add(with_hole, Row{"a", FieldValue{}, FieldValue{}, FieldValue{}});
        LayerDefinition table = units(GeometryKind::none);
        table.name = "unit_utilities";
        table.title = "";
        sink.begin_layer(table, std::nullopt);
        LayerDefinition points = units(GeometryKind::point);
        points.name = "points";  // the same title again
        sink.begin_layer(points, Crs::parse("EPSG:32640"));
        sink.add(Point{500000, 4000000}, Row{"p", FieldValue{}, FieldValue{}, FieldValue{}});
        sink.finish();
    };
    write_both(folder / "o.gpkg", "");
    ProblemReport problems;
    CHECK(read_vector(folder / "o.gpkg", {.layer = "unit_utilities"}, problems).size() == 0);
    const FeatureTable points = read_vector(folder / "o.gpkg", {.layer = "points"}, problems);
    CHECK(points.geometries.at(0) == Geometry{Point{500000, 4000000}});
    REQUIRE(points.crs);
    CHECK(points.crs->epsg() == 32640);
    write_both(folder / "buffers", "FlatGeobuf");
    CHECK(read_vector(folder / "buffers/points.fgb", {}, problems).size() == 1);
    CHECK(fs::exists(folder / "buffers/unit_utilities.csv"));
    write_units(folder / "buffers", {.overwrite = Overwrite::yes, .driver = "FlatGeobuf"});
    CHECK(read_vector(folder / "buffers/units.fgb", {}, problems).size() == 2);
    const FeatureTable without_place = read_vector(folder / "buffers/units_without_place.csv", {}, problems);
    REQUIRE(without_place.size() == 1);
    CHECK(without_place.find("unit_id")->at(0) == FieldValue{"b"});
    CHECK(!fs::exists(folder / "buffers/unit_utilities.csv"));
    write_both(folder / "shapes", "ESRI Shapefile");
    CHECK(fs::exists(folder / "shapes/units.shp"));
    CHECK(fs::exists(folder / "shapes/unit_utilities.dbf"));
    CHECK(read_vector(folder / "shapes/points.shp", {}, problems).size() == 1);
    CHECK_THROWS_WITH(write_both(folder / "o.geojson", ""), Contains("holds one layer"));
    CHECK_THROWS_WITH(VectorSink(folder / "o.fgb", {.several_layers = true}, {}), Contains("holds one layer"));
    CHECK_THROWS_WITH(write_both(folder / "o.shp", ""), Contains("name a folder"));
    CHECK_THROWS_WITH(write_both(folder / "o.kml", "KML"), Contains("driver 'KML'") && Contains("GeoJSON"));
}

TEST_CASE("Names of layers and fields are names, neither query text nor paths", "[io][vector_sink]") {
    const TemporaryFolder folder;
    const std::string name = "a\"; DROP TABLE gpkg_contents; --'";
    VectorSink sink(folder / "o.gpkg", {}, {});
    sink.begin_layer({.name = name, .title = name, .fields = {{.name = name, .title = name, .domain = {{name, name}}}}},
                     std::nullopt);
    sink.add(Geometry{}, Row{name});
    for (const char* path : {"../x", "/tmp/x", ".hidden", ""})
        CHECK_THROWS_WITH(sink.begin_layer({.name = path}, std::nullopt), Contains("is no name for a layer"));
    sink.finish();
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / "o.gpkg", {.layer = name, .fields = {{name}}}, problems);
    CHECK(table.columns.at(0).texts.at(0) == name);
    CHECK(folder.contents().size() == 1);
}

TEST_CASE("A target that must not be written is refused before any work", "[io][vector_sink]") {
    const TemporaryFolder folder;
    folder.write("old.gpkg", "old");
    folder.write("in/a.csv", "a\n1\n");
    fs::create_symlink("nowhere", folder / "link.gpkg");
    CHECK_THAT(refusal(folder, folder / "old.gpkg"), Contains("it exists") && Contains("--overwrite"));
    CHECK_THAT(refusal(folder, folder / "none/o.gpkg"), Contains("does not exist"));
    CHECK_THAT(refusal(folder, folder / "in", {.overwrite = Overwrite::yes}), Contains("it is a folder"));
    CHECK_THAT(refusal(folder, folder / "link.gpkg"), Contains("link to nowhere"));
    CHECK_THAT(refusal(folder, "/dev/null", {.overwrite = Overwrite::yes}), Contains("it is no file"));
    CHECK_THAT(refusal(folder, ""), Contains("empty"));
    CHECK_THAT(refusal(folder, folder / "old.gpkg", {.overwrite = Overwrite::yes}, {folder / "./in/../old.gpkg"}),
               Contains("is an input"));
    fs::create_hard_link(folder / "old.gpkg", folder / "same.gpkg");
    CHECK_THAT(refusal(folder, folder / "same.gpkg", {.overwrite = Overwrite::yes}, {folder / "old.gpkg"}),
               Contains("is an input"));
    CHECK_THAT(refusal(folder, folder / "in", {.overwrite = Overwrite::yes, .driver = "CSV"}, {folder / "in/a.csv"}),
               Contains("is an input"));
    folder.write("in/letter.txt", "dear");
    CHECK_THAT(refusal(folder, folder / "in", {.overwrite = Overwrite::yes, .driver = "CSV"}), Contains("letter.txt"));
    folder.write("old.gpkg-wal", "log");
    CHECK_THAT(refusal(folder, folder / "old.gpkg", {.overwrite = Overwrite::yes}),
               Contains("another program has it open"));
}

TEST_CASE("An old target is replaced whole, a link is written through", "[io][vector_sink]") {
    const TemporaryFolder folder;
    folder.write("old.gpkg", "old");
    fs::create_symlink("old.gpkg", folder / "link.gpkg");
    write_units(folder / "link.gpkg", {.overwrite = Overwrite::yes});
    CHECK(fs::is_symlink(folder / "link.gpkg"));
    CHECK(ask(folder / "old.gpkg", "SELECT count(*) FROM units") == "3|");
    folder.write("dir/units.csv", "old");
    folder.write("dir/gone.csv", "old");
    write_units(folder / "dir", {.overwrite = Overwrite::yes, .driver = "CSV"});
    CHECK(!fs::exists(folder / "dir/gone.csv"));
    CHECK(folder.contents().size() == 4);
}

TEST_CASE("Without finish nothing changes and nothing stays", "[io][vector_sink]") {
    const TemporaryFolder folder;
    folder.write("old.gpkg", "old");
    const auto before = folder.contents();
    {
        VectorSink sink(folder / "old.gpkg", {.overwrite = Overwrite::yes}, {});
        sink.begin_layer(units(), Crs::wgs84());
        sink.add(with_hole, Row{"a", FieldValue{}, FieldValue{}, FieldValue{}});
        CHECK(folder.contents().size() > before.size());
        CHECK_THROWS_WITH(VectorSink(folder / "old.gpkg", {.overwrite = Overwrite::yes}, {}),
                          Contains("another run is writing it"));
    }
    CHECK(folder.contents() == before);
    CHECK_THROWS_WITH(VectorSink(folder / "new.gpkg", {}, {}).finish(), Contains("no layer"));
    CHECK(folder.contents() == before);
}

TEST_CASE("What a killed run left is taken over", "[io][vector_sink]") {
    const TemporaryFolder folder;
    folder.write(".o.gpkg.amayesh-partial/o.gpkg", "half");
    folder.write(".o.gpkg.amayesh-partial/deeper/x", "half");
    write_units(folder / "o.gpkg");
    CHECK(folder.contents().size() == 1);
}

TEST_CASE("A row that does not fit is refused with its place", "[io][vector_sink]") {
    const TemporaryFolder folder;
    VectorSink sink(folder / "o.gpkg", {}, {});
    CHECK_THROWS_WITH(sink.add(Geometry{}, Row{}), Contains("no layer"));
    sink.begin_layer(units(), Crs::wgs84());
    CHECK_THROWS_WITH(sink.add(Geometry{}, Row{"a"}), Contains("1 values for 4 fields"));
    CHECK_THROWS_WITH(sink.add(Point{1, 2}, Row{"a", FieldValue{}, FieldValue{}, FieldValue{}}),
                      Contains("layer's kind"));
    CHECK_THROWS_WITH(sink.add(Geometry{}, Row{FieldValue{}, FieldValue{}, FieldValue{}, FieldValue{}}),
                      Contains("'unit_id' must not be empty"));
    CHECK_THROWS_WITH(sink.add(Geometry{}, Row{"a", "many", FieldValue{}, FieldValue{}}),
                      Contains("layer 'units', row 1") && Contains("'people'"));
    CHECK_THROWS_WITH(sink.add(Geometry{}, Row{"a", std::int64_t{1} << 31, FieldValue{}, FieldValue{}}),
                      Contains("does not fit field 'people'"));
    CHECK_THROWS_WITH(
        sink.add(Geometry{}, Row{"a", FieldValue{}, std::numeric_limits<double>::quiet_NaN(), FieldValue{}}),
        Contains("'gap_area_ha'"));
}

TEST_CASE("A wide field holds what 32 bits do not", "[io][vector_sink]") {
    const TemporaryFolder folder;
    VectorSink sink(folder / "o.gpkg", {}, {});
    sink.begin_layer({.name = "sums", .fields = {{.name = "people", .type = Column::Type::integer, .is_wide = true}}},
                     std::nullopt);
    sink.add({}, Row{std::int64_t{1} << 50});
    sink.finish();
    CHECK(ask(folder / "o.gpkg", "SELECT people, typeof(people) FROM sums") == "1125899906842624|integer|");
}

TEST_CASE("A Shapefile's text is cut at the border of a letter, and said", "[io][vector_sink]") {
    const TemporaryFolder folder;
    std::string text = "x";
    for (int i = 0; i < 200; ++i) text += "ش";  // 1 + 400 bytes: 254 falls inside a letter
    VectorSink sink(folder / "o", {.driver = "ESRI Shapefile"}, {});
    LayerDefinition layer = units(GeometryKind::none);
    layer.fields.push_back({.name = "gap_area_ha_high", .short_name = ""});
    layer.fields.push_back({.name = "gap_area_ha_low", .short_name = ""});
    sink.begin_layer(layer, std::nullopt);
    sink.add(Geometry{}, Row{text, FieldValue{}, FieldValue{}, FieldValue{}, "1", "2"});
    const ProblemReport problems = sink.finish();
    REQUIRE(problems.entries().size() == 1);
    CHECK(problems.entries()[0].field == "unit_id");
    ProblemReport reading;
    const FeatureTable table = read_vector(folder / "o/units.dbf", {}, reading);
    CHECK(std::get<std::string>(table.find("unit_id")->at(0)) == text.substr(0, 253));
    CHECK(std::get<std::string>(table.find("gap_area_h")->at(0)) == "1");
    CHECK(std::get<std::string>(table.find("gap_area_1")->at(0)) == "2");
}

TEST_CASE("A text that a spreadsheet would run is written to a CSV with an apostrophe, and read as it was",
          "[io][vector_sink]") {
    const TemporaryFolder folder;
    const std::string file = GENERATE("o.csv", "o.xlsx");
    const std::vector<std::string> run{
        "=HYPERLINK(\"http://x\")", "@SUM(1)", "+1+2", "-1-2", "-", "-1.", "\tx", "\rx", "\nx", "＝1", "'=1", "''@x"};
    const std::vector<std::string> harmless{"x=1", "-1", "+98", "-12.5", "'x", "'-1", "'", " =1", "دهستان"};
    VectorSink sink(folder / file, {}, {});
    sink.begin_layer({.name = "t", .fields = {{.name = "a"}, {.name = "n", .type = Column::Type::integer}}},
                     std::nullopt);
    for (const std::vector<std::string>& texts : {run, harmless})
        for (const std::string& text : texts) sink.add(Geometry{}, Row{text, std::int64_t{-5}});
    sink.finish();
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / file, {}, problems);
    REQUIRE(table.size() == run.size() + harmless.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::string& text = i < run.size() ? run[i] : harmless[i - run.size()];
        const std::string with_one_line_break = text == "\rx" ? "\nx" : text;
        CHECK(std::get<std::string>(table.find("a")->at(i)) == with_one_line_break);
    }
    if (file != std::string("o.csv")) return;
    CHECK(std::get<std::string>(table.find("n")->at(0)) == "-5");
    const std::string bytes = read_bytes(folder / file);
    const auto holds = [&](const std::string& cell) {
        return bytes.find("\n" + cell + ",") != std::string::npos ||
               bytes.find("\n\"" + cell + "\",") != std::string::npos;
    };
    for (const std::string& text : run)
        if (text.find('"') == std::string::npos) CHECK(holds("'" + text));
    for (const std::string& text : harmless) CHECK(holds(text));
}
