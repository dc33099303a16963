#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include <amayesh/geometry/shared_borders.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

Ring closed(Ring ring) {
    ring.push_back(ring.front());
    return ring;
}

MultiPolygon shape_of(Ring ring) { return {{Polygon{closed(std::move(ring)), {}}}}; }

/// Edges of the drawn shapes, whichever way they run, and how many rings have each.
using Edges = std::map<std::pair<Point, Point>, int>;

Edges drawn_edges(const SharedBorders& borders) {
    Edges edges;
    const auto add = [&](const Ring& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) ++edges[std::minmax(ring[i - 1], ring[i])];
    };
    for (std::size_t s = 0; s < borders.shapes.size(); ++s)
        for (const Polygon& part : drawn_shape(borders, s).parts) {
            add(part.outer);
            for (const Ring& hole : part.holes) add(hole);
        }
    return edges;
}

double area_of(const Ring& ring) {
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) twice += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
    return std::abs(twice) / 2;
}

/// Points from a to b with a small sideways step at each; the same whichever neighbour asks.
LineString crooked_side(Point a, Point b, unsigned seed) {
    constexpr int points = 20;
    constexpr double step = 0.02;
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> aside(-step, step);
    LineString side;
    for (int i = 0; i < points; ++i) {
        const double t = i / static_cast<double>(points);
        const double bend = i == 0 ? 0 : aside(random);
        side.push_back({a.x + (b.x - a.x) * t + (b.y - a.y) * bend, a.y + (b.y - a.y) * t + (b.x - a.x) * bend});
    }
    side.push_back(b);
    return side;
}

/// A square of `columns` × `columns` cells whose sides are crooked, each the same from both sides.
std::vector<MultiPolygon> crooked_cells(unsigned columns, unsigned seed) {
    const auto west_east = [&](unsigned c, unsigned r) {
        return crooked_side({double(c), double(r)}, {double(c + 1), double(r)}, seed + 7919 * (r * 100 + c));
    };
    const auto south_north = [&](unsigned c, unsigned r) {
        return crooked_side({double(c), double(r)}, {double(c), double(r + 1)}, seed + 104'729 * (r * 100 + c + 1));
    };
    std::vector<MultiPolygon> cells;
    for (unsigned r = 0; r < columns; ++r)
        for (unsigned c = 0; c < columns; ++c) {
            Ring ring = west_east(c, r);
            const LineString east = south_north(c + 1, r);
            LineString north = west_east(c, r + 1);
            LineString west = south_north(c, r);
            std::reverse(north.begin(), north.end());
            std::reverse(west.begin(), west.end());
            ring.insert(ring.end(), east.begin() + 1, east.end());
            ring.insert(ring.end(), north.begin() + 1, north.end());
            ring.insert(ring.end(), west.begin() + 1, west.end());
            std::rotate(ring.begin(), ring.begin() + 3, ring.end() - 1);  // rings begin anywhere
            ring.back() = ring.front();
            if ((r + c) % 2 == 1) std::reverse(ring.begin(), ring.end());
            cells.push_back({{Polygon{std::move(ring), {}}}});
        }
    return cells;
}

}  // namespace

TEST_CASE("A line keeps the points that are farther off than the tolerance", "[geometry][shared_borders]") {
    const LineString line{{0, 0}, {1, 0.1}, {2, -0.1}, {3, 5}, {4, 6}, {5, 7}, {6, 8.1}, {7, 9}, {8, 9}, {9, 9}};
    CHECK(simplify_line(line, 1) == LineString{{0, 0}, {2, -0.1}, {3, 5}, {7, 9}, {9, 9}});
    CHECK(simplify_line(line, 100) == LineString{{0, 0}, {9, 9}});
    CHECK(simplify_line({{0, 0}, {1, 0}, {2, 0}}, 0) == LineString{{0, 0}, {2, 0}});
    CHECK(simplify_line({}, 1).empty());
}

