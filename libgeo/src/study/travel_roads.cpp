#include "study/travel_roads.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/nearest_word.hpp>

#include "study/attribute_words.hpp"

namespace amayesh::detail {
namespace {

/// As name folding leaves them.
constexpr auto undriven_words = std::to_array<std::string_view>({
    "proposed",
    "planned",
    "construction",
    "under_construction",
    "disused",
    "abandoned",
    "razed",
    "ferry",
    "rail",
    "railway",
    "پیشنهادی",
    "طرح",
    "در دست احداث",
    "در دست ساخت",
    "در حال ساخت",
    "متروکه",
    "راه اهن",
    "راهاهن",
});

std::optional<std::string_view> parse_undriven(std::string_view word) {
    const auto found = std::find(undriven_words.begin(), undriven_words.end(), word);
    return found == undriven_words.end() ? std::nullopt : std::optional(*found);
}

RoadClassSpeed speed_of_class(const std::string& road_class, const TravelStandards& standards) {
    if (const auto own = standards.km_per_hour_of(road_class)) return {*own, true, road_class_key(road_class)};
    if (const auto meaning = find_word<std::string_view>(road_class, parse_road_class))
        if (const auto known = standards.km_per_hour_of(*meaning)) return {*known, true, std::string(*meaning)};
    return {standards.other_road_km_per_hour, false, "default"};
}

std::string way_out(const std::string& road_class, const TravelStandards& standards) {
    std::vector<std::string_view> known;
    for (const auto& [name, speed] : standards.road_km_per_hour) known.push_back(name);
    const std::string nearest = suggestion(road_class_key(road_class), known);
    return fmt::format("{}; map the word, or give its speed as \"travel.road.{}\" under [standards.values]", nearest,
                       road_class_key(road_class));
}

}  // namespace

RoadClassSpeeds class_speeds(std::span<const Road> roads, const TravelStandards& standards) {
    RoadClassSpeeds classes;
    for (const Road& road : roads) {
        auto found = classes.find(road.road_class);
        if (found == classes.end())
            found = classes.emplace(road.road_class, speed_of_class(road.road_class, standards)).first;
        ++found->second.roads;
        if (road.km_per_hour) ++found->second.with_own_speed;
    }
    return classes;
}

bool UndrivenClasses::hold(const std::string& road_class) {
    const auto [known, is_new] = m_known.try_emplace(road_class, false);
    if (is_new)
        known->second = find_word<std::string_view>(road_class, parse_undriven) &&
                        m_standards.find("travel.road." + road_class_key(road_class)) == nullptr;
    return known->second;
}

void report_unknown_classes(const RoadClassSpeeds& classes, const TravelStandards& standards, ProblemReport& problems) {
    for (const auto& [road_class, speed] : classes) {
        const std::size_t roads = speed.roads - speed.with_own_speed;
        if (speed.is_known || roads == 0) continue;
        const bool has_class = !road_class.empty();
        problems.add({.severity = Severity::warning,
                      .kind = has_class ? ProblemKind::value_unknown_word : ProblemKind::value_missing,
                      .layer = "roads",
                      .field = has_class ? "class" : "",
                      .message = has_class ? fmt::format("the class '{}' of {} roads is none of the standards{}",
                                                         road_class, roads, way_out(road_class, standards))
                                           : fmt::format("{} roads have neither a class nor a speed", roads),
                      .action = fmt::format("driven at travel.road.default, {:g} km/h", speed.km_per_hour)});
    }
}

}  // namespace amayesh::detail
