#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace amayesh::benchmark {

/// A made-up country in the sea, 2,000 km wide with it, of which 44 % can be crossed: lakes, rough ground, roads between
/// towns. The same for every cell size but for the grain.
struct MadeFriction {
    std::size_t side = 0;
    double cell_m = 0;
    std::vector<float> minutes_per_metre{};  ///< NaN = sea or lake.
    std::vector<std::size_t> towns{};        ///< Passable cells.
};

/// Numbers below 1, drawn from whole ones.
inline double drawn(std::uint64_t from) {
    from = (from ^ from >> 31) * 0x7FB5D329728EA185U;
    from = (from ^ from >> 27) * 0x81DADEF4BC2DD44DU;
    return static_cast<double>((from ^ from >> 33) >> 11) * 0x1p-53;
}

/// Smooth noise, −1 to 1, that changes over about one unit.
inline double noise(double x, double y, std::uint64_t seed) {
    const double left = std::floor(x), top = std::floor(y), u = x - left, v = y - top;
    const auto at = [&](double column, double row) {
        return drawn(seed << 48 ^ static_cast<std::uint64_t>(column + 4096) << 24 ^
                     static_cast<std::uint64_t>(row + 4096)) *
                   2 -
               1;
    };
    const double a = u * u * (3 - 2 * u), b = v * v * (3 - 2 * v);
    return (at(left, top) * (1 - a) + at(left + 1, top) * a) * (1 - b) +
           (at(left, top + 1) * (1 - a) + at(left + 1, top + 1) * a) * b;
}

/// x and y from −1 to 1; 0.015 minutes a metre are 4 km/h.
inline float made_ground(double x, double y, std::uint64_t cell) {
    constexpr double shore = 0.76, lakes_above = 0.55;
    const double ragged = 0.12 * noise(4 * x, 4 * y, 1) + 0.05 * noise(16 * x, 16 * y, 2);
    if (std::hypot(x, y) + ragged > shore || noise(24 * x, 24 * y, 3) > lakes_above) return std::nanf("");
    const double hills = std::exp(noise(40 * x, 40 * y, 4) + 0.7 * noise(160 * x, 160 * y, 5));
    return static_cast<float>(0.015 * hills * (0.6 + 0.8 * drawn(cell)));
}

/// A straight road between two cells, one cell wide, where there is ground under it.
inline void burn_road(MadeFriction& made, std::size_t from, std::size_t to, float minutes_per_metre) {
    const auto side = static_cast<double>(made.side);
    const double x = static_cast<double>(from % made.side), y = std::floor(static_cast<double>(from) / side);
    const double dx = static_cast<double>(to % made.side) - x, dy = std::floor(static_cast<double>(to) / side) - y;
    const double steps = std::max({std::abs(dx), std::abs(dy), 1.0});
    for (double step = 0; step <= steps; ++step) {
        const auto column = static_cast<std::size_t>(std::lround(x + dx * step / steps));
        const auto row = static_cast<std::size_t>(std::lround(y + dy * step / steps));
        float& cell = made.minutes_per_metre[row * made.side + column];
        if (cell > minutes_per_metre) cell = minutes_per_metre;
    }
}

inline MadeFriction make_friction(std::size_t side, std::size_t towns) {
    MadeFriction made{.side = side, .cell_m = 2e6 / static_cast<double>(side)};
    made.minutes_per_metre.resize(side * side);
    const auto coordinate = [&](std::size_t i) {
        return 2 * (static_cast<double>(i) + 0.5) / static_cast<double>(side) - 1;
    };
    for (std::size_t cell = 0; cell < side * side; ++cell)
        made.minutes_per_metre[cell] = made_ground(coordinate(cell % side), coordinate(cell / side), cell);
    for (std::uint64_t draw = 1; made.towns.size() < towns; draw += 2) {
        const auto column = static_cast<std::size_t>(drawn(draw << 20) * static_cast<double>(side));
        const auto row = static_cast<std::size_t>(drawn((draw + 1) << 20) * static_cast<double>(side));
        if (!std::isnan(made.minutes_per_metre[row * side + column])) made.towns.push_back(row * side + column);
    }
    // 30 to 90 km/h, from each town to the nearest of a few.
    for (std::size_t town = 0; town < towns; ++town) {
        std::size_t nearest = town;
        double least = 1e300;
        for (std::size_t i = 1; i <= 24; ++i) {
            const std::size_t other = (town + i * 37) % towns;
            const double dx =
                static_cast<double>(made.towns[town] % side) - static_cast<double>(made.towns[other] % side);
            const double dy =
                static_cast<double>(made.towns[town] / side) - static_cast<double>(made.towns[other] / side);
            if (other == town || dx * dx + dy * dy >= least) continue;
            least = dx * dx + dy * dy;
            nearest = other;
        }
        burn_road(made, made.towns[town], made.towns[nearest],
                  static_cast<float>(60e-3 / (30 * (1 + static_cast<double>(town % 3)))));
    }
    return made;
}

}  // namespace amayesh::benchmark
