#include "study/settle_places.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {
namespace {

/// One spelling for each folded name, inside a parent.
class Spellings {
public:
    /// Rewrites `name` as the first name that folded alike under this parent; returns the key of the place.
    std::string unify(const std::string& parent_key, std::string& name) {
        if (name.empty()) return parent_key + '\n';
        std::string key = parent_key + '\n' + folded(name);
        name = m_first.try_emplace(key, name).first->second;
        return key;
    }

private:
    /// Folding is dear, and thousands of rows share a name.
    const std::string& folded(const std::string& name) {
        const auto [entry, is_new] = m_folded.try_emplace(name);
        if (is_new) entry->second = fold_name(name);
        return entry->second;
    }

    std::unordered_map<std::string, std::string> m_first;
    std::unordered_map<std::string, std::string> m_folded;
};

void unify(AdministrativePlace& place, Spellings& spellings) {
    if (place.province.empty() && place.county.empty() && place.district.empty()) return;
    const std::string province = spellings.unify({}, place.province);
    const std::string county = spellings.unify(province, place.county);
    spellings.unify(county, place.district);
}

std::optional<Point> some_position(const Geometry& geometry) {
    if (const auto* point = std::get_if<Point>(&geometry)) return *point;
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry); shape != nullptr && !shape->parts.empty())
        return shape->parts.front().outer.front();
    return std::nullopt;
}

}  // namespace

void unify_place_names(PlanningArea& area) {
    Spellings spellings;
    for (RuralDistrict& district : area.rural_districts) unify(district.place, spellings);
    for (Settlement& settlement : area.settlements) unify(settlement.place, spellings);
    for (IndustrialZone& zone : area.zones) unify(zone.place, spellings);
}

void place_zones(PlanningArea& area, const DistrictIndex& index) {
    const Transform to_working(Crs::wgs84(), area.working_crs);
    for (IndustrialZone& zone : area.zones) {
        if (!zone.place.county.empty() || !zone.place.province.empty()) continue;
        std::optional<std::size_t> district = index.find(zone.rural_district_id);
        const std::optional<Point> position = some_position(zone.geometry);
        if (!district && position && index.has_polygons()) district = index.locate(*position, to_working).shape;
        if (district) zone.place = area.rural_districts[*district].place;
    }
}

}  // namespace amayesh::detail
