#include <amayesh/io/raster_sink.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/io/raster_source.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

constexpr float no_value = std::numeric_limits<float>::quiet_NaN();
constexpr float unreached = std::numeric_limits<float>::infinity();

/// Minutes from the upper left of cells of 100 m, a corner of them not reached.
RasterToWrite slope(std::size_t width, std::size_t height) {
    return {.grid = {{500'000, 4'000'000}, 100, width, height},
            .crs = Crs::parse("EPSG:32640"),
            .band_name = "minutes to the nearest zone",
            .unit = "min",
            .read_row = [](std::size_t row, std::span<float> values) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    values[i] = row + i < 20 ? unreached : static_cast<float>(row) + static_cast<float>(i) / 8;
            }};
}

RasterToWrite one_row(CellType type, std::vector<float> row) {
    return {
        .grid = {{0, 0}, 10, row.size(), 1},
        .crs = Crs::parse("EPSG:32640"),
        .type = type,
        .read_row = [row](std::size_t, std::span<float> values) { std::copy(row.begin(), row.end(), values.begin()); }};
}

void write(const RasterToWrite& raster, const fs::path& target, Overwrite overwrite = Overwrite::no) {
    write_raster(raster, target, overwrite, {});
}

GDALDatasetUniquePtr opened(const std::string& file) {
    GDALAllRegister();
    GDALDatasetUniquePtr raster(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
    REQUIRE(raster);
    return raster;
}

std::vector<double> values_of(const std::string& file) {
    const auto raster = opened(file);
    const int width = raster->GetRasterXSize();
    const int height = raster->GetRasterYSize();
    std::vector<double> values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    REQUIRE(raster->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, width, height, values.data(), width, height, GDT_Float64,
                                               0, 0, nullptr) == CE_None);
    return values;
}

std::string metadata(GDALMajorObject& object, const char* name, const char* domain = "") {
    const char* text = object.GetMetadataItem(name, domain);
    return text == nullptr ? "" : text;
}

template <class Deed>
std::string refusal(const Deed& deed) {
    try {
        deed();
    } catch (const Error& error) {
        return error.what();
    }
    return "not refused";
}

}  // namespace

