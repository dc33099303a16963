#pragma once

#include <cmath>
#include <numbers>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

inline constexpr double equatorial_radius = 6'378'137.0;  // WGS 84, metres
inline constexpr double flattening = 1 / 298.257223563;
inline constexpr double squared_eccentricity = flattening * (2 - flattening);
inline constexpr double polar_radius = equatorial_radius * (1 - flattening);
inline constexpr double least_curvature_radius = polar_radius * (1 - flattening);  // meridian at the equator
inline constexpr double radians_per_degree = std::numbers::pi / 180;

/// A place in earth-centred coordinates, metres; or in a plane, with z = 0.
struct SpacePoint {
    double x = 0;
    double y = 0;
    double z = 0;
};

inline SpacePoint operator-(const SpacePoint& a, const SpacePoint& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline SpacePoint operator+(const SpacePoint& a, const SpacePoint& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline SpacePoint operator*(double f, const SpacePoint& a) { return {f * a.x, f * a.y, f * a.z}; }
inline double dot(const SpacePoint& a, const SpacePoint& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline double norm(const SpacePoint& a) { return std::sqrt(dot(a, a)); }

/// On the surface of the ellipsoid. `degrees`: longitude, latitude.
SpacePoint to_space(const Point& degrees);
/// Longitude, latitude of a place on the surface.
Point to_degrees(const SpacePoint& place);

/// Direction of the surface's normal at a place on or near it, not of unit length.
inline SpacePoint normal_at(const SpacePoint& place) {
    return {place.x, place.y, place.z / (1 - squared_eccentricity)};
}

/// Curvature, 1/m, of the surface along `direction` at the place.
double curvature_along(const SpacePoint& direction, const SpacePoint& place);

/// Length of the geodesic between two places on the surface, metres.
double geodesic_length(const SpacePoint& a, const SpacePoint& b);

/// No geodesic with that chord is longer.
double longest_geodesic(double chord);

void require_degrees(const Point& degrees);  ///< Throws: InvalidInput for what is no place on earth.

}  // namespace amayesh::detail
