#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include <gdal_priv.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/io/resampled_raster.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

constexpr int utm39 = 32639;

/// Four columns and four rows of 200 m from 500000 E, 3900000 N.
struct SmallRaster {
    std::vector<double> values;
    GDALDataType type = GDT_Float32;
    int epsg = utm39;  ///< 0 = none.
    std::array<double, 6> place{500'000, 200, 0, 3'900'000, 0, -200};
};

GDALDatasetUniquePtr make_raster(const std::string& file, SmallRaster raster) {
    GDALAllRegister();
    const char* const options[] = {"COMPRESS=DEFLATE", nullptr};
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const int side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(raster.values.size()))));
    GDALDatasetUniquePtr made(driver->Create(file.c_str(), side, side, 1, raster.type, const_cast<char**>(options)));
    made->SetGeoTransform(raster.place.data());
    OGRSpatialReference crs;
    if (raster.epsg != 0 && crs.importFromEPSG(raster.epsg) == OGRERR_NONE) made->SetSpatialRef(&crs);
    CHECK(made->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, side, side, raster.values.data(), side, side, GDT_Float64, 0,
                                           0, nullptr) == CE_None);
    return made;
}

std::vector<double> counting(std::size_t cells) {
    std::vector<double> values(cells);
    for (std::size_t i = 0; i < cells; ++i) values[i] = static_cast<double>(i + 1);
    return values;
}

