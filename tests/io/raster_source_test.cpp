#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <gdal_priv.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/raster_source.hpp>

#include "io/test_files.hpp"
#include "io/test_rasters.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& file, const RasterSourceOptions& options = {}) {
    const auto start = std::chrono::steady_clock::now();
    std::string message;
    try {
        ProblemReport problems;
        static_cast<void>(read_raster(file, options, problems));
    } catch (const IoError& e) {
        message = e.what();
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    return message;
}

}  // namespace

TEST_CASE("A band keeps its place and CRS; nodata is masked, scale and offset are applied", "[io][raster_source]") {
    const TemporaryFolder folder;
    {
        const auto made = make_raster(folder / "r.tif", {.type = GDT_Int16, .values = {1, 2, -5, 4, 5, 6}});
        made->GetRasterBand(1)->SetNoDataValue(-5);
        made->GetRasterBand(1)->SetScale(0.1);
        made->GetRasterBand(1)->SetOffset(10);
    }
    const auto before = folder.contents();
    ProblemReport problems;
    const RasterBand band = read_raster(folder / "r.tif", {}, problems);
    CHECK(problems.entries().empty());
    REQUIRE(band.crs);
    CHECK(band.crs->epsg() == 4326);
    REQUIRE(band.grid.width == 3);
    REQUIRE(band.grid.height == 2);
    CHECK(band.grid.placement.centre_of(0, 0) == Point{50.25, 39.875});
    CHECK(band.grid.placement.centre_of(2, 1) == Point{50 + 2.5 * 0.5, 40 - 1.5 * 0.25});
    CHECK(band.grid.values[0] == Approx(1 * 0.1 + 10));
    CHECK_FALSE(band.grid.has_value(2));
    CHECK(band.grid.has_value(3));
    CHECK(folder.contents() == before);
}

TEST_CASE("The lowest float is nodata though it is declared as a double", "[io][raster_source]") {
    const TemporaryFolder folder;
    const double declared = -3.4028230607370965e+38;
    {
        const auto made = make_raster(folder / "r.tif", {.values = {declared, 1, std::nan(""), 2, 3, 4}});
        made->GetRasterBand(1)->SetNoDataValue(declared);
    }
    ProblemReport problems;
    const RasterBand band = read_raster(folder / "r.tif", {}, problems);
    CHECK_FALSE(band.grid.has_value(0));
    CHECK(band.grid.has_value(1));
    CHECK_FALSE(band.grid.has_value(2));
}

TEST_CASE("A fill value that is not declared is reported and kept", "[io][raster_source]") {
    const TemporaryFolder folder;
    make_raster(folder / "r.tif", {.values = {-9999, 1, -9999, 2, 3, 4}});
    ProblemReport problems;
    const RasterBand band = read_raster(folder / "r.tif", {.role = "population"}, problems);
    CHECK(band.grid.has_value(0));
    const auto entries = entries_of(problems, ProblemKind::value_implausible);
    REQUIRE(entries.size() == 1);
    CHECK_THAT(entries[0].message, Contains("2 cells hold -9999"));
    CHECK(entries[0].layer == "population");
}

TEST_CASE("A band's mask is honoured", "[io][raster_source]") {
    const TemporaryFolder folder;
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
    {
        const auto made = make_raster(folder / "r.tif", {.values = {1, 2, 3, 4, 5, 6}});
        made->CreateMaskBand(GMF_PER_DATASET);
        std::vector<std::uint8_t> mask{255, 0, 255, 255, 255, 255};
        CHECK(made->GetRasterBand(1)->GetMaskBand()->RasterIO(GF_Write, 0, 0, 3, 2, mask.data(), 3, 2, GDT_Byte, 0, 0,
                                                              nullptr) == CE_None);
    }
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
    ProblemReport problems;
    const RasterBand band = read_raster(folder / "r.tif", {}, problems);
    CHECK(band.grid.has_value(0));
    CHECK_FALSE(band.grid.has_value(1));
}

TEST_CASE("What is no whole GeoTIFF within the limit is refused", "[io][raster_source]") {
    const TemporaryFolder folder;
    make_raster(folder / "r.tif", {.values = {1, 2, 3, 4, 5, 6}});
    CHECK_THAT(refusal(folder / "r.tif", {.band = 2}), Contains("no band 2"));
    CHECK_THAT(refusal(folder / "r.tif", {.most_cells = 5}), Contains("6 cells, the limit is 5"));
    CHECK_THAT(refusal(folder.write("v.tif", "<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"/>")), Contains("XML"));
    CHECK_THAT(refusal(folder.write("t.csv", "a,b\n1,2\n")), Contains("no GeoTIFF"));
    CHECK_THAT(refusal(folder / "none.tif"), Contains("no such file"));
    CHECK_THAT(refusal("/vsicurl/http://127.0.0.1:9/r.tif"), Contains("--allow-network"));
    make_raster(folder / "huge.tif",
                {.width = 2'000'000,
                 .height = 2'000'000,
                 .type = GDT_Byte,
                 .options = {"SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=65536", "BLOCKYSIZE=65536"}});
    CHECK_THAT(refusal(folder / "huge.tif"), Contains("the limit is"));
    for (const double part : {0.1, 0.5, 0.9, 0.99}) {
        const std::string cut = folder / ("cut" + std::to_string(part) + ".tif");
        make_raster(
            cut,
            {.width = 100, .height = 100, .values = std::vector<double>(10'000, 7.5), .options = {"COMPRESS=DEFLATE"}});
        cut_file(cut, part);
        CAPTURE(part);
        CHECK_THAT(refusal(cut), Contains("cut"));
    }
}

TEST_CASE("A real population grid adds up", "[io][raster_source][real]") {
    const std::string file =
        std::string(std::getenv("AMAYESH_REAL_DATA")) + "/raster/gpw_v4_pop_count_2020_30min_ir.tif";
    ProblemReport problems;
    const RasterBand band = read_raster(file, {}, problems);
    double people = 0;
    std::size_t without = 0;
    for (std::size_t i = 0; i < band.grid.values.size(); ++i) {
        if (band.grid.has_value(i))
            people += band.grid.values[i];
        else
            ++without;
    }
    CHECK(band.grid.width == 41);
    CHECK(band.grid.height == 32);
    CHECK(without == 96);
    CHECK(people == Approx(165.7e6).epsilon(0.001));  // as the folder's README says, neighbours included
    CHECK(problems.entries().empty());
}
