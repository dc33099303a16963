#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/raster/cost_distance.hpp>

using namespace amayesh;

namespace {

constexpr float none = std::numeric_limits<float>::infinity();
constexpr std::size_t one_tile = 80'000;  ///< Bytes of a tile with all that is kept of it.

/// A surface held whole; NaN is a barrier.
struct World {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<float> friction;
    std::vector<float> elevation{};
    double column_m = 1;
    double row_m = 1;

    [[nodiscard]] FrictionGrid grid() const {
        const auto rows_of = [this](const std::vector<float>& values) {
            return [this, &values](std::size_t row, std::span<float> into) {
                std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(row * width), into.size(), into.begin());
            };
        };
        FrictionGrid grid{
            .width = width, .height = height, .column_m = column_m, .row_m = row_m, .read_friction = rows_of(friction)};
        if (!elevation.empty()) {
            grid.read_elevation = rows_of(elevation);
            grid.slope_factor = [](double slope) { return std::exp(3.5 * (std::abs(slope + 0.05) - 0.05)); };
        }
        return grid;
    }
    [[nodiscard]] bool is_barrier(std::size_t cell) const { return std::isnan(friction[cell]); }
};

struct Found {
    float cost = none;
    std::uint32_t source = CostSurface::no_source;
    friend auto operator<=>(const Found&, const Found&) = default;
};

/// A step from a cell to another: neighbours and costs are written anew.
struct Step {
    std::size_t from = 0;
    std::size_t to = 0;
    float cost = 0;
};

std::vector<Step> steps_of(const World& world, CellNeighbours neighbours) {
    std::vector<Step> steps;
    const int reach = neighbours == CellNeighbours::sixteen ? 2 : 1;
    const auto width = static_cast<int>(world.width), height = static_cast<int>(world.height);
    const auto friction = [&](int column, int row) {
        const float value = world.friction[static_cast<std::size_t>(row * width + column)];
        return std::isnan(value) ? none : value;
    };
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column)
            for (int dy = -reach; dy <= reach; ++dy)
                for (int dx = -reach; dx <= reach; ++dx) {
                    const int size = dx * dx + dy * dy, x = column + dx, y = row + dy;
                    if ((size != 1 && size != 2 && size != 5) || x < 0 || y < 0 || x >= width || y >= height) continue;
                    const auto length = static_cast<float>(std::hypot(dx * world.column_m, dy * world.row_m));
                    const float ends = friction(column, row) + friction(x, y);
                    float cost = ends * 0.5F * length;
                    if (size == 5) {
                        const int half_x = dx / 2, half_y = dy / 2;
                        const float between =
                            friction(column + half_x, row + half_y) + friction(x - half_x, y - half_y);
                        cost = (ends + between) * 0.25F * length;
                    }
                    if (cost < none)
                        steps.push_back({static_cast<std::size_t>(row * width + column),
                                         static_cast<std::size_t>(y * width + x), cost});
                }
    return steps;
}

/// Costs by Bellman and Ford: all steps are taken until nothing changes. Then sources along the steps of least cost.
std::vector<Found> bellman_ford(const World& world, const std::vector<CostSource>& sources,
                                const CostDistanceOptions& options) {
    const std::vector<Step> steps = steps_of(world, options.neighbours);
    std::vector<Found> found(world.friction.size());
    const auto cell_of = [&](const CostSource& source) { return source.row * world.width + source.column; };
    for (const CostSource& source : sources)
        found[cell_of(source)].cost = std::min(found[cell_of(source)].cost, source.start);
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (const Step& step : steps) {
            const float cost = found[step.from].cost + step.cost;
            if (!(cost < found[step.to].cost && cost <= options.limit)) continue;
            found[step.to].cost = cost;
            has_changed = true;
        }
    }
    for (const CostSource& source : sources) {
        Found& at = found[cell_of(source)];
        if (at.cost == source.start) at.source = std::min(at.source, source.id);
    }
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (const Step& step : steps) {
            const Found& from = found[step.from];
            Found& to = found[step.to];
            if (from.cost + step.cost != to.cost || to.cost == none || from.source >= to.source) continue;
            to.source = from.source;
            has_changed = true;
        }
    }
    return found;
}

World random_world(std::mt19937& random, std::size_t width, std::size_t height) {
    World world{.width = width, .height = height, .friction = std::vector<float>(width * height)};
    std::uniform_real_distribution<float> friction(0.01F, 2.0F);
    for (float& value : world.friction) value = random() % 6 == 0 ? std::nanf("") : friction(random);
    world.column_m = 1 + random() % 3;
    world.row_m = 1 + random() % 2;
    return world;
}