const Crs grid_crs = Crs::parse("EPSG:32639");
constexpr StudyGrid halves{{500'000, 3'900'000}, 400, 2, 2};
constexpr StudyGrid same_cells{{500'000, 3'900'000}, 200, 4, 4};

std::vector<float> values_of(const ResampledRaster& raster, const StudyGrid& grid) {
    std::vector<float> values(grid.width * grid.height);
    raster.rows()(0, values);
    return values;
}

template <class Fault>
std::string refusal(const std::string& file, const StudyGrid& grid = same_cells,
                    GridMeaning meaning = GridMeaning::elevation) {
    try {
        static_cast<void>(values_of(ResampledRaster(file, meaning, grid, grid_crs), grid));
    } catch (const Fault& fault) {
        return fault.what();
    }
    return {};
}

}  // namespace

TEST_CASE("A GeoTIFF comes in the study's cells: nodata, scale and offset as the file says", "[io][resampled_raster]") {
    const TemporaryFolder folder;
    {
        const auto made = make_raster(folder / "r.tif", {.values = counting(16), .type = GDT_Int16});
        made->GetRasterBand(1)->SetNoDataValue(6);
        made->GetRasterBand(1)->SetScale(0.5);
        made->GetRasterBand(1)->SetOffset(100);
    }
    const auto before = folder.contents();
    const ResampledRaster raster(folder / "r.tif", GridMeaning::elevation, halves, grid_crs);
    CHECK(raster.method() == ResamplingMethod::average);
    const std::vector<float> values = values_of(raster, halves);
    CHECK(values[0] == Approx(100 + 0.5 * (1 + 2 + 5) / 3));  // without the 6
    CHECK(values[1] == Approx(100 + 0.5 * (3 + 4 + 7 + 8) / 4));
    CHECK(values[2] == Approx(100 + 0.5 * (9 + 10 + 13 + 14) / 4));
    CHECK(folder.contents() == before);

    ResampledRaster moved(folder / "r.tif", GridMeaning::classes, same_cells, grid_crs);
    const ResampledRaster here = std::move(moved);
    const std::vector<float> own = values_of(here, same_cells);
    CHECK(own[4] == 102.5F);
    CHECK(std::isnan(own[5]));
}

TEST_CASE("The same bytes at any number of threads", "[io][resampled_raster]") {
    const TemporaryFolder folder;
    make_raster(folder / "r.tif",
                {.values = counting(400 * 400), .type = GDT_Int32, .epsg = 4326, .place = {50, 0.01, 0, 37, 0, -0.01}});
    const StudyGrid grid{{450'000, 4'000'000}, 2'500, 100, 90};
    set_thread_limit(1);
    const std::vector<float> one =
        values_of(ResampledRaster(folder / "r.tif", GridMeaning::classes, grid, grid_crs), grid);
    set_thread_limit(2);
    const std::vector<float> two =
        values_of(ResampledRaster(folder / "r.tif", GridMeaning::classes, grid, grid_crs), grid);
    CHECK(std::equal(one.begin(), one.end(), two.begin(),
                     [](float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }));
    CHECK(std::count_if(one.begin(), one.end(), [](float value) { return value > 0; }) > 8'000);
}

TEST_CASE("What is no whole GeoTIFF with a place is refused by name", "[io][resampled_raster]") {
    const TemporaryFolder folder;
    CHECK_THAT(refusal<IoError>(folder / "none.tif"), Contains("none.tif"));
    CHECK_THAT(refusal<IoError>(folder.write("v.tif", "<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"/>")),
               Contains("v.tif") && Contains("XML"));
    CHECK_THAT(refusal<IoError>("/vsicurl/http://127.0.0.1:9/r.tif"), Contains("--allow-network"));

    std::vector<double> noise = counting(10'000);
    for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<double>((i * 7919) % 10'007);
    make_raster(folder / "cut.tif", {.values = noise});
    cut_file(folder / "cut.tif", 0.6);
    CHECK_THAT(refusal<IoError>(folder / "cut.tif", {{500'000, 3'900'000}, 200, 100, 100}), Contains("cut.tif"));

    make_raster(folder / "no_crs.tif", {.values = counting(16), .epsg = 0});
    CHECK_THAT(refusal<CrsError>(folder / "no_crs.tif"), Contains("no_crs.tif") && Contains("crs = "));
    const ResampledRaster given(folder / "no_crs.tif", GridMeaning::classes, same_cells, grid_crs, {.crs = grid_crs});
    CHECK(values_of(given, same_cells)[15] == 16);

    // Metres that are taken for degrees, and another zone's metres.
    make_raster(folder / "far.tif", {.values = counting(16), .epsg = 32638});
    CHECK_THAT(refusal<InvalidInput>(folder / "far.tif"),
               Contains("far.tif") && Contains("nowhere in the study's area"));
    make_raster(folder / "fill.tif", {.values = std::vector<double>(16, -9999)});
    CHECK_THAT(refusal<InvalidInput>(folder / "fill.tif"), Contains("fill.tif") && Contains("-9999"));
}

TEST_CASE("Slope from an elevation coarser than 1 km is refused", "[io][resampled_raster]") {
    const TemporaryFolder folder;
    // 30″ and 20′ cells around 51° E, 35° N.
    const double fine = 1.0 / 120;
    const double coarse = 1.0 / 3;
    make_raster(folder / "fine.tif",
                {.values = counting(3'600), .epsg = 4326, .place = {50.8, fine, 0, 35.4, 0, -fine}});
    make_raster(folder / "coarse.tif",
                {.values = counting(3'600), .epsg = 4326, .place = {45, coarse, 0, 40, 0, -coarse}});
    const auto elevation = [&](const std::string& file) {
        return ResampledRaster(file, GridMeaning::elevation, same_cells, grid_crs);
    };
    CHECK(elevation(folder / "fine.tif").pixel_size().value() == Approx(924).epsilon(0.001));
    CHECK_NOTHROW(check_slope_source(elevation(folder / "fine.tif"), "say so"));
    try {
        check_slope_source(elevation(folder / "coarse.tif"), "set allow_coarse_elevation = true");
        FAIL("was not refused");
    } catch (const InvalidInput& error) {
        CHECK_THAT(error.what(), Contains("coarse.tif: its cells are 37 km wide") && Contains("more than 1 km") &&
                                     Contains("leave the elevation out, or set allow_coarse_elevation = true"));
    }
}

TEST_CASE("A real elevation lies where it should", "[io][resampled_raster][real]") {
    const std::string file = std::string(std::getenv("AMAYESH_REAL_DATA")) + "/raster/etopo_20min_ir.tif";
    const StudyGrid grid{{535'000, 3'990'000}, 1'000, 100, 100};
    const ResampledRaster raster(file, GridMeaning::elevation, grid, grid_crs);
    CHECK(raster.pixel_size().value() == Approx(36'980).epsilon(0.005));
    const std::vector<float> values = values_of(raster, grid);
    CHECK(std::none_of(values.begin(), values.end(), [](float value) { return std::isnan(value); }));
    // The Alborz in the north stands over the plain of Tehran in the south.
    CHECK(values[50] > 1'800);
    CHECK(values[99 * 100 + 20] < 1'300);
}
