#include "study/settle_centres.hpp"

#include <cstddef>
#include <span>
#include <string>

#include <fmt/format.h>

#include <amayesh/crs/nearest.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {
namespace {

constexpr double farthest_centre_m = 10'000;  // offices stand in a town beside their district, not in another county

bool is_near(const MultiPolygon& shape, Point degrees, Metres limit, const Transform& to_degrees) {
    const Geometry drawn{to_degrees.apply(shape)};
    return NearestIndex{std::span{&drawn, 1}, Metric::geodesic}.nearest(degrees, limit).has_value();
}

std::string place_text(const PlanningArea& area, const Located& located) {
    return located.shape ? "'" + area.rural_districts[*located.shape].id + "'" : std::string{"no rural district"};
}

}  // namespace

void settle_centres(PlanningArea& area, const DistrictIndex& index, double position_bound, ProblemReport& problems) {
    const Transform to_working{Crs::wgs84(), area.working_crs};
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    const Metres limit{farthest_centre_m + position_bound};
    for (std::size_t i = 0; i < area.rural_districts.size(); ++i) {
        RuralDistrict& district = area.rural_districts[i];
        if (!district.centre || district.shape.parts.empty()) continue;
        const Point centre = *district.centre;
        const Located located = index.locate(centre, to_working);
        if (located.shape == i || located.several || located.near_border) continue;
        const bool is_kept = is_near(district.shape, centre, limit, to_degrees);
        const bool fits_exchanged = !is_kept && index.locate({centre.y, centre.x}, to_working).shape == i;
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::centre_outside,
                      .layer = "rural_districts",
                      .feature = district.id,
                      .message = fmt::format("the centre given, {:.10g}, {:.10g}, lies in {}{}{}", centre.x, centre.y,
                                             place_text(area, located), is_kept ? "" : ", over 10 km from its own",
                                             fits_exchanged ? "; it would fit with x and y exchanged" : ""),
                      .action = is_kept ? "kept" : "left out: the largest settlement or the inside stands in for it",
                      .place = ProblemPlace{centre.x, centre.y}});
        if (!is_kept) district.centre.reset();
    }
}

}  // namespace amayesh::detail
