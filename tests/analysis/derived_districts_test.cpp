#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/analysis/derived_districts.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>

using namespace amayesh;

namespace {

MultiPolygon polygon(Ring outer) { return {{Polygon{std::move(outer), {}}}}; }

MultiPolygon rectangle(double min_x, double min_y, double max_x, double max_y) {
    return polygon({{min_x, min_y}, {max_x, min_y}, {max_x, max_y}, {min_x, max_y}, {min_x, min_y}});
}

GrowthSite site(double x, double y, std::string district) { return {{x, y}, std::move(district), std::nullopt}; }

/// Two parents that share a ragged border, with sites strewn over both; every district belongs to one parent.
struct World {
    std::vector<MultiPolygon> parents;
    std::vector<GrowthSite> sites;
};

World random_world(unsigned seed) {
    std::mt19937 random{seed};
    std::uniform_real_distribution<double> unit{0, 1};
    constexpr double size = 60'000;  // metres: a district
    Ring border;
    for (int i = 0; i <= 20; ++i) border.push_back({size * (0.4 + 0.2 * unit(random)), size * i / 20});
    Ring west{{0, 0}};
    west.insert(west.end(), border.begin(), border.end());
    west.insert(west.end(), {{0, size}, {0, 0}});
    Ring east{{size, size}};
    east.insert(east.end(), border.rbegin(), border.rend());
    east.insert(east.end(), {{size, 0}, {size, size}});
    World world{{polygon(west), polygon(east)}, {}};
    const PointLocator locator{world.parents};
    for (int i = 0; i < 200; ++i) {
        const double x = size * unit(random);
        const double y = size * unit(random);
        const std::size_t parent = locator.locate({x, y}).shape.value();
        const auto number = static_cast<int>(unit(random) * 6);
        world.sites.push_back(site(x, y, std::to_string(parent) + "0" + std::to_string(number)));
    }
    return world;
}

double area_of(const DerivedDistricts& grown) {
    double area = 0;
    for (const DerivedDistrict& district : grown.districts) area += planar_area(district.shape);
    return area;
}

}  // namespace

TEST_CASE("two settlements split their parent half way", "[analysis][derived_districts]") {
    const std::vector<MultiPolygon> parents{rectangle(0, 0, 10, 4)};
    const std::vector<GrowthSite> sites{site(2, 2, "west"), site(6, 2, "east")};
    const DerivedDistricts grown = grow_districts(sites, parents);
    REQUIRE(grown.districts.size() == 2);
    CHECK(grown.districts[0].id == "east");
    CHECK(planar_area(grown.districts[0].shape) == Approx((10 - 4) * 4));  // the border lies at x = (2 + 6) / 2
    CHECK(planar_area(grown.districts[1].shape) == Approx(4 * 4));
    CHECK(grown.parents_without_site.empty());
    CHECK(grown.sites_outside_parent.empty());
}

TEST_CASE("cells of one district are dissolved", "[analysis][derived_districts]") {
    const std::vector<MultiPolygon> parents{rectangle(0, 0, 9, 3)};
    const std::vector<GrowthSite> sites{site(1.5, 1.5, "a"), site(4.5, 1.5, "a"), site(7.5, 1.5, "b")};
    const DerivedDistricts grown = grow_districts(sites, parents);
    REQUIRE(grown.districts.size() == 2);
    CHECK(grown.districts[0].shape.parts.size() == 1);
    CHECK(planar_area(grown.districts[0].shape) == Approx(6 * 3));
    CHECK(grown.districts[0].settlements == 2);
}

TEST_CASE("a parent without a settlement stays residue", "[analysis][derived_districts]") {
    const std::vector<MultiPolygon> parents{rectangle(0, 0, 4, 4), rectangle(4, 0, 8, 4)};
    const DerivedDistricts grown = grow_districts(std::vector{site(6, 2, "a")}, parents);
    CHECK(grown.parents_without_site == std::vector<std::size_t>{0});
    CHECK(area_of(grown) == Approx(4 * 4));
}

