#include <amayesh/crs/nearest.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double millimetre = 1e-3;

double distance(Point a, Point b, Metric metric) {
    return metric == Metric::geodesic ? geodesic_distance(a, b).value() : std::hypot(a.x - b.x, a.y - b.y);
}

/// Distance to an edge by golden-section search along it.
double distance_to_edge(Point p, Point a, Point b, Metric metric) {
    const auto line = GeographicLib::Geodesic::WGS84().InverseLine(a.y, a.x, b.y, b.x);
    const auto at = [&](double part) {
        if (metric == Metric::planar) return Point{a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
        Point q;
        line.Position(part * line.Distance(), q.y, q.x);
        return q;
    };
    double low = 0, high = 1;
    for (int i = 0; i < 45; ++i) {
        const double first = high - (high - low) * 0.618033988749895, second = low + (high - low) * 0.618033988749895;
        if (distance(p, at(first), metric) < distance(p, at(second), metric))
            high = second;
        else
            low = first;
    }
    return std::min({distance(p, a, metric), distance(p, b, metric), distance(p, at((low + high) / 2), metric)});
}

bool ring_holds(const Ring& ring, Point p) {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        if ((ring[i].y > p.y) != (ring[i + 1].y > p.y) &&
            p.x < ring[i].x + (ring[i + 1].x - ring[i].x) * (p.y - ring[i].y) / (ring[i + 1].y - ring[i].y))
            inside = !inside;
    return inside;
}

double distance_to_feature(Point p, const Geometry& feature, Metric metric) {
    double least = infinity;
    const auto edges = [&](const std::vector<Point>& line) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            least = std::min(least, distance_to_edge(p, line[i], line[i + 1], metric));
    };
    if (const auto* point = std::get_if<Point>(&feature)) return distance(p, *point, metric);
    if (const auto* points = std::get_if<MultiPoint>(&feature))
        for (const Point& q : *points) least = std::min(least, distance(p, q, metric));
    if (const auto* lines = std::get_if<MultiLine>(&feature))
        for (const auto& line : lines->parts) edges(line);
    if (const auto* shape = std::get_if<MultiPolygon>(&feature))
        for (const auto& part : shape->parts) {
            bool inside = ring_holds(part.outer, p);
            edges(part.outer);
            for (const Ring& hole : part.holes) {
                edges(hole);
                inside = inside && !ring_holds(hole, p);
            }
            if (inside) return 0;
        }
    return least;
}

std::optional<Near> nearest_by_brute_force(Point p, std::span<const Geometry> features, Metric metric, double limit) {
    std::optional<Near> best;
    for (std::size_t i = 0; i < features.size(); ++i) {
        const double d = distance_to_feature(p, features[i], metric);
        if (d <= limit && (!best || d < best->distance.value())) best = Near{i, Metres{d}};
    }
    return best;
}

Ring square(Point at, double half) {
    return {{at.x - half, at.y - half},
            {at.x + half, at.y - half},
            {at.x + half, at.y + half},
            {at.x - half, at.y + half},
            {at.x - half, at.y - half}};
}

/// Points, lines and polygons with and without holes. `unit`: 1 km in the units of the coordinates.
std::vector<Geometry> mixed_world(std::mt19937_64& random, Point middle, double unit) {
    std::uniform_real_distribution<double> offset{-60, 60}, step{-4, 4};
    std::vector<Geometry> features;
    for (int i = 0; i < 40; ++i) {
        const Point at{middle.x + offset(random) * unit, middle.y + offset(random) * unit};
        switch (i % 5) {
            case 0:
                features.emplace_back(at);
                break;
            case 1:
                features.emplace_back(MultiPoint{at, {at.x + 9 * unit, at.y}});
                break;
            case 2: {
                LineString line{at};
                for (int k = 0; k < 6; ++k)
                    line.push_back({line.back().x + step(random) * unit, line.back().y + step(random) * unit});
                features.emplace_back(MultiLine{{line}});
                break;
            }
            case 3:
                features.emplace_back(MultiPolygon{{{square(at, 3 * unit), {square(at, 1.5 * unit)}}}});
                break;
            default:
                features.emplace_back(std::monostate{});
        }
    }
    return features;
}

void require_as_brute_force(std::span<const Geometry> features, Metric metric, std::span<const Point> places,
                            double tolerance) {
    const NearestIndex index{features, metric};
    for (const Point& p : places)
        for (const double limit : {infinity, 10'000.0}) {
            INFO("at " << p.x << " " << p.y << ", limit " << limit);
            const auto found = index.nearest(p, Metres{limit});
            const auto expected = nearest_by_brute_force(p, features, metric, limit);
            REQUIRE(found.has_value() == expected.has_value());
            if (!found) continue;
            REQUIRE(found->distance.value() == Approx(expected->distance.value()).margin(tolerance));
            REQUIRE(distance_to_feature(p, features[found->feature], metric) <= expected->distance.value() + tolerance);
        }
}

}  // namespace

