#include <amayesh/raster/zonal_statistics.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/raster/cell_fractions.hpp>

#include "raster/run_sums.hpp"

namespace amayesh {
namespace {

using detail::RunSums;

constexpr std::size_t cells_of_a_memory_block = std::size_t{1} << 18;
constexpr auto phase = "zonal statistics";

/// One polygon in one block.
struct Part {
    std::size_t polygon = 0;
    RunSums sums{};
};

/// What there is to do in each block that a polygon touches, blocks in their order.
struct BlockWork {
    std::vector<std::size_t> blocks;
    std::vector<std::size_t> starts;  ///< Of each block's parts, and the end.
    std::vector<Part> parts;
};

struct Columns {
    std::size_t first = 0;
    std::size_t end = 0;
};

Columns columns_of(const CellFractions& fractions) {
    Columns columns{fractions.runs.front().column, fractions.runs.front().end};
    for (std::size_t row = 0; row < fractions.rows(); ++row) {
        const auto runs = fractions.runs_of(fractions.first_row + row);
        if (runs.empty()) continue;
        columns.first = std::min<std::size_t>(columns.first, runs.front().column);
        columns.end = std::max<std::size_t>(columns.end, runs.back().end);
    }
    return columns;
}

BlockWork work_of(std::span<const CellFractions> polygons, const GridLayout& layout) {
    struct Pair {
        std::size_t block;
        std::size_t polygon;
    };
    std::vector<Pair> pairs;
    for (std::size_t polygon = 0; polygon < polygons.size(); ++polygon) {
        const CellFractions& fractions = polygons[polygon];
        if (fractions.runs.empty()) continue;
        const Columns columns = columns_of(fractions);
        const std::size_t last_row = fractions.first_row + fractions.rows() - 1;
        for (std::size_t y = fractions.first_row / layout.block_height; y <= last_row / layout.block_height; ++y)
            for (std::size_t x = columns.first / layout.block_width; x <= (columns.end - 1) / layout.block_width; ++x)
                pairs.push_back({y * layout.blocks_across() + x, polygon});
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.block < b.block; });
    BlockWork work;
    work.parts.reserve(pairs.size());
    for (const auto& [block, polygon] : pairs) {
        if (work.blocks.empty() || work.blocks.back() != block) {
            work.blocks.push_back(block);
            work.starts.push_back(work.parts.size());
        }
        work.parts.push_back({polygon, {}});
    }
    work.starts.push_back(work.parts.size());
    return work;
}

void sum_part(const CellFractions& fractions, const GridWindow& window, std::span<const double> values, RunSums& sums) {
    const std::size_t end_row = std::min(window.row + window.height, fractions.first_row + fractions.rows());
    for (std::size_t row = std::max(window.row, fractions.first_row); row < end_row; ++row) {
        const auto of_row = values.subspan((row - window.row) * window.width, window.width);
        for (const CellRun& run : fractions.runs_of(row)) {
            const std::size_t first = std::max<std::size_t>(run.column, window.column);
            const std::size_t end = std::min<std::size_t>(run.end, window.column + window.width);
            if (first < end) sums.add(of_row.subspan(first - window.column, end - first), run.fraction);
        }
    }
}

/// Hands out tasks in their order to several threads, tells the progress, and keeps the first task's failure.
class TaskQueue {
public:
    TaskQueue(std::size_t tasks, const Progress& progress) : m_tasks{tasks}, m_progress{progress} {}

    template <class Task>
    void work(const Task& task) {
        while (!m_has_failed) {  // asked before a task is taken: those before a failing one are always done
            const std::size_t i = m_next++;
            if (i >= m_tasks) return;
            try {
                task(i);
                tell();
            } catch (...) {
                keep(i, std::current_exception());
            }
        }
    }
    void rethrow() const {
        if (m_failure) std::rethrow_exception(m_failure);
    }

private:
    void tell() {
        if (!m_progress) return;
        const std::lock_guard lock{m_mutex};
        m_progress(phase, static_cast<double>(++m_done) / static_cast<double>(m_tasks));
    }
    void keep(std::size_t task, std::exception_ptr failure) {
        const std::lock_guard lock{m_mutex};
        if (!m_failure || task < m_failed) {
            m_failed = task;
            m_failure = std::move(failure);
        }
        m_has_failed = true;
    }

