#include "study/travel_surface.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/io/resampled_raster.hpp>

#include "study/load_geometry.hpp"
#include "study/load_paths.hpp"
#include "study/travel_raster.hpp"

namespace amayesh::detail {
namespace {

constexpr std::array cell_sizes_m{100.0, 200.0, 250.0, 500.0, 1'000.0, 2'000.0, 2'500.0, 5'000.0};
constexpr double most_chosen_cells = 25e6;
constexpr std::string_view way_to_allow_coarse = "set allow_coarse_elevation = true under [reach]";

/// Bounds, in the working CRS, of the places that are judged; those outside every district are no reason for cells.
Box bounds_of_places(const LoadedStudy& loaded) {
    Box box;
    for (const RuralDistrict& district : loaded.area.rural_districts) box.add(bounds(district.shape));
    const bool has_districts = !box.is_empty();
    std::vector<Point> points;
    for (std::size_t i = 0; i < loaded.area.settlements.size(); ++i) {
        const auto& position = loaded.area.settlements[i].position;
        if (position && (!has_districts || loaded.district_of_settlement[i] != LoadedStudy::no_district))
            points.push_back(*position);
    }
    for (const RuralDistrict& district : loaded.area.rural_districts)
        if (district.centre) points.push_back(*district.centre);
    transform_points(points, Crs::wgs84(), loaded.area.working_crs);
    for (const Point& p : points) box.add(p);
    return box;
}

/// Cells along lines that are whole numbers of cells from the CRS's origin.
StudyGrid grid_over(const Box& box, double cell_m) {
    const double west = std::floor(box.min_x / cell_m);
    const double north = std::ceil(box.max_y / cell_m);
    const double columns = std::max(std::ceil(box.max_x / cell_m) - west, 1.0);
    const double rows = std::max(north - std::floor(box.min_y / cell_m), 1.0);
    constexpr double most_of_a_side = 1e15;
    if (!(columns < most_of_a_side && rows < most_of_a_side))
        throw InvalidInput(fmt::format("cells of {:g} m are too small for a surface of {:.0f} × {:.0f} km", cell_m,
                                       (box.max_x - box.min_x) / 1e3, (box.max_y - box.min_y) / 1e3));
    return {{west * cell_m, north * cell_m}, cell_m, static_cast<std::size_t>(columns), static_cast<std::size_t>(rows)};
}

double cells_of(const StudyGrid& grid) { return static_cast<double>(grid.width) * static_cast<double>(grid.height); }

bool comes_near(const MultiLine& lines, const Box& degrees) {
    Box box;
    for (const LineString& line : lines.parts)
        for (const Point& p : line) box.add(p);
    return box.intersects(degrees);
}

bool comes_near(const Geometry& shape, const Box& degrees) {
    if (const auto* lines = std::get_if<MultiLine>(&shape)) return comes_near(*lines, degrees);
    const auto* polygon = std::get_if<MultiPolygon>(&shape);
    return polygon != nullptr && bounds(*polygon).intersects(degrees);
}

Box degrees_of(const StudyGrid& grid, const Crs& working) {
    const Box box{grid.corner.x, grid.corner.y - static_cast<double>(grid.height) * grid.cell_m,
                  grid.corner.x + static_cast<double>(grid.width) * grid.cell_m, grid.corner.y};
    return transformed_bounds(box, working, Crs::wgs84());
}

/// Rivers and lakes that come near the grid, in its CRS.
std::vector<Geometry> barriers_near(const LoadedStudy& loaded, const Box& degrees) {
    std::vector<Geometry> barriers;
    const Transform to_working(Crs::wgs84(), loaded.area.working_crs);
    for (const Barrier& barrier : loaded.area.barriers) {
        if (!comes_near(barrier.shape, degrees)) continue;
        if (const auto* lines = std::get_if<MultiLine>(&barrier.shape))
            barriers.emplace_back(to_working.apply(*lines));
        else
            barriers.emplace_back(to_working.apply(std::get<MultiPolygon>(barrier.shape)));
    }
    return barriers;
}

struct RoadsOnGrid {
    std::vector<MultiLine> shapes;
    std::vector<double> km_per_hour;
};

RoadsOnGrid roads_near(const LoadedStudy& loaded, const Box& degrees, const RoadClassSpeeds& classes) {
    std::vector<const Road*> near;
    for (const Road& road : loaded.area.roads)
        if (comes_near(road.shape, degrees)) near.push_back(&road);
    RoadsOnGrid roads;
    roads.shapes.resize(near.size());
    const Transform model(Crs::wgs84(), loaded.area.working_crs);
    parallel_for(near.size(), rows_per_thread(near.size()), [&](std::size_t begin, std::size_t end) {
        const Transform to_working(model);
        for (std::size_t i = begin; i < end; ++i) roads.shapes[i] = to_working.apply(near[i]->shape);
    });
    for (const Road* road : near) roads.km_per_hour.push_back(speed_of(*road, classes));
    return roads;
}

const LayerStudy* find_raster(const Study& study, std::string_view kind) {
    for (const LayerStudy& layer : study.layers)
        if (layer.role == LayerRole::rasters && layer.raster_kind == kind) return &layer;
    return nullptr;
}

/// The rasters of a surface; each is there where the study has it and it has a part.
struct SurfaceRasters {
    std::unique_ptr<TravelRaster> friction, land_cover, elevation;

