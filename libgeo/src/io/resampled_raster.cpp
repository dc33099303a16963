#include <amayesh/io/resampled_raster.hpp>

#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh {

namespace {

/// Runs `work`; what it finds wrong is said of the file.
template <class Work>
auto naming(const std::string& file, const Work& work) {
    try {
        return work();
    } catch (const InvalidInput& error) {
        throw InvalidInput(fmt::format("{}: {}", file, error.what()));
    } catch (const CrsError& error) {
        throw CrsError(fmt::format("{}: {}", file, error.what()));
    }
}

Crs crs_of(const RasterReader& reader, const ResampledRasterOptions& options) {
    if (options.crs) return *options.crs;
    if (reader.crs()) return *reader.crs();
    throw CrsError(fmt::format("{} does not say which CRS it is in; give it with crs = \"EPSG:…\"", reader.file()));
}

}  // namespace

struct ResampledRaster::State {
    RasterReader reader;
    ResampledGrid grid;

    State(RasterReader source, const Crs& crs, GridMeaning meaning, const StudyGrid& study_grid, const Crs& grid_crs,
          const PlausibleValues& values)
        : reader{std::move(source)}, grid{naming(reader.file(), [&] {
              return ResampledGrid(reader, crs, meaning, study_grid, grid_crs, values);
          })} {}
};

ResampledRaster::ResampledRaster(const std::string& source, GridMeaning meaning, const StudyGrid& grid,
                                 const Crs& grid_crs, const ResampledRasterOptions& options) {
    RasterReader reader(source, options.file);
    const Crs crs = crs_of(reader, options);
    m_state = std::make_unique<State>(std::move(reader), crs, meaning, grid, grid_crs, options.values);
}

ResampledRaster::~ResampledRaster() = default;
ResampledRaster::ResampledRaster(ResampledRaster&&) noexcept = default;
ResampledRaster& ResampledRaster::operator=(ResampledRaster&&) noexcept = default;

const std::string& ResampledRaster::file() const noexcept { return m_state->reader.file(); }
ResamplingMethod ResampledRaster::method() const noexcept { return m_state->grid.method(); }
Metres ResampledRaster::pixel_size() const noexcept { return m_state->grid.pixel_size(); }

GridRows ResampledRaster::rows() const {
    return [state = m_state.get()](std::size_t first_row, std::span<float> values) {
        naming(state->reader.file(), [&] { state->grid.read(first_row, values); });
    };
}

void check_slope_source(const ResampledRaster& elevation, std::string_view way_to_allow) {
    if (elevation.pixel_size() <= coarsest_slope_source) return;
    throw InvalidInput(fmt::format(
        "{}: its cells are {:.3g} km wide, and slopes between cells of more than {:g} km say nothing about a "
        "way; leave the elevation out, or {}",
        elevation.file(), to_kilometres(elevation.pixel_size()).value(), to_kilometres(coarsest_slope_source).value(),
        way_to_allow));
}

}  // namespace amayesh
