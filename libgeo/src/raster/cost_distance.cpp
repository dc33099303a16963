#include <amayesh/raster/cost_distance.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

#include "raster/tile_schedule.hpp"
#include "raster/tile_search.hpp"

namespace amayesh {

using namespace detail;

struct CostSurface::State {
    explicit State(const TileLayout& l) : layout{l} {}
    TileLayout layout;
    TileValues<CostLabel> costs;      ///< Either these …
    TileValues<SourceLabel> sources;  ///< … or these.
};

namespace {

constexpr float impassable = std::numeric_limits<float>::infinity();

/// What is sampled of a surface to guess how long it takes to cross a tile.
struct TypicalFriction {
    double sum = 0;
    std::size_t cells = 0;
    [[nodiscard]] double mean() const noexcept { return cells > 0 ? sum / static_cast<double>(cells) : 0; }
};

/// Reads friction, with infinity for whatever is impassable.
class FrictionRows {
public:
    explicit FrictionRows(const FrictionGrid& surface) : m_surface{surface} {}
    void operator()(std::size_t row, std::span<float> values) {
        m_surface.read_friction(row, values);
        for (std::size_t column = 0; column < values.size(); ++column) {
            float& value = values[column];
            if (value < 0)
                throw InvalidInput(
                    fmt::format("friction {} in column {}, row {}: time a metre cannot be below 0; "
                                "declare it as nodata if it stands for a barrier",
                                value, column + 1, row + 1));
            if (!(value < impassable)) value = impassable;
            if (column % sampled_every == 0 && value < impassable) {
                typical.sum += value;
                ++typical.cells;
            }
        }
    }
    TypicalFriction typical;

private:
    static constexpr std::size_t sampled_every = 7;
    const FrictionGrid& m_surface;
};

void check(const FrictionGrid& surface, std::span<const CostSource> sources) {
    if (surface.width == 0 || surface.height == 0) throw InvalidInput("a surface without cells");
    if (!(surface.column_m > 0 && surface.row_m > 0 && std::isfinite(surface.column_m) && std::isfinite(surface.row_m)))
        throw InvalidInput("cells without a size: width and height must be above 0 m");
    for (const CostSource& source : sources) {
        if (source.column >= surface.width || source.row >= surface.height)
            throw InvalidInput(fmt::format("source {} lies outside the grid: column {}, row {} of {} × {}", source.id,
                                           source.column + 1, source.row + 1, surface.width, surface.height));
        if (!(source.start >= 0 && std::isfinite(source.start)))
            throw InvalidInput(
                fmt::format("source {} starts at {} minutes; it must be 0 or more", source.id, source.start));
    }
}

template <class Label>
class Search {
public:
    Search(const TileLayout& layout, std::size_t tiles)
        : m_layout{layout}, m_labels(tiles), m_work{std::make_unique<TileWork<Label>[]>(tiles)}, m_schedule(tiles) {
        parallel_for(tiles, 16, [&](std::size_t begin, std::size_t end) {
            std::fill(m_labels.tile(begin), m_labels.tile(end), unreached<Label>);
        });
    }

    void start(const CostSource& source) {
        const TileCell cell = m_layout.locate(source.column, source.row);
        const TileMessage<Label> message{cell.at, label_of<Label>(source.start, source.id)};
        m_work[cell.tile].deliver({&message, 1}, source.start);
        m_schedule.wake(cell.tile, source.start);
    }

    /// `steps_of(tile)` are the costs of moves in a tile.
    template <class StepsOf>
    TileValues<Label> run(const StepsOf& steps_of, std::span<const CellMove> moves, float span, float limit,
                          const Progress& progress) {
        parallel_for(thread_limit(), 1, [&](std::size_t begin, std::size_t end) {
            for (std::size_t worker = begin; worker < end; ++worker) work(steps_of, moves, span, limit, progress);
        });
        return std::move(m_labels);
    }

private:
    template <class StepsOf>
    void work(const StepsOf& steps_of, std::span<const CellMove> moves, float span, float limit,
              const Progress& progress) {
        TileOutbox<Label> outbox;
        std::vector<std::pair<std::size_t, float>> woken;
        try {
            while (const auto tile = m_schedule.take()) {
                search_tile(m_work[*tile], m_labels.tile(*tile), steps_of(*tile), moves, span, limit, outbox);
                woken.clear();
                send(*tile, outbox, woken);
                report(*tile, progress);
                m_schedule.give_back(*tile, m_work[*tile].least(), woken);
            }
        } catch (...) {
            m_schedule.stop();
            throw;
        }
    }

    void send(std::size_t tile, TileOutbox<Label>& outbox, std::vector<std::pair<std::size_t, float>>& woken) {
        for (std::size_t i = 0; i < outbox.size(); ++i) {
            auto& messages = outbox[i];
            if (messages.empty()) continue;
            const std::size_t to = tile + i % 3 - 1 + (i / 3) * m_layout.columns - m_layout.columns;
            float least = impassable;
            for (const TileMessage<Label>& message : messages) least = std::min(least, cost_of(message.label));
            m_work[to].deliver(messages, least);
            woken.emplace_back(to, least);
            messages.clear();
        }
    }

