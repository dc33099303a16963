// Zonal statistics by exact parts of cells beside the least that anyone could do: a loop over the cells whose centres lie in
// each polygon, on one thread, over the same values.
//
// Usage: zonal_benchmark FOLDER [runs [PROGRAM]]
//        zonal_benchmark --centres POLYGONS.gpkg RASTER.tif OUT.csv
// Makes rasters of 2,500², 5,000² and 10,000² cells (Float32, DEFLATE, tiles of 512²) and 144, 625 and 2,500 polygons that
// tile them, with 400 corners each; FOLDER keeps both. Comparisons, in turn, the least of the runs each:
//   memory  the values are decoded already
//   file    from the file: RasterReader beside GDAL's RasterIO in bands of 512 rows with GDAL_NUM_THREADS
//   program PROGRAM (examples/programs/zonal_statistics.cpp), whole, beside this one with --centres: a layer of polygons and the
//           raster are read, a table is written
// and prints seconds of the clock and of processors, and the ratios. Fails where the sums of all polygons differ from the
// raster's by more than 1e-9 of it. Threads: AMAYESH_THREADS.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/io/raster_reader.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/raster/zonal_statistics.hpp>

#include "geometry/shapes.hpp"

namespace {

using namespace amayesh;

constexpr std::size_t corners_of_a_side = 100;
constexpr std::size_t band_rows = 512;
constexpr int epsg = 32640;

struct Seconds {
    double clock = 1e300;
    double processors = 1e300;
};

double processor_seconds(int of_whom) {
    rusage usage{};
    getrusage(of_whom, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void time(const std::function<void()>& work, Seconds& least, int of_whom = RUSAGE_SELF) {
    const double processors = processor_seconds(of_whom);
    const auto start = std::chrono::steady_clock::now();
    work();
    least.clock =
        std::min(least.clock, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    least.processors = std::min(least.processors, processor_seconds(of_whom) - processors);
}

/// People in 64ths, many in few places: about as hard to compress as real counts.
std::vector<float> made_values(std::size_t side) {
    std::mt19937_64 random{side};
    std::exponential_distribution<double> people{0.2};
    std::vector<float> values(side * side);
    for (std::size_t row = 0; row < side; ++row)
        for (std::size_t column = 0; column < side; ++column) {
            const double town = std::sin(static_cast<double>(row) / 90) * std::cos(static_cast<double>(column) / 70);
            values[row * side + column] =
                town > 0.2 ? static_cast<float>(std::floor(64 * people(random) * town) / 64) : 0.0F;
        }
    return values;
}

void write_raster(const std::filesystem::path& file, std::size_t side, std::vector<float>& values) {
    const char* options[] = {"TILED=YES",        "BLOCKXSIZE=512", "BLOCKYSIZE=512",
                             "COMPRESS=DEFLATE", "PREDICTOR=3",    nullptr};
    const int cells = static_cast<int>(side);
    auto* const driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const GDALDatasetUniquePtr made(
        driver->Create(file.c_str(), cells, cells, 1, GDT_Float32, const_cast<char**>(options)));
    double place[6] = {0, 1, 0, static_cast<double>(side), 0, -1};
    made->SetGeoTransform(place);
    OGRSpatialReference crs;
    crs.importFromEPSG(epsg);
    made->SetSpatialRef(&crs);
    if (made->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, cells, cells, values.data(), cells, cells, GDT_Float32, 0, 0,
                                         nullptr) != CE_None)
        throw IoError{"cannot write " + file.string()};
}

void write_polygons(const std::filesystem::path& file, const std::vector<MultiPolygon>& polygons) {
    VectorSink sink{file, {}, {}};
    sink.begin_layer({.name = "polygons",
                      .geometry = GeometryKind::multi_polygon,
                      .fields = {{.name = "id", .type = Column::Type::integer}}},
                     Crs::parse(fmt::format("EPSG:{}", epsg)));
    std::int64_t id = 0;
    for (const MultiPolygon& polygon : polygons) {
        const FieldValue row[] = {++id};
        sink.add(polygon, row);
    }
    sink.finish();
}

/// `count`² polygons over a square grid of `side` cells.
std::vector<MultiPolygon> made_polygons(std::size_t side, std::size_t count) {
    std::mt19937_64 random{count};
    auto polygons = test::wandering_tiling(random, count, corners_of_a_side);
    const double scale = static_cast<double>(side) / static_cast<double>(count * corners_of_a_side);
    for (MultiPolygon& polygon : polygons)
        for (Point& p : polygon.parts[0].outer) p = {p.x * scale, p.y * scale};
    return polygons;
}

/// Cells whose centres lie in a polygon, row by row.
struct CentreRun {
    std::size_t first, end, polygon;
};

std::vector<std::vector<CentreRun>> centre_runs(const std::vector<MultiPolygon>& polygons, std::size_t side) {
    std::vector<std::vector<CentreRun>> runs(side);
    std::vector<std::vector<double>> crossings(side);
    const auto height = static_cast<double>(side);
    const auto first_centre = [&](double at) {
        return static_cast<std::size_t>(std::clamp(std::ceil(at - 0.5), 0.0, height));
    };
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        const Ring& ring = polygons[i].parts[0].outer;
        std::size_t first_row = side, end_row = 0;
        for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
            const double ya = height - ring[k].y, yb = height - ring[k + 1].y;
            const std::size_t first = first_centre(std::min(ya, yb)), end = first_centre(std::max(ya, yb));
            for (std::size_t row = first; row < end; ++row)
                crossings[row].push_back(ring[k].x + (ring[k + 1].x - ring[k].x) *
                                                         ((static_cast<double>(row) + 0.5 - ya) / (yb - ya)));
            if (first < end) first_row = std::min(first_row, first), end_row = std::max(end_row, end);
        }
        for (std::size_t row = first_row; row < end_row; ++row) {
            auto& xs = crossings[row];
            std::sort(xs.begin(), xs.end());
            for (std::size_t k = 0; k + 1 < xs.size(); k += 2)
                runs[row].push_back({first_centre(xs[k]), first_centre(xs[k + 1]), i});
            xs.clear();
        }
    }
    return runs;
}

void add_row(const std::vector<CentreRun>& runs, const float* values, std::vector<double>& sums) {
    for (const CentreRun& run : runs) {
        double sum = 0;
        for (std::size_t column = run.first; column < run.end; ++column)
            sum += std::isnan(values[column]) ? 0.0 : static_cast<double>(values[column]);
        sums[run.polygon] += sum;
    }
}

void centres_in_memory(const std::vector<float>& values, const std::vector<MultiPolygon>& polygons, std::size_t side) {
    const auto runs = centre_runs(polygons, side);
    std::vector<double> sums(polygons.size());
    for (std::size_t row = 0; row < side; ++row) add_row(runs[row], &values[row * side], sums);
}

std::vector<double> centres_from_file(const std::filesystem::path& file, const std::vector<MultiPolygon>& polygons,
                                      std::size_t side) {
    const auto runs = centre_runs(polygons, side);
    std::vector<double> sums(polygons.size());
    const GDALDatasetUniquePtr raster(GDALDataset::Open(file.c_str()));
    std::vector<float> band(side * band_rows);
    for (std::size_t first = 0; first < side; first += band_rows) {
        const std::size_t rows = std::min(band_rows, side - first);
        if (raster->GetRasterBand(1)->RasterIO(GF_Read, 0, static_cast<int>(first), static_cast<int>(side),
                                               static_cast<int>(rows), band.data(), static_cast<int>(side),
                                               static_cast<int>(rows), GDT_Float32, 0, 0, nullptr) != CE_None)
            throw IoError{"cannot read " + file.string()};
        for (std::size_t row = 0; row < rows; ++row) add_row(runs[first + row], &band[row * side], sums);
    }
    return sums;
}

/// The bare program: reads a layer of polygons without holes and a square raster whose cells are 1 wide, writes sums.
void centres_of_layer(const std::filesystem::path& layer, const std::filesystem::path& file, const char* target) {
    const GDALDatasetUniquePtr source(GDALDataset::Open(layer.c_str(), GDAL_OF_VECTOR));
    std::vector<MultiPolygon> polygons;
    std::vector<GIntBig> ids;
    for (const OGRFeatureUniquePtr& feature : *source->GetLayer(0)) {
        const OGRLinearRing& ring = *feature->GetGeometryRef()->toMultiPolygon()->getGeometryRef(0)->getExteriorRing();
        Ring outer;
        for (int i = 0; i < ring.getNumPoints(); ++i) outer.push_back({ring.getX(i), ring.getY(i)});
        polygons.push_back(test::polygon(std::move(outer)));
        ids.push_back(feature->GetFieldAsInteger64(0));
    }
    const GDALDatasetUniquePtr raster(GDALDataset::Open(file.c_str()));
    const auto sums = centres_from_file(file, polygons, static_cast<std::size_t>(raster->GetRasterXSize()));
    std::FILE* const out = std::fopen(target, "w");
    if (out == nullptr) throw IoError{"cannot write the table"};
    for (std::size_t i = 0; i < sums.size(); ++i) fmt::print(out, "{},{}\n", ids[i], sums[i]);
    std::fclose(out);
}

void run_command(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw Error{"failed: " + command};
}

void check(const std::vector<ZonalStatistics>& zones, double total) {
    double sum = 0;
    for (const ZonalStatistics& zone : zones) sum += zone.sum;
    if (!(std::abs(sum - total) <= 1e-9 * total))
        throw Error{fmt::format("the polygons hold {:.6f}, the raster {:.6f}", sum, total)};
}

void print(const char* what, std::size_t side, std::size_t polygons, const Seconds& ours, const Seconds& centres) {
    fmt::print(
        "{:<7}{:>7}² cells {:>6} polygons: exact {:.3f} s ({:.3f} of processors), centres {:.3f} s ({:.3f}), "
        "ratio {:.2f} ({:.2f})\n",
        what, side, polygons, ours.clock, ours.processors, centres.clock, centres.processors,
        ours.clock / centres.clock, ours.processors / centres.processors);
    std::fflush(stdout);
}

struct Settings {
    std::filesystem::path folder;
    int runs = 3;
    std::string own_name;
    std::string program;  ///< Empty = no comparison of whole programs.
};

void compare_programs(const Settings& settings, const std::filesystem::path& layer, const std::filesystem::path& raster,
                      std::size_t side, std::size_t polygons) {
    const std::filesystem::path table = settings.folder / "zonal.csv";
    Seconds exact, centres;
    for (int run = 0; run < settings.runs; ++run) {
        std::filesystem::remove(table);
        time(
            [&] {
                run_command(fmt::format("'{}' '{}' id '{}' '{}'", settings.program, layer.string(), raster.string(),
                                        table.string()));
            },
            exact, RUSAGE_CHILDREN);
        time(
            [&] {
                run_command(fmt::format("'{}' --centres '{}' '{}' '{}'", settings.own_name, layer.string(),
                                        raster.string(), table.string()));
            },
            centres, RUSAGE_CHILDREN);
    }
    print("program", side, polygons, exact, centres);
}

void compare(const Settings& settings, std::size_t side, std::size_t count) {
    Grid<float> grid{{{0, static_cast<double>(side)}, {1, 0}, {0, -1}}, side, side, made_values(side), {}};
    const auto polygons = made_polygons(side, count);
    double total = 0;
    for (const float value : grid.values) total += static_cast<double>(value);
    const std::filesystem::path file = settings.folder / fmt::format("zonal_{}.tif", side);
    const std::filesystem::path layer = settings.folder / fmt::format("zonal_{}.gpkg", side);
    if (!std::filesystem::exists(file)) write_raster(file, side, grid.values);
    if (!std::filesystem::exists(layer)) write_polygons(layer, polygons);
    Seconds exact, centres, exact_file, centres_file;
    for (int run = 0; run < settings.runs; ++run) {
        time([&] { check(zonal_statistics(grid, polygons), total); }, exact);
        time([&] { centres_in_memory(grid.values, polygons, side); }, centres);
        time([&] { check(zonal_statistics(RasterReader{file.string()}, polygons), total); }, exact_file);
        time([&] { centres_from_file(file, polygons, side); }, centres_file);
    }
    print("memory", side, polygons.size(), exact, centres);
    print("file", side, polygons.size(), exact_file, centres_file);
    if (!settings.program.empty()) compare_programs(settings, layer, file, side, polygons.size());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || (argv[1][0] == '-' && argv[1] != std::string_view("--centres"))) {
        fmt::print(stderr, "usage: zonal_benchmark FOLDER [runs [PROGRAM]]\n");
        return 2;
    }
    try {
        if (const char* threads = std::getenv("AMAYESH_THREADS")) set_thread_limit(std::strtoul(threads, nullptr, 10));
        GDALAllRegister();
        CPLSetConfigOption("GDAL_NUM_THREADS", std::to_string(thread_limit()).c_str());
        if (argv[1] == std::string_view("--centres") && argc == 5) {
            centres_of_layer(argv[2], argv[3], argv[4]);
            return 0;
        }
        const Settings settings{argv[1], argc > 2 ? std::atoi(argv[2]) : 3, argv[0], argc > 3 ? argv[3] : ""};
        std::filesystem::create_directories(settings.folder);
        compare(settings, 2'500, 12);
        compare(settings, 5'000, 25);
        compare(settings, 10'000, 50);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