TEST_CASE("the nearest of some points, and all within a distance", "[crs][nearest]") {
    const std::array<Geometry, 4> features{Point{0, 0}, Point{10, 0}, std::monostate{}, MultiPoint{{0, 30}, {3, 4}}};
    const NearestIndex index{features, Metric::planar};
    CHECK(index.nearest({7, 0})->feature == 1);
    CHECK(index.nearest({7, 0})->distance == Metres{3});
    CHECK(index.nearest({3, 3})->feature == 3);
    CHECK_FALSE(index.nearest({100, 100}, Metres{10}));
    CHECK(index.nearest({13, 4}, Metres{5})->feature == 1);  // the limit is within
    CHECK(index.nearest({10, 0}, Metres{0})->feature == 1);
    CHECK_FALSE(index.nearest({10, 0}, Metres{-1}));
    const auto near = index.within({0, 0}, Metres{10});
    REQUIRE(near.size() == 3);
    CHECK(near[0].feature == 0);
    CHECK(near[1].feature == 3);
    CHECK(near[1].distance == Metres{5});
    CHECK(near[2].feature == 1);
    CHECK(near[2].distance == Metres{10});
}

TEST_CASE("ties go to the lowest index", "[crs][nearest]") {
    const std::array<Geometry, 5> features{Point{4, 0}, Point{0, 3}, Point{-3, 0}, Point{3, 0},
                                           MultiPolygon{{{square({5, 0}, 2), {}}}}};
    const NearestIndex index{features, Metric::planar};
    CHECK(index.nearest({0, 0})->feature == 1);
    CHECK(index.nearest({3.5, 0})->feature == 4);  // inside: 0
    const auto near = index.within({0, 0}, Metres{3});
    REQUIRE(near.size() == 4);
    CHECK(near[0].feature == 1);
    CHECK(near[3].feature == 4);
    const std::array<Geometry, 3> doubles{Point{51, 35}, Point{51, 35}, MultiPolygon{{{square({51, 35}, 1), {}}}}};
    CHECK(NearestIndex{doubles, Metric::geodesic}.nearest({51, 35})->feature == 0);
    CHECK(NearestIndex{doubles, Metric::geodesic}.nearest({51.5, 35})->feature == 2);
}

TEST_CASE("nothing is near nothing", "[crs][nearest]") {
    CHECK_FALSE(NearestIndex{{}, Metric::geodesic}.nearest({51, 35}));
    CHECK(NearestIndex{{}, Metric::planar}.within({0, 0}, Metres{infinity}).empty());
}