std::vector<CostSource> random_sources(std::mt19937& random, World& world, std::size_t count) {
    std::vector<CostSource> sources;
    for (std::size_t i = 0; i < count; ++i) {
        const CostSource source{random() % world.width, random() % world.height, static_cast<std::uint32_t>(100 - i),
                                static_cast<float>(random() % 2)};
        world.friction[source.row * world.width + source.column] = 0.5F;
        sources.push_back(source);
    }
    return sources;
}

std::size_t differences(const CostSurface& surface, const std::vector<Found>& expected, bool with_sources) {
    std::size_t count = 0;
    for (std::size_t row = 0; row < surface.height(); ++row)
        for (std::size_t column = 0; column < surface.width(); ++column) {
            const Found& cell = expected[row * surface.width() + column];
            const bool is_same = surface.cost_at(column, row) == cell.cost &&
                                 (!with_sources || surface.source_at(column, row) == cell.source);
            count += is_same ? 0 : 1;
        }
    return count;
}

/// Puts the limit of threads back.
struct ThreadLimit {
    explicit ThreadLimit(std::size_t threads) { set_thread_limit(threads); }
    ~ThreadLimit() { set_thread_limit(before); }
    std::size_t before = thread_limit();
};

}  // namespace

TEST_CASE("A valley of five by five with a river and one bridge", "[raster][cost]") {
    const float land = 1, river = std::nanf(""), road = 0.25F;
    // The river is column 2; the bridge is in row 3, where the road crosses. The source is in the corner.
    World world{.width = 5, .height = 5, .friction = std::vector<float>(25, land), .column_m = 4, .row_m = 4};
    for (std::size_t row = 0; row < 5; ++row) world.friction[row * 5 + 2] = river;
    for (std::size_t column = 1; column < 4; ++column) world.friction[15 + column] = road;
    const std::vector<CostSource> sources{{0, 0, 7}};
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_allocation = true});
    CHECK(surface.cost_at(0, 0) == 0);
    CHECK(surface.cost_at(1, 0) == 4);
    CHECK(surface.cost_at(0, 2) == 8);
    CHECK(surface.cost_at(1, 1) == static_cast<float>(4 * std::sqrt(2.0)));
    CHECK(surface.cost_at(2, 0) == none);
    // Down two cells, slantwise onto the road (mean of 1 and 0.25 over 4 √2), and along it at 0.25.
    const double to_road = 8 + 0.625 * 4 * std::sqrt(2.0);
    CHECK(surface.cost_at(1, 3) == Approx(to_road));
    CHECK(surface.cost_at(2, 3) == Approx(to_road + 1));
    CHECK(surface.cost_at(3, 3) == Approx(to_road + 2));
    CHECK(surface.cost_at(4, 0) == Approx(to_road + 2 + 0.625 * 4 * std::sqrt(2.0) + 8));
    CHECK(surface.source_at(4, 0) == 7);
    CHECK(surface.source_at(2, 0) == CostSurface::no_source);
}

TEST_CASE("Random surfaces over several tiles: the bits of Bellman and Ford", "[raster][cost]") {
    std::mt19937 random(5);
    for (int turn = 0; turn < 24; ++turn) {
        CAPTURE(turn);
        World world = random_world(random, 1 + random() % 150, 1 + random() % 140);
        const auto sources = random_sources(random, world, 1 + random() % 4);
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .limit = turn % 3 == 0 ? 40.0F : none,
                                          .with_allocation = turn % 4 < 2};
        const auto expected = bellman_ford(world, sources, options);
        for (const std::size_t threads : {1U, 2U}) {
            const ThreadLimit limit(threads);
            CHECK(differences(cost_distance(world.grid(), sources, options), expected, options.with_allocation) == 0);
            CostDistanceOptions in_blocks = options;
            in_blocks.most_memory = one_tile * (1 + random() % 3);
            CHECK(differences(cost_distance(world.grid(), sources, in_blocks), expected, options.with_allocation) == 0);
        }
    }
}

