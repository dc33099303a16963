#include "study/place_index.hpp"

#include <algorithm>

#include "study/load_geometry.hpp"

namespace amayesh::detail {
namespace {

constexpr double margin_degrees = 0.05;  // more than the sides of a box bend between two samples

std::string_view without_zeros(std::string_view code) {
    code.remove_prefix(std::min(code.find_first_not_of('0'), code.size()));
    return code;
}

}  // namespace

DistrictIndex::DistrictIndex(const PlanningArea& area, std::span<const MultiPolygon> shapes, double border_bound) {
    m_by_id.reserve(area.rural_districts.size());
    Box box;
    for (std::size_t i = 0; i < area.rural_districts.size(); ++i) {
        const RuralDistrict& district = area.rural_districts[i];
        if (!district.id.empty()) {
            m_by_id.try_emplace(district.id, i);
            m_by_id_without_zeros.try_emplace(without_zeros(district.id), i);
        }
        box.add(bounds(district.shape));
    }
    if (box.is_empty()) return;
    m_locator.emplace(shapes, border_bound);
    m_degrees = transformed_bounds(box, area.working_crs, Crs::wgs84());
    m_degrees = {m_degrees.min_x - margin_degrees, m_degrees.min_y - margin_degrees, m_degrees.max_x + margin_degrees,
                 m_degrees.max_y + margin_degrees};
}

std::optional<std::size_t> DistrictIndex::find(std::string_view id) const {
    const auto found = m_by_id.find(id);
    return found == m_by_id.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::size_t> DistrictIndex::find_without_zeros(std::string_view code) const {
    const auto found = m_by_id_without_zeros.find(without_zeros(code));
    return found == m_by_id_without_zeros.end() ? std::nullopt : std::optional{found->second};
}

Located DistrictIndex::locate(Point degrees, const Transform& to_working) const {
    if (!m_locator || !m_degrees.intersects({degrees.x, degrees.y, degrees.x, degrees.y})) return {};
    return m_locator->locate(to_working.apply(degrees));
}

}  // namespace amayesh::detail
