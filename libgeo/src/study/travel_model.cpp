#include <amayesh/study/travel_model.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>

#include "study/load_geometry.hpp"
#include "study/travel_roads.hpp"
#include "study/travel_surface.hpp"

namespace amayesh {

namespace {

using detail::RoadClassSpeeds;

std::vector<RoadLine> road_lines(const PlanningArea& area, const RoadClassSpeeds& classes) {
    std::vector<RoadLine> lines(area.roads.size());
    const Transform model(Crs::wgs84(), area.working_crs);
    parallel_for(lines.size(), detail::rows_per_thread(lines.size()), [&](std::size_t begin, std::size_t end) {
        const Transform to_working(model);
        for (std::size_t i = begin; i < end; ++i) {
            const Road& road = area.roads[i];
            lines[i] = {to_working.apply(road.shape), detail::speed_of(road, classes), road.direction, road.level};
        }
    });
    return lines;
}

/// Adds lines of the section "reach".
class ReachFacts {
public:
    explicit ReachFacts(std::vector<ManifestEntry>& manifest) : m_manifest{manifest} {}
    void add(std::string key, std::string value) { m_manifest.push_back({"reach", std::move(key), std::move(value)}); }

private:
    std::vector<ManifestEntry>& m_manifest;
};

void describe_settings(const Study& study, const TravelModel& model, ReachFacts& facts) {
    facts.add("reach", std::string(to_string(study.reach.kind)));
    facts.add("limit_min", fmt::format("{:g}", to_minutes(model.limit)));
    facts.add("direction", study.reach.direction == TravelDirection::to_facility ? "to_zone" : "from_zone");
    facts.add("snap_km", fmt::format("{:g}", study.reach.snap.value_or(model.standards.snap_limit).value()));
    facts.add("walking_km_per_hour", fmt::format("{:g}", model.standards.walking_km_per_hour));
}

void describe_classes(const RoadClassSpeeds& classes, ReachFacts& facts) {
    for (const auto& [road_class, speed] : classes)
        facts.add(
            "class of roads: " + (road_class.empty() ? "none" : road_class),
            fmt::format("{} roads, {:g} km/h{}{}", speed.roads, speed.km_per_hour, speed.is_known ? "" : " (default)",
                        speed.with_own_speed > 0 ? fmt::format(", {} at their own speed", speed.with_own_speed) : ""));
}

double km(Metres length) { return to_kilometres(length).value(); }

void describe_graph(const RoadGraph& graph, const Study& study, ReachFacts& facts) {
    facts.add("crossing_tolerance_m", fmt::format("{:g}", study.reach.crossing_tolerance.value()));
    facts.add("nodes, edges", fmt::format("{}, {}", graph.node_count(), graph.edge_count()));
    const auto components = graph.components();
    double length = 0;
    for (const RoadComponent& component : components) length += km(component.length);
    if (!components.empty())
        facts.add("components", fmt::format("{}; the largest has {:.1f} of {:.1f} km", components.size(),
                                            km(components.front().length), length));
    double bridged = 0;
    for (const BridgedGap& gap : graph.bridged_gaps()) bridged += gap.length.value();
    facts.add("bridged gaps", fmt::format("{}, together {:.1f} m", graph.bridged_gaps().size(), bridged));
}

void describe_grid(const detail::ChosenGrid& chosen, const Study& study, ReachFacts& facts) {
    facts.add("cell_m", fmt::format("{:g} ({})", chosen.grid.cell_m, chosen.why));
    facts.add("columns, rows", fmt::format("{}, {}", chosen.grid.width, chosen.grid.height));
    facts.add("neighbours", study.reach.neighbours == CellNeighbours::eight ? "8" : "16");
    facts.add("margin_km", fmt::format("{:g}", study.reach.margin.value()));
}

/// Over roads nobody gets anywhere without one.
void require_roads(const Study& study, const LoadedStudy& loaded) {
    if (study.reach.kind != ReachKind::roads || !loaded.area.roads.empty()) return;
    std::string sources;
    std::int64_t rows = 0;
    for (const InputRecord& input : loaded.inputs)
        if (input.role == "roads") {
            sources += (sources.empty() ? "" : ", ") + input.source;
            rows += input.features_in;
        }
    if (sources.empty())
        throw InvalidInput(
            "reach over roads needs a layer of roads: add [layers.roads] to the study, or take --by surface");
    throw InvalidInput(fmt::format(
        "reach over roads: of the {} rows of [layers.roads] ({}) none is left that is a line with a length; "
        "the warnings of 'amayesh check' say why: mend the geometries or 'where', or take --by surface",
        rows, sources));
}

void open_roads(const Study& study, const LoadedStudy& loaded, const RoadClassSpeeds& classes, TravelModel& model,
                const Progress& progress) {
    auto roads = std::make_unique<const RoadTravel>(
        loaded.area, road_lines(loaded.area, classes),
        RoadTravelOptions{.serving_statuses = study.serving_statuses,
                          .direction = study.reach.direction,
                          .snap = study.reach.snap.value_or(model.standards.snap_limit),
                          .walking_km_per_hour = model.standards.walking_km_per_hour,
                          .crossing_tolerance = study.reach.crossing_tolerance},
        progress);
    ReachFacts facts{model.manifest};
    describe_graph(roads->graph(), study, facts);
    model.roads = roads.get();
    model.travel = std::move(roads);
}

/// Half of the machine's memory; nothing where the system does not say how much it has.
std::optional<std::size_t> memory_for_cells() {
    constexpr std::size_t share = 2;
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long bytes_of_page = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || bytes_of_page <= 0) return std::nullopt;
    return static_cast<std::size_t>(pages) / share * static_cast<std::size_t>(bytes_of_page);
}

void open_surface(const Study& study, LoadedStudy& loaded, const RoadClassSpeeds& classes, TravelModel& model,
                  ProblemReport& problems, const Progress& progress) {
    const detail::ChosenGrid chosen = detail::choose_grid(study, loaded);
    detail::report_coarse_cells(study, chosen.grid, model.standards, problems);
    ReachFacts facts{model.manifest};
    describe_grid(chosen, study, facts);
    auto surface = std::make_unique<const SurfaceTravel>(
        loaded.area,
        detail::make_surface(study, loaded, chosen.grid, model.standards, classes, model.manifest, progress),
        SurfaceTravelOptions{.serving_statuses = study.serving_statuses,
                             .direction = study.reach.direction,
                             .neighbours = study.reach.neighbours,
                             .snap = study.reach.snap.value_or(model.standards.snap_limit),
                             .walking_km_per_hour = model.standards.walking_km_per_hour,
                             .most_memory = memory_for_cells()},
        progress);
    model.surface = surface.get();
    model.travel = std::move(surface);
}

/// Walks and limits always; the speeds of classes that roads have, and of land cover where the surface has some.
std::vector<UsedCoefficient> used_coefficients(const Study& study, const TravelStandards& standards,
                                               const RoadClassSpeeds& classes) {
    std::set<std::string, std::less<>> roads;
    for (const auto& [road_class, speed] : classes)
        if (speed.roads > speed.with_own_speed) roads.insert("travel.road." + speed.name);
    const bool has_land_cover =
        study.reach.kind == ReachKind::surface && std::ranges::any_of(study.layers, [](const LayerStudy& layer) {
            return layer.role == LayerRole::rasters && layer.raster_kind == "land_cover";
        });
    std::vector<UsedCoefficient> used;
    for (const UsedCoefficient& coefficient : standards.used) {
        const std::string_view key = coefficient.key;
        const bool is_of_land_cover = key.starts_with("travel.land_cover.");
        const bool is_of_roads = key.starts_with("travel.road.");
        if (is_of_land_cover ? has_land_cover : !is_of_roads || roads.contains(key)) used.push_back(coefficient);
    }
    return used;
}

std::string reason_text(UnroutableReason reason) {
    switch (reason) {
        case UnroutableReason::no_position:
            return "it has no position";
        case UnroutableReason::no_serving_zone:
            return "no zone serves";
        case UnroutableReason::outside_grid:
            return "it lies outside the surface";
        case UnroutableReason::no_access:
            return "no road, or passable ground, lies within the snap limit";
        case UnroutableReason::no_way_to_any_zone:
            return "no way leads to it";
    }
    return {};
}

/// Zones without a position are told where they are loaded: one known by the code of its district may serve that.
void report_unroutable_zones(const PlanningArea& area, const ZoneTravel& travel, ProblemReport& problems) {
    for (const ZoneTravel::UnroutableZone& zone : travel.unroutable_zones()) {
        if (zone.reason == UnroutableReason::no_position) continue;
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::unroutable,
                      .layer = "zones",
                      .feature = area.zones[zone.zone].id,
                      .message = reason_text(zone.reason),
                      .action = "nobody is said to travel to it; who is near it may still be within its reach"});
    }
}

