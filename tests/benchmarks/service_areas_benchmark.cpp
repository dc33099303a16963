// Service areas of four utilities, file to file: the area in reach of each, and per district the area and the people in it.
//
// Usage: service_areas_benchmark FOLDER OUT_FOLDER [runs]
//        FOLDER/districts.gpkg (did), villages.gpkg (pop), supply.gpkg (kind, radius in metres), in one projected CRS in
//        metres. Writes OUT_FOLDER/service_areas.csv; prints one line of JSON: least seconds of the runs, by phase, and
//        the figures that another tool must agree with (drawn polygons of 8 edges a quarter, planar). FOLDER/work is
//        taken where it exists.
// Growing sizes: made_country.py FOLDER --districts 100, 625, 2500. Threads: AMAYESH_THREADS.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <amayesh/analysis/service_areas.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/io/vector_source.hpp>

namespace {

using namespace amayesh;
using Clock = std::chrono::steady_clock;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

struct Phases {
    double read = 0, place = 0, index = 0, areas = 0, write = 0;
};

/// Seconds since the last call.
double lap(Clock::time_point& since) {
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - since).count();
    since = now;
    return seconds;
}

FeatureTable read(const std::filesystem::path& folder, const std::string& name, std::vector<std::string> fields) {
    VectorSourceOptions options;
    options.fields = std::move(fields);
    ProblemReport problems;
    return read_vector((folder / (name + ".gpkg")).string(), options, problems);
}

double number_at(const Column& column, std::size_t row) {
    return column.type == Column::Type::real ? column.reals[row] : static_cast<double>(column.integers[row]);
}

MultiPolygon to_shape(const Geometry& geometry) { return std::get<MultiPolygon>(geometry); }

PlanningArea read_area(const std::filesystem::path& folder) {
    PlanningArea area;
    const FeatureTable districts = read(folder, "districts", {"did"});
    area.working_crs = *districts.crs;
    for (std::size_t i = 0; i < districts.size(); ++i) {
        RuralDistrict& district = area.rural_districts.emplace_back();
        district.id = std::to_string(districts.find("did")->integers[i]);
        district.shape = to_shape(districts.geometries[i]);
    }
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    const auto places_of = [&](const FeatureTable& table) {
        std::vector<Point> places;
        for (const Geometry& geometry : table.geometries) places.push_back(std::get<Point>(geometry));
        to_degrees.apply(std::span{places});
        return places;
    };
    const FeatureTable villages = read(folder, "villages", {"pop"});
    const std::vector<Point> villages_at = places_of(villages);
    for (std::size_t i = 0; i < villages.size(); ++i) {
        Settlement& village = area.settlements.emplace_back();
        village.kind = SettlementKind::village;
        village.population = villages.find("pop")->integers[i];
        village.position = villages_at[i];
    }
    const FeatureTable supply = read(folder, "supply", {"kind", "radius"});
    const std::vector<Point> supply_at = places_of(supply);
    for (std::size_t i = 0; i < supply.size(); ++i) {
        UtilitySource& source = area.sources.emplace_back();
        source.utility = *parse_utility(supply.find("kind")->texts[i]);
        source.geometry = supply_at[i];
        source.reach = to_kilometres(Metres{number_at(*supply.find("radius"), i)});
        source.capacity_is_yes_no = true;
        source.telecom_class = TelecomClass::fibre;
    }
    return area;
}

std::vector<std::size_t> place_villages(const PlanningArea& area) {
    std::vector<MultiPolygon> shapes;
    for (const RuralDistrict& district : area.rural_districts) shapes.push_back(district.shape);
    const PointLocator locator{shapes};
    std::vector<Point> places;
    for (const Settlement& village : area.settlements) places.push_back(*village.position);
    Transform{Crs::wgs84(), area.working_crs}.apply(std::span{places});
    std::vector<std::size_t> district_of;
    for (const Point& p : places) district_of.push_back(locator.locate(p).shape.value_or(nowhere));
    return district_of;
}

