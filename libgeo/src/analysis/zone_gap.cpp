#include "analysis/zone_gap.hpp"

#include <algorithm>
#include <unordered_map>

#include <amayesh/crs/geodesic.hpp>

#include "analysis/steps.hpp"

namespace amayesh::detail {

namespace {

constexpr double people_per_target_unit = 1'000;

StepRange land_steps(double low, double central, double high) {
    return {steps_up(low, steps_per_ha), steps_up(central, steps_per_ha), steps_up(high, steps_per_ha)};
}

std::optional<double> land_left(const IndustrialZone& zone, double net_share) {
    if (zone.vacant_ha) return zone.vacant_ha;
    if (!zone.occupied_ha) return std::nullopt;
    const auto net =
        zone.net_ha ? zone.net_ha : (zone.gross_ha ? std::optional{*zone.gross_ha * net_share} : std::nullopt);
    return net ? std::optional{std::max(0.0, *net - *zone.occupied_ha)} : std::nullopt;
}

/// Usable plots of a zone; unknown as soon as the state or the area of one of them is.
struct PlotSum {
    double usable_ha = 0;
    bool is_unknown = false;
};

/// From the centre, or to a zone that may be near enough.
bool has_no_way_known(const UnitGap& gap, const PlaceReach& centre) {
    return gap.travel && (gap.travel->unroutable || centre.unattached_zone_near);
}

UnitReason reason_without_zone(const UnitGap& gap, const PlaceReach& centre, const ReachIndex& reach,
                               Point measured_centre, const PlanningArea& area) {
    const Kilometres limit = reach.zone_limit();
    if (!area.zones_layer.complete || !area.zones_layer.present) return UnitReason::zones_layer_incomplete;
    if (reach.may_hide_zone(measured_centre)) return UnitReason::zone_position_unknown;
    if (gap.travel ? centre.unknown_status_near : reach.has_zone_of_unknown_status(measured_centre))
        return UnitReason::zone_status_unknown;
    if (gap.nearest_zone && has_no_way_known(gap, centre)) return UnitReason::no_way_known;
    if (gap.nearest_not_serving && to_kilometres(gap.nearest_not_serving->distance) <= limit)
        return UnitReason::only_zones_not_operating;
    return gap.nearest_zone ? UnitReason::no_zone_in_reach : UnitReason::no_serving_zones;
}

void add_usable_land(UnitGap& gap, std::span<const std::optional<std::int64_t>> usable_land) {
    for (const std::size_t zone : gap.zones_in_reach) {
        if (usable_land[zone])
            gap.usable_land = gap.usable_land.value_or(0) + *usable_land[zone];
        else
            ++gap.zones_land_unknown;
    }
}

}  // namespace

std::vector<std::optional<std::int64_t>> usable_land_of_zones(const PlanningArea& area, const GapStandards& standards) {
    std::unordered_map<std::string_view, PlotSum> plots;
    for (const Plot& plot : area.plots) {
        PlotSum& sum = plots[plot.zone_id];
        if (plot.state == PlotState::unknown) sum.is_unknown = true;
        if (!is_usable(plot.state)) continue;
        if (plot.area_ha)
            sum.usable_ha += *plot.area_ha;
        else
            sum.is_unknown = true;
    }
    std::vector<std::optional<std::int64_t>> usable(area.zones.size());
    for (std::size_t z = 0; z < area.zones.size(); ++z) {
        const auto listed = plots.find(area.zones[z].id);
        if (listed != plots.end()) {
            if (!listed->second.is_unknown && area.plots_layer.complete)
                usable[z] = steps_down(listed->second.usable_ha, steps_per_ha, area.zones[z].id);
        } else if (const auto left = land_left(area.zones[z], standards.net_share.central)) {
            usable[z] = steps_down(*left, steps_per_ha, area.zones[z].id);
        }
    }
    return usable;
}

void set_target(UnitGap& gap, const GapStandards& standards) {
    if (gap.unit.threshold != Threshold::over) return;
    const auto people = gap.unit.population ? gap.unit.population : gap.unit.population_at_least;
    if (!people) return;
    const Range& per_1000 = standards.target_ha_per_1000_people;
    const auto uncapped = [&](double ha) { return static_cast<double>(*people) * ha / people_per_target_unit; };
    const auto capped = [&](double ha) {
        return std::clamp(uncapped(ha), standards.least_zone.value(), standards.largest_zone.value());
    };
    gap.target_uncapped = land_steps(uncapped(per_1000.low), uncapped(per_1000.central), uncapped(per_1000.high));
    gap.target = land_steps(capped(per_1000.low), capped(per_1000.central), capped(per_1000.high));
    const auto net = [&](Case c) {
        return static_cast<double>(gap.target->at(c)) / steps_per_ha * standards.net_share.at(c);
    };
    gap.target_net = land_steps(net(Case::low), net(Case::central), net(Case::high));
}

void judge_zone_gap(UnitGap& gap, const ReachIndex& reach, const PlaceReach* centre_reach, Point measured_centre,
                    std::span<const std::optional<std::int64_t>> usable_land, std::size_t district,
                    const PlanningArea& area) {
    if (centre_reach) {
        gap.nearest_zone = centre_reach->zone;
        gap.on_the_line = centre_reach->on_the_line;
        gap.nearest_not_serving = reach.nearest_not_serving(measured_centre);
        if (!gap.travel)
            for (const Near& near : reach.zones_in_reach(measured_centre)) gap.zones_in_reach.push_back(near.feature);
    }
    const auto by_code = reach.zones_placed_by_district(district);
    gap.zones_by_code = by_code.size();
    gap.zones_in_reach.insert(gap.zones_in_reach.end(), by_code.begin(), by_code.end());
    add_usable_land(gap, usable_land);
    if (gap.unit.threshold == Threshold::unknown) {
        gap.status = UnitStatus::population_unknown;
        gap.reason = UnitReason::population_unknown;
    } else if (gap.unit.threshold == Threshold::not_over) {
        gap.status = UnitStatus::not_over_threshold;
    } else if (!gap.zones_in_reach.empty()) {
        const bool full =
            gap.zones_land_unknown == 0 && gap.target_net && gap.usable_land.value_or(0) < gap.target_net->central;
        gap.status = full ? UnitStatus::zone_full : UnitStatus::served;
        gap.reason = full ? UnitReason::not_enough_usable_land : UnitReason::none;
    } else if (!centre_reach) {
        gap.status = UnitStatus::no_zone_known_in_reach;
        gap.reason = UnitReason::centre_unknown;
    } else {
        gap.reason = reason_without_zone(gap, *centre_reach, reach, measured_centre, area);
        const bool is_certain = gap.reason == UnitReason::no_zone_in_reach ||
                                gap.reason == UnitReason::no_serving_zones ||
                                gap.reason == UnitReason::only_zones_not_operating;
        gap.status = is_certain ? UnitStatus::no_zone_in_reach : UnitStatus::no_zone_known_in_reach;
    }
}

bool leaves_extent(Point place, Kilometres radius, const std::optional<Box>& extent) {
    if (!extent) return false;
    const Box& box = *extent;
    if (place.x < box.min_x || place.x > box.max_x || place.y < box.min_y || place.y > box.max_y) return true;
    const double limit = to_metres(radius).value();
    return geodesic_distance(place, {box.min_x, place.y}).value() < limit ||
           geodesic_distance(place, {box.max_x, place.y}).value() < limit ||
           geodesic_distance(place, {place.x, box.min_y}).value() < limit ||
           geodesic_distance(place, {place.x, box.max_y}).value() < limit;
}

}  // namespace amayesh::detail
