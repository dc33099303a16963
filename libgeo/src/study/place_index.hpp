#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh::detail {

/// The rural districts of a planning area, to be found by code and by position. Borrows the area and the shapes.
class DistrictIndex {
public:
    /// `shapes`: those of the districts. Places nearer than `border_bound` metres to a border are marked.
    DistrictIndex(const PlanningArea& area, std::span<const MultiPolygon> shapes, double border_bound);

    [[nodiscard]] bool has_polygons() const noexcept { return m_locator.has_value(); }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const;
    /// The district whose id differs from this code in leading zeros alone.
    [[nodiscard]] std::optional<std::size_t> find_without_zeros(std::string_view code) const;
    /// Places far away are not transformed: the working CRS may not reach them.
    [[nodiscard]] Located locate(Point degrees, const Transform& to_working) const;

private:
    std::unordered_map<std::string_view, std::size_t> m_by_id;
    std::unordered_map<std::string_view, std::size_t> m_by_id_without_zeros;
    std::optional<PointLocator> m_locator;
    Box m_degrees;
};

}  // namespace amayesh::detail
