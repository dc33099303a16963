#include <amayesh/raster/isochrones.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "raster/cell_outline.hpp"

namespace amayesh {
namespace {

constexpr double most_minutes = 1e9;  // as to_travel_time says
constexpr std::size_t rows_between_calls = 256;

void check(const StudyGrid& grid, std::span<const TravelTime> limits) {
    if (!(grid.cell_m > 0) || !std::isfinite(grid.cell_m))
        throw InvalidInput{fmt::format("a grid with cells of {} m", grid.cell_m)};
    for (std::size_t i = 1; i < limits.size(); ++i)
        if (limits[i] <= limits[i - 1])
            throw InvalidInput{fmt::format("limits must rise: {} minutes come after {}", to_minutes(limits[i]),
                                           to_minutes(limits[i - 1]))};
}

/// The most minutes that are within the limit: cells are compared with it, without rounding each.
float last_within(TravelTime limit) {
    constexpr float end = std::numeric_limits<float>::infinity();
    const auto is_within = [limit](float minutes) {
        return minutes < most_minutes && to_travel_time(minutes) <= limit;
    };
    const double about = to_minutes(limit) + to_minutes(TravelTime{1}) / 2;
    auto minutes = static_cast<float>(std::clamp(about, -most_minutes, most_minutes));
    while (!is_within(minutes)) minutes = std::nextafter(minutes, -end);
    while (is_within(std::nextafter(minutes, end))) minutes = std::nextafter(minutes, end);
    return minutes;
}

}  // namespace

std::vector<Isochrone> isochrones(const StudyGrid& grid,
                                  const std::function<void(std::size_t row, std::span<float> minutes)>& read_row,
                                  std::span<const TravelTime> limits, const Progress& progress) {
    check(grid, limits);
    std::vector<detail::CellOutline> outlines(limits.size(), detail::CellOutline{grid});
    std::vector<float> last(limits.size());
    std::transform(limits.begin(), limits.end(), last.begin(), last_within);
    std::vector<float> minutes(grid.width);
    std::vector<std::uint8_t> is_in(grid.width);
    for (std::size_t row = 0; row < grid.height; ++row) {
        if (progress && row % rows_between_calls == 0)
            progress("finding isochrones", static_cast<double>(row) / static_cast<double>(grid.height));
        read_row(row, minutes);
        for (std::size_t i = 0; i < limits.size(); ++i) {
            for (std::size_t column = 0; column < grid.width; ++column) is_in[column] = minutes[column] <= last[i];
            outlines[i].add_row(is_in);
        }
    }
    std::vector<Isochrone> result;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const std::uint64_t cells = outlines[i].cells();
        result.push_back({limits[i], outlines[i].take_polygons(), cells,
                          SquareMetres{static_cast<double>(cells) * (grid.cell_m * grid.cell_m)}});
    }
    if (progress) progress("finding isochrones", 1);
    return result;
}

}  // namespace amayesh
