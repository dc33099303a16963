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

/// A smaller part of a plot that lies in a neighbouring zone is how its border was drawn.
constexpr double widest_part_of_plot = 0.02;

/// Zones by where they lie from west to east.
class ZoneBoxes {
public:
    explicit ZoneBoxes(std::span<const MultiPolygon> zones) {
        for (std::size_t z = 0; z < zones.size(); ++z) {
            const Box box = bounds(zones[z]);
            if (box.is_empty()) continue;
            m_boxes.emplace_back(box, z);
            m_widest = std::max(m_widest, box.max_x - box.min_x);
        }
        std::ranges::sort(m_boxes, {}, [](const auto& entry) { return std::pair{entry.first.min_x, entry.second}; });
    }

    /// Indexes of the zones whose box meets that one, from west to east.
    [[nodiscard]] std::vector<std::size_t> meeting(const Box& box) const {
        std::vector<std::size_t> found;
        const auto west_of = [](const auto& entry, double x) { return entry.first.min_x < x; };
        auto at = std::lower_bound(m_boxes.begin(), m_boxes.end(), box.min_x - m_widest, west_of);
        for (; at != m_boxes.end() && at->first.min_x <= box.max_x; ++at)
            if (at->first.max_x >= box.min_x && at->first.min_y <= box.max_y && at->first.max_y >= box.min_y)
                found.push_back(at->second);
        return found;
    }

private:
    std::vector<std::pair<Box, std::size_t>> m_boxes;
    double m_widest = 0;
};

/// Its land is in two zones, and counts in the one that it names.
void check_plot_parts(const Plot& plot, const MultiPolygon& shape, const std::string& own_id, const ZoneBoxes& boxes,
                      const PlanningArea& area, std::span<const MultiPolygon> zones, Point degrees,
                      ProblemReport& problems) {
    const double whole = planar_area(shape);
    for (const std::size_t z : boxes.meeting(bounds(shape))) {
        if (area.zones[z].id == own_id) continue;
        const double part = planar_area(intersection_of(shape, zones[z]));
        if (part <= least_overlap_m2 || part <= widest_part_of_plot * whole) continue;
        report_plot(plot,
                    fmt::format("lies in two zones: {:.2f} of its {:.2f} ha are in '{}', not in its own '{}'",
                                to_hectares(SquareMetres{part}).value(), to_hectares(SquareMetres{whole}).value(),
                                area.zones[z].id, own_id),
                    degrees, problems);
    }
}

void check_plot_places(const PlanningArea& area, std::span<const MultiPolygon> zones, const Transform& to_working,
                       const Transform& to_degrees, ProblemReport& problems) {
    if (area.plots.empty()) return;
    const PointLocator locator{zones};
    const ZoneBoxes boxes{zones};
    for (const Plot& plot : area.plots) {
        const auto* shape = std::get_if<MultiPolygon>(&plot.geometry);
        const IndustrialZone* zone = find_by_id(area.zones, plot.zone_id);
        if (shape == nullptr || zone == nullptr || !std::holds_alternative<MultiPolygon>(zone->geometry)) continue;
        const MultiPolygon working = to_working.apply(*shape);
        const Point inside = interior_point(working);
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
        else
            check_plot_parts(plot, working, zone->id, boxes, area, zones, degrees, problems);
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
