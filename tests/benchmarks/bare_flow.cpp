// Compiled as C++17: two of LEMON's solvers ask std::allocator for members that C++20 removed.
#include "bare_flow.hpp"

#define LEMON_ONLY_TEMPLATES
#include <lemon/capacity_scaling.h>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace amayesh::benchmark {

namespace {

using Graph = lemon::SmartDigraph;
using Nodes = std::vector<Graph::Node>;

struct Flow {
    Graph graph;
    Graph::ArcMap<std::int64_t> capacity{graph}, cost{graph};
    Graph::NodeMap<std::int64_t> supply{graph, 0};

    Nodes add_nodes(std::size_t count) {
        Nodes nodes;
        for (std::size_t i = 0; i < count; ++i) nodes.push_back(graph.addNode());
        return nodes;
    }
    void add_arc(Graph::Node from, Graph::Node to, std::int64_t most, std::int64_t price) {
        const Graph::Arc arc = graph.addArc(from, to);
        capacity[arc] = most;
        cost[arc] = price;
    }
};

void build(Flow& flow, const BareProblem& problem) {
    const Nodes demands = flow.add_nodes(problem.demand.size()), sources = flow.add_nodes(problem.headroom.size());
    const Graph::Node feeder = flow.graph.addNode();
    std::int64_t total = 0;
    for (const std::int64_t amount : problem.demand) total += amount;
    for (const BareArc& arc : problem.arcs)
        flow.add_arc(sources[static_cast<std::size_t>(arc.source)], demands[static_cast<std::size_t>(arc.demand)],
                     total, arc.cost);
    for (std::size_t i = 0; i < sources.size(); ++i) flow.add_arc(feeder, sources[i], problem.headroom[i], 0);
    for (std::size_t i = 0; i < demands.size(); ++i) {
        flow.add_arc(feeder, demands[i], total, problem.not_served_cost[i]);
        flow.supply[demands[i]] = -problem.demand[i];
    }
    flow.supply[feeder] = total;
}

template <class Solver>
std::vector<std::int64_t> solved(const BareProblem& problem) {
    Flow flow;
    build(flow, problem);
    Solver solver{flow.graph};
    solver.upperMap(flow.capacity).costMap(flow.cost).supplyMap(flow.supply).run();
    std::vector<std::int64_t> amounts(problem.arcs.size());
    for (std::size_t i = 0; i < amounts.size(); ++i) amounts[i] = solver.flow(Graph::arcFromId(static_cast<int>(i)));
    return amounts;
}

}  // namespace

std::vector<std::int64_t> bare_flow(const BareProblem& problem, BareSolver solver) {
    switch (solver) {
        case BareSolver::cost_scaling:
            return solved<lemon::CostScaling<Graph, std::int64_t, std::int64_t>>(problem);
        case BareSolver::capacity_scaling:
            return solved<lemon::CapacityScaling<Graph, std::int64_t, std::int64_t>>(problem);
        case BareSolver::network_simplex:
            break;
    }
    return solved<lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>>(problem);
}

}  // namespace amayesh::benchmark
