// allocate_capacity beside the bare calls of LEMON, in turn, in processor time; every answer must cost and serve the same.
// Usage: allocation_benchmark [RUNS [FOLDER]]     FOLDER: writes the problems of the national scale there, for the peer
// One line a work: scale, arcs, what, least seconds, served by class 0, 1, 2, cost.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <utility>

#include <amayesh/core/parallel.hpp>

#include "allocation_world.hpp"
#include "bare_flow.hpp"

namespace {

using namespace amayesh;
using benchmark::AllocationScale;
using benchmark::BareSolver;
using Amounts = std::vector<std::int64_t>;

constexpr std::size_t slow_arcs = 100'000;  // beyond, the slow methods are left out

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Check {
    std::array<std::int64_t, 3> served{};
    std::int64_t cost = 0;
    friend bool operator==(const Check&, const Check&) = default;
};

Check check_of(const CapacityProblem& problem, const Amounts& amounts) {
    Check check;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const CapacityArc& arc = problem.arcs[i];
        check.served[static_cast<std::size_t>(problem.demands[arc.demand].priority_class)] += amounts[i];
        check.cost += amounts[i] * arc.cost;
    }
    return check;
}

struct Work {
    const char* name;
    std::function<Amounts()> run;
    bool same_cost = true;
    double seconds = 1e9;
    Check check{};
};

benchmark::BareProblem bare(const CapacityProblem& problem) {
    benchmark::BareProblem result;
    std::int64_t largest_cost = 0;
    for (const CapacityArc& arc : problem.arcs) {
        result.arcs.push_back({static_cast<int>(arc.demand), static_cast<int>(arc.source), arc.cost});
        largest_cost = std::max(largest_cost, arc.cost);
    }
    const auto ends = static_cast<std::int64_t>(std::min(problem.demands.size(), problem.sources.size()));
    for (const CapacityDemand& demand : problem.demands) {
        result.demand.push_back(demand.amount);
        result.not_served_cost.push_back((largest_cost * ends + 1) * (3 - demand.priority_class));
    }
    for (const CapacitySource& source : problem.sources) result.headroom.push_back(source.headroom.value_or(0));
    return result;
}

std::vector<Work> works_on(const CapacityProblem& problem, const benchmark::BareProblem& bare_problem) {
    AllocationOptions even;
    even.sharing.fill(Sharing::even);
    const auto bare_work = [&](const char* name, BareSolver solver) {
        return Work{name, [&bare_problem, solver] { return bare_flow(bare_problem, solver); }};
    };
    std::vector<Work> works;
    works.push_back({"allocate_capacity", [&] { return allocate_capacity(problem).amounts; }});
    works.push_back(bare_work("bare network simplex", BareSolver::network_simplex));
    works.push_back({"allocate_capacity, even", [&, even] { return allocate_capacity(problem, even).amounts; }, false});
    if (problem.arcs.size() > slow_arcs) return works;
    works.push_back(bare_work("bare cost scaling", BareSolver::cost_scaling));
    works.push_back(bare_work("bare capacity scaling", BareSolver::capacity_scaling));
    return works;
}

bool measure(const std::string& name, const CapacityProblem& problem, int runs) {
    const benchmark::BareProblem bare_problem = bare(problem);
    std::vector<Work> works = works_on(problem, bare_problem);
    for (int run = 0; run < runs; ++run)
        for (Work& work : works) {
            const double start = processor_seconds();
            const Amounts amounts = work.run();
            work.seconds = std::min(work.seconds, processor_seconds() - start);
            work.check = check_of(problem, amounts);
        }
    bool all_equal = true;
    for (const Work& work : works) {
        const Check& check = work.check;
        std::printf("%s\t%zu\t%s\t%.4f\t%lld\t%lld\t%lld\t%lld\n", name.c_str(), problem.arcs.size(), work.name,
                    work.seconds, static_cast<long long>(check.served[0]), static_cast<long long>(check.served[1]),
                    static_cast<long long>(check.served[2]), static_cast<long long>(check.cost));
        all_equal &= check.served == works[0].check.served && (!work.same_cost || check.cost == works[0].check.cost);
    }
    return all_equal;
}

void write(const CapacityProblem& problem, const std::string& stem) {
    std::ofstream demands{stem + "_demands.csv"}, sources{stem + "_sources.csv"}, arcs{stem + "_arcs.csv"};
    for (const CapacityDemand& demand : problem.demands)
        demands << demand.amount << ',' << demand.priority_class << '\n';
    for (const CapacitySource& source : problem.sources) sources << source.headroom.value_or(0) << ",0\n";
    for (const CapacityArc& arc : problem.arcs) arcs << arc.demand << ',' << arc.source << ',' << arc.cost << '\n';
}

}  // namespace

int main(int argument_count, char** arguments) {
    const int runs = argument_count > 1 ? std::max(1, std::atoi(arguments[1])) : 5;
    const std::array<AllocationScale, 6> scales{{{.name = "water", .reach_m = 15'000},
                                                 {.name = "power", .reach_m = 50'000},
                                                 {.name = "gas", .reach_m = 15'000, .headroom_share = 2},
                                                 {.name = "any distance", .reach_m = 1e9},
                                                 {.name = "plenty", .reach_m = 1e9, .headroom_share = 10},
                                                 {.name = "large", .demands = 20'000, .reach_m = 1e9}}};
    set_thread_limit(1);
    bool all_equal = true;
    unsigned seed = 1402;
    for (const AllocationScale& scale : scales) {
        const CapacityProblem problem = benchmark::allocation_world(scale, seed++);
        if (argument_count > 2 && scale.demands == 1'500) write(problem, std::string{arguments[2]} + '/' + scale.name);
        all_equal &= measure(scale.name, problem, scale.demands == 1'500 ? runs : 1);
    }
    if (!all_equal) std::fprintf(stderr, "the answers differ\n");
    return all_equal ? 0 : 1;
}
