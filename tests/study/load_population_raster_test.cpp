#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/load.hpp>

using namespace amayesh;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// Three square districts in a row, 1° wide, and a raster of 0.5° cells, by default over the first two and a half of them.
struct RasterWorld {
    fs::path folder = fs::temp_directory_path() / "amayesh-population-raster";

    explicit RasterWorld(const std::string& cells = "1000 2000 -1 -1 7\n3000 4000 -1 -1 7\n",
                         const std::string& header = "ncols 5\nnrows 2\nxllcorner 50\nyllcorner 30\ncellsize 0.5\n",
                         const std::string& crs = "-a_srs EPSG:4326") {
        fs::remove_all(folder);
        fs::create_directories(folder);
        std::ofstream(folder / "districts.geojson") << R"({"type":"FeatureCollection","features":[)" << square("a", 50)
                                                    << "," << square("b", 51) << "," << square("c", 52) << "]}";
        std::ofstream(folder / "grid.asc") << header << "NODATA_value -1\n" << cells;
        const std::string command = "gdal_translate -q -of GTiff " + crs + " " + (folder / "grid.asc").string() + " " +
                                    (folder / "people.tif").string();
        REQUIRE(std::system(command.c_str()) == 0);
        std::ofstream(folder / "study.toml") << R"(schema_version = 1
[layers.rural_districts]
source = "districts.geojson"
[layers.rural_districts.fields]
id = "id"
name = "id"
[layers.rasters]
source = "people.tif"
kind = "population"
)";
    }
    ~RasterWorld() { fs::remove_all(folder); }

    static std::string square(const std::string& id, int west) {
        const std::string w = std::to_string(west), e = std::to_string(west + 1);
        return R"({"type":"Feature","properties":{"id":")" + id +
               R"("},"geometry":{"type":"Polygon","coordinates":[[[)" + w + ",30],[" + e + ",30],[" + e + ",31],[" + w +
               ",31],[" + w + ",30]]]}}";
    }
};

LoadedStudy load(const RasterWorld& world, ProblemReport& problems) {
    return load_study(read_study(world.folder / "study.toml"), problems);
}

std::string messages_of(const ProblemReport& problems, ProblemKind kind) {
    std::string messages;
    for (const Problem& problem : problems.entries())
        if (problem.kind == kind) messages += problem.feature + ": " + problem.message + "\n";
    return messages;
}

}  // namespace

TEST_CASE("a population raster is summed over districts; where it does not tell, nothing is known",
          "[study][load][raster]") {
    const RasterWorld world;
    ProblemReport problems;
    const LoadedStudy loaded = load(world, problems);
    REQUIRE(loaded.area.raster_population.size() == 3);
    CHECK(loaded.area.raster_population[0] == Approx(1000 + 2000 + 3000 + 4000));
    CHECK_FALSE(loaded.area.raster_population[1]);  // nodata only
    CHECK_FALSE(loaded.area.raster_population[2]);  // half of it beyond the raster
    CHECK(problems.count(ProblemKind::value_missing) == 2);
    const auto units = assess_units(loaded.area, loaded.district_of_settlement, {}, problems);
    CHECK(units[0].population == 10'000);
    CHECK(units[0].population_source == PopulationSource::raster);
    CHECK(units[1].threshold == Threshold::unknown);
}

TEST_CASE("a cell that two districts share is divided by area", "[study][load][raster]") {
    // Cells of 2/3°: the second column lies half in a, half in b. The lower row reaches below the districts by a third.
    const RasterWorld world{
        "60 90 120 150 210\n600 900 1200 1500 2100\n",
        "ncols 5\nnrows 2\nxllcorner 50\nyllcorner 29.666666666666667\ncellsize 0.666666666666667\n"};
    ProblemReport problems;
    const LoadedStudy loaded = load(world, problems);
    CHECK(*loaded.area.raster_population[0] == Approx((60 + 90 / 2.0) + (600 + 900 / 2.0) / 2).epsilon(1e-6));
    CHECK(*loaded.area.raster_population[1] == Approx((90 / 2.0 + 120) + (900 / 2.0 + 1200) / 2).epsilon(1e-6));
    CHECK(*loaded.area.raster_population[2] == Approx((150 + 210 / 2.0) + (1500 + 2100 / 2.0) / 2).epsilon(1e-6));
}

TEST_CASE("cells that cannot be people leave the districts that they lie in unknown", "[study][load][raster]") {
    const RasterWorld world{"1 2 3 4 5 6\n1 2 3 -9999 5 -3\n",
                            "ncols 6\nnrows 2\nxllcorner 50\nyllcorner 30\ncellsize 0.5\n"};
    ProblemReport problems;
    const LoadedStudy loaded = load(world, problems);
    CHECK(*loaded.area.raster_population[0] == Approx(1 + 2 + 1 + 2).epsilon(1e-6));
    CHECK_FALSE(loaded.area.raster_population[1]);
    CHECK_FALSE(loaded.area.raster_population[2]);
    CHECK_THAT(messages_of(problems, ProblemKind::value_missing),
               Contains("b: 1 cells of it hold a fill value") && Contains("c: a cell of it holds -3 people"));
    CHECK_THAT(messages_of(problems, ProblemKind::value_implausible), Contains("1 cells") && Contains("-9999"));
}

TEST_CASE("a population raster without a CRS is refused with the way out", "[study][load][raster]") {
    const RasterWorld world{"1 2 3 4 5\n1 2 3 4 5\n", "ncols 5\nnrows 2\nxllcorner 50\nyllcorner 30\ncellsize 0.5\n",
                            ""};
    ProblemReport problems;
    CHECK_THROWS_WITH(load(world, problems), Contains("people.tif") && Contains("no CRS") && Contains("crs ="));
}

TEST_CASE("the raster's fingerprint is that of its values", "[study][load][raster]") {
    const auto fingerprint_of = [](const std::string& cells) {
        const RasterWorld world{cells};
        ProblemReport problems;
        return load(world, problems).inputs.back().fingerprint;
    };
    CHECK(fingerprint_of("1 2 3 4 5\n1 2 3 4 5\n") == fingerprint_of("1 2 3 4 5\n1 2 3 4 5\n"));
    CHECK(fingerprint_of("1 2 3 4 5\n1 2 3 4 5\n") != fingerprint_of("1 2 3 4 5\n1 2 3 4 6\n"));
}
