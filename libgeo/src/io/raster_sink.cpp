#include <amayesh/io/raster_sink.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <exception>
#include <limits>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/core/travel_time.hpp>

#include "io/gdal_session.hpp"
#include "io/partial_target.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

namespace fs = std::filesystem;

constexpr std::uint16_t nodata_of_whole = 65535;
constexpr std::uint16_t most_of_whole = 65534;
constexpr double most_minutes = 1e9;  // as to_travel_time says
constexpr std::size_t rows_between_calls = 64;
constexpr double part_of_rows = 0.3;  ///< Of the work; the rest is to compress, and to make overviews.
constexpr std::string_view phase = "writing the raster";

void check(const RasterToWrite& raster) {
    const StudyGrid& grid = raster.grid;
    constexpr std::size_t most = std::numeric_limits<int>::max();
    if (grid.width == 0 || grid.height == 0 || !(grid.cell_m > 0) || grid.width > most || grid.height > most)
        throw InvalidInput{
            fmt::format("a raster of {} × {} cells of {} m cannot be written", grid.width, grid.height, grid.cell_m)};
    if (!raster.palette.empty() && raster.type != CellType::uint16)
        throw InvalidInput{"a palette is for whole numbers alone"};
    for (std::size_t i = 1; i < raster.palette.size(); ++i)
        if (!(raster.palette[i].up_to > raster.palette[i - 1].up_to))
            throw InvalidInput{"the values of a palette must rise"};
}

std::uint16_t to_whole_minutes(float minutes) {
    if (!std::isfinite(minutes)) return nodata_of_whole;
    if (minutes < 0) throw InvalidInput{fmt::format("a time of {} minutes", minutes)};
    constexpr TravelTime minute = std::chrono::minutes{1};
    const TravelTime time = to_travel_time(std::min(static_cast<double>(minutes), most_minutes));
    const auto whole = (time + minute - TravelTime{1}) / minute;
    return static_cast<std::uint16_t>(std::min<std::int64_t>(whole, most_of_whole));
}

/// Of the values that are written.
class Statistics {
public:
    void add(double value) noexcept {
        m_least = std::min(m_least, value);
        m_most = std::max(m_most, value);
        ++m_count;
        const double off = value - m_mean;
        m_mean += off / static_cast<double>(m_count);
        m_squares += off * (value - m_mean);
    }
    void write_to(GDALRasterBand& band, double cells) const {
        if (m_count == 0) return;
        const auto count = static_cast<double>(m_count);
        band.SetMetadataItem("STATISTICS_MINIMUM", fmt::format("{}", m_least).c_str());
        band.SetMetadataItem("STATISTICS_MAXIMUM", fmt::format("{}", m_most).c_str());
        band.SetMetadataItem("STATISTICS_MEAN", fmt::format("{:.6g}", m_mean).c_str());
        band.SetMetadataItem("STATISTICS_STDDEV", fmt::format("{:.6g}", std::sqrt(m_squares / count)).c_str());
        band.SetMetadataItem("STATISTICS_VALID_PERCENT", fmt::format("{:.4g}", 100 * count / cells).c_str());
    }

private:
    double m_least = std::numeric_limits<double>::infinity();
    double m_most = -std::numeric_limits<double>::infinity();
    double m_mean = 0;
    double m_squares = 0;
    std::uint64_t m_count = 0;
};

GDALColorTable table_of(const std::vector<PaletteEntry>& palette) {
    GDALColorTable table;
    std::size_t entry = 0;
    for (int value = 0; value <= nodata_of_whole; ++value) {
        while (entry + 1 < palette.size() && value > palette[entry].up_to) ++entry;
        const auto& [up_to, red, green, blue] = palette[entry];
        const GDALColorEntry colour{red, green, blue, 255};
        constexpr GDALColorEntry nothing{255, 255, 255, 0};
        table.SetColorEntry(value, value == nodata_of_whole ? &nothing : &colour);
    }
    return table;
}

/// GDAL calls it from code that must not see an exception.
struct ProgressOfCopy {
    const Progress& progress;
    std::exception_ptr thrown{};

    static int CPL_STDCALL call(double part, const char*, void* self) {
        auto* of_copy = static_cast<ProgressOfCopy*>(self);
        if (!of_copy->progress) return TRUE;
        try {
            of_copy->progress(phase, std::min(part_of_rows + (1 - part_of_rows) * part, 0.999));
            return TRUE;
        } catch (...) {
            of_copy->thrown = std::current_exception();
            return FALSE;
        }
    }
};

