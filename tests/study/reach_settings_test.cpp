#include <chrono>
#include <string>
#include <vector>

#include "study/written_study.hpp"

using namespace amayesh;
using std::chrono::minutes;

namespace {

std::string complaint(const std::string& added) { return WrittenStudy(least_study + added).message(); }

Study read(const std::string& added) { return WrittenStudy(least_study + added).read(); }

}  // namespace

TEST_CASE("Reach is straight unless the study says otherwise", "[study][study_file][reach]") {
    const ReachStudy reach = read("").reach;
    CHECK(reach.kind == ReachKind::straight);
    CHECK(reach.direction == TravelDirection::to_facility);
    CHECK_FALSE(reach.limit);
    CHECK_FALSE(reach.snap);
    CHECK_FALSE(reach.cell);
    CHECK(reach.neighbours == CellNeighbours::sixteen);
    CHECK(reach.people_limits == std::vector<TravelTime>{minutes{15}, minutes{30}, minutes{45}, minutes{60}});
    CHECK_FALSE(reach.allows_coarse_elevation);
}

TEST_CASE("Every setting of travel is read", "[study][study_file][reach]") {
    const ReachStudy reach = read(
                                 "[assess]\nreach = \"surface\"\n[reach]\nlimit_min = 52.5\ndirection = \"from_zone\"\n"
                                 "snap_km = 2\ncrossing_tolerance_m = 0\ncell_m = 125\nneighbours = 8\n"
                                 "people_minutes = [10, 22.5]\nmargin_km = 0\nallow_coarse_elevation = true\n")
                                 .reach;
    CHECK(reach.kind == ReachKind::surface);
    CHECK(reach.direction == TravelDirection::from_facility);
    CHECK(reach.limit == TravelTime{52'500 * 60});
    CHECK(reach.snap == Kilometres{2});
    CHECK(reach.crossing_tolerance == Metres{0});
    CHECK(reach.cell == Metres{125});
    CHECK(reach.neighbours == CellNeighbours::eight);
    CHECK(reach.people_limits == std::vector<TravelTime>{TravelTime{600'000}, TravelTime{1'350'000}});
    CHECK(reach.margin == Kilometres{0});
    CHECK(reach.allows_coarse_elevation);
}

TEST_CASE("A run writes reach where zones are reached in minutes", "[study][study_file][reach]") {
    using Outputs = std::vector<RunOutput>;
    const std::string surface = "[assess]\nreach = \"surface\"\n";
    CHECK(read("").run_outputs == Outputs{RunOutput::gap, RunOutput::report, RunOutput::allocate});
    CHECK(read("[run]\n").run_outputs == Outputs{RunOutput::gap, RunOutput::report, RunOutput::allocate});
    CHECK(read(surface).run_outputs ==
          Outputs{RunOutput::gap, RunOutput::report, RunOutput::allocate, RunOutput::reach});
    CHECK(read(surface + "[run]\noutputs = [\"reach\", \"gap\"]\n").run_outputs ==
          Outputs{RunOutput::gap, RunOutput::reach});
    CHECK(read(surface + "[run]\noutputs = [\"gap\"]\n").run_outputs == Outputs{RunOutput::gap});
    CHECK(complaint("[run]\noutputs = [\"gap\", \"reach\"]\n") ==
          "study.toml:9: 'outputs' in [run] lists 'reach', but zones are reached by a straight line, which takes no "
          "time: "
          "set reach = \"roads\" or \"surface\" in [assess], or take 'reach' out of the list");
}

TEST_CASE("What is wrong with settings of travel is told", "[study][study_file][reach]") {
    CHECK(complaint("[assess]\nreach = \"raods\"\n") ==
          "study.toml:9: 'reach' in [assess] cannot be 'raods'; did you mean 'roads'?");
    CHECK(complaint("[assess]\nreach = \"roads\"\n") ==
          "study.toml:8: reach = \"roads\" in [assess] needs a [layers.roads]");
    CHECK(complaint("[reach]\nlimit_mins = 60\n") ==
          "study.toml:9: unknown key 'limit_mins' in [reach]; did you mean 'limit_min'?");
    CHECK(complaint("[reach]\nlimit_min = 0\n") ==
          "study.toml:9: 'limit_min' in [reach] is 0; more than 0 and at most 10000 minutes are possible");
    CHECK(complaint("[reach]\nsnap_km = -1\n") ==
          "study.toml:9: 'snap_km' in [reach] is -1; 0 to 2000 km are possible");
    CHECK(complaint("[reach]\nneighbours = 4\n") == "study.toml:9: 'neighbours' in [reach] is 4; it is 8 or 16");
    CHECK(
        complaint("[reach]\npeople_minutes = [30, 15]\n") ==
        "study.toml:9: 'people_minutes' in [reach] must be 1 to 12 rising numbers of minutes, each above 0 and at most "
        "10000, a millisecond or more apart");
    CHECK(complaint("[reach]\npeople_minutes = []\n") != "");
    for (const std::string limits : {"[1e-6]", "[15, 15.000001]"})  // the same as 0, and as 15
        CHECK_THAT(complaint("[reach]\npeople_minutes = " + limits + "\n"),
                   Catch::StartsWith("study.toml:9: 'people_minutes' in [reach]") && Catch::Contains("millisecond"));
    CHECK(complaint("[reach]\npeople_minutes = [15, \"a\"]\n") ==
          "study.toml:9: 'people_minutes' in [reach] must be a list of numbers, not a list with the text \"a\"");
    CHECK(complaint("[reach]\ndirection = \"to_zones\"\n") ==
          "study.toml:9: 'direction' in [reach] cannot be 'to_zones'; did you mean 'to_zone'?");
}

TEST_CASE("Keys of rasters belong to their kinds", "[study][study_file][reach]") {
    const std::string raster = "[layers.rasters]\nsource = \"r.tif\"\n";
    CHECK(complaint(raster + "kind = \"elevation\"\nunit = \"min/km\"\n") ==
          "study.toml:11: 'unit' goes with a raster of kind \"friction\"");
    CHECK(complaint(raster + "kind = \"land_cover\"\nclasses = { \"a\" = \"grassland\" }\n") ==
          "study.toml:11: 'a' in 'classes' of [layers.rasters] is no whole number, as cells of land cover hold");
    CHECK(complaint(raster + "kind = \"land_cover\"\nclasses = {}\n") ==
          "study.toml:11: 'classes' of [layers.rasters] is empty");
    const LayerStudy layer = read(raster + "kind = \"land_cover\"\nclasses = { 7 = \"grassland\" }\n").layers.back();
    CHECK(layer.land_cover_classes.at(7) == "grassland");
    CHECK(read(raster + "kind = \"friction\"\nunit = \"s/m\"\n").layers.back().friction_unit ==
          FrictionUnit::seconds_per_metre);
}
