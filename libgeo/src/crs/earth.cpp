#include "crs/earth.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <geodesic.h>

#include <amayesh/core/error.hpp>

#include "crs/proj_geodesic.hpp"

namespace amayesh::detail {
namespace {

constexpr double longest_series_chord = 30'000;  // metres; beyond, the series' error passes some nanometres

/// Length of an arc of a circle by its chord, both in radii: 2 asin(u / 2) with u² = `squared`.
double arc_per_chord(double squared) {
    return 1 + squared * (1.0 / 24 + squared * (3.0 / 640 + squared * (5.0 / 7168)));
}

}  // namespace

SpacePoint to_space(const Point& degrees) {
    const double latitude = degrees.y * radians_per_degree;
    const double longitude = degrees.x * radians_per_degree;
    const double sine = std::sin(latitude);
    const double prime_radius = equatorial_radius / std::sqrt(1 - squared_eccentricity * sine * sine);
    const double equatorial = prime_radius * std::cos(latitude);
    return {equatorial * std::cos(longitude), equatorial * std::sin(longitude),
            prime_radius * (1 - squared_eccentricity) * sine};
}

Point to_degrees(const SpacePoint& place) {
    const SpacePoint normal = normal_at(place);
    return {std::atan2(normal.y, normal.x) / radians_per_degree,
            std::atan2(normal.z, std::hypot(normal.x, normal.y)) / radians_per_degree};
}

double curvature_along(const SpacePoint& direction, const SpacePoint& place) {
    const SpacePoint normal = normal_at(place);
    const double squared_equatorial = normal.x * normal.x + normal.y * normal.y;
    const double squared_norm = squared_equatorial + normal.z * normal.z;
    const double w2 = 1 - squared_eccentricity * normal.z * normal.z / squared_norm;
    const double prime_curvature = std::sqrt(w2) / equatorial_radius;
    const double meridian_curvature = prime_curvature * w2 / (1 - squared_eccentricity);
    if (squared_equatorial == 0) return meridian_curvature;
    const double equatorial = std::sqrt(squared_equatorial);
    const double north =
        direction.z * equatorial - normal.z * (direction.x * normal.x + direction.y * normal.y) / equatorial;
    const double squared_cosine = std::min(1.0, north * north / (squared_norm * dot(direction, direction)));
    return squared_cosine * meridian_curvature + (1 - squared_cosine) * prime_curvature;
}

double geodesic_length(const SpacePoint& a, const SpacePoint& b) {
    const SpacePoint difference = b - a;
    const double chord = norm(difference);
    if (chord == 0) return 0;
    if (chord > longest_series_chord) {
        double length = 0;
        const Point p = to_degrees(a);
        const Point q = to_degrees(b);
        geod_inverse(&wgs84_geodesic(), p.y, p.x, q.y, q.x, &length, nullptr, nullptr);
        return length;
    }
    const double bend = chord * curvature_along(difference, a + b);
    return chord * arc_per_chord(bend * bend);
}

double longest_geodesic(double chord) {
    // Schur's theorem: no curve bent less than a circle has a shorter chord than the circle's arc of the same length.
    const double half = chord / (2 * least_curvature_radius);
    constexpr double small = 0.01;
    if (half < small) return chord * (1 + half * half * (1.0 / 6 + half * half));
    if (half < 1) return 2 * least_curvature_radius * std::asin(half) * (1 + 1e-15);
    return std::numbers::pi * equatorial_radius;
}

void require_degrees(const Point& degrees) {
    if (!std::isfinite(degrees.x) || !(std::abs(degrees.y) <= 90))
        throw InvalidInput{fmt::format("longitude {}, latitude {} is no place on earth", degrees.x, degrees.y)};
}

}  // namespace amayesh::detail
