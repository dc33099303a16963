#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/crs.hpp>

namespace amayesh {
namespace {

constexpr double step = 0.5;              // degrees, to which parameters are rounded
constexpr double cylindrical_below = 15;  // degrees of latitude of the region's middle: Snyder (1987), page 34
constexpr double azimuthal_above = 75;

double rounded(double degrees) { return std::round(degrees / step) * step + 0.0; }  // + 0: never "-0"

void require_region(const Box& degrees) {
    const bool is_finite = std::isfinite(degrees.min_x) && std::isfinite(degrees.max_x) &&
                           std::isfinite(degrees.min_y) && std::isfinite(degrees.max_y);
    if (degrees.is_empty() || !is_finite) throw CrsError{"no equal-area CRS fits an empty region"};
    if (degrees.min_y < -90 || degrees.max_y > 90 || degrees.min_x < -360 || degrees.max_x > 360)
        throw CrsError{fmt::format("latitude {} to {}, longitude {} to {} are not degrees; is the data's CRS right?",
                                   degrees.min_y, degrees.max_y, degrees.min_x, degrees.max_x)};
    if (degrees.max_x - degrees.min_x > 180)
        throw CrsError{fmt::format("the region is {}° wide; no equal-area CRS fits more than 180°",
                                   degrees.max_x - degrees.min_x)};
}

}  // namespace

Crs fit_equal_area_crs(const Box& degrees) {
    require_region(degrees);
    const double longitude = rounded((degrees.min_x + degrees.max_x) / 2);
    const double middle = (degrees.min_y + degrees.max_y) / 2;
    const double latitude = rounded(middle);
    constexpr auto common = "+x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs +type=crs";
    if (std::abs(middle) >= azimuthal_above)
        return Crs::parse(
            fmt::format("+title=Azimuthal_equal-area_of_the_pole_{1} +proj=laea +lat_0={0} +lon_0={1} {2}",
                        std::copysign(90.0, middle), longitude, common));
    if (std::abs(middle) < cylindrical_below) {
        const double true_scale = rounded(std::max(std::abs(degrees.min_y), std::abs(degrees.max_y)) / 2);
        return Crs::parse(fmt::format("+title=Cylindrical_equal-area_{0}_{1} +proj=cea +lat_ts={0} +lon_0={1} {2}",
                                      true_scale, longitude, common));
    }
    // Deetz and Adams' rule: a sixth of the height in from either edge.
    const double sixth = (degrees.max_y - degrees.min_y) / 6;
    return Crs::parse(fmt::format(
        "+title=Albers_equal-area_{0}_{1}_{2}_{3} +proj=aea +lat_0={0} +lon_0={1} +lat_1={2} +lat_2={3} {4}", latitude,
        longitude, rounded(degrees.min_y + sixth), rounded(degrees.max_y - sixth), common));
}

}  // namespace amayesh
