#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/cost_distance.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// Fills `values` with `values.size() / width` rows of a study grid from `first_row` on; NaN = no value.
using GridRows = std::function<void(std::size_t first_row, std::span<float> values)>;

/// A road burnt into a surface.
struct BurntRoad {
    const MultiLine* shape = nullptr;  ///< In the grid's CRS.
    double km_per_hour = 0;
};

/// What a friction surface is made of, each later part over those before it: ground, barriers, roads.
struct FrictionParts {
    StudyGrid grid;
    /// Minutes a metre off the roads, above 0; NaN or infinite = impassable. Empty = `walking_km_per_hour` everywhere.
    /// Called once for each band of rows, in their order.
    GridRows ground{};
    double walking_km_per_hour = 0;  ///< On the flat, off the roads; unused where `ground` is given.
    GridRows elevation{};            ///< Metres; empty = flat. Walking off the roads only: on roads slope has no part.
    std::span<const Geometry* const> barriers{};  ///< Rivers (lines) and lakes (polygons), in the grid's CRS.
    std::span<const BurntRoad> roads{};
};

/// Minutes a metre for every cell of a study grid.
///
/// Barriers: every cell that a river or a lake's border passes through, and every cell whose centre a lake holds, is
///           impassable: cells of one river follow each other edge to edge, so neither a diagonal nor a knight's move
///           leads through. A lake smaller than a cell takes the cells that it touches; islands are passable inside.
/// Roads:    every cell that a road passes through takes the road's time where that is quicker than the ground's, of
///           several roads the fastest's; a road over a barrier is a bridge. Such cells have no elevation.
/// Banks:    where a road runs in a barrier's cell without crossing the barrier in it, the cells around it that a straight
///           way from the road would reach across the barrier are closed instead, but for those with a road of their own.
/// Limit:    roads on both banks in neighbouring cells, or in one cell, lead over: choose cells smaller than that.
/// Cost:     O(cells + cells burnt); 4 bytes a cell, 8 with elevations.
class AMAYESH_EXPORT FrictionSurface {
public:
    /// Reads the parts; borrows none of them afterwards.
    /// Throws: InvalidInput for a grid that `check_study_grid` refuses, a ground of 0 or less (with its cell), a speed that
    ///         is not above 0 and finite (with its road), a barrier of points, a vertex that is not finite, or a surface
    ///         without a passable cell; what the parts and `progress` throw.
    explicit FrictionSurface(const FrictionParts& parts, const Progress& progress = {});
    ~FrictionSurface();
    FrictionSurface(FrictionSurface&&) noexcept;
    FrictionSurface& operator=(FrictionSurface&&) noexcept;

    [[nodiscard]] const StudyGrid& grid() const noexcept;
    /// Infinite where impassable.
    [[nodiscard]] float minutes_per_metre(GridCell cell) const noexcept;
    /// The place's own cell if passable; else the passable cell with the nearest centre, no farther than `limit` from the
    /// place; of several the upper, then the left one. Nothing outside the grid.
    [[nodiscard]] std::optional<GridCell> nearest_passable(Point place, Metres limit) const;
    /// The whole, or a window of it, for `cost_distance`; borrows this.
    /// Throws: InvalidInput for a window that is empty or not within the grid.
    [[nodiscard]] FrictionGrid cells() const;
    [[nodiscard]] FrictionGrid cells(GridCell first, std::size_t columns, std::size_t rows) const;
    [[nodiscard]] float least_minutes_per_metre() const noexcept;

private:
    struct Cells;
    std::unique_ptr<Cells> m_cells;
};

/// Minutes a metre at a speed.
/// Throws: InvalidInput, naming `what`, for a speed that is not above 0 and finite.
AMAYESH_EXPORT float minutes_per_metre_at(double km_per_hour, std::string_view what);

/// Time on a slope (rise over run, uphill above 0) against that on the flat, by Tobler's hiking function.
///
/// Method: Tobler (1993), Three presentations on geographical analysis and modeling: 6 exp(−3.5 |slope + 0.05|) km/h, here
///         over its value at slope 0 (5.04 km/h). His factor 0.6 for walking off paths belongs to the speed on the flat.
AMAYESH_EXPORT double tobler_factor(double slope) noexcept;

}  // namespace amayesh
