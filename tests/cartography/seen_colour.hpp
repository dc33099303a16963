#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace amayesh::test {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

inline Triple operator*(const Matrix& matrix, const Triple& v) {
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i) result[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
    return result;
}

// Linear RGB as people without one kind of cone see it, severity 1: Machado, Oliveira and Fernandes (2009),
// "A physiologically-based model for simulation of color vision deficiency", table 1.
inline constexpr Matrix full_sight{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
inline constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
inline constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
inline constexpr Matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

/// CIELAB (D65) of an sRGB colour, over white where it is not opaque, as those eyes see it.
inline Triple lab_of(std::uint32_t rgb, double opacity, const Matrix& eyes) {
    Triple linear{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double channel = ((rgb >> (16 - 8 * i) & 0xFFU) * opacity + 255 * (1 - opacity)) / 255;
        linear[i] = channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    }
    Triple seen = eyes * linear;
    for (double& part : seen) part = std::clamp(part, 0.0, 1.0);
    constexpr Matrix to_xyz{{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
    constexpr Triple white{0.9505, 1, 1.089};
    const Triple xyz = to_xyz * seen;
    Triple f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = xyz[i] / white[i];
        f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// ΔE*ab of 1976.
inline double distance(const Triple& a, const Triple& b) {
    return std::hypot(std::hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
}

}  // namespace amayesh::test
