#include "io/raster_opening.hpp"

#include <fmt/format.h>

namespace amayesh::detail {

GDALDatasetUniquePtr open_geotiff(const ResolvedSource& source, GdalSession& session) {
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

GDALRasterBand& find_band(GDALDataset& raster, int number, const std::string& shown) {
    if (number < 1 || number > raster.GetRasterCount())
        fail_to_read(shown, fmt::format("it has no band {}", number),
                     fmt::format("it has {}", raster.GetRasterCount()));
    GDALRasterBand& band = *raster.GetRasterBand(number);
    if (GDALDataTypeIsComplex(band.GetRasterDataType()) != 0) fail_to_read(shown, "its values are complex numbers");
    return band;
}

GridPlacement placement_of(GDALDataset& raster, const std::string& shown) {
    double t[6];
    if (raster.GetGeoTransform(t) != CE_None)
        fail_to_read(shown, "it does not say where on the earth it lies",
                     "give it a place with gdal_translate -a_ullr");
    return {.corner = {t[0], t[3]}, .column_step = {t[1], t[4]}, .row_step = {t[2], t[5]}};
}

void check_block(GDALRasterBand& band, std::uint64_t most_cells, const std::string& shown) {
    int width = 0;
    int height = 0;
    band.GetBlockSize(&width, &height);
    if (static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > most_cells)
        fail_to_read(shown, fmt::format("its blocks of {} × {} cells are over the limit", width, height),
                     "write it again in tiles, with gdal_translate -co TILED=YES");
}

void check_cells(GDALRasterBand& band, std::uint64_t most_cells, const std::string& shown) {
    const auto cells = static_cast<std::uint64_t>(band.GetXSize()) * static_cast<std::uint64_t>(band.GetYSize());
    if (cells > most_cells)
        fail_to_read(shown, fmt::format("it has {} cells, the limit is {}", cells, most_cells),
                     "cut or coarsen it, or raise the limit");
}

}  // namespace amayesh::detail
