#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

#include "raster/cost_surface_state.hpp"

namespace amayesh {

using namespace detail;

namespace {

using State = CostSurface::State;

/// A tile's values, or where they are copied to from the file.
struct TileView {
    std::size_t tile = static_cast<std::size_t>(-1);
    const float* friction = nullptr;
    const float* elevation = nullptr;
    const float* costs = nullptr;
    const std::uint32_t* sources = nullptr;
    std::array<std::array<float, padded_area>, 3> copies;
    std::array<std::uint32_t, padded_area> copied_sources;

    void show(const State& state, std::size_t shown) {
        tile = shown;
        friction = state.store.find(TileLayer::friction, tile, copies[0]);
        if (state.slopes) elevation = state.store.find(TileLayer::elevation, tile, copies[1]);
        costs = state.store.find(TileLayer::costs, tile, copies[2]);
        if (state.has_sources) sources = state.store.find_sources(tile, copied_sources);
    }
};

/// What a cell was reached at.
struct ReachedCell {
    float cost = unreached;
    std::uint32_t source = unallocated;
};

/// Cells of a surface, one after the other; for one thread.
class CellReader {
public:
    explicit CellReader(const State& state) : m_state{state} {}

    [[nodiscard]] const State& state() const noexcept { return m_state; }

    [[nodiscard]] ReachedCell at(GridCell cell) {
        const auto [tile, place] = m_state.layout().locate(cell.column, cell.row);
        if (!m_state.is_reached[tile]) return {};
        const TileView& shown = view(tile);
        const bool has_source = m_state.has_sources && m_state.is_allocated[tile];
        return {shown.costs[place], has_source ? shown.sources[place] : unallocated};
    }

    /// What the move that ends in a cell costs.
    [[nodiscard]] float step_to(GridCell cell, std::size_t move) {
        const TileCell place = m_state.layout().locate(cell.column, cell.row);
        const TileView& shown = view(place.tile);
        const CellMove& made = m_state.moves[move];
        const int from = place.at - made.offset;
        const auto cost = [&](const auto& steps) {
            return move < neighbour_moves ? steps.neighbour(from, made.offset, made) : steps.knight(from, made);
        };
        const FlatSteps flat{shown.friction};
        if (!m_state.slopes) return cost(flat);
        return cost(SlopeSteps{flat, shown.elevation, *m_state.slopes, m_state.sign});
    }

private:
    /// The cells around one lie in up to four tiles.
    const TileView& view(std::size_t tile) {
        for (const auto& shown : m_views)
            if (shown && shown->tile == tile) return *shown;
        auto& oldest = m_views[m_next++ % m_views.size()];
        if (!oldest) oldest = std::make_unique<TileView>();
        oldest->show(m_state, tile);
        return *oldest;
    }

    const State& m_state;
    std::array<std::unique_ptr<TileView>, 8> m_views{};
    std::size_t m_next = 0;
};

/// Finds ways by looking, from each cell, for the one whose cost and the step from it make up its own cost, to the bit.
class WayFinder {
public:
    explicit WayFinder(const State& state) : m_cells{state} {
        for (const CostSource& source : state.sources)
            m_sources.emplace(number_of({source.column, source.row}), source);
    }

    [[nodiscard]] bool is_reached(GridCell cell) { return m_cells.at(cell).cost < unreached; }

    [[nodiscard]] std::size_t number_of(GridCell cell) const noexcept {
        return cell.row * m_cells.state().layout().width + cell.column;
    }

    /// Adds the cell that comes next on the way, or several of the same cost; none after the last.
    void go_on(const GridCell cell, std::vector<GridCell>& way) {
        const ReachedCell reached = m_cells.at(cell);
        if (is_start(cell, reached)) return;
        if (const auto next = cheapest_before(cell, reached))
            way.push_back(*next);
        else
            cross_level(cell, reached, way);
    }

    [[nodiscard]] double length_between(GridCell a, GridCell b) const noexcept {
        const State& state = m_cells.state();
        const auto apart = [](std::size_t x, std::size_t y) {
            return static_cast<double>(std::max(x, y) - std::min(x, y));
        };
        return std::hypot(apart(a.column, b.column) * state.column_m, apart(a.row, b.row) * state.row_m);
    }

private:
    /// Whether a way may begin in the cell.
    [[nodiscard]] bool is_start(GridCell cell, const ReachedCell& reached) const {
        const auto [first, last] = m_sources.equal_range(number_of(cell));
        return std::any_of(first, last, [&](const auto& entry) {
            const CostSource& source = entry.second;
            return source.start == reached.cost && (!m_cells.state().has_sources || source.id == reached.source);
        });
    }

