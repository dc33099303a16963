// Least travel time from 1,000 towns to every cell of a made-up country, beside a plain binary heap, in one run.
//
// Usage: cost_distance_benchmark [--runs N] [--plane] [--windows] [SIDE…]
//        default: 3 runs of 1000, 2000, 4000 and 10000 cells a side
//        --plane: the same friction everywhere, so that many ways are equally long.
//        --windows: 300 × 300 cells around each town instead of the whole, one after the other.
// Each measure is a process of its own, in turn, so that its peak memory is its own; the least of the runs counts. What
// is timed is the search, for the library the reading of the raster (from a file in the cache) as well. Fails
// unless all give the same bits. The blocked mode keeps its tiles in the folder TMPDIR.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/parallel.hpp>
#include <amayesh/raster/cost_distance.hpp>

#include "benchmarks/made_friction.hpp"
#include "benchmarks/plain_cost_distance.hpp"

namespace {

using namespace amayesh;
using Clock = std::chrono::steady_clock;

constexpr std::size_t towns = 1000;

/// The surface, in a file, so that no process has more of it in memory than it asks for.
struct Surface {
    std::size_t side = 0;
    double cell_m = 0;
    std::vector<std::size_t> towns{};
    int file = -1;

    void read(std::size_t first_row, std::span<float> values) const {
        const auto from = static_cast<off_t>(first_row * side * sizeof(float));
        if (pread(file, values.data(), values.size_bytes(), from) != static_cast<ssize_t>(values.size_bytes()))
            throw std::runtime_error("the made surface cannot be read");
    }
};

Surface make_surface(std::size_t side, bool is_plane) {
    benchmark::MadeFriction made = benchmark::make_friction(side, towns);
    if (is_plane) std::fill(made.minutes_per_metre.begin(), made.minutes_per_metre.end(), 0.012F);
    Surface surface{.side = side, .cell_m = made.cell_m, .towns = made.towns};
    std::FILE* file = std::tmpfile();
    if (file == nullptr ||
        std::fwrite(made.minutes_per_metre.data(), sizeof(float), made.minutes_per_metre.size(), file) !=
            made.minutes_per_metre.size() ||
        std::fflush(file) != 0)
        throw std::runtime_error("the made surface cannot be kept");
    surface.file = fileno(file);
    return surface;
}

struct Measure {
    double seconds = std::numeric_limits<double>::infinity();
    double processor_seconds = std::numeric_limits<double>::infinity();
    std::size_t peak_bytes = std::numeric_limits<std::size_t>::max();
    std::size_t reached = 0;
    std::uint64_t costs = 0;  ///< A hash of all bits.
    std::uint64_t sources = 0;
};

double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <class T>
void hash_into(std::uint64_t& hash, std::span<const T> values) {
    for (const T value : values) {
        std::uint32_t bits = 0;
        std::copy_n(reinterpret_cast<const char*>(&value), sizeof bits, reinterpret_cast<char*>(&bits));
        hash = (hash ^ bits) * 0x100000001B3U;
    }
}

void take_in(Measure& measure, std::span<const float> costs, std::span<const std::uint32_t> sources) {
    hash_into(measure.costs, costs);
    hash_into(measure.sources, sources);
    measure.reached += static_cast<std::size_t>(std::count_if(
        costs.begin(), costs.end(), [](float cost) { return cost < std::numeric_limits<float>::infinity(); }));
}

/// Starts the clocks when made.
struct Stopwatch {
    Clock::time_point started = Clock::now();
    double used = processor_seconds();
    void stop(Measure& measure) const {
        measure.seconds = std::chrono::duration<double>(Clock::now() - started).count();
        measure.processor_seconds = processor_seconds() - used;
    }
};

Measure measure_plain(const Surface& surface, bool with_sources) {
    std::vector<float> friction(surface.side * surface.side);
    surface.read(0, friction);
    Measure measure;
    const Stopwatch watch;
    const benchmark::PlainCosts found =
        with_sources ? benchmark::plain_cost_distance<true>(friction, surface.side, surface.cell_m, surface.towns)
                     : benchmark::plain_cost_distance<false>(friction, surface.side, surface.cell_m, surface.towns);
    watch.stop(measure);
    take_in(measure, found.costs, found.sources);
    return measure;
}

Measure measure_ours(const Surface& surface, std::size_t threads, const CostDistanceOptions& options) {
    set_thread_limit(threads);
    const FrictionGrid grid{.width = surface.side,
                            .height = surface.side,
                            .column_m = surface.cell_m,
                            .row_m = surface.cell_m,
                            .read_friction = [&](std::size_t row, std::span<float> into) { surface.read(row, into); }};
    std::vector<CostSource> sources;
    for (const std::size_t town : surface.towns)
        sources.push_back({town % surface.side, town / surface.side, static_cast<std::uint32_t>(sources.size())});
    Measure measure;
    const Stopwatch watch;
    const CostSurface found = cost_distance(grid, sources, options);
    watch.stop(measure);
    std::vector<float> costs(surface.side);
    std::vector<std::uint32_t> ids(options.with_allocation ? surface.side : 0);
    for (std::size_t row = 0; row < surface.side; ++row) {
        found.costs_of_row(row, costs);
        if (options.with_allocation) found.sources_of_row(row, ids);
        take_in(measure, costs, ids);
    }
    return measure;
}

constexpr std::size_t window_side = 300;

/// The corner of the window around a town.
std::size_t first_of_window(std::size_t middle, std::size_t side) {
    return std::min(middle - std::min(middle, window_side / 2), side - window_side);
}

/// Costs from each town within its window; `search(friction, place of the town, costs)`.
template <class Search>
Measure measure_windows(const Surface& surface, const Search& search) {
    std::vector<float> friction(surface.side * surface.side);
    surface.read(0, friction);
    std::vector<float> window(window_side * window_side), costs(window.size());
    Measure measure;
    const Stopwatch watch;
    for (const std::size_t town : surface.towns) {
        const std::size_t column = first_of_window(town % surface.side, surface.side);
        const std::size_t row = first_of_window(town / surface.side, surface.side);
        for (std::size_t i = 0; i < window_side; ++i)
            std::copy_n(friction.begin() + static_cast<std::ptrdiff_t>((row + i) * surface.side + column), window_side,
                        window.begin() + static_cast<std::ptrdiff_t>(i * window_side));
        search(window, (town / surface.side - row) * window_side + town % surface.side - column, costs);
        take_in(measure, costs, {});
    }
    watch.stop(measure);
    return measure;
}

Measure measure_plain_windows(const Surface& surface) {
    return measure_windows(surface, [&](const std::vector<float>& window, std::size_t town, std::vector<float>& costs) {
        costs = benchmark::plain_cost_distance<false>(window, window_side, surface.cell_m, {town}).costs;
    });
}

Measure measure_our_windows(const Surface& surface, std::size_t threads) {
    set_thread_limit(threads);
    return measure_windows(surface, [&](const std::vector<float>& window, std::size_t town, std::vector<float>& costs) {
        const FrictionGrid grid{.width = window_side,
                                .height = window_side,
                                .column_m = surface.cell_m,
                                .row_m = surface.cell_m,
                                .read_friction = [&](std::size_t row, std::span<float> into) {
                                    std::copy_n(window.begin() + static_cast<std::ptrdiff_t>(row * window_side),
                                                into.size(), into.begin());
                                }};
        const CostSource source{town % window_side, town / window_side, 0};
        const CostSurface found = cost_distance(grid, {&source, 1});
        for (std::size_t row = 0; row < window_side; ++row)
            found.costs_of_row(row, std::span(costs).subspan(row * window_side, window_side));
    });
}

/// In a process of its own.
Measure apart(const std::function<Measure()>& work) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = fork();
    if (child == 0) {
        try {
            const Measure measure = work();
            _exit(write(ends[1], &measure, sizeof measure) == sizeof measure ? 0 : 1);
        } catch (const std::exception& problem) {
            fmt::print(stderr, "{}\n", problem.what());
            _exit(1);
        }
    }
    close(ends[1]);
    Measure measure;
    const bool is_read = read(ends[0], &measure, sizeof measure) == sizeof measure;
    close(ends[0]);
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || status != 0 || !is_read)
        throw std::runtime_error("a measure failed");
    measure.peak_bytes = static_cast<std::size_t>(used.ru_maxrss) * 1024;
    return measure;
}

