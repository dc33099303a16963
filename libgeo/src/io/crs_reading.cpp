#include "io/crs_reading.hpp"

#include <memory>
#include <string_view>

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

std::optional<Crs> crs_of(const OGRSpatialReference* reference, const std::string& shown) {
    if (reference == nullptr || reference->IsEmpty()) return std::nullopt;
    const char* name = reference->GetName();
    if (name != nullptr && std::string_view(name).starts_with("Undefined"))
        return std::nullopt;  // GeoPackage's −1 and 0
    char* text = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    const OGRErr error = reference->exportToWkt(&text, options);
    const std::string wkt = text ? text : "";
    CPLFree(text);
    if (error != OGRERR_NONE || wkt.empty()) throw CrsError(fmt::format("the CRS of {} has no WKT", shown));
    try {
        return Crs::parse(wkt);
    } catch (const CrsError& e) {
        throw CrsError(fmt::format("{}: its CRS is not understood: {}; give the right one with crs = \"EPSG:…\"", shown,
                                   e.what()));
    }
}

}  // namespace amayesh::detail
