#include "study/travel_raster.hpp"

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include <amayesh/core/error.hpp>

#include "study/load_fingerprint.hpp"
#include "study/load_paths.hpp"

namespace amayesh::detail {

/// Hash of the values in the order of the cells.
struct TravelRaster::Digest {
    struct Free {
        void operator()(XXH3_state_t* freed) const noexcept { XXH3_freeState(freed); }
    };
    Digest() : state{XXH3_createState()} { XXH3_128bits_reset(state.get()); }
    std::unique_ptr<XXH3_state_t, Free> state;
};

namespace {

SourcePath only_source(const LayerStudy& layer, const Study& study) {
    std::vector<SourcePath> sources;
    if (layer.sources.size() == 1) sources = expand_source(layer.sources.front(), study.file.parent_path());
    if (sources.size() != 1)
        throw InvalidInput(fmt::format("the raster of kind '{}' must be one file", layer.raster_kind));
    return sources.front();
}

}  // namespace

TravelRaster::TravelRaster(const LayerStudy& layer, const Study& study, GridMeaning meaning, const StudyGrid& grid,
                           const Crs& grid_crs)
    : m_layer{layer}, m_digest{std::make_unique<Digest>()} {
    const SourcePath source = only_source(layer, study);
    m_written = source.written;
    if (source.is_file) m_local_file = source.opened;
    ResampledRasterOptions options;
    options.file.network_allowed = study.network_allowed;
    if (!layer.crs.empty()) options.crs = Crs::parse(layer.crs);
    const std::optional<Crs> crs = options.crs ? options.crs : RasterReader(source.opened, options.file).crs();
    if (crs) m_crs_name = crs->name();
    m_raster = std::make_unique<ResampledRaster>(source.opened, meaning, grid, grid_crs, options);
}

TravelRaster::~TravelRaster() = default;

GridRows TravelRaster::rows() {
    return [this, read = m_raster->rows()](std::size_t first_row, std::span<float> values) {
        read(first_row, values);
        XXH3_128bits_update(m_digest->state.get(), values.data(), values.size_bytes());
    };
}

InputRecord TravelRaster::record() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(m_digest->state.get());
    const RowHash all{hash.high64, hash.low64};
    InputRecord record;
    record.role = "rasters";
    record.source = m_written;
    record.as_of = m_layer.as_of;
    record.crs = m_crs_name;
    record.features_in = 1;
    record.features_used = 1;
    record.fingerprint = fingerprint({&all, 1});
    return record;
}

std::string TravelRaster::method_text() const {
    return fmt::format("{}, cells of about {:.3g} m, taken by {}", m_written, m_raster->pixel_size().value(),
                       to_string(m_raster->method()));
}

}  // namespace amayesh::detail
