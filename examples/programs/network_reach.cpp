// Minutes over a network that is nodes and links already, from table to table:
//     network_reach LINKS FACILITIES MINUTES NEAREST WITHIN
// LINKS: CSV of node, node, minutes, driven both ways; FACILITIES: CSV of a node. A line of headings is above each, nodes
// are numbers from 0. NEAREST: the quickest facility of every node. WITHIN: the nodes within MINUTES of each facility.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/network/road_network.hpp>

namespace {

using namespace amayesh;

/// The numbers of a table, row by row.
class Table {
public:
    explicit Table(const std::string& file) : m_file{file} {
        std::ifstream in{file, std::ios::binary | std::ios::ate};
        m_text.resize(in ? static_cast<std::size_t>(in.tellg()) : 0);
        in.seekg(0).read(m_text.data(), static_cast<std::streamsize>(m_text.size()));
        if (!in) throw IoError{"cannot read " + file};
        m_at = m_text.data() + std::min(m_text.find('\n'), m_text.size() - 1) + 1;
        m_end = m_text.data() + m_text.size();
    }
    [[nodiscard]] bool has_row() {
        while (m_at != m_end && (*m_at == '\n' || *m_at == '\r')) ++m_at;
        return m_at != m_end;
    }
    template <class Number>
    Number next() {
        Number number{};
        const auto [at, failure] = std::from_chars(m_at, m_end, number);
        if (failure != std::errc{} || (at != m_end && *at != ',' && *at != '\n' && *at != '\r'))
            throw InvalidInput{m_file + ": no number at byte " + std::to_string(m_at - m_text.data())};
        m_at = at != m_end && *at == ',' ? at + 1 : at;
        return number;
    }

private:
    std::string m_file;
    std::string m_text;
    const char* m_at = nullptr;
    const char* m_end = nullptr;
};

/// Rows of numbers, parted by commas.
class Rows {
public:
    explicit Rows(std::string_view headings) : m_text{headings} { m_text += '\n'; }

    void add(std::size_t first, std::size_t second, double minutes) {
        append(first);
        m_text += ',';
        append(second);
        m_text += ',';
        append(minutes, std::chars_format::fixed, 3);
        m_text += '\n';
    }
    void write(const std::string& file) const {
        std::ofstream out{file, std::ios::binary};
        out.write(m_text.data(), static_cast<std::streamsize>(m_text.size()));
        out.close();
        if (!out) throw IoError{"cannot write " + file};
    }

private:
    template <class... Number>
    void append(Number... number) {
        std::array<char, 400> text;  // of the longest double
        m_text.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number...).ptr);
    }

    std::string m_text;
};

RoadNetwork read_network(const std::string& file) {
    Table table{file};
    std::vector<RoadLink> links;
    std::size_t nodes = 0;
    while (table.has_row()) {
        RoadLink& link = links.emplace_back();
        link.from = table.next<std::size_t>();
        link.to = table.next<std::size_t>();
        link.minutes = table.next<double>();
        nodes = std::max({nodes, link.from + 1, link.to + 1});
    }
    return RoadNetwork{nodes, links};
}

std::vector<std::size_t> read_nodes(const std::string& file) {
    Table table{file};
    std::vector<std::size_t> nodes;
    while (table.has_row()) nodes.push_back(table.next<std::size_t>());
    return nodes;
}

void reach(char** arguments) {
    const RoadNetwork network = read_network(arguments[1]);
    const std::vector<std::size_t> facilities = read_nodes(arguments[2]);
    const TravelTime limit = to_travel_time(std::strtod(arguments[3], nullptr));

    Rows nearest{"node,facility,minutes"};
    const auto ways = network.nearest_facilities(facilities, TravelDirection::to_facility);
    for (std::size_t node = 0; node < ways.size(); ++node)
        if (ways[node]) nearest.add(node, facilities[ways[node]->facility], ways[node]->minutes);
    nearest.write(arguments[4]);

    Rows within{"facility,node,minutes"};
    const auto areas = network.nodes_within(facilities, limit, TravelDirection::to_facility);
    for (std::size_t i = 0; i < areas.size(); ++i)
        for (const NodeWay& way : areas[i]) within.add(facilities[i], way.node, way.minutes);
    within.write(arguments[5]);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::cerr << "usage: network_reach LINKS FACILITIES MINUTES NEAREST WITHIN\n";
        return 2;
    }
    try {
        reach(argv);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
