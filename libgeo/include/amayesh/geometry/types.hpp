#pragma once

#include <compare>
#include <variant>
#include <vector>

namespace amayesh {

/// A position: x = easting or longitude, y = northing or latitude, always in this order.
struct Point {
    double x = 0;
    double y = 0;
    friend constexpr bool operator==(const Point&, const Point&) = default;
    friend constexpr auto operator<=>(const Point&, const Point&) = default;
};

/// Axis-aligned rectangle; empty while `min_x > max_x`.
struct Box {
    double min_x = 1;
    double min_y = 1;
    double max_x = -1;
    double max_y = -1;

    [[nodiscard]] constexpr bool is_empty() const noexcept { return min_x > max_x; }
    constexpr void add(const Point& p) noexcept {
        if (is_empty()) {
            *this = Box{p.x, p.y, p.x, p.y};
            return;
        }
        if (p.x < min_x) min_x = p.x;
        if (p.x > max_x) max_x = p.x;
        if (p.y < min_y) min_y = p.y;
        if (p.y > max_y) max_y = p.y;
    }
    constexpr void add(const Box& b) noexcept {
        if (b.is_empty()) return;
        add(Point{b.min_x, b.min_y});
        add(Point{b.max_x, b.max_y});
    }
    [[nodiscard]] constexpr bool intersects(const Box& b) const noexcept {
        return !is_empty() && !b.is_empty() && min_x <= b.max_x && b.min_x <= max_x && min_y <= b.max_y &&
               b.min_y <= max_y;
    }
};

/// Closed: the last vertex repeats the first. Direction carries no meaning.
using Ring = std::vector<Point>;
using LineString = std::vector<Point>;

struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
    friend bool operator==(const Polygon&, const Polygon&) = default;
};

using MultiPoint = std::vector<Point>;
struct MultiLine {
    std::vector<LineString> parts;
    friend bool operator==(const MultiLine&, const MultiLine&) = default;
};
struct MultiPolygon {
    std::vector<Polygon> parts;
    friend bool operator==(const MultiPolygon&, const MultiPolygon&) = default;
};

/// Any geometry of a layer; `monostate` = none (NULL or empty). Z and M are dropped when read.
using Geometry = std::variant<std::monostate, Point, MultiPoint, MultiLine, MultiPolygon>;

/// Bounding box; empty for no geometry.
inline Box bounds(const MultiPolygon& shape) {
    Box box;
    for (const Polygon& part : shape.parts)
        for (const Point& p : part.outer) box.add(p);
    return box;
}

}  // namespace amayesh