TEST_CASE("A written raster is read as it was, with its place, unit and statistics", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const std::string file = folder / "minutes.tif";
    const RasterToWrite raster = slope(700, 300);
    write(raster, file);
    const auto read = opened(file);
    double transform[6];
    REQUIRE(read->GetGeoTransform(transform) == CE_None);
    CHECK(std::vector(transform, transform + 6) == std::vector<double>{500'000, 100, 0, 4'000'000, 0, -100});
    CHECK(std::string(read->GetSpatialRef()->GetAuthorityCode(nullptr)) == "32640");
    GDALRasterBand& band = *read->GetRasterBand(1);
    CHECK(band.GetRasterDataType() == GDT_Float32);
    CHECK(std::string(band.GetDescription()) == "minutes to the nearest zone");
    CHECK(std::string(band.GetUnitType()) == "min");
    CHECK(std::isnan(band.GetNoDataValue()));
    CHECK(metadata(band, "STATISTICS_MAXIMUM") == "386.375");  // 299 + 699 / 8
    CHECK(metadata(band, "STATISTICS_MINIMUM") == "2.5");      // row 0, column 20
    CHECK(metadata(*read, "TIFFTAG_DATETIME").empty());
    const std::vector<double> values = values_of(file);
    std::vector<float> expected(700);
    for (std::size_t row = 0; row < 300; ++row) {
        raster.read_row(row, expected);
        for (std::size_t i = 0; i < 700; ++i) {
            const double value = values[row * 700 + i];
            if (std::isinf(expected[i]) ? !std::isnan(value) : value != static_cast<double>(expected[i]))
                FAIL("cell " << i << " of row " << row << " is " << value);
        }
    }
    ProblemReport problems;
    CHECK_FALSE(read_raster(file, {}, problems).grid.has_value(0));
    CHECK(problems.entries().empty());
}

TEST_CASE("A written raster is a Cloud Optimized GeoTIFF", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const std::string file = folder / "minutes.tif";
    RasterToWrite raster = slope(2100, 1300);
    const bool is_whole = GENERATE(false, true);
    if (is_whole) {
        raster.type = CellType::uint16;
        raster.palette = {{30, 0, 104, 55}, {65534, 165, 0, 38}};
    }
    write(raster, file);
    CHECK(folder.contents().size() == 1);
    {
        const auto read = opened(file);
        GDALRasterBand& band = *read->GetRasterBand(1);
        CHECK(metadata(*read, "LAYOUT", "IMAGE_STRUCTURE") == "COG");
        CHECK(metadata(*read, "COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE");
        int width = 0;
        int height = 0;
        band.GetBlockSize(&width, &height);
        CHECK((width == 512 && height == 512));
        CHECK(band.GetOverviewCount() == 3);  // 1050, 525, 262
    }
    const std::string validator =
        "/usr/bin/python3 -m osgeo_utils.samples.validate_cloud_optimized_geotiff --full-check=yes ";
    if (std::system("/usr/bin/python3 -c 'import osgeo_utils.samples' 2>/dev/null") == 0)
        CHECK(std::system((validator + file + " > " + folder / "said" + " 2>&1").c_str()) == 0);
    else
        WARN("not validated: python3-gdal is missing");
}

TEST_CASE("Overviews of minutes are means of the cells that have a value", "[io][raster_sink]") {
    const TemporaryFolder folder;
    RasterToWrite raster = slope(1024, 1024);
    raster.read_row = [](std::size_t row, std::span<float> values) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = i % 2 == 0 && row % 2 == 0 ? no_value : static_cast<float>(row % 2 * 10 + i % 2);
    };
    write(raster, folder / "mean.tif");
    const auto mean = opened(folder / "mean.tif");
    float value = 0;
    REQUIRE(mean->GetRasterBand(1)->GetOverview(0)->RasterIO(GF_Read, 7, 9, 1, 1, &value, 1, 1, GDT_Float32, 0, 0,
                                                             nullptr) == CE_None);
    CHECK(value == Approx((1 + 10 + 11) / 3.0));
}

TEST_CASE("Whole minutes are rounded up in whole milliseconds", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const std::string file = folder / "whole.tif";
    RasterToWrite raster = one_row(CellType::uint16, {0, 0.0001F, 14.5F, 59.9999F, 60, std::nextafter(60.0F, 61.0F),
                                                      60.001F, 65534, 70'000, 2e9F, unreached, no_value});
    raster.palette = {{15, 1, 2, 3}, {60, 4, 5, 6}, {65534, 7, 8, 9}};
    write(raster, file);
    CHECK(values_of(file) == std::vector<double>{0, 1, 15, 60, 60, 60, 61, 65534, 65534, 65534, 65535, 65535});
    const auto read = opened(file);
    GDALRasterBand& band = *read->GetRasterBand(1);
    CHECK(band.GetNoDataValue() == 65535);
    REQUIRE(band.GetColorTable());
    const auto red = [&](int value) { return band.GetColorTable()->GetColorEntry(value)->c1; };
    CHECK((red(0) == 1 && red(15) == 1 && red(16) == 4 && red(60) == 4 && red(61) == 7 && red(65534) == 7));
}

TEST_CASE("A raster of nothing but nodata is written", "[io][raster_sink]") {
    const TemporaryFolder folder;
    write(one_row(CellType::float32, {no_value, unreached}), folder / "n.tif");
    CHECK(std::isnan(values_of(folder / "n.tif")[1]));
}

TEST_CASE("A raster's style appears with it", "[io][raster_sink]") {
    const TemporaryFolder folder;
    RasterToWrite raster = one_row(CellType::float32, {1, 2});
    raster.qml = "<qgis/>";
    write(raster, folder / "r.tif");
    CHECK(folder.contents().at("r.qml") == "<qgis/>");
    CHECK(folder.contents().size() == 2);
    CHECK_THAT(refusal([&] { write(raster, folder / "r.tif"); }), Contains("--overwrite"));
    fs::remove(folder / "r.tif");
    CHECK_THAT(refusal([&] { write(raster, folder / "r.tif"); }), Contains("r.qml: it exists"));
    write(raster, folder / "r.tif", Overwrite::yes);
}

TEST_CASE("Bytes do not depend on the threads", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const std::size_t threads = thread_limit();
    const CellType type = GENERATE(CellType::float32, CellType::uint16);
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
        set_thread_limit(count);
        RasterToWrite raster = slope(2000, 1500);
        raster.type = type;
        write(raster, folder / std::to_string(count));
    }
    set_thread_limit(threads);
    const auto contents = folder.contents();
    CHECK(contents.at("1") == contents.at("2"));
    CHECK(contents.at("1") == contents.at("5"));
}

TEST_CASE("A CRS of one's own comes back", "[io][raster_sink]") {
    const TemporaryFolder folder;
    RasterToWrite raster = one_row(CellType::float32, {1, 2});
    raster.crs = fit_equal_area_crs({44, 25, 63, 40});
    write(raster, folder / "r.tif");
    ProblemReport problems;
    CHECK(read_raster(folder / "r.tif", {}, problems).crs == raster.crs);
}

TEST_CASE("Targets that are refused stay as they are", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const RasterToWrite raster = one_row(CellType::float32, {1, 2});
    const std::string old = folder.write("old.tif", "old");
    CHECK_THAT(refusal([&] { write(raster, old); }), Contains("--overwrite"));
    CHECK_THAT(refusal([&] { write(raster, folder / "none/r.tif"); }), Contains("does not exist"));
    CHECK_THAT(refusal([&] { write(raster, folder.path(), Overwrite::yes); }), Contains("folder"));
    const std::vector<fs::path> inputs{old};
    CHECK_THAT(refusal([&] { write_raster(raster, old, Overwrite::yes, inputs); }), Contains("input"));
    CHECK(folder.contents() == std::map<std::string, std::string>{{"old.tif", "old"}});
}

TEST_CASE("Rasters that cannot be written are refused, and cancelling leaves the old", "[io][raster_sink]") {
    const TemporaryFolder folder;
    const std::string old = folder.write("old.tif", "old");
    const auto refused = [&](const RasterToWrite& raster) {
        return refusal([&] { write(raster, old, Overwrite::yes); });
    };
    RasterToWrite empty = one_row(CellType::float32, {1});
    empty.grid.height = 0;
    CHECK_THAT(refused(empty), Contains("1 × 0"));
    CHECK_THAT(refused(one_row(CellType::uint16, {-1})), Contains("-1"));
    RasterToWrite coloured = one_row(CellType::float32, {1});
    coloured.palette = {{1, 0, 0, 0}};
    CHECK_THAT(refused(coloured), Contains("palette"));
    coloured.type = CellType::uint16;
    coloured.palette.push_back({1, 0, 0, 0});
    CHECK_THAT(refused(coloured), Contains("rise"));
    for (const double moment : {0.0, 0.1, 0.4, 0.9}) {
        CAPTURE(moment);
        const auto cancel = [moment](std::string_view, double part) {
            if (part >= moment) throw 7;
        };
        CHECK_THROWS_AS(write_raster(slope(2000, 1500), old, Overwrite::yes, {}, cancel), int);
    }
    RasterToWrite broken = slope(100, 100);
    broken.read_row = [](std::size_t row, std::span<float>) {
        if (row == 50) throw IoError("a row is gone");
    };
    CHECK(refused(broken) == "a row is gone");
    CHECK(folder.contents() == std::map<std::string, std::string>{{"old.tif", "old"}});
}
