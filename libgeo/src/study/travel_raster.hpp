#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <amayesh/io/resampled_raster.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

double minutes_per_metre(FrictionUnit unit);

/// A raster of a study on the cells of a surface, with what is to be said of it.
class TravelRaster {
public:
    /// Borrows the layer. Friction is between 1,000 and 0.001 km/h; what is not is refused as it is read.
    /// Throws: as ResampledRaster; InvalidInput for several files.
    TravelRaster(const LayerStudy& layer, const Study& study, GridMeaning meaning, const StudyGrid& grid,
                 const Crs& grid_crs);
    ~TravelRaster();
    TravelRaster(const TravelRaster&) = delete;
    TravelRaster& operator=(const TravelRaster&) = delete;

    [[nodiscard]] const ResampledRaster& raster() const noexcept { return *m_raster; }
    /// Borrows this; what is read is hashed, in the order that it is read.
    [[nodiscard]] GridRows rows();
    /// Of what was read.
    [[nodiscard]] InputRecord record() const;
    [[nodiscard]] const std::filesystem::path& local_file() const noexcept { return m_local_file; }  ///< Or empty.
    [[nodiscard]] const std::string& kind() const noexcept { return m_layer.raster_kind; }
    [[nodiscard]] std::string method_text() const;

private:
    struct Digest;
    const LayerStudy& m_layer;
    std::string m_written;
    std::string m_crs_name;
    std::filesystem::path m_local_file;
    std::unique_ptr<ResampledRaster> m_raster;
    std::unique_ptr<Digest> m_digest;
};

}  // namespace amayesh::detail
