#include <amayesh/crs/geodesic.hpp>

#include <algorithm>
#include <cmath>

#include "crs/earth.hpp"
#include "crs/proj_geodesic.hpp"

namespace amayesh {
namespace {

using detail::equatorial_radius;
using detail::radians_per_degree;
using detail::squared_eccentricity;

constexpr double longest_series_edge = 1e-3;  // radians; an edge's area is then right to about 1e-3 m²
constexpr double series_latitude = 85;        // degrees; nearer to the pole the series converges too slowly
constexpr double steepest_latitude = 89.9;    // degrees; the bending of parallels is not followed beyond
constexpr double area_unit = equatorial_radius * equatorial_radius * (1 - squared_eccentricity);

/// A vertex with what the series needs of its latitude.
struct Corner {
    Point degrees;
    double sine;
    double cosine;
    double zone;  // area from the equator to here, per radian of longitude
};

/// Area between the equator and a latitude, per radian of longitude: the series of q, Snyder (1987), equation 3-12.
double zone_to(double sine) {
    const double e2s2 = squared_eccentricity * sine * sine;
    constexpr double c1 = 2.0 / 3, c2 = 3.0 / 5, c3 = 4.0 / 7, c4 = 5.0 / 9, c5 = 6.0 / 11, c6 = 7.0 / 13;
    return area_unit * sine * (1 + e2s2 * (c1 + e2s2 * (c2 + e2s2 * (c3 + e2s2 * (c4 + e2s2 * (c5 + e2s2 * c6))))));
}

Corner corner_at(const Point& degrees) {
    const double latitude = degrees.y * radians_per_degree;
    const double sine = std::sin(latitude);
    return {degrees, sine, std::cos(latitude), zone_to(sine)};
}

double longitude_difference(const Point& a, const Point& b) { return std::remainder(b.x - a.x, 360.0); }

bool is_short(const Corner& a, const Corner& b) {
    const double east = longitude_difference(a.degrees, b.degrees) * radians_per_degree * std::max(a.cosine, b.cosine);
    const double north = (b.degrees.y - a.degrees.y) * radians_per_degree;
    return std::abs(east) <= longest_series_edge && std::abs(north) <= longest_series_edge &&
           std::abs(a.degrees.y) <= series_latitude && std::abs(b.degrees.y) <= series_latitude;
}

/// Area between a short geodesic and the parallel that bounds `base`.
///
/// Along the edge, t from 0 to 1, the geodesic's latitude is the straight line's less ½ t (1 - t) × bow, where
/// bow = d²φ/dλ² Δλ² at the middle: -(s c W² / (1-e²)) Δλ² - (2 (1-e²) s / (c W²) + 3 e² s c / W²) Δφ².
/// The area is Δλ ∫ zone(φ(t)) dt, by Simpson along the straight line and to first order in the bow.
/// What is left out is of the fourth order in the edge's length.
double area_under_short(const Corner& a, const Corner& b, double base) {
    const double d_lambda = longitude_difference(a.degrees, b.degrees) * radians_per_degree;
    const double d_phi = (b.degrees.y - a.degrees.y) * radians_per_degree;
    const double to_middle = (1 + d_phi * d_phi * (1.0 / 8 + d_phi * d_phi * (5.0 / 384))) / 2;  // 1 / (2 cos(Δφ/2))
    const double s = (a.sine + b.sine) * to_middle;
    const double c = (a.cosine + b.cosine) * to_middle;
    const double w2 = 1 - squared_eccentricity * s * s;
    const double bow =
        -s * c * w2 / (1 - squared_eccentricity) * d_lambda * d_lambda -
        (2 * (1 - squared_eccentricity) * s / (c * w2) + 3 * squared_eccentricity * s * c / w2) * d_phi * d_phi;
    const double straight = ((a.zone - base) + 4 * (zone_to(s) - base) + (b.zone - base)) / 6;
    const double slope = area_unit * c / (w2 * w2);
    return d_lambda * (straight - slope * bow / 12);
}

double area_under_long(const Corner& a, const Corner& b, double base) {
    double area = 0;
    geod_geninverse(&detail::wgs84_geodesic(), a.degrees.y, a.degrees.x, b.degrees.y, b.degrees.x, nullptr, nullptr,
                    nullptr, nullptr, nullptr, nullptr, &area);
    return area - base * longitude_difference(a.degrees, b.degrees) * radians_per_degree;
}

double area_by_proj(const Ring& ring) {
    geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        geod_polygon_addpoint(&detail::wgs84_geodesic(), &polygon, ring[i].y, ring[i].x);
    double area = 0;
    geod_polygon_compute(&detail::wgs84_geodesic(), &polygon, 0, 1, &area, nullptr);
    return std::abs(area);
}

double ring_area(const Ring& ring) {
    if (ring.size() < 3) return 0;
    for (const Point& p : ring) detail::require_degrees(p);
    double area = 0;
    double turned = 0;
    Corner from = corner_at(ring.front());
    const double base = from.zone;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Corner to = corner_at(ring[i]);
        area += is_short(from, to) ? area_under_short(from, to, base) : area_under_long(from, to, base);
        turned += longitude_difference(from.degrees, to.degrees);
        from = to;
    }
    const bool holds_a_pole = std::abs(turned) > 180;
    return holds_a_pole ? area_by_proj(ring) : std::abs(area);
}

/// Pieces into which an edge must be cut. A line straight in longitude and latitude bends away from the geodesic by
/// tan φ sin α (1 + cos² α) / R, α its azimuth.
double pieces_of(const Point& a, const Point& b, double sag) {
    const double east = std::abs(b.x - a.x) * radians_per_degree *
                        std::cos(std::min(std::abs(a.y), std::abs(b.y)) * radians_per_degree);
    const double north = std::abs(b.y - a.y) * radians_per_degree;
    const double squared_length = east * east + north * north;
    const bool jumps_the_antimeridian = std::abs(b.x - a.x) > 180;
    if (east == 0 || jumps_the_antimeridian) return 1;
    const double steepest = std::min(std::max(std::abs(a.y), std::abs(b.y)), steepest_latitude) * radians_per_degree;
    const double bow = std::sqrt(squared_length) * east * (1 + north * north / squared_length) * std::tan(steepest) / 8;
    return std::max(1.0, std::ceil(std::sqrt(equatorial_radius * bow / sag)));
}

}  // namespace

