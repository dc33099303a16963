#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>

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
    /// Minutes a metre off the roads; NaN = impassable. Empty = `walking_km_per_hour` everywhere.
    GridRows ground{};
    double walking_km_per_hour = 0;
    GridRows elevation{};  ///< Metres; empty = flat. Walking off the roads only: on roads slope has no part.
    std::span<const Geometry* const> barriers{};  ///< Rivers (lines) and lakes (polygons), in the grid's CRS.
    std::span<const BurntRoad> roads{};
};

/// Minutes a metre for every cell of a study grid.
class AMAYESH_EXPORT FrictionSurface {
public:
    explicit FrictionSurface(const FrictionParts& parts, const Progress& progress = {});
    ~FrictionSurface();
    FrictionSurface(FrictionSurface&&) noexcept;
    FrictionSurface& operator=(FrictionSurface&&) noexcept;

    [[nodiscard]] const StudyGrid& grid() const noexcept;
    /// Infinite where impassable.
    [[nodiscard]] float minutes_per_metre(GridCell cell) const noexcept;
    /// The nearest passable cell within `limit` of a place, between centres; the place's own cell if passable.
    [[nodiscard]] std::optional<GridCell> nearest_passable(Point place, Metres limit) const;
    /// The whole, or a window of it, for `cost_distance`; borrows this.
    [[nodiscard]] FrictionGrid cells() const;
    [[nodiscard]] FrictionGrid cells(GridCell first, std::size_t columns, std::size_t rows) const;
    [[nodiscard]] float least_minutes_per_metre() const noexcept;

private:
    struct Cells;
    std::unique_ptr<Cells> m_cells;
};

/// Walking speed on a slope (rise over run, uphill above 0) by Tobler's function, as time against that on the flat.
AMAYESH_EXPORT double tobler_factor(double slope) noexcept;

}  // namespace amayesh
