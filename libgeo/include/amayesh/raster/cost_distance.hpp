#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>

namespace amayesh {

/// Moves from a cell: to the 8 cells around it, or to the 8 a knight's move away as well.
enum class CellNeighbours : std::uint8_t { eight, sixteen };

/// What a surface asks of whoever crosses it.
struct FrictionGrid {
    std::size_t width = 0;
    std::size_t height = 0;
    double column_m = 0;  ///< Width of a cell.
    double row_m = 0;     ///< Height of a cell.
    /// Fills `values` with `values.size() / width` rows from `first_row` on: minutes a metre, at least 0; negative, NaN or
    /// infinite = impassable. Called from one thread at a time, in the order of the rows, once.
    std::function<void(std::size_t first_row, std::span<float> values)> read_friction;
    /// Likewise elevations in metres, NaN = unknown. Empty = flat. A step whose ends both have one takes
    /// `slope_factor` of its rise over its length times as long.
    std::function<void(std::size_t first_row, std::span<float> values)> read_elevation{};
    /// Time on a slope against time on the flat, for slopes −`steepest` … `steepest`; at 0 it is 1.
    std::function<double(double slope)> slope_factor{};
};

/// A cell to start from.
struct CostSource {
    std::size_t column = 0;
    std::size_t row = 0;
    std::uint32_t id = 0;  ///< Of two sources at the same cost the lower one counts.
    float start = 0;       ///< Minutes spent before.
};

struct CostDistanceOptions {
    CellNeighbours neighbours = CellNeighbours::eight;
    TravelDirection direction = TravelDirection::to_facility;  ///< The sources are the facilities.
    float limit = std::numeric_limits<float>::infinity();      ///< Cells at a higher cost are not reached.
    bool with_allocation = false;                              ///< Also the nearest source of each cell.
};

/// Least costs of a surface.
class AMAYESH_EXPORT CostSurface {
public:
    CostSurface(CostSurface&&) noexcept;
    CostSurface& operator=(CostSurface&&) noexcept;
    ~CostSurface();

    [[nodiscard]] std::size_t width() const noexcept;
    [[nodiscard]] std::size_t height() const noexcept;
    /// Infinite where no source is reached within the limit.
    [[nodiscard]] float cost_at(std::size_t column, std::size_t row) const noexcept;
    /// Id of the nearest source; `no_source` where none is reached. Needs `with_allocation`.
    [[nodiscard]] std::uint32_t source_at(std::size_t column, std::size_t row) const noexcept;
    static constexpr std::uint32_t no_source = std::numeric_limits<std::uint32_t>::max();
    /// Whole rows, fast.
    void costs_of_row(std::size_t row, std::span<float> costs) const noexcept;
    void sources_of_row(std::size_t row, std::span<std::uint32_t> ids) const noexcept;

    struct State;
    explicit CostSurface(std::unique_ptr<State> state) noexcept;

private:
    std::unique_ptr<State> m_state;
};

/// Least cost from the sources to every cell, over the 8 or 16 cells around each: a step costs the mean friction of the
/// cells that it touches times its length.
///
/// Exact:   of all paths over cells; each sum is rounded to float as it grows, and the least of the rounded sums is taken,
///          whatever the number of threads: the bits are those of Dijkstra's algorithm. Of equal costs the lower source.
/// Method:  Dijkstra's algorithm in tiles that lie in the cache, each going on when a tile beside it has sent it something
///          cheaper, the cheapest tile first (label correcting between tiles, label setting in them).
/// Cost:    O(n log t) in the cells n and those of a tile t, where few tiles are searched again; about 10 bytes a cell, 14
///          with allocation, 4 more with elevations.
/// Throws:  InvalidInput for a friction below 0 (with its cell), no cells, cells without a size, a source outside the grid
///          or on an impassable cell, or a start below 0; what `progress` throws, to cancel.
AMAYESH_EXPORT CostSurface cost_distance(const FrictionGrid& surface, std::span<const CostSource> sources,
                                         const CostDistanceOptions& options = {}, const Progress& progress = {});

}  // namespace amayesh
