#include <amayesh/analysis/travel_standards.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/nearest_word.hpp>

namespace amayesh {

namespace {

/// Slower than any walk, faster than any road, farther than any walk, longer than any way to work: a mistake in the unit.
constexpr double least_km_per_hour = 0.1;
constexpr double most_km_per_hour = 400;
constexpr double most_snap_km = 500;
constexpr double most_limit_min = 10'000;

constexpr std::string_view road_prefix = "travel.road.";
constexpr std::string_view default_road = "default";
constexpr std::string_view land_cover_prefix = "travel.land_cover.";
constexpr std::string_view impassable_word = "impassable";

struct LandCoverClass {
    std::string_view name;
    int code;
};
/// Classes and codes of ESA WorldCover (2020 and 2021 editions).
constexpr std::array world_cover{
    LandCoverClass{"tree_cover", 10}, LandCoverClass{"shrubland", 20}, LandCoverClass{"grassland", 30},
    LandCoverClass{"cropland", 40},   LandCoverClass{"built_up", 50},  LandCoverClass{"bare", 60},
    LandCoverClass{"snow_ice", 70},   LandCoverClass{"water", 80},     LandCoverClass{"wetland", 90},
    LandCoverClass{"mangroves", 95},  LandCoverClass{"moss", 100},
};

/// The whole number that a name is.
std::optional<int> whole_number(std::string_view name) {
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc{} && end == name.data() + name.size() ? std::optional{number} : std::nullopt;
}

int code_of(const std::string& key, std::string_view name) {
    if (const auto number = whole_number(name)) return *number;
    std::vector<std::string_view> names;
    for (const LandCoverClass& known : world_cover) {
        if (known.name == name) return known.code;
        names.push_back(known.name);
    }
    throw InvalidInput(fmt::format("standards: '{}': '{}' is neither a code nor a class of land cover{}", key, name,
                                   suggestion(name, names)));
}

/// What a quantity is measured in, and the least and the most that are not a mistake.
struct Limits {
    std::string_view unit;
    double most;
    double least = 0;
};
constexpr Limits speed{"km/h", most_km_per_hour, least_km_per_hour};

double checked(const std::string& key, const Coefficient& coefficient, const Limits& limits) {
    if (coefficient.unit != limits.unit)
        throw InvalidInput(fmt::format("standards: '{}' is in '{}': {} is needed", key, coefficient.unit, limits.unit));
    if (!coefficient.text.empty())
        throw InvalidInput(
            fmt::format("standards: '{}' is '{}': a number of {} is needed", key, coefficient.text, limits.unit));
    const Range& value = coefficient.value;
    if (!(value.low > 0) || !(value.low <= value.central) || !(value.central <= value.high))
        throw InvalidInput(fmt::format("standards: '{}' needs 0 < low <= central <= high, not {}, {}, {} {}", key,
                                       value.low, value.central, value.high, limits.unit));
    if (!(value.low >= limits.least))
        throw InvalidInput(fmt::format("standards: '{}' is from {} {}; less than {} is taken for a mistake", key,
                                       value.low, limits.unit, limits.least));
    if (!(value.high <= limits.most))
        throw InvalidInput(fmt::format("standards: '{}' is up to {} {}; more than {} is taken for a mistake", key,
                                       value.high, limits.unit, limits.most));
    return value.central;
}

/// Calls `read` with the name behind the prefix for every coefficient that has it.
template <class Read>
void read_family(const Standards& standards, std::string_view prefix, const Read& read) {
    for (auto entry = standards.coefficients.lower_bound(prefix);
         entry != standards.coefficients.end() && entry->first.starts_with(prefix); ++entry)
        read(std::string_view(entry->first).substr(prefix.size()), entry->first, entry->second);
}

void read_roads(const Standards& standards, TravelStandards& result) {
    result.other_road_km_per_hour = checked("travel.road.default", standards.at("travel.road.default"), speed);
    read_family(standards, road_prefix, [&](std::string_view name, const std::string& key, const Coefficient& value) {
        if (name != default_road) result.road_km_per_hour[road_class_key(name)] = checked(key, value, speed);
    });
}

void read_land_cover(const Standards& standards, TravelStandards& result) {
    LandCoverSpeeds by_code;
    read_family(standards, land_cover_prefix,
                [&](std::string_view name, const std::string& key, const Coefficient& value) {
                    const int code = code_of(key, name);
                    std::optional<double> km_per_hour;
                    if (value.text != impassable_word) km_per_hour = checked(key, value, speed);
                    LandCoverSpeeds& speeds = whole_number(name) ? by_code : result.land_cover_km_per_hour;
                    speeds[code] = km_per_hour;
                });
    for (const auto& [code, km_per_hour] : by_code) result.land_cover_km_per_hour[code] = km_per_hour;
}

}  // namespace

std::optional<double> TravelStandards::km_per_hour_of(std::string_view road_class) const {
    const auto found = road_km_per_hour.find(road_class_key(road_class));
    return found == road_km_per_hour.end() ? std::nullopt : std::optional{found->second};
}

std::string road_class_key(std::string_view road_class) {
    constexpr unsigned char first_beyond_ascii = 0x80;
    std::string key;
    for (const char c : road_class) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_capital = c >= 'A' && c <= 'Z';
        const bool is_kept = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_kept || byte >= first_beyond_ascii)
            key.push_back(is_capital ? static_cast<char>(c - 'A' + 'a') : c);
        else if (!key.empty() && key.back() != '_')
            key.push_back('_');
    }
    while (key.ends_with('_')) key.pop_back();
    return key;
}

TravelStandards travel_standards(const Standards& standards) {
    TravelStandards result;
    result.walking_km_per_hour = checked("travel.walk", standards.at("travel.walk"), speed);
    read_roads(standards, result);
    read_land_cover(standards, result);
    result.snap_limit = Kilometres{checked("travel.snap", standards.at("travel.snap"), {"km", most_snap_km})};
    result.reach_limit = to_travel_time(checked("travel.limit", standards.at("travel.limit"), {"min", most_limit_min}));
    read_family(standards, "travel.", [&](std::string_view, const std::string& key, const Coefficient& coefficient) {
        result.used.push_back({key, coefficient});
    });
    return result;
}

GridRows ground_of_land_cover(GridRows codes, LandCoverSpeeds speeds) {
    std::map<float, float> minutes_by_code;
    for (const auto& [code, km_per_hour] : speeds)
        minutes_by_code[static_cast<float>(code)] =
            km_per_hour ? minutes_per_metre_at(*km_per_hour, fmt::format("walking on land cover {}", code))
                        : std::numeric_limits<float>::quiet_NaN();
    return [codes = std::move(codes), minutes_by_code = std::move(minutes_by_code)](std::size_t first_row,
                                                                                    std::span<float> values) {
        codes(first_row, values);
        float code = std::numeric_limits<float>::quiet_NaN();
        float minutes = std::numeric_limits<float>::quiet_NaN();
        for (float& value : values) {
            if (std::isnan(value)) continue;
            if (value != code) {
                const auto found = minutes_by_code.find(value);
                if (found == minutes_by_code.end())
                    throw InvalidInput(
                        fmt::format("the land cover has the code {}, whose walking speed is not known: set "
                                    "[standards.values.\"travel.land_cover.{}\"] (text = \"impassable\" bars it)",
                                    value, value));
                code = value;
                minutes = found->second;
            }
            value = minutes;
        }
    };
}

}  // namespace amayesh
