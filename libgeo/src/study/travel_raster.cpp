#include "study/travel_raster.hpp"

#include <optional>
#include <span>
#include <string_view>
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

std::string_view written(FrictionUnit unit) {
    switch (unit) {
        case FrictionUnit::minutes_per_metre:
            return "min/m";
        case FrictionUnit::minutes_per_kilometre:
            return "min/km";
        case FrictionUnit::seconds_per_metre:
            return "s/m";
    }
    return {};
}

/// Slower is no travel, faster is no ground: a fill value or a mistaken unit.
PlausibleValues plausible_friction(FrictionUnit unit) {
    constexpr double slowest_km_per_hour = 0.001;
    constexpr double fastest_km_per_hour = 1'000;
    const auto friction_at = [&](double km_per_hour) {
        return static_cast<float>(double{minutes_per_metre_at(km_per_hour, "friction")} / minutes_per_metre(unit));
    };
    const float least = friction_at(fastest_km_per_hour);
    const float most = friction_at(slowest_km_per_hour);
    return {least, most,
            fmt::format("{:g} to {:g} {} ({:g} to {:g} km/h)", least, most, written(unit), fastest_km_per_hour,
                        slowest_km_per_hour)};
}

}  // namespace

double minutes_per_metre(FrictionUnit unit) {
    constexpr double metres_per_km = 1'000;
    constexpr double seconds_per_minute = 60;
    switch (unit) {
        case FrictionUnit::minutes_per_metre:
            return 1;
        case FrictionUnit::minutes_per_kilometre:
            return 1 / metres_per_km;
        case FrictionUnit::seconds_per_metre:
            return 1 / seconds_per_minute;
    }
    return 1;
}

TravelRaster::TravelRaster(const LayerStudy& layer, const Study& study, GridMeaning meaning, const StudyGrid& grid,
                           const Crs& grid_crs)
    : m_layer{layer}, m_digest{std::make_unique<Digest>()} {
    const SourcePath source = only_source(layer, study);
    m_written = source.written;
    if (source.is_file) m_local_file = source.opened;
    ResampledRasterOptions options;
    options.file.network_allowed = study.network_allowed;
    if (!layer.crs.empty()) options.crs = Crs::parse(layer.crs);
    if (meaning == GridMeaning::friction) options.values = plausible_friction(layer.friction_unit);
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
