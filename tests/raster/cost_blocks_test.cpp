#include <catch2/catch.hpp>

#include <filesystem>
#include <limits>
#include <random>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/raster/cost_distance.hpp>

#include "raster/cost_worlds.hpp"

using namespace amayesh;
using namespace amayesh::test;

namespace {

/// A surface of which nothing may be read.
FrictionGrid unread(std::size_t width, std::size_t height) {
    return {.width = width,
            .height = height,
            .column_m = 10,
            .row_m = 10,
            .read_friction = [](std::size_t, std::span<float>) { FAIL("read"); }};
}

}  // namespace

TEST_CASE("Rows of a surface in blocks are those of one in memory, in any order", "[raster][cost]") {
    std::mt19937 random(21);
    World world = random_world(random, 200, 150);
    const auto sources = random_sources(random, world, 5);
    const CostSurface whole = cost_distance(world.grid(), sources, {.with_allocation = true});
    const CostSurface blocks =
        cost_distance(world.grid(), sources, {.with_allocation = true, .most_memory = 2 * one_tile});
    std::vector<float> costs(200), expected_costs(200);
    std::vector<std::uint32_t> ids(200), expected_ids(200);
    std::size_t differences = 0;
    for (int i = 0; i < 300; ++i) {
        const std::size_t row = i < 150 ? static_cast<std::size_t>(i) : random() % 150;
        const std::size_t columns = i < 150 ? 200 : 1 + random() % 200;
        blocks.costs_of_row(row, std::span(costs).first(columns));
        whole.costs_of_row(row, std::span(expected_costs).first(columns));
        blocks.sources_of_row(row, std::span(ids).first(columns));
        whole.sources_of_row(row, std::span(expected_ids).first(columns));
        for (std::size_t column = 0; column < columns; ++column) {
            const bool is_same = costs[column] == expected_costs[column] && ids[column] == expected_ids[column] &&
                                 costs[column] == whole.cost_at(column, row) &&
                                 ids[column] == blocks.source_at(column, row);
            differences += is_same ? 0 : 1;
        }
    }
    CHECK(differences == 0);
}

TEST_CASE("The file of a surface in blocks has no name", "[raster][cost]") {
    const auto folder = std::filesystem::temp_directory_path() / "amayesh_cost_blocks";
    std::filesystem::create_directories(folder);
    const World world{.width = 300, .height = 200, .friction = std::vector<float>(60'000, 1.0F)};
    const std::vector<CostSource> sources{{8, 0, 3}};
    std::size_t names = 0;
    const CostSurface surface =
        cost_distance(world.grid(), sources, {.most_memory = one_tile, .folder = folder},
                      [&](auto, double) { names += std::filesystem::is_empty(folder) ? 0 : 1; });
    CHECK(names == 0);
    CHECK(surface.cost_at(299, 0) == 291);
    std::filesystem::remove_all(folder);
}

TEST_CASE("What memory or the disk cannot hold is refused before anything is read", "[raster][cost]") {
    const std::vector<CostSource> sources{{1, 1, 9}};
    CHECK_THROWS_WITH(cost_distance(unread(100'000, 100'000), sources),
                      Catch::Contains("100000 × 100000 = 1e+10 cells") && Catch::Contains("90 GB") &&
                          Catch::Contains("cells of 32 m or more") && Catch::Contains("a smaller area") &&
                          Catch::Contains("in blocks (most_memory)"));
    CHECK_THROWS_WITH(cost_distance(unread(1'000'000, 1'000'000), sources, {.most_memory = 1'000'000'000}),
                      Catch::Contains("1e+12 cells") && Catch::Contains("cells of 71 m or more"));
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    CHECK_THROWS_AS(cost_distance(unread(most, most), sources), InvalidInput);
    CHECK_THROWS_WITH(cost_distance(unread(100, 100), sources, {.most_memory = 1000}), Catch::Contains("36992"));
}

TEST_CASE("A folder that takes no file, or too small a disk, is told with its name", "[raster][cost]") {
    const std::vector<CostSource> sources{{1, 1, 9}};
    CHECK_THROWS_WITH(
        cost_distance(unread(1000, 1000), sources, {.most_memory = one_tile, .folder = "/no/such/folder"}),
        Catch::Contains("/no/such/folder: no file can be made there"));
    const auto folder = std::filesystem::temp_directory_path();
    constexpr std::size_t side = 140'000;  // some 180 GB
    if (std::filesystem::space(folder).available > side * side * 9) return;
    CHECK_THROWS_WITH(cost_distance(unread(side, side), sources, {.most_memory = 100'000'000, .folder = folder}),
                      Catch::Contains(folder.string() + ": no room for the 18") && Catch::Contains("another disk"));
}