TEST_CASE("A bend that both sides share leaves both, and stays where it is large", "[geometry][shared_borders]") {
    // The border between the squares bends by 0.1 at (1, 0.5).
    const std::vector<MultiPolygon> squares{shape_of({{0, 0}, {1, 0}, {1.1, 0.5}, {1, 1}, {0, 1}}),
                                            shape_of({{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1.1, 0.5}})};
    SharedBorders borders = find_shared_borders(squares);
    CHECK(borders.arcs.size() == 3);
    simplify(borders, {.tolerance = 0.2, .most_points = 0});
    CHECK(area_of(drawn_shape(borders, 0).parts.at(0).outer) == Approx(1));
    CHECK(area_of(drawn_shape(borders, 1).parts.at(0).outer) == Approx(1));
    CHECK(drawn_edges(borders).at({{1, 0}, {1, 1}}) == 2);
    simplify(borders, {.tolerance = 0.05, .most_points = 0});
    CHECK(area_of(drawn_shape(borders, 0).parts.at(0).outer) == Approx(1 + 0.1 / 2));
    CHECK(area_of(drawn_shape(borders, 1).parts.at(0).outer) == Approx(1 - 0.1 / 2));
}

TEST_CASE("Neighbours have the same border at any tolerance", "[geometry][shared_borders][property]") {
    constexpr unsigned columns = 6;
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    SharedBorders borders = find_shared_borders(crooked_cells(columns, seed));
    CHECK(borders.arcs.size() ==
          2 * columns * (columns + 1) - 4);  // at the corners of the square two sides are one arc
    std::size_t finer = SIZE_MAX;
    for (const double tolerance : {0.0, 0.005, 0.01, 0.015, 0.5}) {
        CAPTURE(tolerance);
        simplify(borders, {.tolerance = tolerance, .most_points = 0});
        const Edges edges = drawn_edges(borders);
        CHECK(edges.size() <= finer);
        finer = edges.size();
        for (const auto& [edge, rings] : edges) {
            CHECK(rings <= 2);
            const bool is_inside =
                std::min(edge.first.x, edge.second.x) > 0.1 && std::max(edge.first.x, edge.second.x) < columns - 0.1 &&
                std::min(edge.first.y, edge.second.y) > 0.1 && std::max(edge.first.y, edge.second.y) < columns - 0.1;
            if (is_inside) CHECK(rings == 2);
        }
    }
}

TEST_CASE("A simplified border is nowhere farther from the true one than the tolerance", "[geometry][shared_borders]") {
    constexpr double tolerance = 0.01;
    SharedBorders borders = find_shared_borders(crooked_cells(3, 11));
    simplify(borders, {.tolerance = tolerance, .most_points = 0});
    for (const BorderArc& arc : borders.arcs) {
        LineString drawn;
        for (std::size_t i = 0; i < arc.points.size(); ++i)
            if (arc.stays_until[i] > arc.tolerance) drawn.push_back(arc.points[i]);
        for (const Point& p : arc.points) {
            double nearest = 1e9;
            for (std::size_t i = 1; i < drawn.size(); ++i) {
                const Point a = drawn[i - 1];
                const Point b = drawn[i];
                const double length = std::hypot(b.x - a.x, b.y - a.y);
                const double along =
                    std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length), 0.0, 1.0);
                nearest =
                    std::min(nearest, std::hypot(p.x - a.x - along * (b.x - a.x), p.y - a.y - along * (b.y - a.y)));
            }
            CHECK(nearest <= tolerance);
        }
    }
}

TEST_CASE("An enclave and the hole round it are one arc", "[geometry][shared_borders]") {
    const Ring inner = closed({{4, 4}, {6, 4.02}, {6, 6}, {4, 6}});
    Ring turned = inner;
    std::reverse(turned.begin(), turned.end());
    std::rotate(turned.begin(), turned.begin() + 2, turned.end() - 1);
    turned.back() = turned.front();
    const std::vector<MultiPolygon> shapes{{{Polygon{closed({{0, 0}, {10, 0}, {10, 10}, {0, 10}}), {turned}}}},
                                           {{Polygon{inner, {}}}}};
    SharedBorders borders = find_shared_borders(shapes);
    CHECK(borders.arcs.size() == 2);
    simplify(borders, {.tolerance = 1, .most_points = 0});
    Edges edges = drawn_edges(borders);
    CHECK(edges.at({{4, 4}, {6, 4.02}}) == 2);
    CHECK(edges.at({{4, 6}, {6, 6}}) == 2);
}

