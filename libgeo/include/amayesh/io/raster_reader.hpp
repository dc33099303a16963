#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/raster/grid_blocks.hpp>

namespace amayesh {

struct RasterReaderOptions {
    int band = 1;                                       ///< Counted from 1.
    bool network_allowed = false;                       ///< Allow names that are not local (`--allow-network`).
    std::uint64_t most_cells = std::uint64_t{1} << 34;  ///< Larger bands are refused when they are opened.
    std::uint64_t most_block_cells = std::uint64_t{1}
                                     << 24;  ///< So are larger blocks of the file (16 bytes a cell and thread).
    std::uint64_t most_bytes = std::uint64_t{1} << 36;  ///< Larger files are refused.
};

/// A band of a GeoTIFF, whatever the file's name says (a VRT called .tif is refused), read block by block.
///
/// Blocks:  those of the file, or several together where they are small.
/// Values:  the band's nodata value and mask are NaN; the rest is value × scale + offset, but for fill values that are not
///          declared (-9999 …), which stay as they are so that `is_suspicious_constant` knows them.
/// Threads: each that reads has the file open once; nothing is cached, so memory is one block a thread.
class AMAYESH_EXPORT RasterReader : public GridBlocks {
public:
    /// Throws: IoError (missing, cut, not a GeoTIFF, too large, no such band, complex numbers, no place on the earth);
    ///         CrsError for a CRS that is not understood.
    explicit RasterReader(const std::string& source, const RasterReaderOptions& options = {});
    ~RasterReader() override;
    RasterReader(RasterReader&&) noexcept;
    RasterReader& operator=(RasterReader&&) noexcept;

    [[nodiscard]] const std::string& file() const noexcept;        ///< As it was named.
    [[nodiscard]] const std::optional<Crs>& crs() const noexcept;  ///< Nothing where the data says none.
    [[nodiscard]] const GridLayout& layout() const noexcept override;
    /// Throws: IoError where the block cannot be read.
    void read_block(std::size_t block, std::span<double> values) const override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace amayesh
