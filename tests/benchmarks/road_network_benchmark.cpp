// Ways over made-up roads of growing size beside a plain search with the standard library's queue, in turn, in processor
// time on one thread; the answers must be equal.
// Usage: road_network_benchmark [RUNS [FOLDER]]     FOLDER: writes the largest network there, for compare_reach.py
// One line a work: nodes, work, our least milliseconds, the peer's, their ratio; works without a peer stand alone.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iomanip>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/parallel.hpp>
#include <amayesh/network/road_graph.hpp>

#include "plain_ways.hpp"

namespace {

using namespace amayesh;
using benchmark::PlainWays;

constexpr double block_m = 4'000;
constexpr double limit_minutes = 30;
constexpr std::size_t nodes_per_facility = 150;
constexpr std::size_t points_a_road = 6;

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Corners of shaken blocks, two thirds of the roads between them.
struct MadeRoads {
    std::vector<Point> corners;
    std::vector<RoadLink> links;
    std::vector<RoadLine> lines;
    std::vector<std::size_t> facilities;
    std::vector<Point> places;
};

MadeRoads make_roads(std::size_t side) {
    std::mt19937_64 random{1395};
    std::uniform_real_distribution<double> shake{-0.4 * block_m, 0.4 * block_m}, bend{-0.05 * block_m, 0.05 * block_m};
    MadeRoads made;
    for (std::size_t i = 0; i < side * side; ++i)
        made.corners.push_back({block_m * static_cast<double>(i / side) + shake(random),
                                block_m * static_cast<double>(i % side) + shake(random)});
    const auto add = [&](std::size_t from, std::size_t to) {
        if (random() % 3 == 0) return;
        const double km_per_hour = 30.0 + 10 * static_cast<double>(random() % 7);
        const Point &a = made.corners[from], &b = made.corners[to];
        LineString shape{a};
        for (std::size_t k = 1; k + 1 < points_a_road; ++k) {
            const double part = static_cast<double>(k) / (points_a_road - 1);
            shape.push_back({a.x + part * (b.x - a.x) + bend(random), a.y + part * (b.y - a.y) + bend(random)});
        }
        shape.push_back(b);
        const double metres = std::hypot(b.x - a.x, b.y - a.y);
        // In whole 2⁻³⁰ minutes, so that both sides add up the same numbers.
        made.links.push_back(
            {from, to, std::ldexp(std::round(std::ldexp(metres * 0.06 / km_per_hour, 30)), -30), metres});
        made.lines.push_back({MultiLine{{shape}}, km_per_hour});
    };
    for (std::size_t i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) add(i, i + 1);
        if (i / side + 1 < side) add(i, i + side);
    }
    for (std::size_t i = 0; i < side * side; i += nodes_per_facility)
        made.facilities.push_back(random() % (side * side));
    std::uniform_real_distribution<double> anywhere{0, block_m * static_cast<double>(side)};
    for (std::size_t i = 0; i < side * side / 2; ++i) made.places.push_back({anywhere(random), anywhere(random)});
    return made;
}

struct Work {
    const char* name;
    std::function<void()> ours;
    std::function<void()> peer{};
    double our_seconds = 1e9, peer_seconds = 1e9;
};

double seconds_of(const std::function<void()>& run) {
    const double start = processor_seconds();
    run();
    return processor_seconds() - start;
}

void require_equal(bool equal, const char* what) {
    if (equal) return;
    std::fprintf(stderr, "%s differ\n", what);
    std::exit(1);
}

void compare(std::size_t side, int runs) {
    const MadeRoads made = make_roads(side);
    const std::size_t nodes = made.corners.size();
    const RoadNetwork network{nodes, made.links};
    PlainWays plain{nodes, made.links};
    const RoadGraph graph{made.lines};
    const auto attached = [&](const std::vector<Point>& at) { return graph.attach(at, Metres{20'000}, 5); };
    std::vector<Point> facility_places;
    for (const std::size_t facility : made.facilities) facility_places.push_back(made.corners[facility]);
    const auto places = attached(made.places), facilities = attached(facility_places);

    std::vector<std::optional<RoadWay>> nearest;
    std::vector<std::vector<NodeWay>> within;
    PlainWays::Nearest plain_nearest;
    std::vector<PlainWays::Reached> plain_within;
    const TravelTime limit = to_travel_time(limit_minutes);
    std::vector<Work> works;
    works.push_back({"network from links",
                     [&] {
                         const RoadNetwork made_again{nodes, made.links};
                     },
                     [&] {
                         const PlainWays made_again{nodes, made.links};
                     }});
    works.push_back({"nearest of each node",
                     [&] { nearest = network.nearest_facilities(made.facilities, TravelDirection::to_facility); },
                     [&] { plain_nearest = plain.nearest(made.facilities); }});
    works.push_back({"nodes within 30 minutes",
                     [&] { within = network.nodes_within(made.facilities, limit, TravelDirection::to_facility); },
                     [&] { plain_within = plain.within(made.facilities, limit_minutes); }});
    works.push_back({"graph from lines", [&] { const RoadGraph made_again{made.lines}; }});
    works.push_back({"attach places", [&] { static_cast<void>(attached(made.places)); }});
    works.push_back({"nearest of each place", [&] {
                         static_cast<void>(graph.nearest_facilities(places, facilities, TravelDirection::to_facility));
                     }});
    for (int run = 0; run < runs; ++run)
        for (Work& work : works) {
            work.our_seconds = std::min(work.our_seconds, seconds_of(work.ours));
            if (work.peer) work.peer_seconds = std::min(work.peer_seconds, seconds_of(work.peer));
        }

    for (std::size_t node = 0; node < nodes; ++node)
        require_equal((nearest[node] ? nearest[node]->minutes : INFINITY) == plain_nearest.minutes[node], "minutes");
    std::size_t rows = 0;
    for (const std::vector<NodeWay>& area : within) rows += area.size();
    require_equal(rows == plain_within.size(), "nodes within the limit");

    for (const Work& work : works) {
        std::printf("%7zu  %-24s %9.2f", nodes, work.name, 1e3 * work.our_seconds);
        if (work.peer) std::printf(" %9.2f %6.2f", 1e3 * work.peer_seconds, work.our_seconds / work.peer_seconds);
        std::printf("\n");
    }
}

void write(const MadeRoads& made, const std::string& folder) {
    std::ofstream links{folder + "/links.csv"}, facilities{folder + "/facilities.csv"};
    links << "from,to,minutes\n" << std::fixed << std::setprecision(9);
    for (const RoadLink& link : made.links) links << link.from << ',' << link.to << ',' << link.minutes << '\n';
    facilities << "node\n";
    for (const std::size_t facility : made.facilities) facilities << facility << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::array<std::size_t, 3> sides{39, 194, 387};
    set_thread_limit(1);
    const int runs = argc > 1 ? std::atoi(argv[1]) : 5;
    if (argc > 2) write(make_roads(sides.back()), argv[2]);
    for (const std::size_t side : sides)
        if (runs > 0) compare(side, runs);
}
