#include "study/check_plane.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {
namespace {

constexpr double largest_quiet_error = 0.005;  // 100 m of 20 km, less than a village is wide
constexpr double step_degrees = 1e-3;          // some 100 m: long against rounding, short against the scale's change
constexpr double last_latitude = 89.9;
constexpr int places_a_side = 9;

double scale_between(Point a, Point b, const Transform& to_plane) {
    const Point from = to_plane.apply(a);
    const Point to = to_plane.apply(b);
    return std::hypot(to.x - from.x, to.y - from.y) / geodesic_distance(a, b).value();
}

/// A place and the scale there that is farthest from 1.
struct ScaleAt {
    Point degrees;
    double factor = 1;
    [[nodiscard]] double error() const { return std::abs(factor - 1); }
};

ScaleAt worst_scale(const Transform& to_plane, const Box& degrees) {
    ScaleAt worst;
    for (int column = 0; column < places_a_side; ++column) {
        for (int row = 0; row < places_a_side; ++row) {
            const double x = degrees.min_x + (degrees.max_x - degrees.min_x) * column / (places_a_side - 1);
            const double y = degrees.min_y + (degrees.max_y - degrees.min_y) * row / (places_a_side - 1);
            const Point place{x, std::clamp(y, -last_latitude, last_latitude)};
            for (const Point& next : {Point{place.x + step_degrees, place.y}, Point{place.x, place.y + step_degrees}}) {
                const ScaleAt scale{place, scale_between(place, next, to_plane)};
                if (scale.error() > worst.error()) worst = scale;
            }
        }
    }
    return worst;
}

bool is_web_mercator(const Crs& crs) {
    return crs.epsg() == 3857 || crs.wkt().find("Pseudo Mercator") != std::string::npos ||
           crs.wkt().find("Pseudo-Mercator") != std::string::npos;
}

}  // namespace

void require_working_crs(const Crs& crs) {
    if (!crs.is_projected_in_metres())
        throw CrsError("working CRS " + crs.name() + " is not a projected one in metres");
    if (is_web_mercator(crs))
        throw CrsError("working CRS " + crs.name() +
                       " keeps neither distances nor areas: name an equal-area or UTM one, or leave 'working' out for "
                       "one fitted to the data");
}

double check_plane(const Crs& plane, const Box& degrees, ProblemReport& problems) {
    if (degrees.is_empty()) return 0;
    const ScaleAt worst = worst_scale(Transform{Crs::wgs84(), plane}, degrees);
    if (worst.error() <= largest_quiet_error) return worst.error();
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::crs_inaccurate,
                  .message = fmt::format("planar distances in {} are up to {:.4f} times the true ones; leave out "
                                         "distance = \"planar\", or name a working CRS made for this area",
                                         plane.name(), worst.factor),
                  .action = fmt::format("kept; distances within {:.2g} % of a limit are marked as on the line",
                                        100 * worst.error()),
                  .place = ProblemPlace{worst.degrees.x, worst.degrees.y}});
    return worst.error();
}

void check_plane_of_ways(const Crs& plane, PlaneOrigin origin, const Box& degrees, ProblemReport& problems) {
    if (degrees.is_empty()) return;
    const ScaleAt worst = worst_scale(Transform{Crs::wgs84(), plane}, degrees);
    if (worst.error() <= largest_quiet_error) return;
    const bool is_fitted = origin == PlaneOrigin::fitted_to_data;
    problems.add(
        {.severity = is_fitted ? Severity::note : Severity::warning,
         .kind = ProblemKind::crs_inaccurate,
         .message = fmt::format("minutes and km of ways are measured in the plane of the working CRS, {}, where "
                                "lengths are up to {:.4f} times the true ones{}",
                                plane.name(), worst.factor,
                                is_fitted ? "; it was fitted to the data"
                                          : ": leave 'working' out under [crs] for one fitted to the data, or "
                                            "name one made for this area"),
         .action = fmt::format("kept; minutes and km are up to {:.1f} % off", 100 * worst.error()),
         .place = ProblemPlace{worst.degrees.x, worst.degrees.y}});
}

}  // namespace amayesh::detail
