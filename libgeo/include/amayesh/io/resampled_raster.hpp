#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/io/raster_reader.hpp>
#include <amayesh/raster/resampled_grid.hpp>

namespace amayesh {

struct ResampledRasterOptions {
    RasterReaderOptions file{};
    std::optional<Crs> crs{};  ///< Stands over the file's own; needed where the file says none.
    PlausibleValues values{};  ///< Others are refused with their place.
};

/// A band of a GeoTIFF brought to the cells of a study grid, row by row; see RasterReader for what is refused and
/// ResampledGrid for how values are found.
class AMAYESH_EXPORT ResampledRaster {
public:
    /// Throws: as RasterReader and ResampledGrid, naming the file; CrsError for a file without a CRS.
    ResampledRaster(const std::string& source, GridMeaning meaning, const StudyGrid& grid, const Crs& grid_crs,
                    const ResampledRasterOptions& options = {});
    ~ResampledRaster();
    ResampledRaster(ResampledRaster&&) noexcept;
    ResampledRaster& operator=(ResampledRaster&&) noexcept;

    [[nodiscard]] const std::string& file() const noexcept;  ///< As it was named.
    [[nodiscard]] ResamplingMethod method() const noexcept;
    /// The longer side of the file's cell at the study grid's centre, on the ground.
    [[nodiscard]] Metres pixel_size() const noexcept;
    /// Lives as long as this, moved or not; from one thread at a time. Throws as `ResampledGrid::read`, naming the file.
    [[nodiscard]] GridRows rows() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Slopes between cells that are farther apart say nothing about a way.
inline constexpr Metres coarsest_slope_source{1'000};

/// Throws: InvalidInput where the elevation's cells are larger than `coarsest_slope_source`, with the file, their size, the
///         limit and the ways out: to leave it out, or `way_to_allow` ("set allow_coarse_elevation = true under [reach]").
AMAYESH_EXPORT void check_slope_source(const ResampledRaster& elevation, std::string_view way_to_allow);

}  // namespace amayesh
