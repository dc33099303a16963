#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::test {

inline MultiPolygon rectangle(double min_x, double min_y, double max_x, double max_y) {
    return {{{{{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}, {min_x, min_y}}, {}}}};
}

inline MultiPolygon polygon(Ring outer, std::vector<Ring> holes = {}) {
    return {{{std::move(outer), std::move(holes)}}};
}

/// A star-shaped polygon about `centre`: valid, and far from convex.
inline MultiPolygon random_star(std::mt19937_64& random, Point centre, double radius, std::size_t corners) {
    std::uniform_real_distribution<double> share{0.35, 1.0};
    Ring ring;
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double r = radius * share(random);
        ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return polygon(std::move(ring));
}

/// A tiling of a square of `side` × `side` cells whose common borders wander and have `pieces` edges each.
inline std::vector<MultiPolygon> wandering_tiling(std::mt19937_64& random, std::size_t side, std::size_t pieces) {
    std::uniform_real_distribution<double> offset{-0.3, 0.3};
    const std::size_t n = side * pieces + 1;
    // Corners of a fine grid, moved a little: the border between two cells follows grid lines of moved corners.
    std::vector<Point> corners(n * n);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t i = 0; i < n; ++i)
            corners[j * n + i] = {static_cast<double>(i) + (i % (n - 1) ? offset(random) : 0),
                                  static_cast<double>(j) + (j % (n - 1) ? offset(random) : 0)};
    std::vector<MultiPolygon> cells;
    for (std::size_t row = 0; row < side; ++row)
        for (std::size_t column = 0; column < side; ++column) {
            Ring ring;
            const std::size_t x = column * pieces, y = row * pieces;
            for (std::size_t k = 0; k < pieces; ++k) ring.push_back(corners[y * n + x + k]);
            for (std::size_t k = 0; k < pieces; ++k) ring.push_back(corners[(y + k) * n + x + pieces]);
            for (std::size_t k = 0; k < pieces; ++k) ring.push_back(corners[(y + pieces) * n + x + pieces - k]);
            for (std::size_t k = 0; k < pieces; ++k) ring.push_back(corners[(y + pieces - k) * n + x]);
            ring.push_back(ring.front());
            cells.push_back(polygon(std::move(ring)));
        }
    return cells;
}

}  // namespace amayesh::test
