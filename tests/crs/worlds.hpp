#pragma once

#include <cmath>
#include <numbers>
#include <random>

#include <amayesh/geometry/types.hpp>

namespace amayesh::test {

/// A ring of `corners` about `centre` (degrees), `radius` degrees of latitude wide, its corners not evenly far.
inline Ring wavy_ring(std::mt19937_64& random, Point centre, double radius, int corners) {
    std::uniform_real_distribution<double> share{0.6, 1.0};
    Ring ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double r = radius * share(random);
        ring.push_back({centre.x + r * std::cos(angle) / std::cos(centre.y * std::numbers::pi / 180),
                        centre.y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

}  // namespace amayesh::test