bool has_travel_standards(const Study& study) { return study.standards.find("travel.road.default") != nullptr; }

void add_error(const Error& error, const Study& study, ProblemReport& problems) {
    problems.add({.severity = Severity::error,
                  .kind = ProblemKind::value_implausible,
                  .layer = "reach",
                  .file = study.file.filename().string(),
                  .message = error.what(),
                  .action = "travel times cannot be computed"});
}

}  // namespace

TravelModel open_travel(const Study& study, LoadedStudy& loaded, ProblemReport& problems, const Progress& progress) {
    if (study.reach.kind == ReachKind::straight)
        throw InvalidInput(
            "the study's reach is straight; travel times need reach = \"roads\" or \"surface\" in [assess]");
    TravelModel model;
    model.standards = travel_standards(study.standards);
    model.limit = study.reach.limit.value_or(model.standards.reach_limit);
    ReachFacts facts{model.manifest};
    describe_settings(study, model, facts);
    require_roads(study, loaded);
    const RoadClassSpeeds classes = detail::class_speeds(loaded.area.roads, model.standards);
    detail::report_unknown_classes(classes, model.standards, problems);
    describe_classes(classes, facts);
    model.used = used_coefficients(study, model.standards, classes);
    if (study.reach.kind == ReachKind::roads)
        open_roads(study, loaded, classes, model, progress);
    else
        open_surface(study, loaded, classes, model, problems, progress);
    report_unroutable_zones(loaded.area, *model.travel, problems);
    return model;
}

void check_travel(const Study& study, const LoadedStudy& loaded, ProblemReport& problems) {
    const bool is_straight = study.reach.kind == ReachKind::straight;
    if (is_straight && !(has_travel_standards(study) && !loaded.area.roads.empty())) return;
    try {
        const TravelStandards standards = travel_standards(study.standards);
        require_roads(study, loaded);
        detail::report_unknown_classes(detail::class_speeds(loaded.area.roads, standards), standards, problems);
        if (study.reach.kind != ReachKind::surface) return;
        const StudyGrid grid = detail::choose_grid(study, loaded).grid;
        detail::report_coarse_cells(study, grid, standards, problems);
        detail::check_surface_rasters(study, loaded, grid);
    } catch (const Error& error) {
        add_error(error, study, problems);
    }
}

}  // namespace amayesh