const geod_geodesic& detail::wgs84_geodesic() {
    static const geod_geodesic geodesic = [] {
        geod_geodesic made;
        geod_init(&made, equatorial_radius, flattening);
        return made;
    }();
    return geodesic;
}

Metres geodesic_distance(Point a, Point b) {
    detail::require_degrees(a);
    detail::require_degrees(b);
    return Metres{detail::geodesic_length(detail::to_space(a), detail::to_space(b))};
}

SquareMetres geodesic_area(const MultiPolygon& degrees) {
    double area = 0;
    for (const Polygon& part : degrees.parts) {
        area += ring_area(part.outer);
        for (const Ring& hole : part.holes) area -= ring_area(hole);
    }
    return SquareMetres{area};
}

std::vector<Point> densify_for_geodesics(const std::vector<Point>& degrees, Metres sag) {
    std::vector<Point> points;
    points.reserve(degrees.size());
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        points.push_back(degrees[i]);
        if (i + 1 == degrees.size()) break;
        const auto [first, last] = std::minmax(degrees[i], degrees[i + 1]);
        const double pieces = pieces_of(first, last, sag.value());
        const bool is_forward = first == degrees[i];
        for (double k = 1; k < pieces; ++k) {
            const double part = (is_forward ? k : pieces - k) / pieces;
            points.push_back({first.x + (last.x - first.x) * part, first.y + (last.y - first.y) * part});
        }
    }
    return points;
}

}  // namespace amayesh
