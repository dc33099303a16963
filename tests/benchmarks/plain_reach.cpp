// The peer of examples/programs/network_reach.cpp, as anyone would write it: the C library's reading and printing, a plain
// search. Usage: plain_reach LINKS FACILITIES MINUTES NEAREST WITHIN

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "plain_ways.hpp"

namespace {

using amayesh::RoadLink;
using amayesh::benchmark::PlainWays;

std::FILE* open(const char* file, const char* mode) {
    std::FILE* opened = std::fopen(file, mode);
    if (opened != nullptr) return opened;
    std::perror(file);
    std::exit(1);
}

/// Calls `row` with every line below the headings.
template <class Row>
void read(const char* file, Row row) {
    std::FILE* in = open(file, "r");
    std::array<char, 256> line{};
    for (bool headings = true; std::fgets(line.data(), line.size(), in) != nullptr; headings = false)
        if (!headings) row(line.data());
    std::fclose(in);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) return 2;
    std::vector<RoadLink> links;
    std::size_t nodes = 0;
    read(argv[1], [&](const char* line) {
        RoadLink& link = links.emplace_back();
        if (std::sscanf(line, "%zu,%zu,%lf", &link.from, &link.to, &link.minutes) != 3) std::exit(1);
        nodes = std::max({nodes, link.from + 1, link.to + 1});
    });
    std::vector<std::size_t> facilities;
    read(argv[2], [&](const char* line) { facilities.push_back(std::strtoull(line, nullptr, 10)); });

    PlainWays plain{nodes, links};
    const PlainWays::Nearest nearest = plain.nearest(facilities);
    std::vector<PlainWays::Reached> within = plain.within(facilities, std::strtod(argv[3], nullptr));
    std::FILE* out = open(argv[4], "w");
    std::fputs("node,facility,minutes\n", out);
    for (std::size_t node = 0; node < nodes; ++node)
        if (std::isfinite(nearest.minutes[node]))
            std::fprintf(out, "%zu,%zu,%.3f\n", node, facilities[nearest.facility[node]], nearest.minutes[node]);
    std::fclose(out);
    out = open(argv[5], "w");
    std::fputs("facility,node,minutes\n", out);
    for (const PlainWays::Reached& row : within)
        std::fprintf(out, "%zu,%u,%.3f\n", facilities[row.facility], row.node, row.minutes);
    std::fclose(out);
}
