#include <amayesh/analysis/surface_travel.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <variant>

#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/nearest.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "analysis/serving_zones.hpp"
#include "analysis/zone_cells.hpp"

namespace amayesh {

namespace {

using detail::ServingZone;

constexpr double minutes_per_hour = 60;
constexpr double quickest_slope = -0.05;  // of Tobler's function
constexpr std::size_t zones_per_step = 16;
/// Times are rounded to milliseconds: what rounds to the limit is still within it.
constexpr float limit_slack_min = 0.0001F;

/// A passable cell and the walk there.
struct CellAccess {
    GridCell cell;
    Metres walk{0};
    double walk_minutes = 0;
};

/// The end of ways to a zone: the straight walk from its cell.
struct ZoneEnd {
    std::size_t zone = 0;
    Metres walk{0};
    double walk_minutes = 0;
};

/// A cell from which a zone is reached.
struct ZoneCell {
    GridCell cell;
    std::uint32_t end = 0;  ///< Which walk leads on.
};

/// Those of one zone, part by part; ends rise.
struct ZoneCells {
    std::size_t zone = 0;
    std::vector<ZoneCell> cells{};

    [[nodiscard]] bool has_several_ends() const noexcept { return cells.front().end != cells.back().end; }
};

/// A place from which a zone is reached.
struct Reached {
    std::size_t place = 0;
    double minutes = 0;
    std::uint32_t end = 0;
    double over_cells_m = 0;
};

CellAccess access_of(GridCell cell, Point place, const StudyGrid& grid, double walking_km_per_hour) {
    CellAccess access{cell};
    if (grid.cell_of(place) == cell) return access;
    const Point centre = grid.centre_of(cell);
    access.walk = Metres{std::hypot(place.x - centre.x, place.y - centre.y)};
    access.walk_minutes = to_kilometres(access.walk).value() / walking_km_per_hour * minutes_per_hour;
    return access;
}

/// Where a window of a grid lies.
struct Window {
    GridCell first;
    std::size_t columns = 0;
    std::size_t rows = 0;

    [[nodiscard]] bool holds(GridCell cell) const noexcept {
        return cell.column >= first.column && cell.column - first.column < columns && cell.row >= first.row &&
               cell.row - first.row < rows;
    }
};

/// Every cell within some cells of the zone's.
Window window_around(const ZoneCells& zone, std::size_t margin, const StudyGrid& grid) {
    GridCell least = zone.cells.front().cell;
    GridCell most = least;
    for (const auto& [cell, end] : zone.cells) {
        least = {std::min(least.column, cell.column), std::min(least.row, cell.row)};
        most = {std::max(most.column, cell.column), std::max(most.row, cell.row)};
    }
    const GridCell first{least.column - std::min(margin, least.column), least.row - std::min(margin, least.row)};
    const std::size_t last_column = std::min(grid.width - 1, most.column + margin);
    const std::size_t last_row = std::min(grid.height - 1, most.row + margin);
    return {first, last_column - first.column + 1, last_row - first.row + 1};
}

}  // namespace

struct SurfaceTravel::State {
    State(const PlanningArea& area, FrictionSurface friction, const SurfaceTravelOptions& wanted,
          const Progress& wanted_progress)
        : options{wanted},
          working_crs{area.working_crs},
          surface{std::move(friction)},
          progress{wanted_progress},
          serving{detail::serving_zones(area, options.serving_statuses)},
          around{detail::geometries_of(serving), Metric::planar},
          unroutable{detail::serving_zones_without_position(area, options.serving_statuses)} {
        for (const ServingZone& zone : serving) place_zone(zone);
        std::vector<CostSource> sources;
        for (const ZoneCells& zone : zones) add_sources(zone, {}, sources);
        costs.emplace(cost_distance(surface.cells(), sources,
                                    {.neighbours = options.neighbours,
                                     .direction = options.direction,
                                     .with_allocation = true,
                                     .with_ways = true,
                                     .most_memory = options.most_memory},
                                    progress));
    }

