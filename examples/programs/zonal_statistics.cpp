// Sum, mean, least and greatest value of a GeoTIFF in each polygon of a layer, each cell by the exact part of it that the
// polygon covers. The layer may be in another CRS than the raster; the raster may be larger than memory.
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <utility>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/validity.hpp>
#include <amayesh/io/raster_reader.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/raster/zonal_statistics.hpp>

using namespace amayesh;

namespace {

/// The layer's polygons in the raster's CRS, valid.
std::vector<MultiPolygon> polygons_on(const RasterReader& raster, const FeatureTable& layer) {
    if (!layer.crs) throw CrsError(layer.file + ": the layer has no CRS");
    if (!raster.crs()) throw CrsError(raster.file() + ": the raster has no CRS; give it one with gdal_edit.py -a_srs");
    const bool is_moved = *layer.crs != *raster.crs();
    const Transform to_raster{*layer.crs, *raster.crs()};
    std::vector<MultiPolygon> polygons(layer.size());
    parallel_for(layer.size(), 16, [&](std::size_t begin, std::size_t end) {
        const Transform transform{to_raster};
        for (std::size_t i = begin; i < end; ++i) {
            const auto* shape = std::get_if<MultiPolygon>(&layer.geometries[i]);
            if (shape == nullptr) continue;  // without a place: nothing is known of it
            polygons[i] = find_invalidity(*shape) ? make_valid(*shape) : *shape;
            if (is_moved) polygons[i] = transform.apply(polygons[i]);
        }
    });
    return polygons;
}

LayerDefinition table_with(const Column& id) {
    constexpr auto real = Column::Type::real;
    return {.name = "zonal_statistics",
            .fields = {{.name = id.name, .type = id.type},
                       {.name = "sum", .type = real},
                       {.name = "mean", .type = real},
                       {.name = "min", .type = real},
                       {.name = "max", .type = real},
                       {.name = "area_cells", .type = real},
                       {.name = "without_value", .type = real}}};
}

void write(const std::filesystem::path& target, const Column& id, const std::vector<ZonalStatistics>& zones,
           const std::vector<std::filesystem::path>& inputs) {
    VectorSink sink{target, {}, inputs};
    sink.begin_layer(table_with(id), std::nullopt);
    const FieldValue unknown;
    for (std::size_t i = 0; i < zones.size(); ++i) {
        const ZonalStatistics& zone = zones[i];
        const bool is_known = zone.cells > 0;
        const auto known = [&](double value) { return is_known ? FieldValue{value} : unknown; };
        const std::vector<FieldValue> row{
            id.at(i),        known(zone.sum), known(zone.mean().value_or(0)), known(zone.min),
            known(zone.max), zone.area(),     zone.share_without_value()};
        sink.add({}, row);
    }
    sink.finish();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: zonal_statistics POLYGONS ID_FIELD RASTER.tif OUT.csv\n";
        return 2;
    }
    try {
        ProblemReport problems;
        const FeatureTable layer = read_vector(argv[1], {.fields = {{argv[2]}}}, problems);
        const RasterReader raster{argv[3]};
        const auto zones = zonal_statistics(raster, polygons_on(raster, layer));
        write(argv[4], layer.columns.front(), zones, {argv[1], argv[3]});
        for (const Problem& problem : problems.entries()) std::cerr << problem.message << '\n';
    } catch (const Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
