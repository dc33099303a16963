#include "analysis/transport_flow.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

// LEMON's templates alone, without its library. Of its graphs, StaticDigraph compiles as C++20; the others ask
// std::allocator for members that C++20 removed.
#define LEMON_ONLY_TEMPLATES
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/static_graph.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

namespace {

using Graph = lemon::StaticDigraph;
using ArcAmounts = Graph::ArcMap<std::int64_t>;
using NodeAmounts = Graph::NodeMap<std::int64_t>;
using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
using Preflow = lemon::Preflow<Graph, ArcAmounts>;
using NodePairs = std::vector<std::pair<int, int>>;

int count(const std::vector<std::int64_t>& values) { return static_cast<int>(values.size()); }

std::int64_t sum(const std::vector<std::int64_t>& values) {
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

/// Nodes: the sources, one that stands for "not served", the demands. Arcs: those of the network, then not served.
Graph graph_with_unserved(const TransportNetwork& network) {
    const int unserved = count(network.supply);
    NodePairs arcs;
    arcs.reserve(network.arcs.size() + network.demand.size());
    for (const TransportArc& arc : network.arcs) arcs.emplace_back(arc.source, unserved + 1 + arc.demand);
    for (int demand = 0; demand < count(network.demand); ++demand) arcs.emplace_back(unserved, unserved + 1 + demand);
    Graph graph;
    graph.build(unserved + 1 + count(network.demand), arcs.begin(), arcs.end());
    return graph;
}

/// Nodes: start, the sources, the demands, end. Arcs: start to sources, those of the network, demands to end.
Graph graph_with_start_and_end(const TransportNetwork& network) {
    const int first_demand = 1 + count(network.supply), end = first_demand + count(network.demand);
    NodePairs arcs;
    arcs.reserve(network.supply.size() + network.arcs.size() + network.demand.size());
    for (int source = 1; source < first_demand; ++source) arcs.emplace_back(0, source);
    for (const TransportArc& arc : network.arcs) arcs.emplace_back(1 + arc.source, first_demand + arc.demand);
    for (int demand = first_demand; demand < end; ++demand) arcs.emplace_back(demand, end);
    Graph graph;
    graph.build(end + 1, arcs.begin(), arcs.end());
    return graph;
}

}  // namespace

std::vector<std::int64_t> cheapest_flow(const TransportNetwork& network, const TransportCosts& costs) {
    const Graph graph = graph_with_unserved(network);
    const int arc_count = static_cast<int>(network.arcs.size()), unserved = count(network.supply);
    ArcAmounts cost{graph};
    for (int arc = 0; arc < arc_count; ++arc) cost[graph.arc(arc)] = costs.arc[static_cast<std::size_t>(arc)];
    NodeAmounts supply{graph};
    for (int source = 0; source < unserved; ++source)
        supply[graph.node(source)] = network.supply[static_cast<std::size_t>(source)];
    supply[graph.node(unserved)] = sum(network.demand);
    for (int demand = 0; demand < count(network.demand); ++demand) {
        cost[graph.arc(arc_count + demand)] = costs.not_served[static_cast<std::size_t>(demand)];
        supply[graph.node(unserved + 1 + demand)] = -network.demand[static_cast<std::size_t>(demand)];
    }

    Simplex simplex{graph};
    simplex.costMap(cost).supplyMap(supply).supplyType(Simplex::LEQ);
    if (simplex.run() != Simplex::OPTIMAL) throw Error{"a transport problem was not solved, though it has a solution"};
    std::vector<std::int64_t> amounts(network.arcs.size());
    for (int arc = 0; arc < arc_count; ++arc) amounts[static_cast<std::size_t>(arc)] = simplex.flow(graph.arc(arc));
    return amounts;
}

FullestFlow fullest_flow(const TransportNetwork& network) {
    const Graph graph = graph_with_start_and_end(network);
    const int first_demand = 1 + count(network.supply), end = first_demand + count(network.demand);
    const std::int64_t asked = sum(network.demand);
    ArcAmounts capacity{graph, asked + 1};  // of the arcs of the network: never cut
    for (int source = 0; source < first_demand - 1; ++source)
        capacity[graph.arc(source)] = network.supply[static_cast<std::size_t>(source)];
    int last_arcs = first_demand - 1 + static_cast<int>(network.arcs.size());
    for (const std::int64_t demand : network.demand) capacity[graph.arc(last_arcs++)] = demand;

    Preflow flow{graph, capacity, graph.node(0), graph.node(end)};
    flow.runMinCut();
    FullestFlow result{flow.flowValue() == asked, std::vector<char>(network.demand.size())};
    for (std::size_t demand = 0; demand < result.is_short.size(); ++demand)
        result.is_short[demand] = !flow.minCut(graph.node(first_demand + static_cast<int>(demand)));
    return result;
}

}  // namespace amayesh::detail