    [[nodiscard]] std::optional<CellAccess> attach(Point place) const {
        const auto cell = surface.nearest_passable(place, to_metres(options.snap));
        if (!cell) return std::nullopt;
        return access_of(*cell, place, surface.grid(), options.walking_km_per_hour);
    }

    /// Zones that hold a place: whoever is inside is there, whatever the cells say.
    [[nodiscard]] std::vector<Near> zones_at(Point place) const { return around.within(place, Metres{0}); }

    [[nodiscard]] bool has_no_zone() const noexcept { return serving.empty() && unroutable.empty(); }

    [[nodiscard]] UnroutableReason reason_without_access(const std::optional<Point>& place) const {
        if (!place) return UnroutableReason::no_position;
        if (has_no_zone()) return UnroutableReason::no_serving_zone;
        return surface.grid().cell_of(*place) ? UnroutableReason::no_access : UnroutableReason::outside_grid;
    }

    /// Its zone and minutes, or why it has none; the cell where its way over the surface begins.
    std::optional<GridCell> set_out(const std::optional<Point>& place, PlaceTravel& travel) const {
        if (place)
            if (const std::vector<Near> here = zones_at(*place); !here.empty()) {
                travel.nearest = ZoneByTravel{serving[here.front().feature].zone, {}, Kilometres{0}};
                return std::nullopt;
            }
        const auto access = place ? attach(*place) : std::nullopt;
        if (!access) {
            travel.unroutable = reason_without_access(place);
            return std::nullopt;
        }
        travel.off_network = access->walk;
        const float cost = costs->cost_at(access->cell.column, access->cell.row);
        if (!std::isfinite(cost)) {
            travel.unroutable =
                has_no_zone() ? UnroutableReason::no_serving_zone : UnroutableReason::no_way_to_any_zone;
            return std::nullopt;
        }
        travel.nearest = ZoneByTravel{end_of(access->cell).zone, to_travel_time(double{cost} + access->walk_minutes)};
        return access->cell;
    }

    /// Places from which the zone is reached within the limit; a search over the cells around it alone.
    [[nodiscard]] std::vector<Reached> reached_from(const ZoneCells& zone,
                                                    std::span<const std::optional<CellAccess>> access,
                                                    std::size_t margin, TravelTime limit) const {
        const Window window = window_around(zone, margin, surface.grid());
        const auto in_window = [&](const std::optional<CellAccess>& a) { return a && window.holds(a->cell); };
        if (std::ranges::none_of(access, in_window)) return {};
        std::vector<CostSource> sources;
        add_sources(zone, window.first, sources);
        const CostSurface from_zone = cost_distance(surface.cells(window.first, window.columns, window.rows), sources,
                                                    {.neighbours = options.neighbours,
                                                     .direction = options.direction,
                                                     .limit = static_cast<float>(to_minutes(limit)) + limit_slack_min,
                                                     .with_allocation = zone.has_several_ends(),
                                                     .with_ways = true,
                                                     .most_memory = options.most_memory});
        std::vector<Reached> reached;
        std::vector<GridCell> cells;
        for (std::size_t i = 0; i < access.size(); ++i) {
            if (!in_window(access[i])) continue;
            const GridCell cell{access[i]->cell.column - window.first.column, access[i]->cell.row - window.first.row};
            const float cost = from_zone.cost_at(cell.column, cell.row);
            const double minutes = double{cost} + access[i]->walk_minutes;
            if (!std::isfinite(cost) || to_travel_time(minutes) > limit) continue;
            const std::uint32_t end =
                zone.has_several_ends() ? from_zone.source_at(cell.column, cell.row) : zone.cells.front().end;
            reached.push_back({i, minutes, end, 0});
            cells.push_back(cell);
        }
        const std::vector<double> lengths = from_zone.way_lengths(cells);
        for (std::size_t r = 0; r < lengths.size(); ++r) reached[r].over_cells_m = lengths[r];
        return reached;
    }

