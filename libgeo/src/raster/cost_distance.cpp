#include <amayesh/raster/cost_distance.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "raster/cost_surface_state.hpp"
#include "raster/tile_run.hpp"
#include "raster/tile_search.hpp"

namespace amayesh {

using namespace detail;

namespace {

/// Reads friction, with infinity for whatever is impassable.
class FrictionRows {
public:
    explicit FrictionRows(const FrictionGrid& surface) : m_surface{surface} {}
    void operator()(std::size_t row, std::span<float> values) const {
        m_surface.read_friction(row, values);
        bool has_negative = false;
        for (float& value : values) {
            has_negative |= value < 0;
            value = value < impassable ? value : impassable;
        }
        if (has_negative) refuse(row, values);
    }

private:
    [[noreturn]] static void refuse(std::size_t row, std::span<const float> values) {
        const auto negative = std::find_if(values.begin(), values.end(), [](float value) { return value < 0; });
        throw InvalidInput(
            fmt::format("friction {} in column {}, row {}: time a metre cannot be below 0; declare it as nodata if it "
                        "stands for a barrier",
                        *negative, negative - values.begin() + 1, row + 1));
    }

    const FrictionGrid& m_surface;
};

/// The median of some passable cells of a tile; 0 where none is. A mean would follow the few dearest or cheapest.
float typical_friction(std::span<const float, padded_area> tile) {
    constexpr std::size_t sampled_every = 13;
    std::array<float, padded_area / sampled_every + 1> sample;
    std::size_t count = 0;
    for (std::size_t i = 0; i < tile.size(); i += sampled_every)
        if (tile[i] < impassable) sample[count++] = tile[i];
    if (count == 0) return 0;
    const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(sample.begin(), middle, sample.begin() + static_cast<std::ptrdiff_t>(count));
    return *middle;
}

void check_size(const FrictionGrid& surface, const CostDistanceOptions& options) {
    if (surface.width == 0 || surface.height == 0) throw InvalidInput("a surface without cells");
    if (!(surface.column_m > 0 && surface.row_m > 0 && std::isfinite(surface.column_m) && std::isfinite(surface.row_m)))
        throw InvalidInput("cells without a size: width and height must be above 0 m");
    if (surface.read_elevation && !surface.slope_factor)
        throw InvalidInput("elevations without a factor for their slopes");
    const double cells = static_cast<double>(surface.width) * static_cast<double>(surface.height);
    const std::size_t most = options.most_memory ? most_cost_cells_in_blocks : most_cost_cells_in_memory;
    if (cells <= static_cast<double>(most)) return;
    const double bytes = 9 + (options.with_allocation ? 4.5 : 0) + (surface.read_elevation ? 4.5 : 0);
    const double larger = std::sqrt(cells / static_cast<double>(most));
    throw InvalidInput(fmt::format(
        "a surface of {} × {} = {:.3g} cells would take about {:.0f} GB; at most {:.3g} cells are searched {}: take "
        "cells of "
        "{:.0f} m or more, or a smaller area{}",
        surface.width, surface.height, cells, cells * bytes / 1e9, static_cast<double>(most),
        options.most_memory ? "in blocks" : "in memory", std::ceil(std::max(surface.column_m, surface.row_m) * larger),
        options.most_memory ? ""
                            : fmt::format(", or search it in blocks (most_memory), up to {:.3g} cells",
                                          static_cast<double>(most_cost_cells_in_blocks))));
}

void check_sources(const FrictionGrid& surface, std::span<const CostSource> sources) {
    for (const CostSource& source : sources) {
        if (source.column >= surface.width || source.row >= surface.height)
            throw InvalidInput(fmt::format("source {} lies outside the grid: column {}, row {} of {} × {}", source.id,
                                           source.column + 1, source.row + 1, surface.width, surface.height));
        if (!(source.start >= 0 && std::isfinite(source.start)))
            throw InvalidInput(
                fmt::format("source {} starts at {} minutes; it must be 0 or more", source.id, source.start));
    }
}

/// The parts of a computation, each of which needs those before it.
class Computation {
public:
    Computation(const FrictionGrid& surface, std::span<const CostSource> sources, const CostDistanceOptions& options,
                const Progress& progress)
        : m_surface{surface}, m_sources{sources}, m_options{options}, m_progress{progress} {
        m_state = std::make_unique<CostSurface::State>(
            TileLayout(surface.width, surface.height),
            TileStoreOptions{.has_elevation = static_cast<bool>(surface.read_elevation),
                             .has_sources = options.with_allocation,
                             .most_memory = options.most_memory,
                             .folder = options.folder});
        m_spans.resize(layout().tiles());
        m_state->moves = moves_of(options.neighbours, surface.column_m, surface.row_m);
        m_state->sign = options.direction == TravelDirection::from_facility ? 1.0F : -1.0F;
        if (surface.read_elevation) m_state->slopes.emplace(surface.slope_factor);
        m_state->column_m = surface.column_m;
        m_state->row_m = surface.row_m;
        m_state->has_sources = options.with_allocation;
        m_state->has_ways = options.with_ways;
        if (options.with_ways) m_state->sources.assign(sources.begin(), sources.end());
    }

