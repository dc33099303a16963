#include <amayesh/io/raster_source.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/parallel.hpp>
#include <amayesh/io/raster_reader.hpp>

namespace amayesh {
namespace {

Grid<double> read_grid(const RasterReader& reader) {
    const GridLayout& layout = reader.layout();
    Grid<double> grid{layout.placement, layout.width, layout.height, {}, {}};
    grid.values.resize(grid.width * grid.height);
    const std::size_t blocks = layout.blocks_across() * layout.blocks_down();
    parallel_for(blocks, 1, [&](std::size_t begin, std::size_t end) {
        std::vector<double> values;
        for (std::size_t block = begin; block < end; ++block) {
            const GridWindow window = layout.window_of(block);
            values.resize(window.cells());
            reader.read_block(block, values);
            for (std::size_t row = 0; row < window.height; ++row)
                std::copy_n(&values[row * window.width], window.width,
                            &grid.values[(window.row + row) * grid.width + window.column]);
        }
    });
    return grid;
}

void report_fill_values(const RasterBand& raster, const RasterSourceOptions& options, ProblemReport& problems) {
    for (const SuspiciousConstant& found : find_suspicious_constants(raster.grid)) {
        Problem problem;
        problem.severity = Severity::warning;
        problem.kind = ProblemKind::value_implausible;
        problem.layer = options.role;
        problem.file = raster.file;
        problem.message = fmt::format("{} cells hold {}, a usual fill value that is not declared as nodata",
                                      found.cells, found.value);
        problem.action = "kept as values; declare it with gdal_edit.py -a_nodata";
        problems.add(std::move(problem));
    }
}

}  // namespace

RasterBand read_raster(const std::string& source, const RasterSourceOptions& options, ProblemReport& problems) {
    const RasterReader reader{source,
                              {.band = options.band,
                               .network_allowed = options.network_allowed,
                               .most_cells = options.most_cells,
                               .most_block_cells = options.most_cells,
                               .most_bytes = options.most_bytes}};
    RasterBand result{source, reader.crs(), read_grid(reader)};
    report_fill_values(result, options, problems);
    return result;
}

}  // namespace amayesh
