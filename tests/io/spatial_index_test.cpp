#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <amayesh/io/vector_sink.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;

namespace {

using Row = std::vector<FieldValue>;

std::string ask(const std::string& file, const std::string& query) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    std::string answer;
    const auto keep = [](void* text, int, char** values, char**) {
        *static_cast<std::string*>(text) += values[0] != nullptr ? values[0] : "NULL";
        return 0;
    };
    CHECK(sqlite3_exec(database, query.c_str(), keep, &answer, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    return answer;
}

/// Triangles of many sizes, some of them in one place; every ninth row has no geometry.
std::vector<Geometry> random_shapes(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> place(-180, 179);
    std::exponential_distribution<double> size(5);
    std::vector<Geometry> shapes;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = i % 5 == 0 ? 51.1 : place(random);
        const double y = i % 5 == 0 ? 35.7 : place(random) / 2;
        const double s = size(random);
        shapes.push_back(i % 9 == 8 ? Geometry{} : MultiPolygon{{{{{x, y}, {x + s, y}, {x, y + s}, {x, y}}, {}}}});
    }
    return shapes;
}

void write(const std::string& file, const std::string& layer, const std::vector<Geometry>& shapes,
           const VectorSinkOptions& options = {}) {
    VectorSink sink(file, options, {});
    sink.begin_layer({.name = layer, .geometry = GeometryKind::multi_polygon, .fields = {{.name = "a"}}}, Crs::wgs84());
    for (const Geometry& shape : shapes) sink.add(shape, Row{"x"});
    sink.finish();
}

GDALDatasetUniquePtr open(const std::string& file, unsigned how) {
    return GDALDatasetUniquePtr(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | how));
}

std::set<std::int64_t> found_by_gdal(OGRLayer& layer, const OGREnvelope& window) {
    layer.SetSpatialFilterRect(window.MinX, window.MinY, window.MaxX, window.MaxY);
    std::set<std::int64_t> ids;
    for (const auto& feature : layer) ids.insert(feature->GetFID());
    return ids;
}

std::set<std::int64_t> found_one_by_one(const std::vector<Geometry>& shapes, const OGREnvelope& window) {
    std::set<std::int64_t> ids;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto* shape = std::get_if<MultiPolygon>(&shapes[i]);
        if (shape == nullptr) continue;
        OGRLinearRing ring;
        for (const Point& p : shape->parts[0].outer) ring.addPoint(p.x, p.y);
        OGRPolygon triangle;
        triangle.addRing(&ring);
        OGRLinearRing border;
        for (const auto& [x, y] : {std::pair{window.MinX, window.MinY},
                                   {window.MaxX, window.MinY},
                                   {window.MaxX, window.MaxY},
                                   {window.MinX, window.MaxY},
                                   {window.MinX, window.MinY}})
            border.addPoint(x, y);
        OGRPolygon rectangle;
        rectangle.addRing(&border);
        if (triangle.Intersects(&rectangle)) ids.insert(static_cast<std::int64_t>(i) + 1);
    }
    return ids;
}

}  // namespace

TEST_CASE("The spatial index of a GeoPackage is whole, at every number of rows", "[io][spatial_index]") {
    const std::size_t count = GENERATE(0, 1, 50, 51, 52, 57, 58, 102, 103, 2601, 3000, 20000);
    const TemporaryFolder folder;
    const std::string file = folder / "o.gpkg";
    const std::vector<Geometry> shapes = random_shapes(count, 7);
    write(file, "units", shapes);
    const auto with_shape = std::count_if(shapes.begin(), shapes.end(), [](const Geometry& shape) {
        return std::holds_alternative<MultiPolygon>(shape);
    });
    CAPTURE(count);
    CHECK(ask(file, "SELECT rtreecheck('rtree_units_geom')") == "ok");
    CHECK(ask(file, "PRAGMA integrity_check") == "ok");
    CHECK(ask(file, "SELECT count(*) FROM rtree_units_geom") == std::to_string(with_shape));
    CHECK(ask(file, "SELECT extension_name FROM gpkg_extensions WHERE table_name = 'units' AND column_name = 'geom'") ==
          "gpkg_rtree_index");
}

TEST_CASE("GDAL finds through the spatial index what a look at each row finds", "[io][spatial_index]") {
    const TemporaryFolder folder;
    const std::string file = folder / "o.gpkg";
    const std::vector<Geometry> shapes = random_shapes(3000, 11);
    write(file, "units", shapes);
    const GDALDatasetUniquePtr data = open(file, GDAL_OF_READONLY);
    REQUIRE(data);
    OGRLayer& layer = *data->GetLayer(0);
    CHECK(layer.TestCapability(OLCFastSpatialFilter));
    std::mt19937 random(3);
    std::uniform_real_distribution<double> place(-180, 180);
    for (int i = 0; i < 60; ++i) {
        OGREnvelope window;
        window.MinX = i == 0 ? 51.1 : place(random);
        window.MinY = i == 0 ? 35.7 : place(random) / 2;
        window.MaxX = window.MinX + (i == 0 ? 0 : i / 2.0);
        window.MaxY = window.MinY + (i == 0 ? 0 : i / 2.0);
        CHECK(found_by_gdal(layer, window) == found_one_by_one(shapes, window));
    }
}

TEST_CASE("The spatial index follows edits, whatever the columns are called", "[io][spatial_index]") {
    const TemporaryFolder folder;
    const std::string file = folder / "o.gpkg";
    write(file, "a \"b\" 'ن'", random_shapes(400, 5), {.layer_options = {"GEOMETRY_NAME=sh\"ape", "FID=number"}});
    const GDALDatasetUniquePtr data = open(file, GDAL_OF_UPDATE);
    REQUIRE(data);
    OGRLayer& layer = *data->GetLayer(0);
    const auto in_the_far_corner = [&] {
        OGREnvelope window;
        window.MinX = window.MinY = 500;
        window.MaxX = window.MaxY = 600;
        return found_by_gdal(layer, window);
    };
    CHECK(in_the_far_corner().empty());
    const auto moved = [&](std::int64_t id, const char* wkt) {
        const OGRFeatureUniquePtr feature(layer.GetFeature(id));
        REQUIRE(feature);
        OGRGeometry* shape = nullptr;
        if (wkt != nullptr) OGRGeometryFactory::createFromWkt(wkt, nullptr, &shape);
        feature->SetGeometryDirectly(shape);
        CHECK(layer.SetFeature(feature.get()) == OGRERR_NONE);
    };
    const char* far_away = "MULTIPOLYGON (((510 510, 511 510, 510 511, 510 510)))";
    moved(1, far_away);
    moved(9, far_away);  // had no geometry
    CHECK(in_the_far_corner() == std::set<std::int64_t>{1, 9});
    moved(1, nullptr);
    CHECK(layer.DeleteFeature(9) == OGRERR_NONE);
    OGRFeature added(layer.GetLayerDefn());
    OGRGeometry* shape = nullptr;
    OGRGeometryFactory::createFromWkt(far_away, nullptr, &shape);
    added.SetGeometryDirectly(shape);
    CHECK(layer.CreateFeature(&added) == OGRERR_NONE);
    CHECK(in_the_far_corner() == std::set<std::int64_t>{401});
}
