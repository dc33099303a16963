#pragma once

#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <amayesh/network/road_network.hpp>

namespace amayesh::boost_ways {

constexpr double no_way = std::numeric_limits<double>::infinity();

/// A graph of Boost, for a second opinion.
class Graph {
public:
    explicit Graph(std::size_t nodes) : m_graph(nodes) {}

    std::size_t add_node() { return add_vertex(m_graph); }
    void add_step(std::size_t from, std::size_t to, double minutes) { add_edge(from, to, minutes, m_graph); }
    void add(const RoadLink& link) {
        if (link.direction != RoadDirection::backward) add_step(link.from, link.to, link.minutes);
        if (link.direction != RoadDirection::forward) add_step(link.to, link.from, link.minutes);
    }
    /// Minutes from one node to every node.
    [[nodiscard]] std::vector<double> minutes_from(std::size_t source) const {
        std::vector<double> minutes(num_vertices(m_graph), no_way);
        dijkstra_shortest_paths(m_graph, source, boost::distance_map(minutes.data()));
        for (double& some : minutes)
            if (some >= std::numeric_limits<double>::max()) some = no_way;
        return minutes;
    }

private:
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                          boost::property<boost::edge_weight_t, double>>
        m_graph;
};

}  // namespace amayesh::boost_ways
