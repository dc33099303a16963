#include "webpage/encoded_shapes.hpp"

#include <cmath>
#include <cstdint>

namespace amayesh::detail {

namespace {

constexpr double steps_per_degree = 1e5;

std::int64_t step(double degrees) { return std::llround(degrees * steps_per_degree); }

}  // namespace

Json encoded(std::span<const Point> degrees) {
    Json::array_t numbers;
    numbers.reserve(2 * degrees.size());
    std::int64_t x = 0;
    std::int64_t y = 0;
    for (const Point& p : degrees) {
        numbers.emplace_back(step(p.x) - x);
        numbers.emplace_back(step(p.y) - y);
        x = step(p.x);
        y = step(p.y);
    }
    return numbers;
}

Json encoded(const MultiPolygon& degrees) {
    Json polygons = Json::array();
    for (const Polygon& part : degrees.parts) {
        Json rings = Json::array({encoded(part.outer)});
        for (const Ring& hole : part.holes) rings.push_back(encoded(hole));
        polygons.push_back(std::move(rings));
    }
    return polygons;
}

Json encoded(const MultiLine& degrees) {
    Json lines = Json::array();
    for (const LineString& line : degrees.parts) lines.push_back(encoded(line));
    return lines;
}

}  // namespace amayesh::detail
