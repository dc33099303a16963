#include <amayesh/geometry/spatial_order.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace amayesh {

namespace {

constexpr double cells_a_side = 65'536;

/// Spreads 16 bits to the even places of 32.
std::uint32_t spread(std::uint32_t bits) {
    bits = (bits | (bits << 8)) & 0x00FF00FFU;
    bits = (bits | (bits << 4)) & 0x0F0F0F0FU;
    bits = (bits | (bits << 2)) & 0x33333333U;
    return (bits | (bits << 1)) & 0x55555555U;
}

std::uint32_t cell(double value, double low, double high) {
    if (!(high > low)) return 0;
    return static_cast<std::uint32_t>(std::min(cells_a_side - 1, (value - low) / (high - low) * cells_a_side));
}

}  // namespace

std::vector<std::size_t> spatial_order(std::span<const Point> points) {
    const auto is_finite = [](const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    Box box;
    for (const Point& p : points)
        if (is_finite(p)) box.add(p);
    std::vector<std::pair<std::uint64_t, std::size_t>> codes(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point& p = points[i];
        codes[i] = {is_finite(p) ? spread(cell(p.x, box.min_x, box.max_x)) |
                                       (std::uint64_t{spread(cell(p.y, box.min_y, box.max_y))} << 1U)
                                 : std::numeric_limits<std::uint64_t>::max(),
                    i};
    }
    std::ranges::sort(codes);
    std::vector<std::size_t> order(points.size());
    std::ranges::transform(codes, order.begin(), [](const auto& code) { return code.second; });
    return order;
}

}  // namespace amayesh
