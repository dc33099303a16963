#include <amayesh/io/raster_reader.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gdal_priv.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/io/raster_source.hpp>
#include <amayesh/raster/zonal_statistics.hpp>

#include "io/test_files.hpp"
#include "io/test_rasters.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

MultiPolygon box(double west, double south, double east, double north) {
    return {{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

std::vector<double> counting(int cells) {
    std::vector<double> values;
    for (int i = 0; i < cells; ++i) values.push_back(i % 251);
    return values;
}

std::string refusal(const std::string& file, const RasterReaderOptions& options = {}) {
    try {
        const RasterReader reader{file, options};
    } catch (const IoError& e) {
        return e.what();
    }
    return {};
}

/// The whole band, block by block.
std::vector<double> read_all(const RasterReader& reader) {
    const GridLayout& layout = reader.layout();
    std::vector<double> all(layout.width * layout.height, -1);
    for (std::size_t block = 0; block < layout.blocks_across() * layout.blocks_down(); ++block) {
        const GridWindow window = layout.window_of(block);
        std::vector<double> values(window.cells());
        reader.read_block(block, values);
        for (std::size_t i = 0; i < values.size(); ++i)
            all[(window.row + i / window.width) * layout.width + window.column + i % window.width] = values[i];
    }
    return all;
}

}  // namespace

TEST_CASE("A band comes in blocks however the file is laid out", "[io][raster_reader]") {
    const TemporaryFolder folder;
    constexpr int width = 1100, height = 700;
    const std::vector<double> values = counting(width * height);
    const std::vector<std::vector<const char*>> layouts{
        {"COMPRESS=DEFLATE"},
        {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=LZW"},
        {"TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=1024"},
        {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=48", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL"},
        {"BLOCKYSIZE=700", "COMPRESS=DEFLATE", "PREDICTOR=2"}};
    for (const auto& options : layouts) {
        INFO(options.front() << " " << options.size());
        const GDALDataType type = options.back() == std::string("PREDICTOR=2") ? GDT_Byte : GDT_Float32;
        make_raster(folder / "r.tif", {width, height, type, values, options, 2});
        const RasterReader reader{folder / "r.tif", {.band = 2}};
        CHECK(reader.layout().width == width);
        CHECK(reader.layout().height == height);
        CHECK(reader.layout().block_width * reader.layout().block_height >= 1 << 18);
        CHECK(reader.layout().blocks_across() * reader.layout().blocks_down() <= 6);
        CHECK(read_all(reader) == values);
    }
}

TEST_CASE("Blocks give the values that the whole band gives", "[io][raster_reader]") {
    const TemporaryFolder folder;
    constexpr double inf = std::numeric_limits<double>::infinity();
    {
        const auto made =
            make_raster(folder / "r.tif", {.width = 4, .values = {5, -9999, std::nan(""), 2, -7, inf, 0, 1}});
        made->GetRasterBand(1)->SetNoDataValue(-7);
        made->GetRasterBand(1)->SetScale(0.5);
        made->GetRasterBand(1)->SetOffset(1);
    }
    const RasterReader reader{folder / "r.tif"};
    const auto values = read_all(reader);
    CHECK(values[0] == 5 * 0.5 + 1);
    CHECK(values[1] == -9999);  // not scaled: it would pass for a measurement
    CHECK(std::isnan(values[2]));
    CHECK(std::isnan(values[4]));
    CHECK(values[5] == inf);
    CHECK(values[6] == 1);
    REQUIRE(reader.crs());
    CHECK(reader.crs()->epsg() == 4326);
    CHECK(reader.layout().placement.centre_of(0, 0) == Point{50.25, 39.875});
    ProblemReport problems;
    const RasterBand whole = read_raster(folder / "r.tif", {}, problems);
    CHECK(problems.count(ProblemKind::value_implausible) == 2);
    for (std::size_t i = 0; i < values.size(); ++i) CHECK((whole.grid.values[i] == values[i] || std::isnan(values[i])));
}

TEST_CASE("Nodata of 64-bit bands is nodata", "[io][raster_reader]") {
    const TemporaryFolder folder;
    {
        const auto made = make_raster(folder / "r.tif", {.type = GDT_Int64, .values = {1, 2, -1, 4, 5, 6}});
        made->GetRasterBand(1)->SetNoDataValueAsInt64(-1);
    }
    const auto values = read_all(RasterReader{folder / "r.tif"});
    CHECK(values[1] == 2);
    CHECK(std::isnan(values[2]));
}

TEST_CASE("Zonal statistics of a file are those of the band in memory, at any thread count", "[io][raster_reader]") {
    const TemporaryFolder folder;
    constexpr int width = 1500, height = 1200;  // 50–800° E would be no earth, but a grid does not mind
    make_raster(folder / "r.tif", {.width = width,
                                   .height = height,
                                   .values = counting(width * height),
                                   .options = {"TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=256", "COMPRESS=DEFLATE"}});
    std::vector<MultiPolygon> shapes;
    for (int i = 0; i < 40; ++i) shapes.push_back(box(50.1 + 18 * i, -250.3 + 3 * i, 75.7 + 18 * i, -100.9 + 3 * i));
    ProblemReport problems;
    const auto expected = zonal_statistics(read_raster(folder / "r.tif", {}, problems).grid, shapes);
    const RasterReader reader{folder / "r.tif"};
    const std::size_t before = thread_limit();
    std::vector<ZonalStatistics> first;
    for (const std::size_t threads : {1U, 2U, 3U}) {
        set_thread_limit(threads);
        const auto zones = zonal_statistics(reader, shapes);
        if (first.empty()) first = zones;
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            CHECK(zones[i].sum == first[i].sum);
            CHECK(zones[i].sum == Approx(expected[i].sum).epsilon(1e-12));
            CHECK(zones[i].cells == expected[i].cells);
            CHECK(zones[i].value_area == Approx(expected[i].value_area).epsilon(1e-12));
            CHECK(zones[i].max == expected[i].max);
        }
    }
    set_thread_limit(before);
}

TEST_CASE("A raster in blocks without a CRS says so", "[io][raster_reader]") {
    const TemporaryFolder folder;
    make_raster(folder / "r.tif", {.values = {1, 2, 3, 4, 5, 6}, .epsg = 0});
    CHECK_FALSE(RasterReader{folder / "r.tif"}.crs());
}

TEST_CASE("What cannot be read in blocks is refused", "[io][raster_reader]") {
    const TemporaryFolder folder;
    make_raster(folder / "r.tif", {.values = {1, 2, 3, 4, 5, 6}});
    CHECK_THAT(refusal(folder / "r.tif", {.band = 2}), Contains("no band 2"));
    CHECK_THAT(refusal(folder / "r.tif", {.most_cells = 5}), Contains("6 cells, the limit is 5"));
    CHECK_THAT(refusal(folder.write("v.tif", "<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"/>")), Contains("XML"));
    CHECK_THAT(refusal(folder / "none.tif"), Contains("no such file"));
    make_raster(folder / "block.tif",
                {.width = 9000,
                 .height = 9000,
                 .type = GDT_Byte,
                 .options = {"SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=8192", "BLOCKYSIZE=8192"}});
    CHECK_THAT(refusal(folder / "block.tif"), Contains("blocks of 8192 × 8192") && Contains("TILED=YES"));
    make_raster(folder / "huge.tif", {.width = 2'000'000,
                                      .height = 2'000'000,
                                      .type = GDT_Byte,
                                      .options = {"SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=8192", "BLOCKYSIZE=8192"}});
    CHECK_THAT(refusal(folder / "huge.tif"),
               Contains("4000000000000 cells, the limit is") && Contains("cut or coarsen"));
}

TEST_CASE("A cut file is refused when it is opened or read, never summed", "[io][raster_reader]") {
    const TemporaryFolder folder;
    constexpr int side = 1200;
    for (const double part : {0.1, 0.5, 0.9, 0.99}) {
        const std::string cut = folder / ("cut" + std::to_string(part) + ".tif");
        make_raster(cut, {.width = side,
                          .height = side,
                          .values = counting(side * side),
                          .options = {"TILED=YES", "COMPRESS=DEFLATE"}});
        cut_file(cut, part);
        const std::array shapes{box(50, -250, 600, 40)};
        CAPTURE(part);
        CHECK_THROWS_WITH(zonal_statistics(RasterReader{cut}, shapes), Contains("cut"));
    }
}

TEST_CASE("Ten thousand million cells are read where polygons lie, in little memory", "[io][raster_reader]") {
    const TemporaryFolder folder;
    make_raster(folder / "huge.tif", {.width = 100'000,
                                      .height = 100'000,
                                      .type = GDT_Byte,
                                      .options = {"SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"}});
    const RasterReader reader{folder / "huge.tif"};
    const std::array shapes{box(20'000, -8000.1, 20'100.25, -7900)};  // cells of 0.5 × 0.25
    const auto start = std::chrono::steady_clock::now();
    const ZonalStatistics zone = zonal_statistics(reader, shapes)[0];
    CHECK(zone.value_area == Approx(100.25 * 100.1 / (0.5 * 0.25)));
    CHECK(zone.sum == 0);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}