    std::size_t m_tasks;
    const Progress& m_progress;
    std::atomic<std::size_t> m_next{0};
    std::atomic<bool> m_has_failed{false};
    std::mutex m_mutex;
    std::size_t m_done = 0;
    std::size_t m_failed = 0;
    std::exception_ptr m_failure;
};

void sum_blocks(const GridBlocks& grid, std::span<const CellFractions> polygons, BlockWork& work,
                const Progress& progress) {
    TaskQueue queue{work.blocks.size(), progress};
    parallel_for(std::min(thread_limit(), work.blocks.size()), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t worker = begin; worker < end; ++worker) {
            std::vector<double> values;
            queue.work([&](std::size_t i) {
                const GridWindow window = grid.layout().window_of(work.blocks[i]);
                values.resize(window.cells());
                grid.read_block(work.blocks[i], values);
                for (std::size_t part = work.starts[i]; part < work.starts[i + 1]; ++part)
                    sum_part(polygons[work.parts[part].polygon], window, values, work.parts[part].sums);
            });
        }
    });
    queue.rethrow();
}

void add(const RunSums& sums, ZonalStatistics& zone) {
    if (sums.cells > 0) {
        zone.min = zone.cells > 0 ? std::min(zone.min, sums.min) : sums.min;
        zone.max = zone.cells > 0 ? std::max(zone.max, sums.max) : sums.max;
    }
    zone.sum += sums.sum;
    zone.cells += sums.cells;
    zone.value_area += sums.value_area;
    zone.nodata_area += sums.nodata_area;
    zone.suspicious_area += sums.suspicious_area;
}

/// A grid in memory, some rows at a time.
template <class T>
class MemoryBlocks : public GridBlocks {
public:
    explicit MemoryBlocks(const Grid<T>& grid)
        : m_grid{grid},
          m_layout{grid.placement, grid.width, grid.height, std::max<std::size_t>(grid.width, 1),
                   std::max<std::size_t>(1, cells_of_a_memory_block / std::max<std::size_t>(grid.width, 1))} {}

    [[nodiscard]] const GridLayout& layout() const noexcept override { return m_layout; }
    void read_block(std::size_t block, std::span<double> values) const override {
        const std::size_t first = m_layout.window_of(block).row * m_grid.width;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(m_grid.values[first + i]);
        if (m_grid.is_nodata.empty()) return;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (m_grid.is_nodata[first + i] != 0) values[i] = std::numeric_limits<double>::quiet_NaN();
    }

private:
    const Grid<T>& m_grid;
    GridLayout m_layout;
};

}  // namespace

std::vector<ZonalStatistics> zonal_statistics(const GridBlocks& grid, std::span<const MultiPolygon> polygons,
                                              const Progress& progress) {
    const GridLayout& layout = grid.layout();
    const std::vector<CellFractions> fractions =
        cell_fractions(layout.placement, layout.width, layout.height, polygons);
    BlockWork work = work_of(fractions, layout);
    sum_blocks(grid, fractions, work, progress);
    std::vector<ZonalStatistics> zones(polygons.size());
    for (const Part& part : work.parts) add(part.sums, zones[part.polygon]);
    for (std::size_t i = 0; i < zones.size(); ++i) zones[i].outside_area = fractions[i].outside_area;
    return zones;
}

template <class T>
std::vector<ZonalStatistics> zonal_statistics(const Grid<T>& grid, std::span<const MultiPolygon> polygons) {
    if (grid.values.size() != grid.width * grid.height ||
        (!grid.is_nodata.empty() && grid.is_nodata.size() != grid.values.size()))
        throw InvalidInput{fmt::format("a grid of {} × {} cells has {} values and {} mask entries", grid.width,
                                       grid.height, grid.values.size(), grid.is_nodata.size())};
    return zonal_statistics(MemoryBlocks<T>{grid}, polygons, {});
}

template AMAYESH_EXPORT std::vector<ZonalStatistics> zonal_statistics(const Grid<float>&,
                                                                      std::span<const MultiPolygon>);
template AMAYESH_EXPORT std::vector<ZonalStatistics> zonal_statistics(const Grid<double>&,
                                                                      std::span<const MultiPolygon>);

}  // namespace amayesh