struct Contender {
    std::string name;
    bool with_sources = false;
    std::function<Measure(const Surface&)> run;
    Measure best{};
};

/// Of the blocked mode: peaks stay below 400 MB at any size.
constexpr std::size_t block_bytes = 300'000'000;

std::vector<Contender> contenders(bool of_windows) {
    std::vector<Contender> all;
    if (of_windows) {
        all.push_back({"plain heap", false, measure_plain_windows});
        for (const std::size_t threads : {1U, 2U})
            all.push_back({fmt::format("windows, {} thread{}", threads, threads > 1 ? "s" : ""), false,
                           [=](const Surface& surface) { return measure_our_windows(surface, threads); }});
        return all;
    }
    for (const bool with_sources : {false, true}) {
        all.push_back(
            {"plain heap", with_sources, [=](const Surface& surface) { return measure_plain(surface, with_sources); }});
        for (const bool in_blocks : {false, true})
            for (const std::size_t threads : {1U, 2U})
                all.push_back({fmt::format("{}, {} thread{}", in_blocks ? "in blocks" : "in memory", threads,
                                           threads > 1 ? "s" : ""),
                               with_sources, [=](const Surface& surface) {
                                   CostDistanceOptions options{.with_allocation = with_sources};
                                   // A quarter of what it would take, so that there are some blocks at every size.
                                   const std::size_t quarter = surface.side * surface.side * (with_sources ? 4 : 2);
                                   if (in_blocks) options.most_memory = std::min(block_bytes, quarter);
                                   return measure_ours(surface, threads, options);
                               }});
    }
    return all;
}

