#include <amayesh/crs/geodesic.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <GeographicLib/PolygonArea.hpp>
#include <amayesh/core/error.hpp>
#include <catch2/catch.hpp>

#include "crs/worlds.hpp"

using namespace amayesh;

namespace {

constexpr double degree = 111'195;  // metres, about

double distance_by_geographiclib(Point a, Point b) {
    double length = 0;
    GeographicLib::Geodesic::WGS84().Inverse(a.y, a.x, b.y, b.x, length);
    return length;
}

double area_by_geographiclib(const Ring& ring) {
    GeographicLib::PolygonArea polygon{GeographicLib::Geodesic::WGS84()};
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) polygon.AddPoint(ring[i].y, ring[i].x);
    double perimeter = 0, area = 0;
    polygon.Compute(false, true, perimeter, area);
    return std::abs(area);
}

double area_of(Ring ring) { return geodesic_area({{{std::move(ring), {}}}}).value(); }

}  // namespace

TEST_CASE("distances agree with GeographicLib", "[crs][geodesic][property]") {
    std::mt19937_64 random{20130101};
    std::uniform_real_distribution<double> latitude{-90, 90}, longitude{-180, 180}, unit{-1, 1};
    double worst = 0;
    for (int i = 0; i < 60'000; ++i) {
        const Point a{longitude(random), latitude(random)};
        const double reach = std::pow(10.0, -5 + i % 8);  // 1 m to 1,000 km
        const Point b{a.x + reach * unit(random), std::clamp(a.y + reach * unit(random), -90.0, 90.0)};
        const double expected = distance_by_geographiclib(a, b);
        worst = std::max(worst, std::abs(geodesic_distance(a, b).value() - expected));
        REQUIRE(geodesic_distance(a, b).value() == geodesic_distance(b, a).value());
    }
    CHECK(worst < 20e-9);  // as the header says
}

TEST_CASE("distances at odd places", "[crs][geodesic]") {
    for (const auto& [a, b] : {std::pair{Point{0, 90}, Point{77, 90}}, std::pair{Point{0, 90}, Point{50, 89.9}},
                               std::pair{Point{179.99, 10}, Point{-179.99, 10}}, std::pair{Point{0, 0}, Point{0.1, 0}},
                               std::pair{Point{10, 0}, Point{-170, 0}}, std::pair{Point{5, 5}, Point{5, 5}}}) {
        INFO(a.x << " " << a.y << " to " << b.x << " " << b.y);
        CHECK(geodesic_distance(a, b).value() == Approx(distance_by_geographiclib(a, b)).margin(20e-9));
    }
    CHECK_THROWS_AS(geodesic_distance({0, 91}, {0, 0}), InvalidInput);
    CHECK_THROWS_AS(geodesic_distance({0, 0}, {std::numeric_limits<double>::infinity(), 0}), InvalidInput);
}

TEST_CASE("areas agree with GeographicLib to 1e-9", "[crs][geodesic][property]") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random{seed};
        std::uniform_real_distribution<double> latitude{-80, 80}, longitude{-180, 180};
        // Edges of 0.2 to 100 km: all by the series, all by PROJ, and both in one ring.
        const double radius = std::array{0.2, 0.5, 1.0, 3.0}[seed % 4];
        const int corners = std::array{20, 200, 2000}[seed % 3];
        const Ring ring = test::wavy_ring(random, {longitude(random), latitude(random)}, radius, corners);
        INFO("seed " << seed << ", radius " << radius << "°, " << corners << " corners");
        CHECK(area_of(ring) == Approx(area_by_geographiclib(ring)).epsilon(1e-9));
    }
}

TEST_CASE("areas of small rings agree with a plane", "[crs][geodesic]") {
    // One second of arc, about 31 m: the area element M N cos φ dφ dλ at the middle. Its relative error is the square of
    // the size, about 1e-11; GeographicLib's own rounding is larger than that here.
    constexpr double side = 1.0 / 3600;
    for (const double latitude : {-60.0, 0.0, 35.0, 70.0}) {
        const double radians = std::numbers::pi / 180;
        const double e2 = (2 - 1 / 298.257223563) / 298.257223563;
        const double w2 = 1 - e2 * std::pow(std::sin(latitude * radians), 2);
        const double element = 6378137.0 * 6378137.0 * (1 - e2) / (w2 * w2) * std::cos(latitude * radians);
        const double h = side / 2;
        const Ring ring{{54 - h, latitude - h},
                        {54 + h, latitude - h},
                        {54 + h, latitude + h},
                        {54 - h, latitude + h},
                        {54 - h, latitude - h}};
        CHECK(area_of(ring) == Approx(element * side * side * radians * radians).epsilon(1e-9));
    }
}

