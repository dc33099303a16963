#include "study/load_population_raster.hpp"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/io/raster_reader.hpp>
#include <amayesh/raster/zonal_statistics.hpp>

#include "study/load_fingerprint.hpp"
#include "study/load_paths.hpp"

namespace amayesh::detail {
namespace {

constexpr double tolerated_outside_share = 1e-6;  // of a district's area: rounding, not a missing strip
constexpr std::size_t districts_per_chunk = 16;

void note_unused(const LayerStudy& layer, ProblemReport& problems) {
    problems.add({.severity = Severity::note,
                  .kind = ProblemKind::layer_incomplete,
                  .layer = "rasters",
                  .file = layer.sources.empty() ? std::string{} : layer.sources.front(),
                  .message = fmt::format("a raster of kind '{}' has no part in check and gap", layer.raster_kind),
                  .action = "not read"});
}

Crs crs_of(const RasterReader& raster, const LayerStudy& layer, const std::string& file) {
    if (raster.crs()) return *raster.crs();
    if (!layer.crs.empty()) return Crs::parse(layer.crs);
    throw CrsError(fmt::format("{}: the raster has no CRS; say which it is by crs = \"…\" in [layers.rasters]", file));
}

/// A raster that remembers what was read of it.
class RememberedBlocks : public GridBlocks {
public:
    explicit RememberedBlocks(const RasterReader& raster) : m_raster{raster} {}

    [[nodiscard]] const GridLayout& layout() const noexcept override { return m_raster.layout(); }
    void read_block(std::size_t block, std::span<double> values) const override {
        m_raster.read_block(block, values);
        const XXH128_hash_t hash = XXH3_128bits_withSeed(values.data(), values.size_bytes(), block);
        std::map<double, std::size_t> fills;
        for (const double value : values)
            if (is_suspicious_constant(value)) ++fills[value];
        const std::lock_guard lock{m_mutex};
        m_hashes.push_back({hash.high64, hash.low64});
        for (const auto& [value, cells] : fills) m_fills[value] += cells;
    }

    [[nodiscard]] std::string fingerprint_of_read() const { return fingerprint(m_hashes); }
    /// Fill values that are not declared, and how many cells hold each.
    [[nodiscard]] const std::map<double, std::size_t>& fills() const { return m_fills; }

private:
    const RasterReader& m_raster;
    mutable std::mutex m_mutex;
    mutable std::vector<RowHash> m_hashes;
    mutable std::map<double, std::size_t> m_fills;
};

InputRecord record_of(const RememberedBlocks& raster, const LayerStudy& layer, const Crs& crs,
                      const std::string& file) {
    InputRecord record;
    record.role = "rasters";
    record.source = file;
    record.crs = crs.name();
    record.as_of = layer.as_of;
    record.features_in = 1;
    record.features_used = 1;
    record.fingerprint = raster.fingerprint_of_read();
    return record;
}

void report_fill_values(const RememberedBlocks& raster, const std::string& file, ProblemReport& problems) {
    for (const auto& [value, cells] : raster.fills())
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::value_implausible,
                      .layer = "rasters",
                      .file = file,
                      .message = fmt::format("{} cells in and around the rural districts hold {}, a usual fill value "
                                             "that is not declared as nodata",
                                             cells, value),
                      .action = "not added; declare it with gdal_edit.py -a_nodata"});
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

std::vector<MultiPolygon> shapes_in(const Crs& crs, const PlanningArea& area) {
    const Transform to_raster(area.working_crs, crs);
    std::vector<MultiPolygon> shapes(area.rural_districts.size());
    parallel_for(shapes.size(), districts_per_chunk, [&](std::size_t begin, std::size_t end) {
        const Transform transform{to_raster};
        for (std::size_t i = begin; i < end; ++i) shapes[i] = transform.apply(area.rural_districts[i].shape);
    });
    return shapes;
}

Progress in_phase(const Progress& progress) {
    if (!progress) return {};
    return [&progress](std::string_view, double done) { progress("population raster", done); };
}

void add_population(const LayerStudy& layer, const Study& study, LoadedStudy& loaded, ProblemReport& problems,
                    const Progress& progress) {
    const auto sources = expand_source(layer.sources.front(), study.file.parent_path());
    if (layer.sources.size() != 1 || sources.size() != 1) throw InvalidInput("the population raster must be one file");
    const SourcePath& source = sources.front();
    const RasterReader reader{source.opened, {.network_allowed = study.network_allowed}};
    if (source.is_file) loaded.input_files.emplace_back(source.opened);
    const Crs crs = crs_of(reader, layer, source.written);
    const RememberedBlocks raster{reader};
    const auto zones = zonal_statistics(raster, shapes_in(crs, loaded.area), in_phase(progress));
    report_fill_values(raster, source.written, problems);
    loaded.inputs.push_back(record_of(raster, layer, crs, source.written));
    for (std::size_t i = 0; i < zones.size(); ++i)
        loaded.area.raster_population.push_back(
            population_of(zones[i], loaded.area.rural_districts[i], source.written, problems));
}

}  // namespace

void load_population_raster(const Study& study, LoadedStudy& loaded, ProblemReport& problems,
                            const Progress& progress) {
    for (const LayerStudy& layer : study.layers) {
        if (layer.role != LayerRole::rasters) continue;
        if (layer.raster_kind != "population") {
            if (study.reach.kind != ReachKind::surface) note_unused(layer, problems);
            continue;
        }
        if (!loaded.area.raster_population.empty()) throw InvalidInput("a study has one population raster at most");
        add_population(layer, study, loaded, problems, progress);
    }
}

}  // namespace amayesh::detail