    /// Calls `use(cell, cost)` for each cell from which a least-cost way leads to this one in a move.
    template <class Use>
    void each_before(GridCell cell, const ReachedCell& reached, const Use& use) {
        const State& state = m_cells.state();
        for (std::size_t i = 0; i < state.moves.size(); ++i) {
            const std::size_t column = cell.column - static_cast<std::size_t>(state.moves[i].columns);
            const std::size_t row = cell.row - static_cast<std::size_t>(state.moves[i].rows);
            if (column >= state.layout().width || row >= state.layout().height) continue;
            const GridCell before{column, row};
            const ReachedCell from = m_cells.at(before);
            if (from.cost <= reached.cost && from.source == reached.source &&
                from.cost + m_cells.step_to(cell, i) == reached.cost)
                use(before, from.cost);
        }
    }

    [[nodiscard]] std::optional<GridCell> cheapest_before(GridCell cell, const ReachedCell& reached) {
        std::optional<GridCell> cheapest;
        float least = reached.cost;
        each_before(cell, reached, [&](GridCell before, float cost) {
            if (!(cost < least)) return;
            least = cost;
            cheapest = before;
        });
        return cheapest;
    }

    /// Over cells of the same cost, by the fewest, to one that a cheaper one leads to or that a way begins in.
    void cross_level(GridCell cell, const ReachedCell& level, std::vector<GridCell>& way) {
        std::unordered_map<std::size_t, GridCell> came_from{{number_of(cell), cell}};
        std::deque<GridCell> front{cell};
        while (!front.empty()) {
            const GridCell at = front.front();
            front.pop_front();
            if (number_of(at) != number_of(cell) && (is_start(at, level) || cheapest_before(at, level))) {
                const auto first = way.size();
                for (GridCell back = at; number_of(back) != number_of(cell); back = came_from.at(number_of(back)))
                    way.push_back(back);
                return std::reverse(way.begin() + static_cast<std::ptrdiff_t>(first), way.end());
            }
            each_before(at, level, [&](GridCell before, float) {
                if (came_from.emplace(number_of(before), at).second) front.push_back(before);
            });
        }
    }

    CellReader m_cells;
    std::unordered_multimap<std::size_t, CostSource> m_sources;
};

void check_ways(const State& state) {
    if (!state.has_ways) throw InvalidInput("ways are asked of a cost surface that was made without them (with_ways)");
}

void check_place(const State& state, GridCell cell) {
    if (cell.column >= state.layout().width || cell.row >= state.layout().height)
        throw InvalidInput("a way is asked for of a cell outside the surface");
}

/// Lengths of ways, each cell's once.
class WayLengths {
public:
    explicit WayLengths(const State& state) : m_finder{state} {}

    double of(GridCell cell) {
        if (!m_finder.is_reached(cell)) return std::numeric_limits<double>::quiet_NaN();
        m_way.assign(1, cell);
        m_asked.clear();
        double length = 0;
        for (;;) {
            const std::size_t last = m_way.size() - 1;
            if (const auto known = m_known.find(m_finder.number_of(m_way[last])); known != m_known.end()) {
                length = known->second;
                break;
            }
            m_finder.go_on(m_way[last], m_way);
            if (m_way.size() == last + 1) break;
            m_asked.push_back(last);
        }
        for (std::size_t i = m_way.size() - 1; i-- > 0;) {
            length += m_finder.length_between(m_way[i], m_way[i + 1]);
            if (m_asked.back() != i) continue;  // between cells of one cost: from there another way may be as short
            m_known.emplace(m_finder.number_of(m_way[i]), length);
            m_asked.pop_back();
        }
        return length;
    }

private:
    WayFinder m_finder;
    std::unordered_map<std::size_t, double> m_known;
    std::vector<GridCell> m_way;
    std::vector<std::size_t> m_asked;  ///< Those cells of the way from which its next part was found.
};

}  // namespace

CostWay CostSurface::way_from(GridCell cell) const {
    check_ways(*m_state);
    check_place(*m_state, cell);
    WayFinder finder(*m_state);
    CostWay way;
    if (!finder.is_reached(cell)) return way;
    way.cells.push_back(cell);
    for (std::size_t known = 0; known < way.cells.size();) {
        known = way.cells.size();
        finder.go_on(way.cells.back(), way.cells);
    }
    for (std::size_t i = way.cells.size() - 1; i-- > 0;)
        way.length_m += finder.length_between(way.cells[i], way.cells[i + 1]);
    return way;
}

std::vector<double> CostSurface::way_lengths(std::span<const GridCell> cells) const {
    constexpr std::size_t cells_per_chunk = 1000;
    check_ways(*m_state);
    for (const GridCell& cell : cells) check_place(*m_state, cell);
    std::vector<double> lengths(cells.size());
    parallel_for(cells.size(), cells_per_chunk, [&](std::size_t begin, std::size_t end) {
        WayLengths finder(*m_state);
        for (std::size_t i = begin; i < end; ++i) lengths[i] = finder.of(cells[i]);
    });
    return lengths;
}

}  // namespace amayesh