TEST_CASE("rings over the antimeridian and round a pole", "[crs][geodesic]") {
    const Ring across{{179, -17}, {-179, -17}, {-179, -16}, {179, -16}, {179, -17}};
    const Ring beside{{177, -17}, {179, -17}, {179, -16}, {177, -16}, {177, -17}};
    CHECK(area_of(across) == Approx(area_of(beside)).epsilon(1e-9));
    const Ring round_the_pole{{0, 80}, {90, 80}, {180, 80}, {-90, 80}, {0, 80}};
    CHECK(area_of(round_the_pole) == Approx(area_by_geographiclib(round_the_pole)).epsilon(1e-9));
    Ring fine;
    for (int i = 0; i < 3600; ++i) fine.push_back({i / 10.0 - 180, 84.9});
    fine.push_back(fine.front());
    CHECK(area_of(fine) == Approx(area_by_geographiclib(fine)).epsilon(1e-9));
}

TEST_CASE("direction and holes", "[crs][geodesic]") {
    const Ring outer{{50, 30}, {51, 30}, {51, 31}, {50, 31}, {50, 30}};
    const Ring hole{{50.2, 30.2}, {50.2, 30.4}, {50.4, 30.4}, {50.4, 30.2}, {50.2, 30.2}};
    CHECK(area_of({outer.rbegin(), outer.rend()}) == Approx(area_of(outer)).epsilon(1e-14));
    CHECK(geodesic_area({{{outer, {hole}}}}).value() == Approx(area_of(outer) - area_of(hole)).epsilon(1e-14));
    CHECK(geodesic_area({}).value() == 0);
    CHECK_THROWS_AS(area_of({{0, 0}, {1, 0}, {1, 95}, {0, 0}}), InvalidInput);
}

TEST_CASE("pieces of edges straight in degrees lie near their geodesics", "[crs][geodesic]") {
    const auto& wgs84 = GeographicLib::Geodesic::WGS84();
    for (const double sag : {0.1, 10.0})
        for (const auto& line : {std::vector<Point>{{50, 35}, {52, 35}}, std::vector<Point>{{50, 35}, {51, 38}},
                                 std::vector<Point>{{10, -70}, {12, -69.5}}, std::vector<Point>{{0, 0}, {1, 1}}}) {
            const auto pieces = densify_for_geodesics(line, Metres{sag});
            INFO("sag " << sag << ", " << pieces.size() << " points");
            for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
                const auto geodesic = wgs84.InverseLine(pieces[i].y, pieces[i].x, pieces[i + 1].y, pieces[i + 1].x);
                double lat = 0, lon = 0;
                geodesic.Position(geodesic.Distance() / 2, lat, lon);
                const double part = (lon - pieces[i].x) / (pieces[i + 1].x - pieces[i].x);
                const double off = lat - (pieces[i].y + part * (pieces[i + 1].y - pieces[i].y));
                const double east = (pieces[i + 1].x - pieces[i].x) * std::cos(lat * std::numbers::pi / 180);
                const double sine = std::abs(east) / std::hypot(east, pieces[i + 1].y - pieces[i].y);
                REQUIRE(std::abs(off) * degree * sine <= sag * 1.01);  // across the line; 1 % for the round degree
            }
            const auto back = densify_for_geodesics({line.rbegin(), line.rend()}, Metres{sag});
            CHECK(std::vector<Point>{back.rbegin(), back.rend()} == pieces);
        }
    CHECK(densify_for_geodesics({{50, 35}, {52, 35}}, Metres{0.1}).size() > 20);
    CHECK(densify_for_geodesics({{50, 35}, {50.005, 35.005}}, Metres{0.1}).size() == 2);
    CHECK(densify_for_geodesics({{50, 35}, {50, 39}}, Metres{0.1}).size() == 2);
}