void compare(std::size_t side, int runs, bool is_plane, bool of_windows) {
    const Surface surface = make_surface(side, is_plane);
    std::vector<Contender> all = contenders(of_windows);
    for (int run = 0; run < runs; ++run)
        for (Contender& contender : all) {
            const Measure measure = apart([&] { return contender.run(surface); });
            const Measure& first = run == 0 && &contender == &all.front() ? measure : all.front().best;
            if (measure.costs != first.costs || measure.reached != first.reached)
                throw std::runtime_error(contender.name + ": other costs than the plain heap's");
            Measure& best = contender.best;
            const double seconds = std::min(best.seconds, measure.seconds);
            const double processor = std::min(best.processor_seconds, measure.processor_seconds);
            const std::size_t peak = std::min(best.peak_bytes, measure.peak_bytes);
            best = measure;
            best.seconds = seconds;
            best.processor_seconds = processor;
            best.peak_bytes = peak;
        }
    close(surface.file);
    const double cells = static_cast<double>(side * side);
    fmt::print("{} × {} cells, {:.0f} % reached\n", side, side,
               100 * static_cast<double>(all.front().best.reached) / cells);
    fmt::print("  {:36} {:>8} {:>7} {:>10} {:>7} {:>8} {:>7}\n", "", "seconds", "ratio", "processor", "ratio",
               "peak MB", "B/cell");
    const Contender* plain = nullptr;
    for (const Contender& contender : all) {
        if (contender.name == "plain heap") plain = &contender;
        const Measure& best = contender.best;
        if (contender.with_sources && best.sources != plain->best.sources)
            throw std::runtime_error(contender.name + ": other sources than the plain heap's");
        fmt::print("  {:36} {:8.3f} {:7.3f} {:10.3f} {:7.3f} {:8.0f} {:7.1f}\n",
                   contender.name + (contender.with_sources ? ", with sources" : ""), best.seconds,
                   best.seconds / plain->best.seconds, best.processor_seconds,
                   best.processor_seconds / plain->best.processor_seconds, static_cast<double>(best.peak_bytes) / 1e6,
                   static_cast<double>(best.peak_bytes) / cells);
    }
    std::fflush(stdout);
}

}  // namespace

int main(int argument_count, char** arguments) {
    int runs = 3;
    bool is_plane = false, of_windows = false;
    std::vector<std::size_t> sides;
    for (int i = 1; i < argument_count; ++i) {
        const std::string argument = arguments[i];
        if (argument == "--runs" && i + 1 < argument_count)
            runs = std::max(1, std::atoi(arguments[++i]));
        else if (argument == "--plane")
            is_plane = true;
        else if (argument == "--windows")
            of_windows = true;
        else
            sides.push_back(std::strtoul(arguments[i], nullptr, 10));
    }
    if (sides.empty()) sides = {1000, 2000, 4000, 10000};
    try {
        for (const std::size_t side : sides) compare(side, runs, is_plane, of_windows);
    } catch (const std::exception& problem) {
        fmt::print(stderr, "cost_distance_benchmark: {}\n", problem.what());
        return 1;
    }
}
