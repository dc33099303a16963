// The gap of one rural district, from values alone: no file is opened.
#include <iostream>
#include <vector>

#include <amayesh/analysis/gap.hpp>

int main() {
    using namespace amayesh;
    PlanningArea area;
    area.rural_districts_layer.present = true;
    area.zones_layer.present = true;

    RuralDistrict& district = area.rural_districts.emplace_back();
    district.id = "1";
    district.name = "Example";
    district.population = 14'000;
    district.centre = Point{59.60, 36.30};  // longitude, latitude

    IndustrialZone& zone = area.zones.emplace_back();
    zone.id = "z";
    zone.status = ZoneStatus::operating;
    zone.geometry = Point{59.95, 36.30};

    GapStandards standards;
    standards.target_ha_per_1000_people = {0.25, 0.5, 0.75};
    standards.net_share = {0.60, 0.65, 0.70};
    standards.demand[UtilityKind::water] = {{0.30, 0.40, 0.75}, LandBasis::net};
    standards.demand[UtilityKind::power] = {{0.21, 0.25, 0.50}, LandBasis::net};
    standards.demand[UtilityKind::gas] = {{20, 50, 100}, LandBasis::gross};

    ProblemReport problems;
    const std::vector<std::size_t> no_settlements;
    const UnitGap gap = find_gaps(area, no_settlements, standards, {}, problems).units.front();
    std::cout << gap.unit.name << ": " << to_string(gap.status) << ", nearest zone "
              << gap.nearest_zone->distance.value() / 1000 << " km, " << *gap.people.at_least << " people left out, "
              << static_cast<double>(gap.target->central) / steps_per_ha << " ha needed\n";
}
