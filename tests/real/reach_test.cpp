#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/study/reach_run.hpp>

// The study examples/iran_reach over the folder that AMAYESH_REAL_DATA names; docs/real-data.md has the same figures.

using namespace amayesh;

namespace {

Study iran(ReachKind kind) {
    Study study = read_study(std::filesystem::path(AMAYESH_SOURCE_DIR) / "examples/iran_reach/study.toml");
    study.reach.kind = kind;
    return study;
}

std::size_t unroutable(const TravelReach& reach, UnroutableReason reason) {
    return static_cast<std::size_t>(std::ranges::count_if(reach.unroutable, [&](const UnroutablePlace& place) {
        return place.kind == TravelPlaceKind::settlement && place.reason == reason;
    }));
}

}  // namespace

TEST_CASE("minutes from the places of Iran to known sites over charted roads", "[real][iran_reach]") {
    const ReachRun run = run_reach(iran(ReachKind::roads), {});
    REQUIRE(run.reach);
    const RoadGraph& graph = run.model.roads->graph();
    CHECK(graph.components().size() == 237);
    CHECK(graph.bridged_gaps().size() == 331);
    const TravelReach& reach = *run.reach;
    CHECK(reach.places.size() == 77'915);
    CHECK(reach.may_miss_zones);
    CHECK(unroutable(reach, UnroutableReason::no_access) == 8'540);
    CHECK(unroutable(reach, UnroutableReason::no_way_to_any_zone) == 618);
    CHECK(reach.rollups.front().within.back().settlements_within == 582);
    CHECK(to_minutes(*reach.rollups.front().settlements.mean()) == Approx(182.5).margin(0.05));
}

TEST_CASE("slopes are not taken from an elevation of 37 km cells", "[real][iran_reach]") {
    Study study = iran(ReachKind::surface);
    LayerStudy elevation;
    elevation.role = LayerRole::rasters;
    elevation.raster_kind = "elevation";
    elevation.sources = {std::string(std::getenv("AMAYESH_REAL_DATA")) + "/raster/etopo_20min_ir.tif"};
    study.layers.push_back(elevation);
    CHECK_THROWS_AS(run_reach(study, {}), InvalidInput);
}