TEST_CASE("The largest polygon of a shape keeps three corners, smaller rings are dropped",
          "[geometry][shared_borders]") {
    MultiPolygon islands = shape_of({{0, 0}, {0.1, 0}, {0.1, 0.1}, {0, 0.1}});
    islands.parts.push_back(Polygon{closed({{5, 5}, {5.2, 5}, {5.2, 5.2}, {5, 5.2}}), {}});
    SharedBorders borders = find_shared_borders(std::vector{islands});
    simplify(borders, {.tolerance = 3, .most_points = 0});
    const MultiPolygon drawn = drawn_shape(borders, 0);
    REQUIRE(drawn.parts.size() == 1);
    CHECK(drawn.parts[0].outer.size() >= 4);
    CHECK(drawn.parts[0].outer.front().x >= 5);
    CHECK(area_of(drawn.parts[0].outer) > 0);
}

TEST_CASE("A sliver between two districts stays a polygon for all three", "[geometry][shared_borders]") {
    // The lens from (1, 0) to (1, 1) bulges by 0.05 to either side.
    const std::vector<MultiPolygon> shapes{shape_of({{0, 0}, {1, 0}, {0.95, 0.5}, {1, 1}, {0, 1}}),
                                           shape_of({{1, 0}, {1.05, 0.5}, {1, 1}, {0.95, 0.5}}),
                                           shape_of({{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1.05, 0.5}})};
    SharedBorders borders = find_shared_borders(shapes);
    simplify(borders, {.tolerance = 0.2, .most_points = 0});
    CHECK(area_of(drawn_shape(borders, 1).parts.at(0).outer) > 0);
    for (const auto& [edge, rings] : drawn_edges(borders))
        if (edge.first.x > 0.5 && edge.second.x < 1.5) CHECK(rings == 2);
}

TEST_CASE("Borders have no more points than wanted", "[geometry][shared_borders]") {
    SharedBorders borders = find_shared_borders(crooked_cells(6, 5));
    const std::size_t most = 200;
    simplify(borders, {.tolerance = 0.0001, .most_points = most});
    std::size_t between_ends = 0;
    for (const BorderArc& arc : borders.arcs)
        for (const double stays : arc.stays_until)
            if (std::isfinite(stays) && stays > arc.tolerance) ++between_ends;
    CHECK(between_ends <= most);
    CHECK(between_ends > most / 2);
}

TEST_CASE("Borders of groups leave out those inside a group", "[geometry][shared_borders]") {
    std::vector<MultiPolygon> cells;
    for (int r = 0; r < 2; ++r)
        for (int c = 0; c < 2; ++c)
            cells.push_back(shape_of({{c + 0., r + 0.}, {c + 1., r + 0.}, {c + 1., r + 1.}, {c + 0., r + 1.}}));
    SharedBorders borders = find_shared_borders(cells);
    simplify(borders, {.tolerance = 0, .most_points = 0});
    const auto length = [&](const std::vector<std::size_t>& groups) {
        double sum = 0;
        for (const LineString& line : borders_of_groups(borders, groups).parts)
            for (std::size_t i = 1; i < line.size(); ++i)
                sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        return sum;
    };
    CHECK(length({0, 0, 0, 0}) == Approx(8));
    CHECK(length({0, 1, 0, 1}) == Approx(8 + 2));
    CHECK(length({0, 1, 2, 3}) == Approx(8 + 4));
    // Four groups in two: what parts the two, and the outline, are left out.
    const MultiLine inside =
        borders_inside_groups(borders, std::array<std::size_t, 4>{0, 1, 2, 3}, std::array<std::size_t, 4>{0, 1, 0, 1});
    CHECK(inside.parts.size() == 2);
    for (const LineString& line : inside.parts) CHECK((line.front().y == 1 && line.back().y == 1));
}

TEST_CASE("Shapes without a polygon, and rings without area, do no harm", "[geometry][shared_borders]") {
    const std::vector<MultiPolygon> shapes{{}, {{Polygon{{{0, 0}, {1, 1}, {0, 0}}, {}}}}, {{Polygon{{}, {}}}}};
    SharedBorders borders = find_shared_borders(shapes);
    simplify(borders, {.tolerance = 1, .most_points = 10});
    for (std::size_t s = 0; s < shapes.size(); ++s) CHECK(drawn_shape(borders, s).parts.empty());
}
