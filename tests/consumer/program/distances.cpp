#include <cmath>
#include <cstdio>

#include <amayesh/core/units.hpp>
#include <amayesh/crs/geodesic.hpp>

/// Needs amayesh::geo alone. One degree of the equator is an arc of the circle of the WGS 84 semi-major axis.
int main() {
    constexpr double pi = 3.14159265358979323846;
    constexpr double semi_major_axis_m = 6'378'137.0;
    const amayesh::Metres found = amayesh::geodesic_distance({59, 0}, {60, 0});
    std::printf("%.3f km\n", amayesh::to_kilometres(found).value());
    return std::abs(found.value() - semi_major_axis_m * pi / 180) < 1e-6 ? 0 : 1;
}
