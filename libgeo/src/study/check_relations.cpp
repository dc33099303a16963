#include "study/check_relations.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/units.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>

namespace amayesh::detail {
namespace {

template <class Item>
const Item* find_by_id(const std::vector<Item>& items, const std::string& id) {
    const auto found = std::ranges::lower_bound(items, id, {}, &Item::id);
    return found != items.end() && found->id == id ? &*found : nullptr;
}

Problem unmatched(std::string_view layer, const std::string& feature, Severity severity, std::string message) {
    return {.severity = severity,
            .kind = ProblemKind::code_unmatched,
            .layer = std::string{layer},
            .feature = feature,
            .message = std::move(message),
            .action = "kept"};
}

void report_nowhere(const IndustrialZone& zone, ProblemReport& problems) {
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::value_missing,
                  .layer = "zones",
                  .feature = zone.id,
                  .field = "rural_district",
                  .message = "has neither a position nor the code of a rural district",
                  .action = "kept, in reach of nobody"});
}

void check_zone_codes(const PlanningArea& area, const DistrictIndex& index, ProblemReport& problems) {
    if (area.rural_districts.empty()) return;
    for (const IndustrialZone& zone : area.zones) {
        const bool has_place = !std::holds_alternative<std::monostate>(zone.geometry);
        if (zone.rural_district_id.empty()) {
            if (!has_place) report_nowhere(zone, problems);
            continue;
        }
        if (index.find(zone.rural_district_id)) continue;
        const bool is_lost = !has_place && area.rural_districts_layer.complete;
        problems.add(unmatched("zones", zone.id, is_lost ? Severity::error : Severity::warning,
                               fmt::format("no rural district has the code '{}'", zone.rural_district_id)));
    }
}

void check_plot_codes(const PlanningArea& area, ProblemReport& problems) {
    for (const Plot& plot : area.plots)
        if (find_by_id(area.zones, plot.zone_id) == nullptr)
            problems.add(
                unmatched("plots", plot.id, Severity::warning, fmt::format("no zone has the code '{}'", plot.zone_id)));
}

/// Polygons of features in the working CRS; empty for those without.
template <class Item>
std::vector<MultiPolygon> shapes_of(const std::vector<Item>& items, const Transform& to_working) {
    std::vector<MultiPolygon> shapes(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        if (const auto* shape = std::get_if<MultiPolygon>(&items[i].geometry)) shapes[i] = to_working.apply(*shape);
    return shapes;
}

/// A larger part of a district that another one holds too is no sliver: its people and land would count twice.
constexpr double widest_sliver = 0.1;

template <class Item>
void report_overlaps(const std::vector<Item>& items, std::span<const MultiPolygon> shapes, std::string_view layer,
                     ProblemKind kind, std::span<const Overlap> overlaps, const Transform& to_degrees,
                     ProblemReport& problems) {
    for (const Overlap& overlap : overlaps) {
        const Point place = to_degrees.apply(overlap.place);
        const double smaller = std::min(planar_area(shapes[overlap.first]), planar_area(shapes[overlap.second]));
        const bool counts_twice = kind == ProblemKind::districts_overlap && overlap.area > widest_sliver * smaller;
        problems.add({.severity = counts_twice ? Severity::error : Severity::warning,
                      .kind = kind,
                      .layer = std::string{layer},
                      .feature = items[overlap.first].id,
                      .message = fmt::format("shares {:.2f} ha with '{}'",
                                             to_hectares(SquareMetres{overlap.area}).value(), items[overlap.second].id),
                      .action = "kept; points in both belong to the lower id",
                      .place = ProblemPlace{place.x, place.y}});
    }
}

/// Of surveyed districts: grown ones share their borders but for rounding.
void report_gaps(const std::vector<RuralDistrict>& districts, std::span<const SliverGap> gaps,
                 const Transform& to_degrees, ProblemReport& problems) {
    for (const SliverGap& gap : gaps) {
        const auto is_derived = [&](std::size_t i) { return districts[i].derived; };
        if (std::ranges::any_of(gap.neighbours, is_derived)) continue;
        const Point place = to_degrees.apply(gap.place);
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::districts_gap,
                      .layer = "rural_districts",
                      .feature = districts[gap.neighbours[0]].id,
                      .message = fmt::format(
                          "a sliver of {:.2f} ha, about {:.1f} m wide, between it and '{}' lies in no "
                          "rural district",
                          to_hectares(SquareMetres{gap.area}).value(), gap.width, districts[gap.neighbours[1]].id),
                      .action = "kept; points in it are in no district",
                      .place = ProblemPlace{place.x, place.y}});
    }
}

void report_plot(const Plot& plot, std::string message, Point degrees, ProblemReport& problems) {
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::plot_outside_zone,
                  .layer = "plots",
                  .feature = plot.id,
                  .message = std::move(message),
                  .action = "kept with the zone that it names",
                  .place = ProblemPlace{degrees.x, degrees.y}});
}

void check_plot_places(const PlanningArea& area, std::span<const MultiPolygon> zones, const Transform& to_working,
                       const Transform& to_degrees, ProblemReport& problems) {
    if (area.plots.empty()) return;
    const PointLocator locator{zones};
    for (const Plot& plot : area.plots) {
        const auto* shape = std::get_if<MultiPolygon>(&plot.geometry);
        const IndustrialZone* zone = find_by_id(area.zones, plot.zone_id);
        if (shape == nullptr || zone == nullptr || !std::holds_alternative<MultiPolygon>(zone->geometry)) continue;
        const Point inside = interior_point(to_working.apply(*shape));
        const Located located = locator.locate(inside);
        const Point degrees = to_degrees.apply(inside);
        if (located.several)
            report_plot(plot, "lies in several zones", degrees, problems);
        else if (!located.shape)
            report_plot(plot, fmt::format("lies outside its zone '{}', in none", zone->id), degrees, problems);
        else if (area.zones[*located.shape].id != zone->id)
            report_plot(
                plot,
                fmt::format("lies in the zone '{}', not in its own '{}'", area.zones[*located.shape].id, zone->id),
                degrees, problems);
    }
}

}  // namespace

void check_district_borders(const PlanningArea& area, std::span<const MultiPolygon> shapes, ProblemReport& problems) {
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    const BorderFaults faults = find_border_faults(
        shapes, {.least_area = least_overlap_m2, .narrowest_gap = narrowest_gap_m, .widest_gap = widest_gap_m});
    report_overlaps(area.rural_districts, shapes, "rural_districts", ProblemKind::districts_overlap, faults.overlaps,
                    to_degrees, problems);
    report_gaps(area.rural_districts, faults.gaps, to_degrees, problems);
}

void check_relations(const PlanningArea& area, const DistrictIndex& index, ProblemReport& problems) {
    const Transform to_working{Crs::wgs84(), area.working_crs};
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    check_zone_codes(area, index, problems);
    check_plot_codes(area, problems);
    const std::vector<MultiPolygon> zones = shapes_of(area.zones, to_working);
    report_overlaps(area.zones, zones, "zones", ProblemKind::zones_overlap, find_overlaps(zones, least_overlap_m2),
                    to_degrees, problems);
    check_plot_places(area, zones, to_working, to_degrees, problems);
}

}  // namespace amayesh::detail