    SurfaceRasters(const Study& study, const LoadedStudy& loaded, const StudyGrid& grid) {
        const auto open = [&](std::string_view kind, GridMeaning meaning) -> std::unique_ptr<TravelRaster> {
            const LayerStudy* layer = find_raster(study, kind);
            if (layer == nullptr) return nullptr;
            return std::make_unique<TravelRaster>(*layer, study, meaning, grid, loaded.area.working_crs);
        };
        friction = open("friction", GridMeaning::friction);
        if (friction) return;
        land_cover = open("land_cover", GridMeaning::classes);
        elevation = open("elevation", GridMeaning::elevation);
        if (elevation && !study.reach.allows_coarse_elevation)
            check_slope_source(elevation->raster(), way_to_allow_coarse);
    }

    [[nodiscard]] std::vector<TravelRaster*> all() const {
        std::vector<TravelRaster*> opened;
        for (TravelRaster* raster : {friction.get(), land_cover.get(), elevation.get()})
            if (raster != nullptr) opened.push_back(raster);
        return opened;
    }
};

/// Adds what the standards say of codes, as numbers, themselves: it stands over what they say of a class.
void add_speeds_of_codes(const Study& study, const TravelStandards& standards, LandCoverSpeeds& speeds) {
    constexpr std::string_view family = "travel.land_cover.";
    for (const auto& [code, speed] : standards.land_cover_km_per_hour)
        if (study.standards.find(fmt::format("{}{}", family, code)) != nullptr) speeds[code] = speed;
}

/// Walking speeds by the codes of the raster: the study's own meaning of them, else the standards'.
LandCoverSpeeds land_cover_speeds(const Study& study, const TravelStandards& standards) {
    const LayerStudy& layer = *find_raster(study, "land_cover");
    if (layer.land_cover_classes.empty()) return standards.land_cover_km_per_hour;
    LandCoverSpeeds speeds;
    for (const auto& [code, name] : layer.land_cover_classes) {
        const Coefficient& coefficient = study.standards.at("travel.land_cover." + name);
        speeds[static_cast<int>(code)] =
            coefficient.text.empty() ? std::optional{coefficient.value.central} : std::nullopt;
    }
    add_speeds_of_codes(study, standards, speeds);
    return speeds;
}

GridRows scaled(GridRows rows, double factor) {
    if (factor == 1) return rows;
    return [rows = std::move(rows), factor](std::size_t first_row, std::span<float> values) {
        rows(first_row, values);
        for (float& value : values) value = static_cast<float>(double{value} * factor);
    };
}

GridRows ground_of(const SurfaceRasters& rasters, const Study& study, const TravelStandards& standards) {
    if (rasters.friction)
        return scaled(rasters.friction->rows(), minutes_per_metre(find_raster(study, "friction")->friction_unit));
    if (rasters.land_cover)
        return ground_of_land_cover(rasters.land_cover->rows(), land_cover_speeds(study, standards));
    return {};
}

}  // namespace

ChosenGrid choose_grid(const Study& study, const LoadedStudy& loaded) {
    Box box = bounds_of_places(loaded);
    if (box.is_empty()) throw InvalidInput("no district and no settlement has a place that a surface could cover");
    const double margin = to_metres(study.reach.margin).value();
    box = {box.min_x - margin, box.min_y - margin, box.max_x + margin, box.max_y + margin};
    if (study.reach.cell) {
        const StudyGrid grid = grid_over(box, study.reach.cell->value());
        check_study_grid(grid);
        return {grid, "cell_m of the study"};
    }
    for (const double cell_m : cell_sizes_m)
        if (const StudyGrid grid = grid_over(box, cell_m); cells_of(grid) <= most_chosen_cells)
            return {grid, "chosen: the smallest with which there are at most 25 million cells"};
    const StudyGrid grid = grid_over(box, cell_sizes_m.back());
    check_study_grid(grid);
    return {grid, "chosen: the largest of those chosen from"};
}

void report_coarse_cells(const Study& study, const StudyGrid& grid, const TravelStandards& standards,
                         ProblemReport& problems) {
    const double minutes = to_minutes(study.reach.people_limits.front());
    constexpr double minutes_per_hour = 60;
    const double walked_m = to_metres(Kilometres{standards.walking_km_per_hour * minutes / minutes_per_hour}).value();
    if (grid.cell_m <= walked_m) return;
    problems.add(
        {.severity = Severity::warning,
         .kind = ProblemKind::value_implausible,
         .layer = "reach",
         .file = study.file.filename().string(),
         .field = "cell_m",
         .message = fmt::format("cells of {:g} m are wider than the {:.0f} m that are walked within {:g} min, and "
                                "everybody in the cell of a zone is taken to be there",
                                grid.cell_m, walked_m, minutes),
         .action = "kept; set a smaller cell_m under [reach], or greater people_minutes"});
}

void check_surface_rasters(const Study& study, const LoadedStudy& loaded, const StudyGrid& grid) {
    (void)SurfaceRasters(study, loaded, grid);
}

FrictionSurface make_surface(const Study& study, LoadedStudy& loaded, const StudyGrid& grid,
                             const TravelStandards& standards, const RoadClassSpeeds& classes,
                             std::vector<ManifestEntry>& manifest, const Progress& progress) {
    const SurfaceRasters rasters(study, loaded, grid);
    const Box degrees = degrees_of(grid, loaded.area.working_crs);
    const std::vector<Geometry> barriers = barriers_near(loaded, degrees);
    const RoadsOnGrid roads = roads_near(loaded, degrees, classes);
    std::vector<const Geometry*> barrier_parts;
    for (const Geometry& barrier : barriers) barrier_parts.push_back(&barrier);
    std::vector<BurntRoad> burnt;
    for (std::size_t i = 0; i < roads.shapes.size(); ++i) burnt.push_back({&roads.shapes[i], roads.km_per_hour[i]});
    FrictionSurface surface({.grid = grid,
                             .ground = ground_of(rasters, study, standards),
                             .walking_km_per_hour = standards.walking_km_per_hour,
                             .elevation = rasters.elevation ? rasters.elevation->rows() : GridRows{},
                             .barriers = barrier_parts,
                             .roads = burnt},
                            progress);
    for (TravelRaster* raster : rasters.all()) {
        loaded.inputs.push_back(raster->record());
        if (const auto& file = raster->local_file(); !file.empty()) loaded.input_files.push_back(file);
        manifest.push_back({"reach", "raster: " + raster->kind(), raster->method_text()});
    }
    manifest.push_back({"reach", "roads on the surface", std::to_string(burnt.size())});
    manifest.push_back({"reach", "rivers and lakes on the surface", std::to_string(barriers.size())});
    return surface;
}

}  // namespace amayesh::detail