TEST_CASE("On a plane, where many ways are as short: the sources of the oracle in tiles, threads and blocks",
          "[raster][cost]") {
    std::mt19937 random(6);
    for (int turn = 0; turn < 12; ++turn) {
        CAPTURE(turn);
        World world{
            .width = 70 + random() % 100, .height = 70 + random() % 90, .friction{}, .column_m = 30, .row_m = 30};
        world.friction.assign(world.width * world.height, turn % 3 == 0 ? 0.0F : 0.012F);
        const auto sources = random_sources(random, world, 6);
        if (turn % 3 != 1)
            for (const CostSource& source : sources) world.friction[source.row * world.width + source.column] = 0.012F;
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .with_allocation = true};
        const auto expected = bellman_ford(world, sources, options);
        CostDistanceOptions in_blocks = options;
        in_blocks.most_memory = one_tile;
        for (const std::size_t threads : {1U, 2U}) {
            const ThreadLimit limit(threads);
            CHECK(differences(cost_distance(world.grid(), sources, options), expected, true) == 0);
            CHECK(differences(cost_distance(world.grid(), sources, in_blocks), expected, true) == 0);
        }
    }
}

namespace {

/// Steps are in the order of the cells that they lead from.
const Step* find_step(const std::vector<Step>& steps, std::size_t from, std::size_t to) {
    auto step = std::lower_bound(steps.begin(), steps.end(), from,
                                 [](const Step& s, std::size_t cell) { return s.from < cell; });
    while (step != steps.end() && step->from == from && step->to != to) ++step;
    return step != steps.end() && step->from == from ? &*step : nullptr;
}

/// Steps of a way that the oracle does not know, or that do not make up the costs; and ways that end at another source.
std::size_t faults_of(const CostWay& way, GridCell cell, const CostSurface& surface, const World& world,
                      const std::vector<CostSource>& sources, const std::vector<Step>& steps) {
    const auto number = [&](GridCell c) { return c.row * world.width + c.column; };
    if (surface.cost_at(cell.column, cell.row) == none) return way.cells.empty() && way.length_m == 0 ? 0 : 1;
    std::size_t faults = way.cells.front() == cell ? 0 : 1;
    double length = 0;
    for (std::size_t i = way.cells.size() - 1; i-- > 0;) {
        const GridCell from = way.cells[i + 1], to = way.cells[i];
        const Step* step = find_step(steps, number(from), number(to));
        if (step == nullptr ||
            surface.cost_at(from.column, from.row) + step->cost != surface.cost_at(to.column, to.row))
            ++faults;
        length += std::hypot((static_cast<double>(from.column) - static_cast<double>(to.column)) * world.column_m,
                             (static_cast<double>(from.row) - static_cast<double>(to.row)) * world.row_m);
    }
    const GridCell end = way.cells.back();
    const bool begins_at_source = std::any_of(sources.begin(), sources.end(), [&](const CostSource& source) {
        return source.column == end.column && source.row == end.row &&
               source.start == surface.cost_at(end.column, end.row) &&
               source.id == surface.source_at(cell.column, cell.row);
    });
    return faults + (begins_at_source ? 0 : 1) + (way.length_m == length ? 0 : 1);
}

}  // namespace

TEST_CASE("Ways lead to the source of the cell, and their steps make up its cost to the bit", "[raster][cost]") {
    std::mt19937 random(15);
    for (int turn = 0; turn < 8; ++turn) {
        CAPTURE(turn);
        World world = random_world(random, 60 + random() % 50, 60 + random() % 50);
        if (turn % 4 == 3) world.friction.assign(world.friction.size(), 0.0F);  // all of one cost
        const auto sources = random_sources(random, world, 4);
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .with_allocation = true,
                                          .with_ways = true};
        CostDistanceOptions in_blocks = options;
        in_blocks.most_memory = one_tile;
        const CostSurface surface = cost_distance(world.grid(), sources, options);
        const CostSurface blocked = cost_distance(world.grid(), sources, in_blocks);
        const std::vector<Step> steps = steps_of(world, options.neighbours);
        std::vector<GridCell> cells;
        std::size_t faults = 0, others_in_blocks = 0, other_lengths = 0;
        const int asked = turn % 4 == 3 ? 3 : 40;
        for (int i = 0; i < asked; ++i) {
            const GridCell cell = cells.emplace_back(GridCell{random() % world.width, random() % world.height});
            const CostWay way = surface.way_from(cell);
            faults += faults_of(way, cell, surface, world, sources, steps);
            others_in_blocks += blocked.way_from(cell).cells == way.cells ? 0 : 1;
        }
        const std::vector<double> lengths = surface.way_lengths(cells);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const CostWay way = surface.way_from(cells[i]);
            const bool is_same = way.cells.empty() ? std::isnan(lengths[i]) : lengths[i] == way.length_m;
            other_lengths += is_same ? 0 : 1;
        }
        CHECK(faults == 0);
        CHECK(others_in_blocks == 0);
        CHECK(other_lengths == 0);
    }
}