    /// The same for each zone.
    [[nodiscard]] std::vector<std::vector<Reached>> reached_from_zones(
        std::span<const std::optional<CellAccess>> access, TravelTime limit) const {
        const std::size_t margin = margin_of(limit);
        std::vector<std::vector<Reached>> by_zone(zones.size());
        for (std::size_t first = 0; first < zones.size(); first += zones_per_step) {
            if (progress) progress("zones in reach", static_cast<double>(first) / static_cast<double>(zones.size()));
            parallel_for(std::min(zones_per_step, zones.size() - first), 1, [&](std::size_t begin, std::size_t end) {
                for (std::size_t z = first + begin; z < first + end; ++z)
                    by_zone[z] = reached_from(zones[z], access, margin, limit);
            });
        }
        return by_zone;
    }

    /// Of the quickest way from a cell.
    [[nodiscard]] const ZoneEnd& end_of(GridCell cell) const { return ends[costs->source_at(cell.column, cell.row)]; }

    /// Of a way over cells and the walks at both ends.
    [[nodiscard]] static Kilometres length_of(const ZoneEnd& end, double over_cells_m, Metres walk) {
        return to_kilometres(Metres{over_cells_m + walk.value() + end.walk.value()});
    }

    void place_zone(const ServingZone& zone) {
        ZoneCells found{.zone = zone.zone};
        std::optional<UnroutableReason> reason;
        if (const auto* shape = std::get_if<MultiPolygon>(&zone.geometry))
            for (const Polygon& part : shape->parts) {
                const auto without = place_part({{part}}, found);
                if (!reason) reason = without;
            }
        else
            reason = place_point(std::get<Point>(zone.geometry), found);
        if (!found.cells.empty())
            zones.push_back(std::move(found));
        else
            unroutable.push_back({zone.zone, reason.value_or(UnroutableReason::no_access)});
    }

    /// Why it has no cells, where it has none.
    std::optional<UnroutableReason> place_part(const MultiPolygon& part, ZoneCells& zone) {
        const std::size_t before = zone.cells.size();
        for (const GridCell& cell : detail::cells_held(part, surface.grid()))
            if (std::isfinite(surface.minutes_per_metre(cell)))
                zone.cells.push_back({cell, static_cast<std::uint32_t>(ends.size())});
        if (zone.cells.size() == before) return place_point(interior_point(part), zone);
        ends.push_back({.zone = zone.zone});
        return std::nullopt;
    }

    /// Likewise.
    std::optional<UnroutableReason> place_point(Point place, ZoneCells& zone) {
        const auto access = attach(place);
        if (!access) return reason_without_access(place);
        zone.cells.push_back({access->cell, static_cast<std::uint32_t>(ends.size())});
        ends.push_back({zone.zone, access->walk, access->walk_minutes});
        return std::nullopt;
    }

    void add_sources(const ZoneCells& zone, GridCell origin, std::vector<CostSource>& sources) const {
        for (const auto& [cell, end] : zone.cells)
            sources.push_back(
                {cell.column - origin.column, cell.row - origin.row, end, static_cast<float>(ends[end].walk_minutes)});
    }

    /// At the surface's fastest, gently downhill.
    [[nodiscard]] double least_minutes_per_metre() const noexcept {
        return static_cast<double>(surface.least_minutes_per_metre()) * std::min(1.0, tobler_factor(quickest_slope));
    }

    /// Cells that can be crossed within a time at that.
    [[nodiscard]] std::size_t margin_of(TravelTime limit) const {
        const double metres = to_minutes(limit) / least_minutes_per_metre();
        const double cells = std::ceil(metres / surface.grid().cell_m) + 2;
        const auto most = static_cast<double>(std::max(surface.grid().width, surface.grid().height));
        return static_cast<std::size_t>(std::min(cells, most));
    }

