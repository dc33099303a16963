#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/model/planning_area.hpp>

/// Small planning areas on the equator at longitude 0, where a degree of longitude is 111.319 km.
namespace amayesh::worlds {

inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
inline constexpr double km_per_degree = 111.319490793;  // WGS 84, along the equator: 2 π 6378.137 / 360

/// A place so many kilometres east of the origin.
inline Point at_km(double east) { return {east / km_per_degree, 0}; }

struct World {
    PlanningArea area;
    std::vector<std::size_t> district_of_settlement;

    World() {
        area.rural_districts_layer.present = true;
        area.settlements_layer.present = true;
        area.zones_layer.present = true;
        for (const UtilityKind utility : all_utilities) area.sources_layer[utility].present = true;
    }

    RuralDistrict& district(const std::string& id, std::optional<std::int64_t> population,
                            std::optional<Point> centre) {
        RuralDistrict& added = area.rural_districts.emplace_back();
        added.id = id;
        added.name = "district " + id;
        added.place = {"", "county 1", "province 1"};
        added.population = population;
        added.centre = centre;
        return added;
    }

    Settlement& settlement(const std::string& id, std::size_t district, std::optional<std::int64_t> population,
                           std::optional<Point> position) {
        district_of_settlement.push_back(district);
        Settlement& added = area.settlements.emplace_back();
        added.id = id;
        added.kind = SettlementKind::village;
        added.population = population;
        added.position = position;
        return added;
    }

    IndustrialZone& zone(const std::string& id, Geometry geometry, ZoneStatus status = ZoneStatus::operating) {
        IndustrialZone& added = area.zones.emplace_back();
        added.id = id;
        added.status = status;
        added.geometry = std::move(geometry);
        added.place = {"", "county 1", "province 1"};
        return added;
    }

    UtilitySource& source(const std::string& id, UtilityKind utility, Point position) {
        UtilitySource& added = area.sources.emplace_back();
        added.id = id;
        added.utility = utility;
        added.geometry = position;
        return added;
    }

    [[nodiscard]] GapResult gaps(const GapStandards& standards, const GapOptions& options = {}) const {
        ProblemReport problems;
        return find_gaps(area, district_of_settlement, standards, options, problems);
    }
};

/// 0.25 / 0.5 / 0.75 ha per 1,000 people, 5 to 20 ha, 0.60 / 0.65 / 0.70 net; reach 20 km; power 0.2 / 0.25 / 0.5 MW and
/// water 0.3 / 0.4 / 0.75 L/s per net ha, gas 20 / 50 / 100 m³/h per gross ha.
inline GapStandards standards() {
    GapStandards s;
    s.target_ha_per_1000_people = {0.25, 0.5, 0.75};
    s.net_share = {0.60, 0.65, 0.70};
    s.demand[UtilityKind::power] = {{0.2, 0.25, 0.5}, LandBasis::net};
    s.demand[UtilityKind::water] = {{0.3, 0.4, 0.75}, LandBasis::net};
    s.demand[UtilityKind::gas] = {{20, 50, 100}, LandBasis::gross};
    return s;
}

}  // namespace amayesh::worlds