TEST_CASE("Ways on slopes take the time that their cells are reached at", "[raster][cost]") {
    std::mt19937 random(16);
    for (const TravelDirection direction : {TravelDirection::to_facility, TravelDirection::from_facility})
        for (const CellNeighbours neighbours : {CellNeighbours::eight, CellNeighbours::sixteen}) {
            World world = random_world(random, 100, 90);
            world.column_m = world.row_m = 10;
            const auto sources = random_sources(random, world, 1);
            std::uniform_real_distribution<float> rise(0, 2);
            world.elevation.resize(world.friction.size());
            for (std::size_t cell = 0; cell < world.elevation.size(); ++cell)
                world.elevation[cell] = 2 * static_cast<float>(cell % 100) + rise(random);
            const CostSurface surface = cost_distance(
                world.grid(), sources, {.neighbours = neighbours, .direction = direction, .with_ways = true});
            const std::vector<Step> steps = steps_of(world, neighbours);
            const CostWay way = surface.way_from({95, 85});
            REQUIRE(way.cells.size() > 20);
            double time = sources.front().start;
            for (std::size_t i = way.cells.size() - 1; i-- > 0;) {
                const std::size_t from = way.cells[i + 1].row * 100 + way.cells[i + 1].column;
                const std::size_t to = way.cells[i].row * 100 + way.cells[i].column;
                const Step* step = find_step(steps, from, to);
                REQUIRE(step != nullptr);
                const double length = std::hypot(
                    (static_cast<double>(from % 100) - static_cast<double>(to % 100)) * 10,
                    std::floor(static_cast<double>(from) / 100) * 10 - std::floor(static_cast<double>(to) / 100) * 10);
                // To the facility one goes from the way's beginning to its end.
                const double climbed = direction == TravelDirection::from_facility
                                           ? world.elevation[to] - world.elevation[from]
                                           : world.elevation[from] - world.elevation[to];
                time += step->cost * world.grid().slope_factor(climbed / length);
            }
            CHECK(surface.cost_at(95, 85) == Approx(time).epsilon(1e-4));
        }
}

TEST_CASE("Ways are refused where they were not kept, and outside the surface", "[raster][cost]") {
    const World world{.width = 9, .height = 2, .friction = std::vector<float>(18, 1.0F)};
    const std::vector<CostSource> sources{{8, 0, 3}};
    const CostSurface without = cost_distance(world.grid(), sources);
    CHECK_THROWS_WITH(without.way_from({0, 0}), Catch::Contains("with_ways"));
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_ways = true});
    CHECK_THROWS_AS(surface.way_from({9, 0}), InvalidInput);
    CHECK_THROWS_AS(surface.way_lengths(std::vector<GridCell>{{0, 2}}), InvalidInput);
    CHECK(surface.way_from({8, 0}).cells == std::vector<GridCell>{{8, 0}});
    CHECK(surface.way_from({2, 0}).length_m == 6);
}

TEST_CASE("Of two sources at the same cost the lower counts", "[raster][cost]") {
    const World world{.width = 9, .height = 1, .friction = std::vector<float>(9, 1.0F)};
    const std::vector<CostSource> sources{{8, 0, 3}, {0, 0, 5}};
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_allocation = true});
    CHECK(surface.source_at(4, 0) == 3);
    CHECK(surface.source_at(3, 0) == 5);
}

TEST_CASE("On an empty plane the longest way round is that of theory", "[raster][cost]") {
    // Of 8 directions the worst lies at 22.5°, of 16 at 13.3° (between 0 and 26.57°).
    constexpr std::size_t side = 301, middle = 150;
    const World world{.width = side, .height = side, .friction = std::vector<float>(side * side, 1.0F)};
    const std::vector<CostSource> sources{{middle, middle, 1}};
    const auto worst = [&](CellNeighbours neighbours) {
        const CostSurface surface = cost_distance(world.grid(), sources, {.neighbours = neighbours});
        double most = 0;
        for (std::size_t row = 0; row < side; ++row)
            for (std::size_t column = 0; column < side; ++column) {
                const double straight =
                    std::hypot(static_cast<double>(column) - middle, static_cast<double>(row) - middle);
                if (straight > 0) most = std::max(most, surface.cost_at(column, row) / straight);
            }
        return most;
    };
    CHECK(worst(CellNeighbours::eight) == Approx(1.0824).margin(5e-4));
    CHECK(worst(CellNeighbours::sixteen) == Approx(1.0275).margin(5e-4));
}

