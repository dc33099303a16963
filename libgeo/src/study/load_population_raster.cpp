#include "study/load_population_raster.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/io/raster_source.hpp>
#include <amayesh/raster/zonal_statistics.hpp>

#include "study/load_fingerprint.hpp"
#include "study/load_paths.hpp"

namespace amayesh::detail {
namespace {

constexpr double tolerated_outside_share = 1e-6;  // of a district's area: rounding, not a missing strip

void note_unused(const LayerStudy& layer, ProblemReport& problems) {
    problems.add({.severity = Severity::note,
                  .kind = ProblemKind::layer_incomplete,
                  .layer = "rasters",
                  .file = layer.sources.empty() ? std::string{} : layer.sources.front(),
                  .message = fmt::format("a raster of kind '{}' has no part in check and gap", layer.raster_kind),
                  .action = "not read"});
}

Crs crs_of(const RasterBand& band, const LayerStudy& layer) {
    if (band.crs) return *band.crs;
    if (!layer.crs.empty()) return Crs::parse(layer.crs);
    throw CrsError(
        fmt::format("{}: the raster has no CRS; say which it is by crs = \"…\" in [layers.rasters]", band.file));
}

InputRecord record_of(const RasterBand& band, const LayerStudy& layer, const Crs& crs) {
    const XXH128_hash_t hash =
        XXH3_128bits(band.grid.values.data(), band.grid.values.size() * sizeof(band.grid.values.front()));
    const RowHash all{hash.high64, hash.low64};
    InputRecord record;
    record.role = "rasters";
    record.source = band.file;
    record.crs = crs.name();
    record.as_of = layer.as_of;
    record.features_in = 1;
    record.features_used = 1;
    record.fingerprint = fingerprint({&all, 1});
    return record;
}

void report(const RuralDistrict& district, const std::string& file, std::string message, ProblemReport& problems) {
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::value_missing,
                  .layer = "rasters",
                  .file = file,
                  .feature = district.id,
                  .field = "population",
                  .message = std::move(message),
                  .action = "the raster's population of this rural district stays unknown"});
}

/// The sum, where the raster tells it for the whole district.
std::optional<double> population_of(const ZonalStatistics& zone, const RuralDistrict& district, const std::string& file,
                                    ProblemReport& problems) {
    if (district.shape.parts.empty()) return std::nullopt;
    if (zone.outside_share() > tolerated_outside_share) {
        report(district, file, "the raster does not cover all of it", problems);
        return std::nullopt;
    }
    if (zone.suspicious_area > 0) {
        report(district, file,
               fmt::format("{:.3g} cells of it hold a fill value that is not declared as nodata", zone.suspicious_area),
               problems);
        return std::nullopt;
    }
    if (zone.cells == 0) {
        report(district, file, "no cell of the raster with a value lies in it", problems);
        return std::nullopt;
    }
    if (zone.min < 0) {
        report(district, file, fmt::format("a cell of it holds {:g} people", zone.min), problems);
        return std::nullopt;
    }
    return zone.sum;
}

void add_population(const LayerStudy& layer, const Study& study, LoadedStudy& loaded, ProblemReport& problems) {
    const auto sources = expand_source(layer.sources.front(), study.file.parent_path());
    if (layer.sources.size() != 1 || sources.size() != 1) throw InvalidInput("the population raster must be one file");
    const SourcePath& source = sources.front();
    ProblemReport found;
    RasterBand band = read_raster(source.opened, {.role = "rasters", .network_allowed = study.network_allowed}, found);
    for (Problem problem : found.entries()) {
        problem.file = source.written;
        problems.add(std::move(problem));
    }
    band.file = source.written;
    if (source.is_file) loaded.input_files.emplace_back(source.opened);
    const Crs crs = crs_of(band, layer);
    loaded.inputs.push_back(record_of(band, layer, crs));
    const Transform to_raster(loaded.area.working_crs, crs);
    std::vector<MultiPolygon> shapes;
    for (const RuralDistrict& district : loaded.area.rural_districts) shapes.push_back(to_raster.apply(district.shape));
    const std::vector<ZonalStatistics> zones = zonal_statistics(band.grid, shapes);
    for (std::size_t i = 0; i < zones.size(); ++i)
        loaded.area.raster_population.push_back(
            population_of(zones[i], loaded.area.rural_districts[i], band.file, problems));
}

}  // namespace

void load_population_raster(const Study& study, LoadedStudy& loaded, ProblemReport& problems) {
    for (const LayerStudy& layer : study.layers) {
        if (layer.role != LayerRole::rasters) continue;
        if (layer.raster_kind != "population") {
            note_unused(layer, problems);
            continue;
        }
        if (!loaded.area.raster_population.empty()) throw InvalidInput("a study has one population raster at most");
        add_population(layer, study, loaded, problems);
    }
}

}  // namespace amayesh::detail
