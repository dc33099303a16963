// How well the roads of a layer hang together, and what each tolerance joins: road_gaps ROADS [METRES]...
#include <algorithm>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <amayesh/crs/transform.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/network/road_graph.hpp>

namespace {

using namespace amayesh;

/// The layer's lines in metres; ways are not asked for, so every road may have the same speed.
std::vector<RoadLine> read_roads(const std::string& file) {
    ProblemReport problems;
    const FeatureTable table = read_vector(file, {.role = "roads"}, problems);
    if (!table.crs) throw std::runtime_error{file + " does not say its CRS"};
    Box degrees;
    const Transform to_degrees{*table.crs, Crs::wgs84()};
    for (const Geometry& geometry : table.geometries)
        if (const auto* lines = std::get_if<MultiLine>(&geometry))
            for (const LineString& part : lines->parts)
                for (const Point& p : part) degrees.add(to_degrees.apply(p));
    const Transform to_metres{*table.crs, fit_equal_area_crs(degrees)};
    std::vector<RoadLine> roads;
    for (const Geometry& geometry : table.geometries)
        if (const auto* lines = std::get_if<MultiLine>(&geometry))
            roads.push_back({.shape = to_metres.apply(*lines), .km_per_hour = 60});
    return roads;
}

void print(const std::vector<RoadLine>& roads, double tolerance) {
    const RoadGraph graph{roads, {.tolerance = Metres{tolerance}}};
    double kilometres = 0, bridged = 0;
    for (const RoadComponent& component : graph.components()) kilometres += to_kilometres(component.length).value();
    for (const BridgedGap& gap : graph.bridged_gaps()) bridged += to_kilometres(gap.length).value();
    const RoadComponent largest = graph.components().empty() ? RoadComponent{} : graph.components().front();
    std::cout << std::setw(11) << tolerance << std::setw(8) << graph.bridged_gaps().size() << std::setw(11) << bridged
              << std::setw(12) << graph.components().size() << std::setw(8) << graph.node_count() << std::setw(12)
              << largest.nodes << std::setw(12) << kilometres << std::setw(12) << to_kilometres(largest.length).value()
              << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: road_gaps ROADS [METRES]...\n";
        return 2;
    }
    try {
        const std::vector<RoadLine> roads = read_roads(argv[1]);
        std::cout << roads.size() << " roads\n"
                  << "tolerance m    gaps    gaps km  components   nodes  in largest          km  in largest\n"
                  << std::fixed << std::setprecision(0);
        if (argc == 2) print(roads, RoadGraphOptions{}.tolerance.value());
        for (int i = 2; i < argc; ++i) print(roads, std::strtod(argv[i], nullptr));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