TEST_CASE("coordinates that are no place are refused", "[crs][nearest]") {
    const std::array<Geometry, 1> metres{Point{500'000, 3'900'000}};
    CHECK_THROWS_AS(NearestIndex(metres, Metric::geodesic), InvalidInput);
    const std::array<Geometry, 1> bad{Point{std::numeric_limits<double>::quiet_NaN(), 0}};
    CHECK_THROWS_AS(NearestIndex(bad, Metric::planar), InvalidInput);
}

TEST_CASE("the nearest agrees with brute force", "[crs][nearest][property]") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        std::uniform_real_distribution<double> offset{-80, 80};
        std::vector<Point> places;
        SECTION("in the plane, seed " + std::to_string(seed)) {
            const auto features = mixed_world(random, {500'000, 3'500'000}, 1000);
            for (int i = 0; i < 150; ++i)
                places.push_back({500'000 + offset(random) * 1000, 3'500'000 + offset(random) * 1000});
            require_as_brute_force(features, Metric::planar, places, 1e-6);
        }
        SECTION("on the ellipsoid, seed " + std::to_string(seed)) {
            const Point middle{54, -70.0 + 25 * seed};
            const auto features = mixed_world(random, middle, 0.009);
            for (int i = 0; i < 30; ++i)
                places.push_back({middle.x + offset(random) * 0.009, middle.y + offset(random) * 0.009});
            require_as_brute_force(features, Metric::geodesic, places, millimetre);
        }
    }
}

TEST_CASE("points on the ellipsoid are exact, whole earth and dense", "[crs][nearest][property]") {
    std::mt19937_64 random{77};
    std::uniform_real_distribution<double> unit{-1, 1};
    for (const auto& [reach_x, reach_y] : {std::pair{180.0, 90.0}, std::pair{0.5, 0.5}, std::pair{0.001, 0.001}}) {
        std::vector<Geometry> features;
        for (int i = 0; i < 400; ++i) features.emplace_back(Point{reach_x * unit(random), reach_y * unit(random)});
        const NearestIndex index{features, Metric::geodesic};
        for (int i = 0; i < 400; ++i) {
            const Point p{reach_x * unit(random), reach_y * unit(random)};
            const auto expected = nearest_by_brute_force(p, features, Metric::geodesic, infinity);
            const auto found = index.nearest(p);
            REQUIRE(found->feature == expected->feature);
            REQUIRE(found->distance == expected->distance);
        }
    }
}

TEST_CASE("all within a distance agree with brute force", "[crs][nearest][property]") {
    std::mt19937_64 random{31};
    std::uniform_real_distribution<double> offset{-0.7, 0.7};
    const auto features = mixed_world(random, {54, 33}, 0.009);
    const NearestIndex index{features, Metric::geodesic};
    for (int i = 0; i < 40; ++i) {
        const Point p{54 + offset(random), 33 + offset(random)};
        const auto found = index.within(p, Metres{30'000});
        std::size_t expected = 0;
        for (std::size_t k = 0; k < features.size(); ++k)
            if (distance_to_feature(p, features[k], Metric::geodesic) <= 30'000) ++expected;
        REQUIRE(found.size() == expected);
        for (std::size_t k = 0; k < found.size(); ++k) {
            REQUIRE(found[k].distance.value() ==
                    Approx(distance_to_feature(p, features[found[k].feature], Metric::geodesic)).margin(millimetre));
            if (k > 0) REQUIRE(found[k - 1].distance <= found[k].distance);
        }
    }
}

TEST_CASE("the antimeridian is no border", "[crs][nearest]") {
    const std::array<Geometry, 3> features{
        Point{-179.9, -17}, Point{178, -17},
        MultiPolygon{{{{{179.5, -19}, {-179.5, -19}, {-179.5, -18}, {179.5, -18}, {179.5, -19}}, {}}}}};
    const NearestIndex index{features, Metric::geodesic};
    CHECK(index.nearest({179.9, -17})->feature == 0);
    CHECK(index.nearest({179.9, -17})->distance.value() ==
          Approx(geodesic_distance({179.9, -17}, {-179.9, -17}).value()));
    for (const double longitude : {179.7, -179.7, 180.0, -180.0, 540.0}) {
        CHECK(index.nearest({longitude, -18.5})->feature == 2);
        CHECK(index.nearest({longitude, -18.5})->distance == Metres{0});
    }
    CHECK(index.nearest({170, -18.5})->feature == 1);
}

TEST_CASE("edges too long to be densified are measured all the same", "[crs][nearest]") {
    const std::array<Geometry, 1> line{MultiLine{{{{44, 30}, {60, 38}}}}};
    const NearestIndex index{line, Metric::geodesic};
    for (const Point p : {Point{50, 35}, Point{52, 33}, Point{61, 40}})
        CHECK(index.nearest(p)->distance.value() ==
              Approx(distance_to_edge(p, {44, 30}, {60, 38}, Metric::geodesic)).margin(millimetre));
}

TEST_CASE("a ten-kilometre edge a hundred kilometres away is measured within a millimetre", "[crs][nearest]") {
    for (const double latitude : {0.0, 35.0, 60.0})
        for (const double turn : {0.0, 0.7, 1.5, 2.6}) {
            const Point a{54, latitude};
            const Point b{54 + 0.09 * std::cos(turn) / std::cos(latitude * 0.01745), latitude + 0.09 * std::sin(turn)};
            const std::array<Geometry, 1> line{MultiLine{{{a, b}}}};
            const NearestIndex index{line, Metric::geodesic};
            for (int k = 0; k < 16; ++k) {
                const Point p{a.x + 0.9 * std::cos(k * 0.4) / std::cos(latitude * 0.01745),
                              a.y + 0.9 * std::sin(k * 0.4)};
                CHECK(index.nearest(p)->distance.value() ==
                      Approx(distance_to_edge(p, a, b, Metric::geodesic)).margin(millimetre));
            }
        }
}

TEST_CASE("the nearest point is at the distance that the index says, whatever the feature") {
    std::mt19937_64 random{20};
    std::uniform_real_distribution<double> offset{-0.5, 0.5};
    const auto near_mashhad = [&] { return Point{59.6 + offset(random), 36.3 + offset(random)}; };
    for (int world = 0; world < 300; ++world) {
        const Point a = near_mashhad(), b = near_mashhad(), c = near_mashhad(), place = near_mashhad();
        const Geometry features[] = {Geometry{a}, Geometry{MultiPoint{a, b, c}}, Geometry{MultiLine{{{a, b, c}}}},
                                     Geometry{MultiPolygon{{{{a, b, c, a}, {}}}}}};
        for (const Geometry& feature : features) {
            const auto point = nearest_point(place, feature, Metric::geodesic);
            REQUIRE(point);
            const auto near = NearestIndex{std::span{&feature, 1}, Metric::geodesic}.nearest(place);
            REQUIRE(near);
            CHECK(geodesic_distance(place, *point).value() == Approx(near->distance.value()).margin(1e-6));
        }
    }
    CHECK_FALSE(nearest_point({59, 36}, Geometry{}, Metric::geodesic));
    const auto on_line = nearest_point({3, 4}, Geometry{MultiLine{{{{0, 0}, {10, 0}}}}}, Metric::planar);
    CHECK(on_line == Point{3, 0});
}
