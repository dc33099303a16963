#include "raster/pixel_places.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace amayesh::detail {
namespace {

constexpr double degrees_around = 360;

/// Between four corners: upper left, upper right, lower left, lower right. At a corner it is that corner, to the bit.
Point between(const std::array<Point, 4>& corners, double across, double down) {
    const auto mix = [](double a, double b, double part) { return a * (1 - part) + b * part; };
    const auto coordinate = [&](auto member) {
        return mix(mix(corners[0].*member, corners[1].*member, across),
                   mix(corners[2].*member, corners[3].*member, across), down);
    };
    return {coordinate(&Point::x), coordinate(&Point::y)};
}

}  // namespace

PixelPlaces::PixelPlaces(const GridLayout& source, const Crs& source_crs, const StudyGrid& grid, const Crs& grid_crs)
    : m_grid{grid}, m_frame{source.placement}, m_transform{grid_crs, source_crs} {
    const auto& [corner, column, row] = source.placement;
    if (!source_crs.is_geographic() || column.y != 0 || row.x != 0) return;
    m_columns_around = degrees_around / std::abs(column.x);
    const double middle = corner.x + 0.5 * static_cast<double>(source.width) * column.x;
    m_middle_longitude =
        m_transform.apply(on_grid(0.5 * static_cast<double>(grid.width), 0.5 * static_cast<double>(grid.height))).x;
    m_turn = degrees_around * std::round((middle - m_middle_longitude) / degrees_around);
}

Point PixelPlaces::on_grid(double column, double row) const noexcept {
    return {m_grid.corner.x + column * m_grid.cell_m, m_grid.corner.y - row * m_grid.cell_m};
}

void PixelPlaces::to_pixels(std::span<Point> places) const {
    m_transform.apply(places);
    for (Point& place : places) {
        if (m_columns_around)
            place.x += m_turn - degrees_around * std::round((place.x - m_middle_longitude) / degrees_around);
        place = m_frame.to_cells(place);
    }
}

Point PixelPlaces::place_of(double column, double row) const {
    Point place = on_grid(column, row);
    to_pixels({&place, 1});
    return place;
}

void PixelPlaces::corners_in_tile(const GridWindow& tile, const GridWindow& rows, std::span<Point> corners) const {
    const auto left = static_cast<double>(tile.column);
    const auto top = static_cast<double>(tile.row);
    const auto width = static_cast<double>(tile.width);
    const auto height = static_cast<double>(tile.height);
    constexpr std::size_t across = 3;
    std::array<Point, across * across> frame;
    for (std::size_t i = 0; i < frame.size(); ++i)
        frame[i] = on_grid(left + 0.5 * static_cast<double>(i % across) * width,
                           top + 0.5 * static_cast<double>(i / across) * height);
    to_pixels(frame);
    const std::array<Point, 4> ends{frame[0], frame[2], frame[6], frame[8]};
    double error = 0;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        const Point guess = between(ends, 0.5 * static_cast<double>(i % across), 0.5 * static_cast<double>(i / across));
        error = std::max({error, std::abs(guess.x - frame[i].x), std::abs(guess.y - frame[i].y)});
    }
    const bool is_interpolated = error <= tolerance;
    std::size_t next = 0;
    for (std::size_t row = rows.row; row <= rows.row + rows.height; ++row)
        for (std::size_t column = 0; column <= tile.width; ++column) {
            const auto x = static_cast<double>(column);
            const auto y = static_cast<double>(row - tile.row);
            corners[next++] = is_interpolated ? between(ends, x / width, y / height) : on_grid(left + x, top + y);
        }
    if (!is_interpolated) to_pixels(corners.first(next));
}

}  // namespace amayesh::detail
