#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <amayesh/analysis/travel_standards.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/road.hpp>
#include <amayesh/model/standards.hpp>

namespace amayesh::detail {

/// Roads of one class, and how fast they are where they do not say so themselves.
struct RoadClassSpeed {
    double km_per_hour = 0;
    bool is_known = false;  ///< Named by the standards; else that of `travel.road.default`.
    std::string name;       ///< By which the standards know it; "default".
    std::size_t roads = 0;
    std::size_t with_own_speed = 0;
};

/// The classes of roads by their words; the empty one is that of roads without a class.
using RoadClassSpeeds = std::map<std::string, RoadClassSpeed, std::less<>>;

/// A class is looked up as it is spelt, then by its usual English or Persian meaning.
RoadClassSpeeds class_speeds(std::span<const Road> roads, const TravelStandards& standards);

/// km/h of a road.
inline double speed_of(const Road& road, const RoadClassSpeeds& classes) {
    return road.km_per_hour ? *road.km_per_hour : classes.find(road.road_class)->second.km_per_hour;
}

/// Which classes nobody drives on (proposed, construction, ferry, rail, …, in English and Persian), unless the standards
/// give them a speed; each word is looked up once.
class UndrivenClasses {
public:
    explicit UndrivenClasses(const Standards& standards) : m_standards{standards} {}
    [[nodiscard]] bool hold(const std::string& road_class);

private:
    const Standards& m_standards;
    std::map<std::string, bool, std::less<>> m_known;
};

/// A warning for each class that the standards do not name, and for roads without class and speed.
void report_unknown_classes(const RoadClassSpeeds& classes, const TravelStandards& standards, ProblemReport& problems);

}  // namespace amayesh::detail