struct Figures {
    std::size_t rows = 0;
    double km2 = 0, union_km2 = 0;
    std::int64_t people = 0;
};

Figures write_rows(const PlanningArea& area, const std::vector<ServiceAreas>& services, const std::string& path) {
    std::ofstream file{path};
    fmt::memory_buffer text;
    Figures figures;
    for (const ServiceAreas& service : services) {
        figures.union_km2 += service.any.area.value() / square_metres_per_square_kilometre;
        for (std::size_t i = 0; i < area.rural_districts.size(); ++i) {
            const DistrictService& district = service.any.districts[i];
            const double served = district.area.value() - district.unserved_area.value();
            if (served <= 0) continue;
            const double km2 = served / square_metres_per_square_kilometre;
            fmt::format_to(std::back_inserter(text), "{},{},{:.6f},{}\n", area.rural_districts[i].id,
                           to_string(service.utility), km2, district.people.people_in_reach);
            ++figures.rows;
            figures.km2 += km2;
            figures.people += district.people.people_in_reach;
        }
    }
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file) throw IoError{path + ": cannot be written"};
    return figures;
}

Figures run(const std::filesystem::path& folder, const std::string& output, Metric metric, Phases& phases) {
    auto since = Clock::now();
    const PlanningArea area = read_area(folder);
    phases.read = lap(since);
    const std::vector<std::size_t> district_of = place_villages(area);
    phases.place = lap(since);
    ReachOptions reach_options;
    reach_options.metric = metric;
    const ReachIndex reach{area, reach_options};
    phases.index = lap(since);
    std::vector<ServiceAreas> services;
    for (const UtilityKind utility : all_utilities)
        services.push_back(find_service_areas(area, district_of, reach, utility));
    phases.areas = lap(since);
    const Figures figures = write_rows(area, services, output);
    phases.write = lap(since);
    return figures;
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 3) {
        std::fputs("usage: service_areas_benchmark FOLDER OUT_FOLDER [runs]\n", stderr);
        return 2;
    }
    std::filesystem::path folder = arguments[1];
    if (std::filesystem::exists(folder / "work" / "districts.gpkg")) folder /= "work";
    std::filesystem::create_directories(arguments[2]);
    const std::string output = (std::filesystem::path{arguments[2]} / "service_areas.csv").string();
    const int runs = argument_count > 3 ? std::max(1, std::atoi(arguments[3])) : 1;
    if (const char* threads = std::getenv("AMAYESH_THREADS")) set_thread_limit(std::strtoul(threads, nullptr, 10));
    const Metric metric = std::getenv("AMAYESH_GEODESIC") ? Metric::geodesic : Metric::planar;
    std::map<std::string, double> least;
    Figures figures;
    for (int i = 0; i < runs; ++i) {
        Phases p;
        figures = run(folder, output, metric, p);
        const double core = p.place + p.index + p.areas;
        for (const auto& [name, seconds] : std::map<std::string, double>{{"read", p.read},
                                                                         {"place", p.place},
                                                                         {"index", p.index},
                                                                         {"areas", p.areas},
                                                                         {"write", p.write},
                                                                         {"core", core},
                                                                         {"total", p.read + core + p.write}}) {
            const auto [at, added] = least.emplace(name, seconds);
            if (!added) at->second = std::min(at->second, seconds);
        }
    }
    std::string times;
    for (const auto& [name, seconds] : least)
        times += fmt::format("{}\"{}\":{:.3f}", times.empty() ? "" : ",", name, seconds);
    fmt::print(
        "{{\"job\":\"d_service\",\"tool\":\"amayesh "
        "library\",\"version\":\"-\",\"times\":{{{}}},\"check\":{{\"rows\":{},"
        "\"km2\":{:.3f},\"union_km2\":{:.3f},\"pop\":{},\"threads\":{}}}}}\n",
        times, figures.rows, figures.km2, figures.union_km2, figures.people, thread_limit());
}