/// Options of a driver as GDAL takes them.
class CreationOptions {
public:
    CreationOptions(std::initializer_list<std::string> options) : m_options{options} {
        for (const std::string& option : m_options) m_pointers.push_back(option.c_str());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char** get() const noexcept { return const_cast<char**>(m_pointers.data()); }

private:
    std::vector<std::string> m_options;
    std::vector<const char*> m_pointers;
};

GDALDriver& driver_named(const char* name) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(name);
    if (driver == nullptr) throw IoError{fmt::format("GDAL was built without its {} driver", name)};
    return *driver;
}

}  // namespace

struct RasterSink::State {
    State(const fs::path& wanted, const RasterSinkOptions& asked, std::span<const fs::path> inputs)
        : options{asked},
          target{wanted,
                 {.shape = TargetShape::file,
                  .overwrite = asked.overwrite,
                  .companion_ending = asked.with_style ? ".qml" : ""},
                 inputs} {}

    [[nodiscard]] fs::path rows_place() const { return target.place().string() + ".rows"; }

    [[noreturn]] void fail(const fs::path& file, GdalSession& session) const {
        fail_to_grow(file, session.take_first_failure(), target.target());
    }

    void require_room(const RasterToWrite& raster) const;
    GDALDatasetUniquePtr make_rows(const RasterToWrite& raster, GdalSession& session) const;
    void write_rows(GDALDataset& rows, const RasterToWrite& raster, const Progress& progress,
                    GdalSession& session) const;
    void copy_rows(GDALDatasetUniquePtr rows, const RasterToWrite& raster, const Progress& progress,
                   GdalSession& session) const;
    void write(const RasterToWrite& raster, const Progress& progress);

    RasterSinkOptions options;
    PartialTarget target;
};

/// Known before the work is done: the first copy takes this at least.
void RasterSink::State::require_room(const RasterToWrite& raster) const {
    const std::size_t cell_bytes = raster.type == CellType::uint16 ? sizeof(std::uint16_t) : sizeof(float);
    std::error_code error;
    const fs::space_info disk = fs::space(target.place().parent_path(), error);
    if (!error && disk.available / cell_bytes / raster.grid.width < raster.grid.height)
        fail_with_errno(target.target(), "write", ENOSPC);
}

GDALDatasetUniquePtr RasterSink::State::make_rows(const RasterToWrite& raster, GdalSession& session) const {
    const StudyGrid& grid = raster.grid;
    const bool is_whole = raster.type == CellType::uint16;
    const CreationOptions creation{"BIGTIFF=IF_SAFER"};
    GDALDatasetUniquePtr rows(driver_named("GTiff").Create(rows_place().c_str(), static_cast<int>(grid.width),
                                                           static_cast<int>(grid.height), 1,
                                                           is_whole ? GDT_UInt16 : GDT_Float32, creation.get()));
    if (!rows) fail(rows_place(), session);
    double transform[6] = {grid.corner.x, grid.cell_m, 0, grid.corner.y, 0, -grid.cell_m};
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    GDALRasterBand& band = *rows->GetRasterBand(1);
    const bool is_set = crs.importFromWkt(raster.crs.wkt().c_str()) == OGRERR_NONE &&
                        rows->SetSpatialRef(&crs) == CE_None && rows->SetGeoTransform(transform) == CE_None &&
                        band.SetNoDataValue(is_whole ? nodata_of_whole : std::nan("")) == CE_None;
    band.SetDescription(raster.band_name.c_str());
    band.SetUnitType(raster.unit.c_str());
    if (!raster.palette.empty()) {
        GDALColorTable table = table_of(raster.palette);
        band.SetColorTable(&table);
    }
    if (!is_set || session.has_failed()) fail(rows_place(), session);
    return rows;
}

