#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/io/text_sink.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// What the cells of a written raster are.
enum class CellType : std::uint8_t {
    float32,  ///< Values as they are; nodata is NaN, which nothing can take for a value.
    /// Whole minutes, rounded up in whole milliseconds: the 60th minute belongs to 60. 65535 = nodata, 65534 = that or more.
    uint16
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
    std::vector<PaletteEntry> palette{};  ///< Of whole numbers only, rising; empty = none.
    /// Called once for each row, in their order. NaN or infinite = no value.
    std::function<void(std::size_t row, std::span<float> values)> read_row{};
    std::string qml{};  ///< A style of QGIS, for a sink `with_style`.
};

struct RasterSinkOptions {
    Overwrite overwrite = Overwrite::no;
    bool with_style = false;  ///< Beside the raster lies its style, `<name>.qml`, which appears with it or not at all.
};

/// Writes a Cloud Optimized GeoTIFF, whole or not at all, under the rules of VectorSink.
///
/// Tiles of 512 cells, DEFLATE; overviews down to 512 cells: of float32 the mean of the cells that have a value, of whole
/// numbers one of the cells. The band has its statistics. Bytes depend on the values alone: not on day or thread count.
/// Until the end there is a second, uncompressed copy in the hidden folder: 4 or 2 bytes a cell of disk.
/// Memory:  GDAL's block cache (a twentieth of the memory, or GDAL_CACHEMAX), whatever the size of the raster.
class AMAYESH_EXPORT RasterSink {
public:
    /// Before the work: throws IoError: the target exists without overwrite, is a folder or one of `inputs`; its folder is
    /// missing or not writable, another run is writing it.
    RasterSink(const std::filesystem::path& target, const RasterSinkOptions& options,
               std::span<const std::filesystem::path> inputs);
    ~RasterSink();  ///< Without `finish`: the old target stays.
    RasterSink(RasterSink&&) noexcept;
    RasterSink& operator=(RasterSink&&) noexcept;

    /// Writes, syncs and moves the file into place. Throws: IoError (disk full), InvalidInput (no cells, more than 2³¹ − 1
    /// columns or rows, a negative value for uint16, a palette that does not rise or is for float32), and what `read_row` and
    /// `progress` throw; the old target then stays.
    void finish(const RasterToWrite& raster, const Progress& progress = {});

    /// The two halves of it, for a raster that is to appear with other files: `write` moves nothing into place.
    void write(const RasterToWrite& raster, const Progress& progress = {});
    void publish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// As a RasterSink, at once; with a style where the raster has one.
AMAYESH_EXPORT void write_raster(const RasterToWrite& raster, const std::filesystem::path& target, Overwrite overwrite,
                                 std::span<const std::filesystem::path> inputs, const Progress& progress = {});

}  // namespace amayesh
