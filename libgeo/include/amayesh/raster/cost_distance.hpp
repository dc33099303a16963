#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/raster/study_grid.hpp>

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
    bool with_ways = false;                                    ///< Keeps what ways back are found from.
    /// Bytes of memory for cells at a time: the others lie in a file meanwhile. Nothing = all cells in memory. Costs are the
    /// same for any. Besides, some 120 bytes for each 4,096 cells, and what waits at the edge of what is reached.
    std::optional<std::size_t> most_memory{};
    std::filesystem::path folder{};  ///< For that file, which has no name there; empty = the system's for such files.
};

/// More are refused before memory is taken.
inline constexpr std::size_t most_cost_cells_in_memory = 1'000'000'000;
inline constexpr std::size_t most_cost_cells_in_blocks = 20'000'000'000;

/// The way between a cell and the source that its cost comes from.
struct CostWay {
    std::vector<GridCell> cells{};  ///< From the cell to the source's, with both; empty where no source is reached.
    double length_m = 0;            ///< On the map: slopes do not lengthen it.
};

/// Least costs of a surface.
class AMAYESH_EXPORT CostSurface {
public:
    CostSurface(CostSurface&&) noexcept;
    CostSurface& operator=(CostSurface&&) noexcept;
    ~CostSurface();

    [[nodiscard]] std::size_t width() const noexcept;
    [[nodiscard]] std::size_t height() const noexcept;
    /// Infinite where no source is reached within the limit. This and all that follow read from a file where cells are not
    /// all in memory, and throw IoError where that fails.
    [[nodiscard]] float cost_at(std::size_t column, std::size_t row) const;
    /// Id of the nearest source; `no_source` where none is reached. Needs `with_allocation`.
    [[nodiscard]] std::uint32_t source_at(std::size_t column, std::size_t row) const;
    static constexpr std::uint32_t no_source = std::numeric_limits<std::uint32_t>::max();
    /// Whole rows, fast.
    void costs_of_row(std::size_t row, std::span<float> costs) const;
    void sources_of_row(std::size_t row, std::span<std::uint32_t> ids) const;

    /// The least-cost way of a cell; among several that to the source of `source_at`, where sources are kept, then at every
    /// cell the step to the cheapest cell. Needs `with_ways`. Cost: some 16 cells are looked at for each on the way.
    [[nodiscard]] CostWay way_from(GridCell cell) const;
    /// Lengths in metres of the ways of many cells, NaN where no source is reached; on several threads, and where ways meet
    /// they are followed once. Needs `with_ways`.
    [[nodiscard]] std::vector<double> way_lengths(std::span<const GridCell> cells) const;

    struct State;
    explicit CostSurface(std::unique_ptr<State> state) noexcept;

private:
    std::unique_ptr<State> m_state;
};

/// Least cost from the sources to every cell, over the 8 or 16 cells around each: a step costs the mean friction of the
/// cells that it touches times its length.
///
/// Exact:   of all paths over cells; each sum is rounded to float as it grows, and the least of the rounded sums is taken,
///          whatever the number of threads and blocks: the bits are those of Dijkstra's algorithm. Of equal costs the lower
///          source.
/// Method:  Searches in tiles that lie in the cache, the cheapest tile first, each going on when a tile beside it has sent it
///          something cheaper: label correcting, by buckets of rising cost. Then sources are handed on along the least-cost
///          ways.
/// Cost:    O(n) in the cells n, where few are searched again. About 9 bytes a cell, 4.5 more with allocation and as much
///          with elevations; none in tiles of 64 × 64 cells of which none is passable. In blocks a file of that size.
/// Throws:  InvalidInput for a friction below 0 (with its cell), no cells, too many, cells without a size, a source outside
///          the grid or on an impassable cell, nothing passable, a start below 0, a factor of a slope that is not above 0,
///          or memory too small for one tile; IoError of that file; what `progress` throws, to cancel. Without sources
///          nothing is reached.
AMAYESH_EXPORT CostSurface cost_distance(const FrictionGrid& surface, std::span<const CostSource> sources,
                                         const CostDistanceOptions& options = {}, const Progress& progress = {});

}  // namespace amayesh
