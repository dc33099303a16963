#include <amayesh/raster/friction_surface.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "raster/burn_in.hpp"
#include "raster/river_banks.hpp"

namespace amayesh {

namespace {

using detail::RowRun;

constexpr float impassable = std::numeric_limits<float>::infinity();
constexpr float no_elevation = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t rows_at_once = 64;
constexpr std::size_t shapes_between_reports = 256;

/// Reports every so many of `count` shapes.
void report(const Progress& progress, std::string_view phase, std::size_t done, std::size_t count) {
    if (progress && done % shapes_between_reports == 0)
        progress(phase, static_cast<double>(done) / static_cast<double>(count));
}

void read_in_bands(const StudyGrid& grid, const GridRows& rows, std::span<float> values, std::string_view phase,
                   const Progress& progress) {
    for (std::size_t row = 0; row < grid.height; row += rows_at_once) {
        if (progress) progress(phase, static_cast<double>(row) / static_cast<double>(grid.height));
        const std::size_t count = std::min(rows_at_once, grid.height - row);
        rows(row, values.subspan(row * grid.width, count * grid.width));
    }
}

void refuse_ground(const StudyGrid& grid, std::size_t cell, float value) {
    const GridCell at{cell % grid.width, cell / grid.width};
    const Point centre = grid.centre_of(at);
    throw InvalidInput(fmt::format(
        "the ground takes {} minutes a metre at column {}, row {} ({:.0f}, {:.0f}): it must be above 0, and "
        "nodata where nobody can pass",
        value, at.column, at.row, centre.x, centre.y));
}

std::vector<float> lay_ground(const FrictionParts& parts, const Progress& progress) {
    const StudyGrid& grid = parts.grid;
    if (!parts.ground) {
        const float walking = minutes_per_metre_at(parts.walking_km_per_hour, "walking");
        return std::vector<float>(grid.width * grid.height, walking);
    }
    std::vector<float> friction(grid.width * grid.height);
    read_in_bands(grid, parts.ground, friction, "ground", progress);
    for (std::size_t cell = 0; cell < friction.size(); ++cell) {
        if (friction[cell] <= 0) refuse_ground(grid, cell, friction[cell]);
        if (std::isnan(friction[cell])) friction[cell] = impassable;
    }
    return friction;
}

void burn_barrier(const StudyGrid& grid, const Geometry& barrier, std::span<float> friction) {
    const auto block = [&](const RowRun& run) {
        const auto row = friction.begin() + static_cast<std::ptrdiff_t>(run.row * grid.width);
        std::fill(row + static_cast<std::ptrdiff_t>(run.first_column),
                  row + static_cast<std::ptrdiff_t>(run.last_column + 1), impassable);
    };
    if (std::holds_alternative<Point>(barrier) || std::holds_alternative<MultiPoint>(barrier))
        throw InvalidInput("it is a point: barriers are lines (rivers) or polygons (lakes)");
    if (const auto* river = std::get_if<MultiLine>(&barrier))
        for (const LineString& part : river->parts) detail::visit_cells_of_line(grid, part, block);
    if (const auto* lake = std::get_if<MultiPolygon>(&barrier))
        for (const Polygon& part : lake->parts) {
            detail::visit_cells_inside(grid, part, block);
            detail::visit_cells_of_line(grid, part.outer, block);
            for (const Ring& hole : part.holes) detail::visit_cells_of_line(grid, hole, block);
        }
}

/// The same error, with the shape that it is about.
[[noreturn]] void name_shape(std::string_view kind, std::size_t index, const InvalidInput& error) {
    throw InvalidInput(fmt::format("{} {}: {}", kind, index + 1, error.what()));
}

void burn_barriers(const FrictionParts& parts, std::span<float> friction, const Progress& progress) {
    for (std::size_t i = 0; i < parts.barriers.size(); ++i) {
        report(progress, "barriers", i, parts.barriers.size());
        try {
            if (parts.barriers[i] != nullptr) burn_barrier(parts.grid, *parts.barriers[i], friction);
        } catch (const InvalidInput& error) {
            name_shape("barrier", i, error);
        }
    }
}

/// Burns one road in; impassable cells that it opens are added to `opened`.
void burn_road(const StudyGrid& grid, const BurntRoad& road, std::span<float> friction, std::span<float> elevation,
               std::vector<std::size_t>& opened) {
    const float minutes = minutes_per_metre_at(road.km_per_hour, "driving");
    const auto burn = [&](const RowRun& run) {
        for (std::size_t column = run.first_column; column <= run.last_column; ++column) {
            const std::size_t cell = run.row * grid.width + column;
            if (!(minutes < friction[cell])) continue;
            if (!(friction[cell] < impassable)) opened.push_back(cell);
            friction[cell] = minutes;
            if (!elevation.empty()) elevation[cell] = no_elevation;
        }
    };
    if (road.shape == nullptr) return;
    for (const LineString& part : road.shape->parts) detail::visit_cells_of_line(grid, part, burn);
}

/// The cells that were impassable and are no longer.
std::vector<std::size_t> burn_roads(const FrictionParts& parts, std::span<float> friction, std::span<float> elevation,
                                    const Progress& progress) {
    std::vector<std::size_t> opened;
    for (std::size_t i = 0; i < parts.roads.size(); ++i) {
        report(progress, "roads", i, parts.roads.size());
        try {
            burn_road(parts.grid, parts.roads[i], friction, elevation, opened);
        } catch (const InvalidInput& error) {
            name_shape("road", i, error);
        }
    }
    return opened;
}

/// Closes the other bank beside roads that run in the cells of a river without crossing it there.
void close_other_banks(const FrictionParts& parts, std::span<const std::size_t> opened, std::span<float> friction) {
    if (opened.empty() || parts.barriers.empty()) return;
    detail::RiverBanks banks(parts.grid, opened);
    for (const Geometry* barrier : parts.barriers) {
        if (barrier == nullptr) continue;
        if (const auto* river = std::get_if<MultiLine>(barrier))
            for (const LineString& part : river->parts) banks.add_barrier(part);
        if (const auto* lake = std::get_if<MultiPolygon>(barrier))
            for (const Polygon& part : lake->parts) {
                banks.add_barrier(part.outer);
                for (const Ring& hole : part.holes) banks.add_barrier(hole);
            }
    }
    for (const BurntRoad& road : parts.roads)
        if (road.shape != nullptr)
            for (const LineString& part : road.shape->parts) banks.add_road(part);
    for (const std::size_t cell : banks.cells_to_close()) friction[cell] = impassable;
}

}  // namespace

struct FrictionSurface::Cells {
    StudyGrid grid;
    std::vector<float> friction;   ///< Minutes a metre; infinite = impassable.
    std::vector<float> elevation;  ///< Empty = flat.
    float least = 0;

