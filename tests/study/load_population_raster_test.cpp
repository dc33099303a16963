#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/load.hpp>

using namespace amayesh;
namespace fs = std::filesystem;

namespace {

/// Three square districts in a row, 1° wide, and a raster of 0.5° cells over the first two and a half of them.
struct RasterWorld {
    fs::path folder = fs::temp_directory_path() / "amayesh-population-raster";

    RasterWorld() {
        fs::remove_all(folder);
        fs::create_directories(folder);
        std::ofstream(folder / "districts.geojson") << R"({"type":"FeatureCollection","features":[)" << square("a", 50)
                                                    << "," << square("b", 51) << "," << square("c", 52) << "]}";
        std::ofstream(folder / "grid.asc") << "ncols 5\nnrows 2\nxllcorner 50\nyllcorner 30\ncellsize 0.5\n"
                                              "NODATA_value -1\n1000 2000 -1 -1 7\n3000 4000 -1 -1 7\n";
        const std::string command = "gdal_translate -q -of GTiff -a_srs EPSG:4326 " + (folder / "grid.asc").string() +
                                    " " + (folder / "people.tif").string();
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

}  // namespace

TEST_CASE("a population raster is summed over districts; where it does not tell, nothing is known",
          "[study][load][raster]") {
    const RasterWorld world;
    ProblemReport problems;
    const LoadedStudy loaded = load_study(read_study(world.folder / "study.toml"), problems);
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