void RasterSink::State::write_rows(GDALDataset& rows, const RasterToWrite& raster, const Progress& progress,
                                   GdalSession& session) const {
    const StudyGrid& grid = raster.grid;
    GDALRasterBand& band = *rows.GetRasterBand(1);
    std::vector<float> values(grid.width);
    std::vector<std::uint16_t> whole(raster.type == CellType::uint16 ? grid.width : 0);
    Statistics statistics;
    const auto columns = static_cast<int>(grid.width);
    for (std::size_t row = 0; row < grid.height; ++row) {
        if (progress && row % rows_between_calls == 0)
            progress(phase, part_of_rows * static_cast<double>(row) / static_cast<double>(grid.height));
        raster.read_row(row, values);
        for (float& value : values)
            if (!std::isfinite(value)) value = std::numeric_limits<float>::quiet_NaN();
        for (std::size_t i = 0; i < whole.size(); ++i) {
            whole[i] = to_whole_minutes(values[i]);
            if (whole[i] != nodata_of_whole) statistics.add(whole[i]);
        }
        if (whole.empty())
            for (const float value : values)
                if (!std::isnan(value)) statistics.add(static_cast<double>(value));
        void* cells = whole.empty() ? static_cast<void*>(values.data()) : static_cast<void*>(whole.data());
        if (band.RasterIO(GF_Write, 0, static_cast<int>(row), columns, 1, cells, columns, 1,
                          whole.empty() ? GDT_Float32 : GDT_UInt16, 0, 0, nullptr) != CE_None ||
            session.has_failed())
            fail(rows_place(), session);
    }
    statistics.write_to(band, static_cast<double>(grid.width) * static_cast<double>(grid.height));
}

void RasterSink::State::copy_rows(GDALDatasetUniquePtr rows, const RasterToWrite& raster, const Progress& progress,
                                  GdalSession& session) const {
    const CreationOptions creation{"COMPRESS=DEFLATE",
                                   "PREDICTOR=YES",
                                   "BLOCKSIZE=512",
                                   "BIGTIFF=IF_SAFER",
                                   raster.type == CellType::uint16 ? "RESAMPLING=NEAREST" : "RESAMPLING=AVERAGE",
                                   fmt::format("NUM_THREADS={}", thread_limit())};
    ProgressOfCopy of_copy{progress};
    GDALDatasetUniquePtr copy(driver_named("COG").CreateCopy(target.place().c_str(), rows.get(), FALSE, creation.get(),
                                                             ProgressOfCopy::call, &of_copy));
    const bool is_made = copy != nullptr;
    copy.reset();
    rows.reset();
    if (of_copy.thrown) std::rethrow_exception(of_copy.thrown);
    if (!is_made || session.has_failed()) fail(target.place(), session);
    std::error_code error;
    if (!fs::remove(rows_place(), error)) fail_with_errno(target.target(), "removing its first copy", error.value());
}

void RasterSink::State::write(const RasterToWrite& raster, const Progress& progress) {
    GdalSession session(FileUse::writing, NetworkUse::refused);
    require_room(raster);
    GDALDatasetUniquePtr rows = make_rows(raster, session);
    write_rows(*rows, raster, progress, session);
    if (rows->FlushCache(false); session.has_failed()) fail(rows_place(), session);
    copy_rows(std::move(rows), raster, progress, session);
}

RasterSink::RasterSink(const fs::path& target, const RasterSinkOptions& options, std::span<const fs::path> inputs)
    : m_state{std::make_unique<State>(target, options, inputs)} {}

RasterSink::~RasterSink() = default;
RasterSink::RasterSink(RasterSink&&) noexcept = default;
RasterSink& RasterSink::operator=(RasterSink&&) noexcept = default;

void RasterSink::write(const RasterToWrite& raster, const Progress& progress) {
    check(raster);
    m_state->write(raster, progress);
    PartialTarget& target = m_state->target;
    if (target.has_companion()) {
        const auto* bytes = reinterpret_cast<const unsigned char*>(raster.qml.data());
        write_file(target.place_of_companion(), {bytes, raster.qml.size()}, target.companion());
    }
    if (progress) progress(phase, 1);
}

void RasterSink::publish() { m_state->target.publish(); }

void RasterSink::finish(const RasterToWrite& raster, const Progress& progress) {
    write(raster, progress);
    publish();
}

void write_raster(const RasterToWrite& raster, const fs::path& target, Overwrite overwrite,
                  std::span<const fs::path> inputs, const Progress& progress) {
    RasterSink sink(target, {overwrite, !raster.qml.empty()}, inputs);
    sink.finish(raster, progress);
}

}  // namespace amayesh