    [[nodiscard]] bool is_passable(const GridCell& cell) const noexcept {
        return friction[cell.row * grid.width + cell.column] < impassable;
    }
};

FrictionSurface::FrictionSurface(const FrictionParts& parts, const Progress& progress)
    : m_cells{std::make_unique<Cells>()} {
    check_study_grid(parts.grid);
    m_cells->grid = parts.grid;
    m_cells->friction = lay_ground(parts, progress);
    if (parts.elevation) {
        m_cells->elevation.resize(m_cells->friction.size());
        read_in_bands(parts.grid, parts.elevation, m_cells->elevation, "elevation", progress);
    }
    burn_barriers(parts, m_cells->friction, progress);
    const std::vector<std::size_t> opened = burn_roads(parts, m_cells->friction, m_cells->elevation, progress);
    close_other_banks(parts, opened, m_cells->friction);
    m_cells->least = *std::min_element(m_cells->friction.begin(), m_cells->friction.end());
    if (!(m_cells->least < impassable))
        throw InvalidInput(
            "the surface has no cell that can be passed: the ground is nodata everywhere or behind barriers; does it "
            "cover the study's area?");
}

FrictionSurface::~FrictionSurface() = default;
FrictionSurface::FrictionSurface(FrictionSurface&&) noexcept = default;
FrictionSurface& FrictionSurface::operator=(FrictionSurface&&) noexcept = default;

const StudyGrid& FrictionSurface::grid() const noexcept { return m_cells->grid; }

float FrictionSurface::minutes_per_metre(GridCell cell) const noexcept {
    return m_cells->friction[cell.row * m_cells->grid.width + cell.column];
}

float FrictionSurface::least_minutes_per_metre() const noexcept { return m_cells->least; }

FrictionGrid FrictionSurface::cells() const { return cells({0, 0}, m_cells->grid.width, m_cells->grid.height); }

FrictionGrid FrictionSurface::cells(GridCell first, std::size_t columns, std::size_t rows) const {
    const StudyGrid& grid = m_cells->grid;
    if (columns == 0 || rows == 0 || first.column >= grid.width || columns > grid.width - first.column ||
        first.row >= grid.height || rows > grid.height - first.row)
        throw InvalidInput(fmt::format("a window of {} × {} cells from column {}, row {} is not within {} × {} cells",
                                       columns, rows, first.column, first.row, grid.width, grid.height));
    const auto copy_rows = [width = grid.width, first, columns](const std::vector<float>& from) {
        return [&from, width, first, columns](std::size_t first_row, std::span<float> values) {
            for (std::size_t row = 0; row * columns < values.size(); ++row)
                std::copy_n(
                    from.begin() + static_cast<std::ptrdiff_t>((first.row + first_row + row) * width + first.column),
                    columns, values.begin() + static_cast<std::ptrdiff_t>(row * columns));
        };
    };
    FrictionGrid result;
    result.width = columns;
    result.height = rows;
    result.column_m = grid.cell_m;
    result.row_m = grid.cell_m;
    result.read_friction = copy_rows(m_cells->friction);
    if (!m_cells->elevation.empty()) {
        result.read_elevation = copy_rows(m_cells->elevation);
        result.slope_factor = tobler_factor;
    }
    return result;
}

namespace {

/// The nearest of the passable cells seen so far to a place.
struct NearestCell {
    std::optional<GridCell> cell;
    double square_m = 0;  ///< Of the distance.

