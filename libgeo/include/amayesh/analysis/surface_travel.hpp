#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/model/industrial_zone.hpp>
#include <amayesh/model/planning_area.hpp>
#include <amayesh/raster/cost_distance.hpp>
#include <amayesh/raster/friction_surface.hpp>

namespace amayesh {

struct SurfaceTravelOptions {
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};
    TravelDirection direction = TravelDirection::to_facility;
    CellNeighbours neighbours = CellNeighbours::sixteen;
    Kilometres snap{5};              ///< Farthest straight walk between a place, or a zone, and a passable cell.
    double walking_km_per_hour = 3;  ///< On that walk.
    /// As of `cost_distance`: bytes for cells in memory at a time, the friction surface's own besides; minutes are the same
    /// for any. Nothing = all cells in memory.
    std::optional<std::size_t> most_memory{};
};

/// Ways over a friction surface from places to the serving zones of a planning area.
///
/// Places:  are in the middle of their cell; where that is impassable, they walk straight to the nearest passable one
///          within the snap limit, whatever lies between. Those inside a zone are there.
/// Zones:   take, part by part, the passable cells whose centre the part holds, else that of a point inside it; where that
///          is impassable, the part is attached as places are. A zone of which no part is attached is unroutable.
/// Cost:    one cost distance for the nearest zones; for all zones within a limit one for each zone, over the cells that can
///          be reached within it at the surface's fastest.
class AMAYESH_EXPORT SurfaceTravel final : public ZoneTravel {
public:
    /// `surface` in the area's working CRS. `progress` is kept, for `zones_within`.
    /// Throws: as cost_distance; CrsError for a zone beyond the working CRS.
    SurfaceTravel(const PlanningArea& area, FrictionSurface surface, const SurfaceTravelOptions& options = {},
                  const Progress& progress = {});
    ~SurfaceTravel() override;
    SurfaceTravel(const SurfaceTravel&) = delete;
    SurfaceTravel& operator=(const SurfaceTravel&) = delete;

    [[nodiscard]] const FrictionSurface& surface() const noexcept;
    [[nodiscard]] const StudyGrid& grid() const noexcept;
    /// Minutes to the nearest zone. Ids of the sources rise with the zones; each part of a zone has its own.
    [[nodiscard]] const CostSurface& costs() const noexcept;

    [[nodiscard]] ReachKind kind() const noexcept override { return ReachKind::surface; }
    [[nodiscard]] std::vector<PlaceTravel> nearest_zones(std::span<const std::optional<Point>> places) const override;
    [[nodiscard]] std::vector<std::vector<ZoneByTravel>> zones_within(std::span<const std::optional<Point>> places,
                                                                      TravelTime limit) const override;
    [[nodiscard]] std::span<const UnroutableZone> unroutable_zones() const noexcept override;
    [[nodiscard]] TravelTime least_time(Metres straight) const noexcept override;

private:
    struct State;
    std::unique_ptr<const State> m_state;
};

}  // namespace amayesh