    void report(std::size_t tile, const Progress& progress) {
        if (!progress) return;
        const std::lock_guard guard(m_report_lock);
        if (m_is_seen.empty()) m_is_seen.resize(m_layout.tiles());
        if (!m_is_seen[tile]) ++m_seen;
        m_is_seen[tile] = true;
        progress("cost distance", static_cast<double>(m_seen) / static_cast<double>(m_layout.tiles()));
    }

    const TileLayout& m_layout;
    TileValues<Label> m_labels;
    std::unique_ptr<TileWork<Label>[]> m_work;
    TileSchedule m_schedule;
    std::mutex m_report_lock;
    std::vector<bool> m_is_seen;
    std::size_t m_seen = 0;
};

/// A surface in tiles.
struct TiledSurface {
    TileValues<float> friction;
    TileValues<float> elevation;
    float span = 0;
};

TiledSurface read_surface(const FrictionGrid& grid, const TileLayout& layout) {
    FrictionRows rows(grid);
    TiledSurface surface;
    surface.friction = read_into_tiles(layout, std::ref(rows), impassable);
    if (grid.read_elevation)
        surface.elevation = read_into_tiles(layout, grid.read_elevation, std::numeric_limits<float>::quiet_NaN());
    // A quarter of the time to cross a tile: costs are the same for any; fewer searches if long, less done twice if short.
    surface.span = static_cast<float>(rows.typical.mean() * tile_side * std::min(grid.column_m, grid.row_m) / 4);
    return surface;
}

template <class Label>
TileValues<Label> search(const FrictionGrid& grid, const TileLayout& layout, const TiledSurface& surface,
                         std::span<const CostSource> sources, const CostDistanceOptions& options,
                         const Progress& progress) {
    Search<Label> search(layout, layout.tiles());
    for (const CostSource& source : sources) {
        const TileCell cell = layout.locate(source.column, source.row);
        if (!(surface.friction.tile(cell.tile)[cell.at] < impassable))
            throw InvalidInput(fmt::format("source {} in column {}, row {} lies on an impassable cell", source.id,
                                           source.column + 1, source.row + 1));
        search.start(source);
    }
    const std::vector<CellMove> moves = moves_of(options.neighbours, grid.column_m, grid.row_m);
    const float limit = std::min(options.limit, std::numeric_limits<float>::max());
    const auto flat = [&](std::size_t tile) { return FlatSteps{surface.friction.tile(tile)}; };
    if (!surface.elevation) return search.run(flat, moves, surface.span, limit, progress);
    const SlopeTable table(grid.slope_factor);
    const float sign = options.direction == TravelDirection::from_facility ? 1.0F : -1.0F;
    const auto sloped = [&](std::size_t tile) {
        return SlopeSteps{flat(tile), surface.elevation.tile(tile), table, sign};
    };
    return search.run(sloped, moves, surface.span, limit, progress);
}

}  // namespace

CostSurface cost_distance(const FrictionGrid& surface, std::span<const CostSource> sources,
                          const CostDistanceOptions& options, const Progress& progress) {
    check(surface, sources);
    auto state = std::make_unique<CostSurface::State>(TileLayout(surface.width, surface.height));
    const TileLayout& layout = state->layout;
    const TiledSurface tiled = read_surface(surface, layout);
    if (options.with_allocation)
        state->sources = search<SourceLabel>(surface, layout, tiled, sources, options, progress);
    else
        state->costs = search<CostLabel>(surface, layout, tiled, sources, options, progress);
    return CostSurface(std::move(state));
}

CostSurface::CostSurface(std::unique_ptr<State> state) noexcept : m_state{std::move(state)} {}
CostSurface::CostSurface(CostSurface&&) noexcept = default;
CostSurface& CostSurface::operator=(CostSurface&&) noexcept = default;
CostSurface::~CostSurface() = default;

std::size_t CostSurface::width() const noexcept { return m_state->layout.width; }
std::size_t CostSurface::height() const noexcept { return m_state->layout.height; }

float CostSurface::cost_at(std::size_t column, std::size_t row) const noexcept {
    const auto [tile, at] = m_state->layout.locate(column, row);
    return m_state->costs ? cost_of(m_state->costs.tile(tile)[at]) : cost_of(m_state->sources.tile(tile)[at]);
}

std::uint32_t CostSurface::source_at(std::size_t column, std::size_t row) const noexcept {
    const auto [tile, at] = m_state->layout.locate(column, row);
    return source_of(m_state->sources.tile(tile)[at]);
}

void CostSurface::costs_of_row(std::size_t row, std::span<float> costs) const noexcept {
    for (std::size_t column = 0; column < costs.size(); ++column) costs[column] = cost_at(column, row);
}

void CostSurface::sources_of_row(std::size_t row, std::span<std::uint32_t> ids) const noexcept {
    for (std::size_t column = 0; column < ids.size(); ++column) ids[column] = source_at(column, row);
}

}  // namespace amayesh