    void offer(const GridCell& other, double other_square_m) {
        const auto order = [](double square, const GridCell& c) { return std::tuple{square, c.row, c.column}; };
        if (cell && order(square_m, *cell) <= order(other_square_m, other)) return;
        cell = other;
        square_m = other_square_m;
    }
};

/// Calls `visit` for the cells of the grid that are `ring` columns or rows from a cell and no farther.
template <class Visit>
void visit_ring(const StudyGrid& grid, const GridCell& centre, std::size_t ring, const Visit& visit) {
    const std::size_t left = centre.column - std::min(centre.column, ring);
    const std::size_t right = std::min(centre.column + ring, grid.width - 1);
    const std::size_t top = centre.row - std::min(centre.row, ring);
    const std::size_t bottom = std::min(centre.row + ring, grid.height - 1);
    for (std::size_t row = top; row <= bottom; ++row) {
        const bool is_whole_row = row + ring == centre.row || row == centre.row + ring;
        for (std::size_t column = left; column <= right; ++column) {
            const bool is_end = column + ring == centre.column || column == centre.column + ring;
            if (is_whole_row || is_end) visit(GridCell{column, row});
        }
    }
}

}  // namespace

std::optional<GridCell> FrictionSurface::nearest_passable(Point place, Metres limit) const {
    const StudyGrid& grid = m_cells->grid;
    const std::optional<GridCell> own = grid.cell_of(place);
    if (!own || m_cells->is_passable(*own)) return own;
    NearestCell nearest;
    const double limit_square_m = limit.value() * limit.value();
    for (std::size_t ring = 1; ring < std::max(grid.width, grid.height); ++ring) {
        const double least_m = (static_cast<double>(ring) - 0.5) * grid.cell_m;
        if (!(least_m <= limit.value()) || (nearest.cell && least_m * least_m > nearest.square_m)) break;
        visit_ring(grid, *own, ring, [&](const GridCell& cell) {
            const Point centre = grid.centre_of(cell);
            const double x = centre.x - place.x;
            const double y = centre.y - place.y;
            if (x * x + y * y <= limit_square_m && m_cells->is_passable(cell)) nearest.offer(cell, x * x + y * y);
        });
    }
    return nearest.cell;
}

float minutes_per_metre_at(double km_per_hour, std::string_view what) {
    constexpr double minutes_per_hour = 60;
    const auto minutes = static_cast<float>(minutes_per_hour / (metres_per_kilometre * km_per_hour));
    if (!(km_per_hour > 0) || !std::isfinite(minutes) || !(minutes > 0))
        throw InvalidInput(
            fmt::format("{} at {} km/h cannot be worked with: a speed is above 0 and finite", what, km_per_hour));
    return minutes;
}

double tobler_factor(double slope) noexcept {
    constexpr double steepness = 3.5;
    constexpr double easiest_slope = -0.05;
    return std::exp(steepness * (std::abs(slope - easiest_slope) - std::abs(easiest_slope)));
}

}  // namespace amayesh