    void read() {
        const FrictionRows friction(m_surface);
        read_layer(TileLayer::friction, friction, impassable, 0);
        if (m_surface.read_elevation)
            read_layer(TileLayer::elevation, m_surface.read_elevation, std::numeric_limits<float>::quiet_NaN(), 1);
        m_open = static_cast<std::size_t>(std::count(m_state->is_open.begin(), m_state->is_open.end(), 1));
        check_places();
    }

    void find_costs() {
        TileRun run(layout(), store().blocks());
        for (const CostSource& source : m_sources)
            run.start(layout().locate(source.column, source.row), source.start, unallocated);
        const float limit = std::min(m_options.limit, std::numeric_limits<float>::max());
        static constexpr TileLayer needed[] = {TileLayer::friction, TileLayer::elevation, TileLayer::costs};
        run.run({.enter = [&](std::size_t block) { store().enter(block, needed); },
                 .visit =
                     [&](std::size_t tile, TileWork& work, TileOutbox& outbox) {
                         float* costs = store().values(TileLayer::costs, tile);
                         if (begin(m_state->is_reached, tile)) std::fill(costs, costs + padded_area, unreached);
                         with_steps(tile, [&](const auto& steps) {
                             search_costs(work, costs, steps, m_state->moves, {m_spans[tile], limit}, outbox);
                         });
                     },
                 .leave = [&] { store().settle(TileLayer::costs); }});
    }

    void find_sources() {
        TileRun run(layout(), store().blocks());
        for (const CostSource& source : m_sources)
            run.start(layout().locate(source.column, source.row), source.start, source.id);
        static constexpr TileLayer needed[] = {TileLayer::friction, TileLayer::elevation, TileLayer::costs,
                                               TileLayer::sources};
        run.run({.enter = [&](std::size_t block) { store().enter(block, needed); },
                 .visit =
                     [&](std::size_t tile, TileWork& work, TileOutbox& outbox) {
                         std::uint32_t* sources = store().sources(tile);
                         if (begin(m_state->is_allocated, tile)) std::fill(sources, sources + padded_area, unallocated);
                         with_steps(tile, [&](const auto& steps) {
                             spread_sources(work, store().values(TileLayer::costs, tile), sources, steps,
                                            m_state->moves, outbox);
                         });
                     },
                 .leave = [&] { store().settle(TileLayer::sources); }});
    }

    std::unique_ptr<CostSurface::State> finish() {
        if (!m_options.with_ways) {
            store().drop(TileLayer::friction);
            store().drop(TileLayer::elevation);
        }
        store().leave();
        if (m_progress) m_progress(search_phase, 1);
        return std::move(m_state);
    }

private:
    static constexpr std::string_view reading_phase = "read surface";
    static constexpr std::string_view search_phase = "cost distance";

