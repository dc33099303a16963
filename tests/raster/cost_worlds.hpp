#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include <amayesh/core/parallel.hpp>
#include <amayesh/raster/cost_distance.hpp>

/// Small surfaces and an oracle of their costs.
namespace amayesh::test {

inline constexpr float none = std::numeric_limits<float>::infinity();
inline constexpr std::size_t one_tile = 80'000;  ///< Bytes of a tile with all that is kept of it.

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

inline std::vector<Step> steps_of(const World& world, CellNeighbours neighbours) {
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
inline std::vector<Found> bellman_ford(const World& world, const std::vector<CostSource>& sources,
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

inline World random_world(std::mt19937& random, std::size_t width, std::size_t height) {
    World world{.width = width, .height = height, .friction = std::vector<float>(width * height)};
    std::uniform_real_distribution<float> friction(0.01F, 2.0F);
    for (float& value : world.friction) value = random() % 6 == 0 ? std::nanf("") : friction(random);
    world.column_m = 1 + random() % 3;
    world.row_m = 1 + random() % 2;
    return world;
}

inline std::vector<CostSource> random_sources(std::mt19937& random, World& world, std::size_t count) {
    std::vector<CostSource> sources;
    for (std::size_t i = 0; i < count; ++i) {
        const CostSource source{random() % world.width, random() % world.height, static_cast<std::uint32_t>(100 - i),
                                static_cast<float>(random() % 2)};
        world.friction[source.row * world.width + source.column] = 0.5F;
        sources.push_back(source);
    }
    return sources;
}

inline std::size_t differences(const CostSurface& surface, const std::vector<Found>& expected, bool with_sources) {
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

}  // namespace amayesh::test
