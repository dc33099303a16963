#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/io/vector_sink.hpp>

#include "io/test_files.hpp"
#include "io/unit_layer.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

void write_with_project(const std::string& target, const std::string& qgs, Overwrite overwrite = Overwrite::no,
                        const std::vector<fs::path>& inputs = {}) {
    VectorSink sink(target, {.overwrite = overwrite, .with_project = true}, inputs);
    sink.begin_layer(units(), Crs::wgs84());
    sink.add(with_hole, Row{"a", FieldValue{}, FieldValue{}, FieldValue{}});
    sink.set_styles("units", {{"First", "one", "<qgis/>", true}, {"دوم", "two", "<qgis a='1'/>", false}});
    sink.set_project({"map", qgs});
    sink.finish();
}

constexpr const char* project_of_ours = "<qgis saveUser=\"amayesh\"/>";

}  // namespace

TEST_CASE("A GeoPackage keeps styles and a project as they were given, and the project beside it",
          "[io][vector_sink]") {
    const TemporaryFolder folder;
    const std::string file = folder / "o.gpkg";
    write_with_project(file, project_of_ours);
    CHECK(ask(file, "SELECT f_geometry_column, styleName, styleQML, useAsDefault, update_time FROM layer_styles") ==
          "geom|First|<qgis/>|1|2000-01-01T00:00:00.000Z|geom|دوم|<qgis a='1'/>|0|2000-01-01T00:00:00.000Z|");
    CHECK(ask(file, "SELECT count(*) FROM gpkg_contents WHERE table_name = 'layer_styles'") == "1|");
    CHECK(ask(file, "SELECT name, substr(content, 1, 8) FROM qgis_projects") ==
          "map|504b0304|");  // a zip's first bytes
    CHECK(fs::exists(folder / "o.qgz"));
    CHECK(ask(file, "SELECT length(content) / 2 FROM qgis_projects") ==
          std::to_string(fs::file_size(folder / "o.qgz")) + "|");
    CHECK(!fs::exists(folder / ".o.gpkg.amayesh-partial"));
}

TEST_CASE("What a project is made from is what was written", "[io][vector_sink]") {
    const TemporaryFolder folder;
    VectorSink sink(folder / "o.gpkg", {}, {});
    sink.begin_layer(units(), Crs::wgs84());
    sink.add(with_hole, Row{"a", FieldValue{}, FieldValue{}, FieldValue{}});
    sink.begin_layer({.name = "rows", .fields = {{.name = "a"}}}, std::nullopt);
    const std::optional<StoredPackage> package = sink.package();
    REQUIRE(package);
    CHECK(package->file_name == "o.gpkg");
    REQUIRE(package->layers.size() == 2);
    CHECK(package->layers[0].columns == std::vector<std::string>{"unit_id", "people", "gap_area_ha", "status"});
    CHECK(package->layers[0].extent.min_x == 0);
    CHECK(package->layers[0].extent.max_x == 11);
    CHECK(package->layers[0].extent.max_y == 4);
    CHECK(package->layers[0].crs == Crs::wgs84());
    CHECK(package->layers[1].geometry == GeometryKind::none);
    CHECK(package->layers[1].extent.is_empty());
    CHECK(!VectorSink(folder / "o.csv", {}, {}).package());
    CHECK_THROWS_WITH(sink.set_styles("nowhere", {}), Contains("'nowhere'"));
}

TEST_CASE("The project beside a GeoPackage is under the rules of the GeoPackage", "[io][vector_sink]") {
    const TemporaryFolder folder;
    const std::string file = folder / "o.gpkg";
    SECTION("it is not replaced without --overwrite") {
        write_with_project(file, project_of_ours);
        fs::remove(file);
        CHECK_THROWS_WITH(write_with_project(file, project_of_ours), Contains("o.qgz") && Contains("--overwrite"));
        CHECK(!fs::exists(file));
        write_with_project(file, project_of_ours, Overwrite::yes);
        CHECK(fs::exists(file));
    }
    SECTION("it is not replaced where QGIS has saved it since, or where it is something else") {
        write_with_project(file, "<qgis saveUser=\"somebody\"/>");
        CHECK_THROWS_WITH(write_with_project(file, project_of_ours, Overwrite::yes), Contains("saved in QGIS"));
        std::ofstream(folder / "o.qgz") << "no zip";
        CHECK_THROWS_WITH(write_with_project(file, project_of_ours, Overwrite::yes), Contains("saved in QGIS"));
    }
    SECTION("it is no input, no folder, and not the target itself") {
        CHECK_THROWS_WITH(write_with_project(file, project_of_ours, Overwrite::yes, {folder / "o.qgz"}),
                          Contains("it is an input"));
        fs::create_directory(folder / "o.qgz");
        CHECK_THROWS_WITH(write_with_project(file, project_of_ours, Overwrite::yes), Contains("it is a folder"));
        CHECK_THROWS_WITH(VectorSink(folder / "p.qgz", {.driver = "GPKG", .with_project = true}, {}),
                          Contains("name another output"));
    }
    SECTION("it lies beside the file that a link names") {
        fs::create_directory(folder / "there");
        std::ofstream(folder / "there/real.gpkg") << "old";
        fs::create_symlink(folder / "there/real.gpkg", folder / "link.gpkg");
        write_with_project(folder / "link.gpkg", project_of_ours, Overwrite::yes);
        CHECK(fs::exists(folder / "there/real.qgz"));
    }
    SECTION("it is not written where the target is no GeoPackage") {
        VectorSink sink(folder / "o.csv", {.with_project = true}, {});
        sink.begin_layer(units(GeometryKind::none), std::nullopt);
        sink.set_project({"map", project_of_ours});
        sink.finish();
        CHECK(!fs::exists(folder / "o.qgz"));
    }
}
