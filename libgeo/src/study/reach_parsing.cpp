#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

constexpr std::array<Choice<TravelDirection>, 2> directions{
    {{"to_zone", TravelDirection::to_facility}, {"from_zone", TravelDirection::from_facility}}};

/// Nobody travels longer to work, and the millisecond of a longer time is lost in the surface's numbers.
constexpr double longest_travel_min = 10'000;
constexpr double farthest_km = 2'000;
constexpr double widest_tolerance_m = 1'000;
constexpr std::size_t most_people_limits = 12;

/// A number within bounds; a finding otherwise.
std::optional<double> number_within(const TableReader& table, std::string_view key, double above, double most,
                                    std::string_view unit) {
    const auto value = table.number(key);
    if (!value || (*value > above && *value <= most)) return value;
    table.report(key, fmt::format("'{}' in [reach] is {:g}; more than {:g} and at most {:g} {} are possible", key,
                                  *value, above, most, unit));
    return std::nullopt;
}

/// As `number_within`, 0 too.
std::optional<double> number_up_to(const TableReader& table, std::string_view key, double most, std::string_view unit) {
    const auto value = table.number(key);
    if (!value || (*value >= 0 && *value <= most)) return value;
    table.report(key, fmt::format("'{}' in [reach] is {:g}; 0 to {:g} {} are possible", key, *value, most, unit));
    return std::nullopt;
}

void parse_people_limits(const TableReader& table, ReachStudy& reach) {
    const TomlNode* node = table.find("people_minutes");
    if (node == nullptr) return;
    std::vector<TravelTime> limits;
    bool are_right = !node->items.empty() && node->items.size() <= most_people_limits;
    for (const TomlNode& item : node->items) {
        const double minutes = item.type == TomlNode::Type::integer ? static_cast<double>(item.integer) : item.real;
        if (!(minutes > 0 && minutes <= longest_travel_min)) {
            are_right = false;
            continue;
        }
        limits.push_back(to_travel_time(minutes));
        const TravelTime before = limits.size() > 1 ? limits[limits.size() - 2] : TravelTime{0};
        are_right = are_right && before < limits.back();
    }
    if (are_right)
        reach.people_limits = limits;
    else
        table.report("people_minutes", fmt::format("'people_minutes' in [reach] must be 1 to {} rising numbers of "
                                                   "minutes, each above 0 and at most {:g}, a millisecond or more "
                                                   "apart",
                                                   most_people_limits, longest_travel_min));
}

void parse_neighbours(const TableReader& table, ReachStudy& reach) {
    const auto neighbours = table.whole("neighbours");
    if (!neighbours) return;
    if (*neighbours != 8 && *neighbours != 16)
        table.report("neighbours", fmt::format("'neighbours' in [reach] is {}; it is 8 or 16", *neighbours));
    reach.neighbours = *neighbours == 8 ? CellNeighbours::eight : CellNeighbours::sixteen;
}

}  // namespace

void parse_reach(const TableReader& table, ReachStudy& reach) {
    reach.direction = table.choice("direction", directions).value_or(reach.direction);
    if (const auto limit = number_within(table, "limit_min", 0, longest_travel_min, "minutes"))
        reach.limit = to_travel_time(*limit);
    if (const auto snap = number_up_to(table, "snap_km", farthest_km, "km")) reach.snap = Kilometres{*snap};
    if (const auto tolerance = number_up_to(table, "crossing_tolerance_m", widest_tolerance_m, "m"))
        reach.crossing_tolerance = Metres{*tolerance};
    if (const auto cell = number_within(table, "cell_m", 0, 1e5, "m")) reach.cell = Metres{*cell};
    if (const auto margin = number_up_to(table, "margin_km", farthest_km, "km")) reach.margin = Kilometres{*margin};
    parse_neighbours(table, reach);
    parse_people_limits(table, reach);
    reach.allows_coarse_elevation = table.boolean("allow_coarse_elevation").value_or(reach.allows_coarse_elevation);
}

}  // namespace amayesh::detail
