#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh {

/// One band of a raster, read into memory.
struct RasterBand {
    std::string file{};        ///< As the study names it.
    std::optional<Crs> crs{};  ///< Nothing where the data says none.
    Grid<double> grid{};       ///< Values after scale and offset; NaN = nodata.
};

struct RasterSourceOptions {
    std::string role{};            ///< Role in the study, for problem entries: "population".
    int band = 1;                  ///< Counted from 1.
    bool network_allowed = false;  ///< Allow names that are not local (`--allow-network`).
    std::uint64_t most_cells = std::uint64_t{1}
                               << 26;  ///< Larger bands are refused before memory is taken (8 bytes a cell).
    std::uint64_t most_bytes = std::uint64_t{4} << 30;  ///< Larger files are refused.
};

/// Reads a band of a GeoTIFF, whatever the file's name says: a VRT called .tif is refused.
///
/// Nodata:  the band's nodata value and mask; values then become value × scale + offset.
/// Dirt:    fill values that are not declared (-9999 …) are kept as values and reported (value_implausible).
/// Cost:    O(cells), 8 bytes a cell; decoded on up to `thread_limit()` threads. Where blocks will do: `RasterReader`.
/// Throws:  IoError (missing, cut, not a GeoTIFF, too large, no such band, complex numbers, no place on the earth).
AMAYESH_EXPORT RasterBand read_raster(const std::string& source, const RasterSourceOptions& options,
                                      ProblemReport& problems);

}  // namespace amayesh
