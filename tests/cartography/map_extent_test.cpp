#include <catch2/catch.hpp>

#include "cartography/map_extent.hpp"

using namespace amayesh;
using namespace amayesh::detail;

namespace {

StoredLayer layer(const char* name, const Box& extent) {
    return {.name = name, .geometry = GeometryKind::point, .crs = Crs::wgs84(), .extent = extent};
}

}  // namespace

TEST_CASE("The extent of a map is that of the units, else of all layers", "[cartography]") {
    StoredPackage package{"o.gpkg", {layer("zones", {50, 30, 51, 31}), layer("units", {59, 36, 60, 37})}};
    CHECK(extent_of(package, Crs::wgs84()).min_x == 59);
    package.layers[1].extent = Box{};
    CHECK(extent_of(package, Crs::wgs84()).min_x == 50);
    package.layers[1] = layer("sources", {49, 30, 50, 32});
    CHECK(extent_of(package, Crs::wgs84()).min_x == 49);
    CHECK(extent_of(package, Crs::wgs84()).max_y == 32);
}

TEST_CASE("A map without anything on it has an extent too", "[cartography]") {
    const Box box = extent_of({"o.gpkg", {layer("units", Box{}), {.name = "manifest"}}}, Crs::wgs84());
    CHECK(box.min_x < box.max_x);
    CHECK(box.min_y < box.max_y);
}

TEST_CASE("A box is moved with its bulging edges", "[cartography]") {
    const Crs utm = Crs::parse("EPSG:32640");  // central meridian 57° E, false easting 500 km
    const Box box = extent_of({"o.gpkg", {layer("units", {54, 36, 60, 37})}}, utm);
    CHECK(box.max_x - 500'000 == Approx(500'000 - box.min_x));
    const Box west_corner = extent_of({"o.gpkg", {layer("units", {54, 36, 54, 36})}}, utm);
    const Box middle = extent_of({"o.gpkg", {layer("units", {57, 36, 57, 36})}}, utm);
    CHECK(middle.min_y < west_corner.min_y);             // a parallel is lowest on the central meridian
    CHECK(box.min_y == Approx(middle.min_y).margin(1));  // and the moved box reaches down to it
}

TEST_CASE("A layer whose extent has no image in the CRS of the map is left out of its extent", "[cartography]") {
    const StoredPackage package{"o.gpkg",
                                {layer("problems", {-1e6, -1e6, 1e6, 1e6}), layer("zones", {59, 36, 60, 37})}};
    const Box box = extent_of(package, Crs::parse("EPSG:32640"));
    CHECK(box.max_x - box.min_x < 200'000);
}

TEST_CASE("Extents are rounded, so that what a GeoPackage states of them gives the same", "[cartography]") {
    CHECK(rounded({61.346754000000004, 0, 61.346754, 0}, 6).min_x == rounded({61.346754, 0, 61.346754, 0}, 6).min_x);
}
