#pragma once

#include <cstddef>

#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Twice the area, positive where the ring runs anticlockwise; taken from the ring's first point so that large coordinates
/// cost no digits.
inline double twice_signed_area(const Ring& ring) noexcept {
    double sum = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const Point& o = ring.front();
        sum += (ring[i].x - o.x) * (ring[i + 1].y - o.y) - (ring[i + 1].x - o.x) * (ring[i].y - o.y);
    }
    return sum;
}

}  // namespace amayesh
