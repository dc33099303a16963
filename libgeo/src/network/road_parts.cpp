#include "network/road_parts.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr double largest_coordinate_m = 1e9;  // beyond, a millimetre is lost; no projected CRS goes that far

[[noreturn]] void refuse(std::size_t road, const std::string& why) {
    throw InvalidInput{"road " + std::to_string(road) + " (counted from 0): " + why};
}

void check(const RoadLine& line, std::size_t road) {
    if (!(line.km_per_hour > 0) || !std::isfinite(line.km_per_hour))
        refuse(road, "its speed is " + std::to_string(line.km_per_hour) + " km/h; it must be above 0");
    for (const LineString& part : line.shape.parts)
        for (const Point& p : part)
            if (!(std::abs(p.x) <= largest_coordinate_m) || !(std::abs(p.y) <= largest_coordinate_m))
                refuse(road, "a coordinate is not a finite number of metres in a projected CRS");
}

bool is_same_place(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y) <= same_place_m; }

}  // namespace

RoadParts::RoadParts(std::span<const RoadLine> roads) : lines{roads} {
    for (std::size_t road = 0; road < lines.size(); ++road) {
        check(lines[road], road);
        for (const LineString& stroke : lines[road].shape.parts) {
            const std::size_t first = vertices.size();
            for (const Point& p : stroke)
                if (vertices.size() == first || !is_same_place(vertices.back(), p)) vertices.push_back(p);
            if (vertices.size() > first) vertices.back() = stroke.back();
            if (vertices.size() < first + 2) {
                vertices.resize(first);
                continue;
            }
            parts.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(vertices.size() - 1),
                             static_cast<std::uint32_t>(road)});
            part_of.resize(vertices.size(), static_cast<std::uint32_t>(parts.size() - 1));
        }
        if (vertices.size() > std::numeric_limits<std::uint32_t>::max() / 4)
            refuse(road, "more than a thousand million vertices; split the region");
    }
}

}  // namespace amayesh::detail
