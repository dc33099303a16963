#pragma once

#include <string>
#include <vector>

#include <gdal_priv.h>
#include <catch2/catch.hpp>

namespace amayesh::test {

/// One band, or the same values in several.
struct TestRaster {
    int width = 3;
    int height = 2;
    GDALDataType type = GDT_Float32;
    std::vector<double> values{};
    std::vector<const char*> options{};
    int bands = 1;
    int epsg = 4326;  ///< 0 = none.
};

/// A GeoTIFF whose upper left corner is at 50° E, 40° N, with cells of 0.5° × 0.25°.
inline GDALDatasetUniquePtr make_raster(const std::string& file, const TestRaster& raster) {
    GDALAllRegister();
    std::vector<const char*> options = raster.options;
    options.push_back(nullptr);
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDatasetUniquePtr made(driver->Create(file.c_str(), raster.width, raster.height, raster.bands, raster.type,
                                             const_cast<char**>(options.data())));
    double place[6] = {50, 0.5, 0, 40, 0, -0.25};
    made->SetGeoTransform(place);
    OGRSpatialReference crs;
    if (raster.epsg != 0) {
        crs.importFromEPSG(raster.epsg);
        made->SetSpatialRef(&crs);
    }
    std::vector<double> values = raster.values;
    if (!values.empty())
        for (int band = 1; band <= raster.bands; ++band)
            CHECK(made->GetRasterBand(band)->RasterIO(GF_Write, 0, 0, raster.width, raster.height, values.data(),
                                                      raster.width, raster.height, GDT_Float64, 0, 0,
                                                      nullptr) == CE_None);
    return made;
}

}  // namespace amayesh::test