TEST_CASE("Slopes: a way there is the way back of the other direction, and uphill takes longer", "[raster][cost]") {
    std::mt19937 random(8);
    World world = random_world(random, 90, 80);
    for (float& value : world.friction) value = std::isnan(value) ? 1.0F : value;
    world.elevation.resize(world.friction.size());
    for (std::size_t cell = 0; cell < world.elevation.size(); ++cell)
        world.elevation[cell] = static_cast<float>(cell % 90) * 0.2F;  // rises to the east
    const auto cost = [&](CostSource source, std::size_t column, std::size_t row, TravelDirection direction) {
        return cost_distance(world.grid(), std::vector{source}, {.direction = direction}).cost_at(column, row);
    };
    const CostSource west{3, 40, 1}, east{85, 20, 1};
    const float up = cost(west, 85, 20, TravelDirection::from_facility);
    CHECK(up == Approx(cost(east, 3, 40, TravelDirection::to_facility)).epsilon(1e-4));
    CHECK(up > cost(east, 3, 40, TravelDirection::from_facility));
}

TEST_CASE("No slope known is no slope, and more friction is never faster", "[raster][cost]") {
    std::mt19937 random(9);
    World world = random_world(random, 70, 70);
    const auto sources = random_sources(random, world, 2);
    const CostSurface flat = cost_distance(world.grid(), sources);
    world.elevation.assign(world.friction.size(), std::nanf(""));
    const CostSurface unknown = cost_distance(world.grid(), sources);
    world.elevation.clear();
    for (float& value : world.friction)
        if (random() % 3 == 0) value *= 1.5F;
    const CostSurface slower = cost_distance(world.grid(), sources);
    std::size_t differences = 0, faster = 0;
    for (std::size_t cell = 0; cell < world.friction.size(); ++cell) {
        const std::size_t column = cell % 70, row = cell / 70;
        differences += unknown.cost_at(column, row) == flat.cost_at(column, row) ? 0 : 1;
        faster += slower.cost_at(column, row) < flat.cost_at(column, row) ? 1 : 0;
    }
    CHECK(differences == 0);
    CHECK(faster == 0);
}

TEST_CASE("What cannot be used is refused, with its place", "[raster][cost]") {
    World world{.width = 4, .height = 3, .friction = std::vector<float>(12, 1.0F)};
    const std::vector<CostSource> inside{{1, 1, 9}};
    CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{4, 0, 9}}), Catch::Contains("source 9"));
    world.friction[7] = -1;
    CHECK_THROWS_WITH(cost_distance(world.grid(), inside), Catch::Contains("column 4, row 2"));
    world.friction[7] = std::nanf("");
    CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{3, 1, 9}}), Catch::Contains("impassable"));
    world.column_m = 0;
    CHECK_THROWS_AS(cost_distance(world.grid(), inside), InvalidInput);
    CHECK_THROWS_AS(cost_distance(World{}.grid(), inside), InvalidInput);
}

TEST_CASE("A surface of nothing but barriers, or without sources, reaches nothing", "[raster][cost]") {
    World world{.width = 70, .height = 3, .friction = std::vector<float>(210, std::nanf(""))};
    CHECK(cost_distance(world.grid(), {}).cost_at(69, 2) == none);
    world.friction[0] = 1;
    const CostSurface surface = cost_distance(world.grid(), std::vector<CostSource>{{0, 0, 1}});
    CHECK(surface.cost_at(0, 0) == 0);
    CHECK(surface.cost_at(1, 0) == none);
}

TEST_CASE("Work can be cancelled from its progress", "[raster][cost]") {
    const World world{.width = 400, .height = 400, .friction = std::vector<float>(160000, 1.0F)};
    struct Cancelled {};
    double last = 0;
    std::string last_phase;
    const std::vector<CostSource> sources{{0, 0, 1}};
    CHECK_THROWS_AS(cost_distance(world.grid(), sources, {},
                                  [&](std::string_view phase, double done) {
                                      if (phase != last_phase) last = 0;
                                      last_phase = phase;
                                      CHECK(done >= last);
                                      last = done;
                                      if (phase == "cost distance" && done > 0.5) throw Cancelled();
                                  }),
                    Cancelled);
}
