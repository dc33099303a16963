#pragma once

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
#include <amayesh/network/road_graph.hpp>

namespace amayesh {

struct RoadTravelOptions {
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};
    TravelDirection direction = TravelDirection::to_facility;
    Kilometres snap{5};              ///< Farthest straight walk between a place, or a zone, and a road.
    double walking_km_per_hour = 3;  ///< On that walk.
    Metres crossing_tolerance{1};    ///< See RoadGraphOptions.
};

/// Ways over roads from places to the serving zones of a planning area.
///
/// Places:  walk straight to the nearest road within the snap limit, whatever lies between. Roads that hang together are one
///          component: of each that leads to a zone the nearest road counts, and the quickest way of all is taken.
///          Or straight to a zone within the snap limit, where that is quicker. Those inside a zone are there.
/// Zones:   each part of the polygon from each component: where its roads cross the border, without a walk, at each crossing;
///          else from any of its roads inside; else by the straight walk between the nearest points of part and road. Points
///          as places.
/// Cost:    of the graph; for many places one search from all zones, or one from each zone within a limit.
class AMAYESH_EXPORT RoadTravel final : public ZoneTravel {
public:
    /// `roads` in the area's working CRS. Borrows nothing afterwards.
    /// Throws: as RoadGraph; CrsError for a zone beyond the working CRS.
    RoadTravel(const PlanningArea& area, std::span<const RoadLine> roads, const RoadTravelOptions& options = {},
               const Progress& progress = {});
    ~RoadTravel() override;
    RoadTravel(const RoadTravel&) = delete;
    RoadTravel& operator=(const RoadTravel&) = delete;

    [[nodiscard]] const RoadGraph& graph() const noexcept;

    [[nodiscard]] ReachKind kind() const noexcept override { return ReachKind::roads; }
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