    SurfaceTravelOptions options;
    Crs working_crs;
    FrictionSurface surface;
    Progress progress;
    std::vector<ServingZone> serving;
    NearestIndex around;           ///< Of these.
    std::vector<ZoneEnd> ends;     ///< Of these, by the index of the zone; sources have their place here as id.
    std::vector<ZoneCells> zones;  ///< Those that are attached, by index.
    std::vector<UnroutableZone> unroutable;
    std::optional<CostSurface> costs;
};

SurfaceTravel::SurfaceTravel(const PlanningArea& area, FrictionSurface surface, const SurfaceTravelOptions& options,
                             const Progress& progress)
    : m_state{std::make_unique<const State>(area, std::move(surface), options, progress)} {}

SurfaceTravel::~SurfaceTravel() = default;

const FrictionSurface& SurfaceTravel::surface() const noexcept { return m_state->surface; }
const StudyGrid& SurfaceTravel::grid() const noexcept { return m_state->surface.grid(); }
const CostSurface& SurfaceTravel::costs() const noexcept { return *m_state->costs; }

std::vector<PlaceTravel> SurfaceTravel::nearest_zones(std::span<const std::optional<Point>> degrees) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    std::vector<PlaceTravel> result(places.size());
    std::vector<std::size_t> routed;
    std::vector<GridCell> cells;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (const auto cell = m_state->set_out(places[i], result[i])) {
            routed.push_back(i);
            cells.push_back(*cell);
        }
    const std::vector<double> lengths = costs().way_lengths(cells);
    for (std::size_t r = 0; r < routed.size(); ++r) {
        PlaceTravel& travel = result[routed[r]];
        travel.nearest->length = State::length_of(m_state->end_of(cells[r]), lengths[r], travel.off_network);
    }
    return result;
}

std::vector<std::vector<ZoneByTravel>> SurfaceTravel::zones_within(std::span<const std::optional<Point>> degrees,
                                                                   TravelTime limit) const {
    const auto places = detail::in_working_crs(degrees, m_state->working_crs);
    std::vector<std::optional<CellAccess>> access(places.size());
    std::vector<std::vector<std::pair<double, ZoneByTravel>>> by_place(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!places[i]) continue;
        access[i] = m_state->attach(*places[i]);
        for (const Near& here : m_state->zones_at(*places[i]))
            by_place[i].emplace_back(0, ZoneByTravel{m_state->serving[here.feature].zone, TravelTime{}, Kilometres{0}});
    }
    const std::vector<std::vector<Reached>> by_zone = m_state->reached_from_zones(access, limit);
    for (std::size_t z = 0; z < by_zone.size(); ++z)
        for (const Reached& reached : by_zone[z]) {
            const std::size_t zone = m_state->zones[z].zone;
            const Kilometres length =
                State::length_of(m_state->ends[reached.end], reached.over_cells_m, access[reached.place]->walk);
            by_place[reached.place].emplace_back(reached.minutes,
                                                 ZoneByTravel{zone, to_travel_time(reached.minutes), length});
        }
    std::vector<std::vector<ZoneByTravel>> result(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::ranges::sort(by_place[i], {}, [](const auto& reached) {
            return std::pair{reached.first, reached.second.zone};
        });
        for (const auto& [minutes, zone] : by_place[i])
            if (std::ranges::find(result[i], zone.zone, &ZoneByTravel::zone) == result[i].end())
                result[i].push_back(zone);
    }
    return result;
}

std::span<const ZoneTravel::UnroutableZone> SurfaceTravel::unroutable_zones() const noexcept {
    return m_state->unroutable;
}

TravelTime SurfaceTravel::least_time(Metres straight) const noexcept {
    // Places are in the middle of their cells: each end may be half a diagonal nearer.
    const double metres = std::max(0.0, straight.value() - std::numbers::sqrt2 * grid().cell_m);
    const double walking = minutes_per_hour / (metres_per_kilometre * m_state->options.walking_km_per_hour);
    return to_travel_time(metres * std::min(m_state->least_minutes_per_metre(), walking));
}

}  // namespace amayesh
