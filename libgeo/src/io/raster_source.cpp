#include <amayesh/io/raster_source.hpp>

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <gdal_priv.h>

#include "io/crs_reading.hpp"
#include "io/gdal_session.hpp"
#include "io/source_name.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

GDALDatasetUniquePtr open_raster(const ResolvedSource& source, GdalSession& session) {
    if (source.format != SourceFormat::geotiff)
        fail_to_read(source.shown, fmt::format("it is no GeoTIFF but for the {} driver", driver_of(source.format)),
                     "convert it to GeoTIFF");
    const char* const drivers[] = {"GTiff", nullptr};
    // GDAL would follow tags to other files of the folder: it sees this one alone.
    const char* const siblings[] = {nullptr};
    const unsigned flags = GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;
    GDALDatasetUniquePtr raster(GDALDataset::Open(source.gdal_name.c_str(), flags, drivers, nullptr, siblings));
    if (!raster || session.has_failed())
        fail_to_read(source.shown, fmt::format("the GeoTIFF is damaged or cut ({})", session.take_messages()),
                     "get the file again");
    return raster;
}

GDALRasterBand& find_band(GDALDataset& raster, const RasterSourceOptions& options, const std::string& shown) {
    if (options.band < 1 || options.band > raster.GetRasterCount())
        fail_to_read(shown, fmt::format("it has no band {}", options.band),
                     fmt::format("it has {}", raster.GetRasterCount()));
    GDALRasterBand& band = *raster.GetRasterBand(options.band);
    if (GDALDataTypeIsComplex(band.GetRasterDataType()) != 0) fail_to_read(shown, "its values are complex numbers");
    const auto cells = static_cast<std::uint64_t>(band.GetXSize()) * static_cast<std::uint64_t>(band.GetYSize());
    if (cells > options.most_cells)
        fail_to_read(shown, fmt::format("it has {} cells, the limit is {}", cells, options.most_cells),
                     "cut or coarsen it, or raise the limit");
    return band;
}

GridPlacement placement_of(GDALDataset& raster, const std::string& shown) {
    double t[6];
    if (raster.GetGeoTransform(t) != CE_None)
        fail_to_read(shown, "it does not say where on the earth it lies",
                     "give it a place with gdal_translate -a_ullr");
    return {.corner = {t[0], t[3]}, .column_step = {t[1], t[4]}, .row_step = {t[2], t[5]}};
}

/// A block over the limit would be allocated whole for one cell.
void check_block(GDALRasterBand& band, const RasterSourceOptions& options, const std::string& shown) {
    int width = 0;
    int height = 0;
    band.GetBlockSize(&width, &height);
    if (static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > options.most_cells)
        fail_to_read(shown, fmt::format("its blocks of {} × {} cells are over the limit", width, height),
                     "write it again in tiles");
}

Grid<double> read_grid(GDALRasterBand& band, GridPlacement placement, const std::string& shown, GdalSession& session) {
    Grid<double> grid{
        placement, static_cast<std::size_t>(band.GetXSize()), static_cast<std::size_t>(band.GetYSize()), {}, {}};
    grid.values.resize(grid.width * grid.height);
    const auto read = [&](GDALRasterBand& from, void* values, GDALDataType type) {
        const CPLErr error = from.RasterIO(GF_Read, 0, 0, from.GetXSize(), from.GetYSize(), values, from.GetXSize(),
                                           from.GetYSize(), type, 0, 0, nullptr);
        if (error != CE_None || session.has_failed())
            fail_to_read(shown, fmt::format("its values cannot be read ({})", session.take_messages()),
                         "get the file again");
    };
    read(band, grid.values.data(), GDT_Float64);
    const int mask = band.GetMaskFlags();
    if ((mask & (GMF_ALL_VALID | GMF_NODATA)) == 0) {
        std::vector<std::uint8_t> is_value(grid.values.size());
        read(*band.GetMaskBand(), is_value.data(), GDT_Byte);
        grid.is_nodata.resize(is_value.size());
        for (std::size_t i = 0; i < is_value.size(); ++i) grid.is_nodata[i] = is_value[i] == 0 ? 1 : 0;
    }
    return grid;
}

/// Float bands hold nodata as a float: the lowest float is declared as many doubles.
double nodata_as_stored(double declared, GDALDataType type) {
    return type == GDT_Float32 ? static_cast<double>(static_cast<float>(declared)) : declared;
}

void mask_declared(Grid<double>& grid, GDALRasterBand& band) {
    int is_declared = 0;
    const double declared = band.GetNoDataValue(&is_declared);
    if (is_declared != 0 && !std::isnan(declared))
        mask_nodata(grid, nodata_as_stored(declared, band.GetRasterDataType()));
}

void scale(Grid<double>& grid, GDALRasterBand& band) {
    const double factor = band.GetScale();
    const double offset = band.GetOffset();
    if (factor == 1 && offset == 0) return;
    for (double& value : grid.values) value = value * factor + offset;
}

void report_fill_values(const RasterBand& raster, const RasterSourceOptions& options, ProblemReport& problems) {
    for (const SuspiciousConstant& found : find_suspicious_constants(raster.grid)) {
        Problem problem;
        problem.severity = Severity::warning;
        problem.kind = ProblemKind::value_implausible;
        problem.layer = options.role;
        problem.file = raster.file;
        problem.message = fmt::format("{} cells hold {}, a usual fill value that is not declared as nodata",
                                      found.cells, found.value);
        problem.action = "kept as values; declare it with gdal_edit.py -a_nodata";
        problems.add(std::move(problem));
    }
}

}  // namespace

RasterBand read_raster(const std::string& source, const RasterSourceOptions& options, ProblemReport& problems) {
    const NetworkUse network = options.network_allowed ? NetworkUse::allowed : NetworkUse::refused;
    GdalSession session(FileUse::reading, network);
    const ResolvedSource resolved = resolve_source(source, {network, options.most_bytes});
    const GDALDatasetUniquePtr raster = open_raster(resolved, session);
    GDALRasterBand& band = find_band(*raster, options, source);
    check_block(band, options, source);
    RasterBand result{source, crs_of(raster->GetSpatialRef(), source),
                      read_grid(band, placement_of(*raster, source), source, session)};
    mask_declared(result.grid, band);
    report_fill_values(result, options, problems);
    scale(result.grid, band);
    return result;
}

}  // namespace amayesh
