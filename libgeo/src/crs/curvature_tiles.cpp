#include "crs/curvature_tiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace amayesh::detail {
namespace {

constexpr int samples = 5;    // a side of a tile
constexpr double safety = 2;  // for what lies between the samples and between the four directions looked along
constexpr int most_levels = 40;
constexpr std::int64_t most_tiles_a_side = 2;  // of an edge's box

using Samples = std::array<Point, samples * samples>;

/// Length of the second difference of three images in a row.
double second_difference(const Point& before, const Point& at, const Point& after) {
    return std::hypot(before.x - 2 * at.x + after.x, before.y - 2 * at.y + after.y);
}

void unwrap(Samples& images) {
    for (Point& p : images) p.x -= 360 * std::round((p.x - images.front().x) / 360);
}

}  // namespace

std::size_t CurvatureTiles::TileHash::operator()(const Tile& tile) const noexcept {
    const auto mixed = (static_cast<std::uint64_t>(tile.column) * 0x9e3779b97f4a7c15U) ^
                       (static_cast<std::uint64_t>(tile.row) * 0xc2b2ae3d27d4eb4fU) ^ static_cast<unsigned>(tile.level);
    return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

double CurvatureTiles::near_edge(const Point& a, const Point& b) {
    double size = m_tile_size;
    for (int level = 0; level < most_levels; ++level, size *= 2) {
        const auto [min_x, max_x] = std::minmax(a.x, b.x);
        const auto [min_y, max_y] = std::minmax(a.y, b.y);
        const auto first_column = static_cast<std::int64_t>(std::floor(min_x / size));
        const auto last_column = static_cast<std::int64_t>(std::floor(max_x / size));
        const auto first_row = static_cast<std::int64_t>(std::floor(min_y / size));
        const auto last_row = static_cast<std::int64_t>(std::floor(max_y / size));
        if (last_column - first_column >= most_tiles_a_side || last_row - first_row >= most_tiles_a_side) continue;
        double curvature = 0;
        for (std::int64_t row = first_row; row <= last_row; ++row)
            for (std::int64_t column = first_column; column <= last_column; ++column)
                curvature = std::max(curvature, of_tile(Tile{level, column, row}));
        return curvature;
    }
    return std::numeric_limits<double>::infinity();
}

double CurvatureTiles::of_tile(const Tile& tile) {
    if (tile == m_last) return m_last_curvature;
    const auto [entry, is_new] = m_known.try_emplace(tile, 0);
    if (is_new) entry->second = measure(tile);
    m_last = tile;
    return m_last_curvature = entry->second;
}

double CurvatureTiles::measure(const Tile& tile) const {
    const double size = std::ldexp(m_tile_size, tile.level);
    const double spacing = size / (samples - 1);
    Samples images;
    for (int row = 0; row < samples; ++row)
        for (int column = 0; column < samples; ++column)
            images[static_cast<std::size_t>(row * samples + column)] = {
                static_cast<double>(tile.column) * size + column * spacing,
                static_cast<double>(tile.row) * size + row * spacing};
    m_transform(images);
    if (m_images_wrap) unwrap(images);
    const auto at = [&](int row, int column) -> const Point& {
        return images[static_cast<std::size_t>(row * samples + column)];
    };
    double greatest = 0;
    for (int row = 1; row + 1 < samples; ++row)
        for (int column = 1; column + 1 < samples; ++column) {
            const Point& middle = at(row, column);
            const double straight = std::max(second_difference(at(row, column - 1), middle, at(row, column + 1)),
                                             second_difference(at(row - 1, column), middle, at(row + 1, column)));
            const double diagonal =
                std::max(second_difference(at(row - 1, column - 1), middle, at(row + 1, column + 1)),
                         second_difference(at(row - 1, column + 1), middle, at(row + 1, column - 1)));
            greatest = std::max({greatest, straight, diagonal / 2});
        }
    const double curvature = safety * greatest / (spacing * spacing);
    return std::isfinite(curvature) ? curvature : std::numeric_limits<double>::infinity();
}

}  // namespace amayesh::detail
