// Processor time of the geometry and CRS kernels over growing sizes: a country of S, M and L, at which a linear method takes
// 1 : 6.25 : 25. One thread. Usage: geo_benchmark [runs]

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <cstdio>

#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/nearest.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/difference_index.hpp>
#include <amayesh/geometry/disc_union.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/geometry/validity.hpp>

#include "geometry/shapes.hpp"

namespace {

using namespace amayesh;

constexpr std::size_t edges_a_side = 96;  // 385 vertices a district
constexpr std::array<std::size_t, 3> districts_a_side{10, 25, 50};
constexpr std::size_t settlements_per_district = 40;
constexpr std::array<const char*, 3> size_names{"S", "M", "L"};

struct Country {
    std::vector<MultiPolygon> districts_metres;
    std::vector<MultiPolygon> districts_degrees;
    std::vector<Point> places_metres;
    std::vector<Point> places_degrees;
    std::array<std::vector<Geometry>, 4> sources_degrees;
    std::array<std::vector<Geometry>, 4> sources_metres;
};

const Crs& working_crs() {
    static const Crs crs = fit_equal_area_crs({44, 25, 63.5, 40});
    return crs;
}

Country make_country(std::size_t side) {
    std::mt19937_64 random{1395};
    Country country;
    country.districts_degrees = test::wandering_tiling(random, side, edges_a_side);
    const double scale = 15.0 / static_cast<double>(side * edges_a_side);
    for (MultiPolygon& district : country.districts_degrees)
        for (Point& p : district.parts[0].outer) p = {46 + p.x * scale, 25 + p.y * scale};
    const Transform to_work{Crs::wgs84(), working_crs()};
    for (const MultiPolygon& district : country.districts_degrees)
        country.districts_metres.push_back(to_work.apply(district));
    std::uniform_real_distribution<double> x{46, 61}, y{25, 40};
    for (std::size_t i = 0; i < side * side * settlements_per_district; ++i)
        country.places_degrees.push_back({x(random), y(random)});
    country.places_metres = country.places_degrees;
    to_work.apply(std::span{country.places_metres});
    for (std::size_t kind = 0; kind < 4; ++kind)
        for (std::size_t i = 0; i < side * side; ++i) {
            const Point p{x(random), y(random)};
            country.sources_degrees[kind].emplace_back(p);
            country.sources_metres[kind].emplace_back(to_work.apply(p));
        }
    return country;
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double sink = 0;  // keeps what is computed

std::size_t runs = 3;

double least_seconds(const std::function<double()>& work) {
    double least = 1e9;
    for (std::size_t i = 0; i < runs; ++i) {
        const double start = processor_seconds();
        sink += work();
        least = std::min(least, processor_seconds() - start);
    }
    return least;
}

double locate(const Country& country) {
    const PointLocator locator{country.districts_metres};
    double found = 0;
    for (const Point& p : country.places_metres) found += locator.locate(p).shape.has_value();
    return found;
}

double find_nearest(const std::array<std::vector<Geometry>, 4>& sources, const std::vector<Point>& places,
                    Metric metric) {
    double sum = 0;
    for (const auto& kind : sources) {
        const NearestIndex index{kind, metric};
        for (const Point& p : places) sum += index.nearest(p)->distance.value();
    }
    return sum;
}

double transform(const std::vector<MultiPolygon>& shapes, const Crs& from, const Crs& to) {
    const Transform transform{from, to};
    double vertices = 0;
    for (const MultiPolygon& shape : shapes)
        vertices += static_cast<double>(transform.apply(shape).parts[0].outer.size());
    return vertices;
}

double area(const std::vector<MultiPolygon>& shapes) {
    double sum = 0;
    for (const MultiPolygon& shape : shapes) sum += geodesic_area(shape).value();
    return sum;
}

std::vector<Disc> discs_of(const Country& country) {
    std::mt19937_64 random{1396};
    std::uniform_real_distribution<double> radius{5'000, 20'000};
    std::vector<Disc> discs;
    for (const auto& kind : country.sources_metres)
        for (const Geometry& source : kind) discs.push_back({std::get<Point>(source), radius(random)});
    return discs;
}

double unite_by_geos(const std::vector<Disc>& discs) {
    std::vector<MultiPolygon> drawn;
    for (const Disc& disc : discs) drawn.push_back(union_of_discs({&disc, 1}));
    return planar_area(union_of(drawn));
}

double rest_of_districts(const Country& country, const MultiPolygon& removed) {
    const DifferenceIndex index{removed};
    double rest = 0;
    for (const MultiPolygon& district : country.districts_metres) rest += planar_area(index.rest_of(district));
    return rest;
}

double count_invalid(const std::vector<MultiPolygon>& shapes) {
    return static_cast<double>(std::count_if(
        shapes.begin(), shapes.end(), [](const MultiPolygon& shape) { return find_invalidity(shape).has_value(); }));
}

void measure(const char* size, const Country& country) {
    const Crs utm = Crs::parse("EPSG:32640");
    const auto utm_districts = [&] {
        const Transform to_utm{Crs::wgs84(), utm};
        std::vector<MultiPolygon> shapes;
        for (const MultiPolygon& shape : country.districts_degrees) shapes.push_back(to_utm.apply(shape));
        return shapes;
    }();
    const std::vector<Disc> discs = discs_of(country);
    const std::vector<Disc> one_kind(discs.begin(), discs.begin() + static_cast<std::ptrdiff_t>(discs.size() / 4));
    const MultiPolygon served = union_of_discs(one_kind);
    const std::vector<std::pair<std::string, std::function<double()>>> works{
        {"unite discs", [&] { return planar_area(union_of_discs(discs)); }},
        {"unite discs by GEOS", [&] { return unite_by_geos(discs); }},
        {"unserved rest of districts", [&] { return rest_of_districts(country, served); }},
        {"locate points (with building)", [&] { return locate(country); }},
        {"nearest of four kinds, geodesic",
         [&] { return find_nearest(country.sources_degrees, country.places_degrees, Metric::geodesic); }},
        {"nearest of four kinds, planar",
         [&] { return find_nearest(country.sources_metres, country.places_metres, Metric::planar); }},
        {"degrees to equal-area", [&] { return transform(country.districts_degrees, Crs::wgs84(), working_crs()); }},
        {"equal-area to degrees", [&] { return transform(country.districts_metres, working_crs(), Crs::wgs84()); }},
        {"UTM to equal-area", [&] { return transform(utm_districts, utm, working_crs()); }},
        {"geodesic area", [&] { return area(country.districts_degrees); }},
        {"find overlaps", [&] { return static_cast<double>(find_overlaps(country.districts_metres, 0).size()); }},
        {"find overlaps and sliver gaps",
         [&] { return static_cast<double>(find_border_faults(country.districts_metres, {}).overlaps.size()); }},
        {"find invalidity", [&] { return count_invalid(country.districts_metres); }},
    };
    for (const auto& [name, work] : works) std::printf("%s\t%-32s\t%.4f s\n", size, name.c_str(), least_seconds(work));
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count > 1) runs = static_cast<std::size_t>(std::max(1, std::atoi(arguments[1])));
    set_thread_limit(1);
    for (std::size_t i = 0; i < districts_a_side.size(); ++i) measure(size_names[i], make_country(districts_a_side[i]));
    return sink == 0;
}