TEST_CASE("a settlement outside its parent grows nothing", "[analysis][derived_districts]") {
    const std::vector<MultiPolygon> parents{rectangle(0, 0, 4, 4), rectangle(4, 0, 8, 4)};
    SECTION("in no parent at all") {
        const DerivedDistricts grown = grow_districts(std::vector{site(1, 1, "a"), site(9, 9, "b")}, parents);
        CHECK(grown.sites_outside_parent == std::vector<std::size_t>{1});
        REQUIRE(grown.districts.size() == 1);
    }
    SECTION("in another parent than the one its district lies in") {
        const std::vector<GrowthSite> sites{{{1, 1}, "a", 0}, {{2, 2}, "b", 1}};
        const DerivedDistricts grown = grow_districts(sites, parents);
        CHECK(grown.sites_outside_parent == std::vector<std::size_t>{1});
        CHECK(grown.parents_without_site == std::vector<std::size_t>{1});
    }
    SECTION("on the border of the parent that it names") {
        const std::vector<GrowthSite> sites{{{1, 1}, "a", 0}, {{4, 2}, "b", 1}};
        const DerivedDistricts grown = grow_districts(sites, parents);
        CHECK(grown.sites_outside_parent.empty());
        CHECK(planar_area(grown.districts[1].shape) == Approx(4 * 4));
    }
    SECTION("naming a parent that is not there") {
        CHECK_THROWS_AS(grow_districts(std::vector<GrowthSite>{{{1, 1}, "a", 7}}, parents), InvalidInput);
    }
}

TEST_CASE("of settlements at one place the lower district takes the cell", "[analysis][derived_districts]") {
    const std::vector<MultiPolygon> parents{rectangle(0, 0, 4, 4)};
    const std::vector<GrowthSite> sites{site(1, 2, "b"), site(1, 2, "a"), site(3, 2, "c")};
    const DerivedDistricts grown = grow_districts(sites, parents);
    CHECK(grown.sites_sharing_a_place == std::vector<std::size_t>{0});
    REQUIRE(grown.districts.size() == 3);
    CHECK(planar_area(grown.districts[0].shape) == Approx(2 * 4));
    CHECK(grown.districts[1].shape.parts.empty());
}

TEST_CASE("grown districts cover every parent, overlap nowhere, whatever the order of the settlements",
          "[analysis][derived_districts][property]") {
    const unsigned seed = GENERATE(range(1U, 9U));
    CAPTURE(seed);
    World world = random_world(seed);
    const DerivedDistricts grown = grow_districts(world.sites, world.parents);

    const double parents = planar_area(world.parents[0]) + planar_area(world.parents[1]);
    constexpr double rounding = 1e-9;  // of the area: intersection points are rounded to doubles
    CHECK(std::abs(area_of(grown) - parents) <= rounding * parents);
    for (std::size_t a = 0; a < grown.districts.size(); ++a)
        for (std::size_t b = a + 1; b < grown.districts.size(); ++b)
            CHECK(planar_area(intersection_of(grown.districts[a].shape, grown.districts[b].shape)) <=
                  rounding * parents);

    std::map<std::string, const MultiPolygon*> shape_of;
    for (const DerivedDistrict& district : grown.districts) shape_of[district.id] = &district.shape;
    for (const GrowthSite& s : world.sites)
        CHECK(PointLocator({shape_of.at(s.district), 1}).locate(s.place).shape.has_value());

    std::shuffle(world.sites.begin(), world.sites.end(), std::mt19937{seed});
    const DerivedDistricts again = grow_districts(world.sites, world.parents);
    REQUIRE(again.districts.size() == grown.districts.size());
    for (std::size_t i = 0; i < grown.districts.size(); ++i)
        CHECK(again.districts[i].shape == grown.districts[i].shape);
}
