#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <amayesh/crs/transform.hpp>
#include <amayesh/model/planning_area.hpp>

/// A small world in metres east and north of a place in Khorasan; its area has zones in degrees, as studies do.
class TravelWorld {
public:
    TravelWorld() : m_origin{m_to_working.apply(amayesh::Point{59, 36})} { area.working_crs = m_working; }

    amayesh::PlanningArea area;

    [[nodiscard]] amayesh::Point metres(double east, double north) const {
        return {m_origin.x + east, m_origin.y + north};
    }
    [[nodiscard]] amayesh::Point degrees(double east, double north) const {
        return m_to_degrees.apply(metres(east, north));
    }
    [[nodiscard]] amayesh::LineString line(const std::vector<amayesh::Point>& vertices) const {
        amayesh::LineString shape;
        for (const amayesh::Point& v : vertices) shape.push_back(metres(v.x, v.y));
        return shape;
    }

    /// A square zone around a place; a side of 0 is a point.
    void add_zone(double east, double north, double side = 0,
                  amayesh::ZoneStatus status = amayesh::ZoneStatus::operating) {
        amayesh::IndustrialZone zone;
        zone.id = "Z" + std::to_string(area.zones.size());
        zone.status = status;
        const double half = side / 2;
        if (side == 0)
            zone.geometry = degrees(east, north);
        else
            zone.geometry =
                amayesh::MultiPolygon{{{{degrees(east - half, north - half), degrees(east + half, north - half),
                                         degrees(east + half, north + half), degrees(east - half, north + half),
                                         degrees(east - half, north - half)},
                                        {}}}};
        area.zones.push_back(std::move(zone));
    }

    /// Another polygon of the last zone: a square.
    void add_part(double east, double north, double side) {
        add_zone(east, north, side);
        const amayesh::Geometry part = area.zones.back().geometry;
        area.zones.pop_back();
        auto& parts = std::get<amayesh::MultiPolygon>(area.zones.back().geometry).parts;
        parts.push_back(std::get<amayesh::MultiPolygon>(part).parts.front());
    }

private:
    amayesh::Crs m_working = amayesh::Crs::parse("EPSG:32640");
    amayesh::Transform m_to_working{amayesh::Crs::wgs84(), m_working};
    amayesh::Transform m_to_degrees{m_working, amayesh::Crs::wgs84()};
    amayesh::Point m_origin;
};

using Places = std::vector<std::optional<amayesh::Point>>;