    [[nodiscard]] TileStore& store() noexcept { return m_state->store; }
    [[nodiscard]] const TileLayout& layout() const noexcept { return m_state->layout(); }

    void read_layer(TileLayer layer, const RowReader& rows, float outside, double done) {
        const double parts = m_surface.read_elevation ? 2 : 1;
        const auto read = [&](std::size_t row, std::span<float> values) {
            if (m_progress && row % tile_side == 0)
                m_progress(reading_phase,
                           (done + static_cast<double>(row) / static_cast<double>(layout().height)) / parts);
            rows(row, values);
        };
        read_tiles(layout(), read, outside, [&](std::size_t tile, std::span<const float, padded_area> values) {
            if (layer == TileLayer::friction) begin_tile(tile, values);
            if (m_state->is_open[tile]) store().keep(layer, tile, values);
        });
    }

    void begin_tile(std::size_t tile, std::span<const float, padded_area> friction) {
        m_state->is_open[tile] =
            std::any_of(friction.begin(), friction.end(), [](float value) { return value < impassable; });
        // Half the time to cross a tile: costs are the same for any; fewer visits if long, less done twice if short.
        const double across = tile_side * std::min(m_surface.column_m, m_surface.row_m);
        m_spans[tile] = static_cast<float>(typical_friction(friction) * across / 2);
    }

    void check_places() {
        if (!m_sources.empty() && m_open == 0)
            throw InvalidInput("no cell of the surface is passable: friction is nodata everywhere");
        std::array<float, padded_area> values;
        for (const CostSource& source : m_sources) {
            const TileCell cell = layout().locate(source.column, source.row);
            if (m_state->is_open[cell.tile] &&
                store().find(TileLayer::friction, cell.tile, values)[cell.at] < impassable)
                continue;
            throw InvalidInput(fmt::format("source {} in column {}, row {} lies on an impassable cell", source.id,
                                           source.column + 1, source.row + 1));
        }
    }

    /// Whether a tile is visited for the first time; tells how far the work is.
    bool begin(std::vector<std::uint8_t>& is_begun, std::size_t tile) {
        const bool is_first = !is_begun[tile];
        is_begun[tile] = 1;
        if (m_progress) {
            const std::lock_guard guard(m_report_lock);
            if (is_first) ++m_begun;
            const std::size_t all = m_open * (m_options.with_allocation ? 2 : 1);
            m_progress(search_phase, static_cast<double>(m_begun) / static_cast<double>(all));
        }
        return is_first;
    }

    template <class Use>
    void with_steps(std::size_t tile, const Use& use) {
        const FlatSteps flat{store().values(TileLayer::friction, tile)};
        if (!m_state->slopes) return use(flat);
        use(SlopeSteps{flat, store().values(TileLayer::elevation, tile), *m_state->slopes, m_state->sign});
    }

    const FrictionGrid& m_surface;
    std::span<const CostSource> m_sources;
    const CostDistanceOptions& m_options;
    const Progress& m_progress;
    std::unique_ptr<CostSurface::State> m_state;
    std::vector<float> m_spans;  ///< Of costs that a tile is searched for at a time.
    std::size_t m_open = 0;
    std::mutex m_report_lock;
    std::size_t m_begun = 0;
};

}  // namespace

CostSurface cost_distance(const FrictionGrid& surface, std::span<const CostSource> sources,
                          const CostDistanceOptions& options, const Progress& progress) {
    check_size(surface, options);
    check_sources(surface, sources);
    Computation computation(surface, sources, options, progress);
    computation.read();
    computation.find_costs();
    if (options.with_allocation) computation.find_sources();
    return CostSurface(computation.finish());
}

}  // namespace amayesh
