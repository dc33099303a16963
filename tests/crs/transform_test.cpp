#include <amayesh/crs/transform.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <catch2/catch.hpp>

#include "crs/worlds.hpp"

using namespace amayesh;

namespace {

const Crs& iran_lambert() {
    static const Crs crs = Crs::parse("+proj=lcc +lat_0=24 +lon_0=54 +lat_1=30 +lat_2=36 +datum=WGS84 +units=m");
    return crs;
}

double distance_to_line(Point p, Point a, Point b) {
    return std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / std::hypot(b.x - a.x, b.y - a.y);
}

}  // namespace

TEST_CASE("coordinates come as easting and northing, longitude and latitude", "[crs][transform]") {
    // Central meridian of zone 39: easting 500 km; the northing is the meridian's length times 0.9996.
    const Transform to_utm{Crs::wgs84(), Crs::parse("EPSG:32639")};
    const Point p = to_utm.apply(Point{51, 35.7});
    CHECK(p.x == Approx(500'000).margin(1e-6));
    CHECK(p.y == Approx(geodesic_distance({51, 0}, {51, 35.7}).value() * 0.9996).margin(1e-6));
    const Point back = Transform{Crs::parse("EPSG:32639"), Crs::wgs84()}.apply(p);
    CHECK(back.x == Approx(51).epsilon(1e-14));
    CHECK(back.y == Approx(35.7).epsilon(1e-14));
    CHECK_FALSE(to_utm.is_identity());
    CHECK(to_utm.accuracy() == Metres{0});
    CHECK_FALSE(to_utm.operation().empty());
}

TEST_CASE("the same CRS under another name is the identity", "[crs][transform]") {
    const Transform transform{Crs::wgs84(), Crs::parse("OGC:CRS84")};
    CHECK(transform.is_identity());
    CHECK(transform.apply(Point{51, 35}) == Point{51, 35});
}

TEST_CASE("many points are moved as one is", "[crs][transform]") {
    const Transform transform{Crs::wgs84(), iran_lambert()};
    std::vector<Point> points;
    for (int i = 0; i < 5000; ++i) points.push_back({44 + i * 0.004, 25 + i * 0.003});
    auto moved = points;
    transform.apply(std::span{moved});
    for (std::size_t i = 0; i < points.size(); i += 7) CHECK(moved[i] == transform.apply(points[i]));
}

TEST_CASE("copies work alike, on several threads", "[crs][transform]") {
    const Transform original{Crs::parse("EPSG:32640"), iran_lambert()};
    std::vector<Point> points;
    for (int i = 0; i < 4000; ++i) points.push_back({300'000.0 + 100 * i, 2'800'000.0 + 250 * i});
    auto expected = points;
    original.apply(std::span{expected});
    parallel_for(points.size(), 500, [&](std::size_t begin, std::size_t end) {
        const Transform copy{original};
        copy.apply(std::span{points}.subspan(begin, end - begin));
    });
    CHECK(points == expected);
    const Transform copy{original};
    CHECK(copy.operation() == original.operation());
    CHECK(copy.apply(MultiLine{{{{300'000, 2'800'000}, {700'000, 3'800'000}}}}) ==
          original.apply(MultiLine{{{{300'000, 2'800'000}, {700'000, 3'800'000}}}}));
    CHECK(Transform{Transform{Crs::wgs84(), Crs::wgs84()}}.is_identity());
}

TEST_CASE("a point without a place is named", "[crs][transform]") {
    const Transform transform{Crs::wgs84(), Crs::parse("EPSG:32639")};
    CHECK_THROWS_WITH(transform.apply(Point{500'000, 3'950'000}), Catch::Contains("3950000"));
    CHECK_THROWS_AS(transform.apply(Point{std::numeric_limits<double>::quiet_NaN(), 3}), CrsError);
    std::vector<Point> points(3000, Point{51, 35});
    points[2500] = {51, 135};
    CHECK_THROWS_WITH(transform.apply(std::span{points}), Catch::Contains("135"));
}

TEST_CASE("an operation that ignores the datum is refused", "[crs][transform]") {
    const Crs without_datum = Crs::parse("+proj=utm +zone=39 +ellps=intl +units=m");
    CHECK_THROWS_WITH(Transform(without_datum, Crs::wgs84()), Catch::Contains("ballpark"));
    CHECK_THROWS_AS(Transform(Crs::wgs84(), without_datum), CrsError);
}

TEST_CASE("a change of datum states its accuracy", "[crs][transform]") {
    const Transform transform{Crs::parse("EPSG:4230"), Crs::wgs84()};  // ED50
    REQUIRE(transform.accuracy());
    CHECK(transform.accuracy()->value() > 0);
    const double shift = geodesic_distance({51, 35}, transform.apply(Point{51, 35})).value();
    CHECK(shift > 50);
    CHECK(shift < 400);
}

TEST_CASE("long edges are cut so that their images stay within the sag", "[crs][transform]") {
    const auto utm = Crs::parse("EPSG:32640");
    for (const auto& [from, line] : {std::pair{Crs::wgs84(), LineString{{50, 35}, {58, 36}}},
                                     std::pair{Crs::wgs84(), LineString{{57, 25}, {57, 39}}},
                                     std::pair{utm, LineString{{100'000, 3'000'000}, {900'000, 3'500'000}}},
                                     std::pair{utm, LineString{{500'000, 3'000'000}, {500'900, 3'000'100}}}})
        for (const double sag : {0.1, 25.0}) {
            const Transform transform{from, iran_lambert()};
            const LineString image = transform.apply(MultiLine{{line}}, Metres{sag}).parts[0];
            INFO("sag " << sag << ", " << image.size() << " points");
            const auto pieces = static_cast<double>(image.size() - 1);
            for (std::size_t i = 0; i + 1 < image.size(); ++i)
                for (const double within : {0.25, 0.5, 0.75}) {
                    const double part = (static_cast<double>(i) + within) / pieces;
                    const Point p = transform.apply(
                        Point{line[0].x + part * (line[1].x - line[0].x), line[0].y + part * (line[1].y - line[0].y)});
                    REQUIRE(distance_to_line(p, image[i], image[i + 1]) <= sag);
                }
            CHECK(pieces <= 2.5 * std::ceil(std::sqrt(1 / sag) * 250));  // and not far more than needed
        }
    CHECK(Transform{Crs::wgs84(), iran_lambert()}.apply(MultiLine{{{{50, 35}, {50.01, 35.003}}}}).parts[0].size() == 2);
    CHECK_THROWS_AS(Transform(Crs::wgs84(), utm).apply(MultiLine{}, Metres{0}), InvalidInput);
}

TEST_CASE("a shared edge gets the same vertices from either side", "[crs][transform]") {
    const Transform transform{Crs::wgs84(), iran_lambert()};
    const MultiPolygon west{{{{{50, 30}, {52, 30.3}, {51.7, 33}, {50, 33}, {50, 30}}, {}}}};
    const MultiPolygon east{{{{{51.7, 33}, {52, 30.3}, {60, 30}, {60, 36}, {51.7, 33}}, {}}}};
    // East is moved by another object, after something else: what was asked before must change nothing.
    const Transform other{Crs::wgs84(), iran_lambert()};
    static_cast<void>(other.apply(MultiLine{{{{20, 10}, {70, 40}}}}));
    const std::array shapes{transform.apply(west), other.apply(east)};
    CHECK(find_overlaps(shapes, 0).empty());
    CHECK(planar_area(union_of(shapes)) == Approx(planar_area(shapes[0]) + planar_area(shapes[1])).epsilon(1e-13));
    CHECK(union_of(shapes).parts.size() == 1);
    CHECK(union_of(shapes).parts[0].holes.empty());
    CHECK(shapes[0].parts[0].outer.front() == shapes[0].parts[0].outer.back());
}

TEST_CASE("in degrees the pieces follow their geodesics, without a transformation too", "[crs][transform]") {
    const MultiPolygon shape{{{{{50, 35}, {54, 35}, {54, 37}, {50, 37}, {50, 35}}, {}}}};
    const MultiPolygon same = Transform{Crs::wgs84(), Crs::wgs84()}.apply(shape);
    // Between two parallels: Δλ × (zone(37°) - zone(35°)), a sum over narrow strips of the area element.
    const double e2 = (2 - 1 / 298.257223563) / 298.257223563;
    double zone = 0;
    constexpr int strips = 20'000;
    for (int i = 0; i < strips; ++i) {
        const double latitude = (35 + 2 * (i + 0.5) / strips) * std::numbers::pi / 180;
        const double w2 = 1 - e2 * std::pow(std::sin(latitude), 2);
        zone += 6378137.0 * 6378137.0 * (1 - e2) / (w2 * w2) * std::cos(latitude) * 2 / strips * std::numbers::pi / 180;
    }
    const double expected = zone * 4 * std::numbers::pi / 180;
    // Each of the two parallels, 365 km long, is off by at most two thirds of the sag.
    CHECK(geodesic_area(same).value() == Approx(expected).margin(365'000 * 0.1 * 2.0 / 3));
    CHECK(std::abs(geodesic_area(shape).value() - expected) > 10 * 365'000 * 0.1);
}

TEST_CASE("a shape has the same area and holds the same points in every CRS", "[crs][transform][property]") {
    const Crs equal_area = fit_equal_area_crs({44, 25, 63.5, 40});
    struct System {
        Transform from_drawing, to_drawing, to_work;
    };
    std::vector<System> systems;
    for (const Crs& crs : {Crs::wgs84(), Crs::parse("EPSG:32639"), Crs::parse("EPSG:32640"), iran_lambert()})
        systems.push_back({Transform{Crs::wgs84(), crs}, Transform{crs, Crs::wgs84()}, Transform{crs, equal_area}});
    constexpr Metres drawing_sag{0.02};
    for (unsigned seed = 1; seed <= 4; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        const MultiPolygon drawn{{{test::wavy_ring(random, {54, 33}, 0.8, 90), {}}}};
        std::vector<MultiPolygon> worked;
        std::vector<double> areas;
        for (const System& system : systems) {
            // The data as each system would hold it: the same drawing, brought there more finely.
            const MultiPolygon data = system.from_drawing.apply(drawn, drawing_sag);
            areas.push_back(geodesic_area(system.to_drawing.apply(data)).value());
            worked.push_back(system.to_work.apply(data));
        }
        // Against the drawing a border may be off by the sag twice (the chord, and the geodesic beside it) and by the
        // data's own; its area by two thirds of that along the perimeter at most, an arc covering two thirds of its box.
        const double border_bound = 2 * default_sag.value() + 2 * drawing_sag.value();
        double perimeter = 0;
        const Ring& ring = worked[0].parts[0].outer;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            perimeter += std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
        const double area_bound = perimeter * border_bound * 2 / 3;
        for (std::size_t i = 0; i < systems.size(); ++i) {
            CHECK(areas[i] == Approx(areas[0]).margin(area_bound));
            CHECK(planar_area(worked[i]) == Approx(areas[i]).margin(area_bound));
        }
        const PointLocator locator{worked, border_bound};
        std::uniform_real_distribution<double> x{53, 55}, y{32, 34};
        std::size_t held = 0;
        for (int k = 0; k < 2000; ++k) {
            const Point place{x(random), y(random)};
            const Located located = locator.locate(systems[0].to_work.apply(place));
            if (located.near_border) continue;
            held += located.shape.has_value();
            for (const System& system : systems) {  // the point as that system would hold it
                const Point there = system.to_work.apply(system.from_drawing.apply(place));
                REQUIRE(locator.locate_all(there).size() == (located.shape ? systems.size() : 0));
            }
        }
        CHECK(held > 500);
        CHECK(held < 1500);
    }
}

TEST_CASE("distances do not depend on the CRS the points came in", "[crs][transform]") {
    std::mt19937_64 random{8};
    std::uniform_real_distribution<double> x{48, 60}, y{26, 38};
    std::vector<Point> places(200);
    for (Point& p : places) p = {x(random), y(random)};
    for (const Crs& system : {Crs::parse("EPSG:32639"), Crs::parse("EPSG:32640"), iran_lambert()}) {
        std::vector<Point> back = places;
        Transform{Crs::wgs84(), system}.apply(std::span{back});
        Transform{system, Crs::wgs84()}.apply(std::span{back});
        // PROJ goes there and back within a micrometre, inside the zone and up to 12° beside it.
        for (std::size_t i = 0; i + 1 < places.size(); ++i)
            CHECK(geodesic_distance(back[i], back[i + 1]).value() ==
                  Approx(geodesic_distance(places[i], places[i + 1]).value()).margin(2e-6));
    }
}
