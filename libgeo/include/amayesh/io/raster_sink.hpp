#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/io/text_sink.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// What the cells of a written raster are.
enum class CellType : std::uint8_t {
    float32,  ///< Values as they are; NaN becomes the nodata value.
    uint16    ///< Whole numbers, rounded up to the next; 65535 = nodata.
};

/// A colour of a raster's palette, for whole values up to `up_to`.
struct PaletteEntry {
    double up_to = 0;
    std::uint8_t red = 0, green = 0, blue = 0;
};

struct RasterToWrite {
    StudyGrid grid;
    Crs crs = Crs::wgs84();
    CellType type = CellType::float32;
    std::string band_name{};              ///< "minutes to the nearest zone".
    std::string unit{};                   ///< "min".
    std::vector<PaletteEntry> palette{};  ///< Of whole numbers only.
    /// Called once for each row, in their order.
    std::function<void(std::size_t row, std::span<float> values)> read_row{};
};

/// Writes a Cloud Optimized GeoTIFF: whole or not at all, the same bytes for the same values.
/// Throws: IoError (target exists, no place, disk full), InvalidInput (a folder, an input file as target).
AMAYESH_EXPORT void write_raster(const RasterToWrite& raster, const std::filesystem::path& target, Overwrite overwrite,
                                 std::span<const std::filesystem::path> inputs);

}  // namespace amayesh
