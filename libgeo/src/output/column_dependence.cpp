#include "output/column_dependence.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <amayesh/model/utility.hpp>

namespace amayesh::detail {

namespace {

/// Which inputs a column can follow from.
enum class Inputs : std::uint8_t { none, places, places_and_zones, all };

/// Which coefficients, each group with those before it where one needs the other; a column about a utility takes those of
/// its own utility alone.
enum class Coefficients : std::uint8_t {
    none,
    target,          ///< land.*
    zones_in_reach,  ///< land.*, reach.zone, travel.*
    reach,           ///< reach of the utility
    demand,          ///< land.*, demand of the utility
    service,         ///< land.*, reach of zones and of the utility, demand of the utility
    telecom_class,   ///< telecom.required
    all,
};

/// Which parameters and versions.
enum class Method : std::uint8_t {
    none,       ///< Copied from the input.
    measuring,  ///< All but what says who is assessed and who shares.
    all,
};

struct ColumnDependence {
    std::string_view pattern;  ///< A column's name, or its beginning with a "*" behind.
    Inputs inputs;
    Coefficients coefficients;
    Method method;
};

constexpr std::string_view utility_mark = "@";  ///< Stands for a utility's name.

/// What each column depends on, in short, as `amayesh explain` tells in full; the first that fits. Where a rule leaves open
/// what a value took, all that it may have taken.
constexpr auto dependences = std::to_array<ColumnDependence>({
    {"name", Inputs::places, Coefficients::none, Method::none},
    {"district", Inputs::places, Coefficients::none, Method::none},
    {"county", Inputs::places, Coefficients::none, Method::none},
    {"province", Inputs::places, Coefficients::none, Method::none},
    {"deprivation_*", Inputs::places, Coefficients::none, Method::none},
    {"population*", Inputs::places, Coefficients::none, Method::measuring},
    {"derived", Inputs::places, Coefficients::none, Method::measuring},
    {"area_ha", Inputs::places, Coefficients::none, Method::measuring},
    {"settlements", Inputs::places, Coefficients::none, Method::measuring},
    {"centre_*", Inputs::places, Coefficients::none, Method::measuring},
    {"people_unserved_*", Inputs::places, Coefficients::none, Method::measuring},
    {"threshold", Inputs::places, Coefficients::none, Method::all},
    {"quickest_zone_*", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"unroutable_reason", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"nearest_zone_*", Inputs::places_and_zones, Coefficients::none, Method::measuring},
    {"target_*", Inputs::places, Coefficients::target, Method::all},
    {"status", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"reason", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"zones_*", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"usable_land_ha", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"land_taken_by", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"on_the_line", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"people_*", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"settlements_out_of_reach", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"credited_net_ha", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"new_*", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"remainder_ha", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"priority_*", Inputs::places_and_zones, Coefficients::zones_in_reach, Method::all},
    {"@_demand_*", Inputs::places, Coefficients::demand, Method::all},
    {"demand", Inputs::places, Coefficients::demand, Method::all},
    {"@_*", Inputs::all, Coefficients::service, Method::all},
    {"reachable*", Inputs::all, Coefficients::reach, Method::measuring},
    {"sources_*", Inputs::all, Coefficients::reach, Method::measuring},
    {"nearest_source_*", Inputs::all, Coefficients::reach, Method::measuring},
    {"required_class", Inputs::none, Coefficients::telecom_class, Method::none},
});
constexpr ColumnDependence on_everything{"*", Inputs::all, Coefficients::all, Method::all};
constexpr ColumnDependence on_one_utility{"*", Inputs::all, Coefficients::service, Method::all};

/// The utility that a column of `units` is about; empty for none.
std::string_view utility_in(std::string_view column) {
    for (const UtilityKind utility : all_utilities)
        if (column.find(to_string(utility)) != std::string_view::npos) return to_string(utility);
    return {};
}

bool fits(std::string_view column, std::string_view pattern, std::string_view utility) {
    if (pattern.starts_with(utility_mark)) {
        if (utility.empty() || !column.starts_with(utility)) return false;
        column.remove_prefix(utility.size());
        pattern.remove_prefix(utility_mark.size());
    }
    if (!pattern.ends_with('*')) return column == pattern;
    pattern.remove_suffix(1);
    return column.starts_with(pattern);
}

const ColumnDependence& dependence_of(std::string_view column, std::string_view utility) {
    const auto* const found = std::ranges::find_if(
        dependences, [&](const ColumnDependence& known) { return fits(column, known.pattern, utility); });
    return found == dependences.end() ? on_everything : *found;
}

bool takes_input(Inputs inputs, std::string_view key) {
    const std::string_view role = key.substr(0, key.find_first_of(": +"));
    const bool is_place = role == "rural_districts" || role == "settlements" || role == "rasters";
    // Roads and rivers lead to zones, where minutes decide.
    const bool is_zone = role == "zones" || role == "plots" || role == "roads" || role == "constraints";
    switch (inputs) {
        case Inputs::none:
            return false;
        case Inputs::places:
            return is_place;
        case Inputs::places_and_zones:
            return is_place || is_zone;
        case Inputs::all:
            break;
    }
    return true;
}

bool takes_coefficient(Coefficients coefficients, std::string_view key, std::string_view utility) {
    const bool is_land = key.starts_with("land.");
    const bool is_demand = key == "demand." + std::string(utility);
    const bool is_reach = key == "reach." + std::string(utility);
    const bool is_class = key.starts_with("telecom.") && utility == "telecom";
    switch (coefficients) {
        case Coefficients::none:
            return false;
        case Coefficients::target:
            return is_land;
        case Coefficients::zones_in_reach:
            return is_land || key == "reach.zone" || key.starts_with("travel.");
        case Coefficients::reach:
            return is_reach;
        case Coefficients::demand:
            return is_land || is_demand;
        case Coefficients::service:
            return is_land || key == "reach.zone" || key.starts_with("travel.") || is_reach || is_demand || is_class;
        case Coefficients::telecom_class:
            return key.starts_with("telecom.");
        case Coefficients::all:
            break;
    }
    return true;
}

bool takes_method(Method method, std::string_view section, std::string_view key) {
    if (method != Method::measuring || section != "parameters") return method != Method::none;
    constexpr std::array assessing{"over", "sharing", "land_reuse", "within"};
    return std::ranges::find(assessing, key) == assessing.end();
}

bool takes(const ColumnDependence& dependence, std::string_view utility, const ManifestDifference& difference) {
    if (difference.section == "coefficients")
        return takes_coefficient(dependence.coefficients, difference.key, utility);
    if (difference.section == "inputs" || difference.section == "joins")
        return takes_input(dependence.inputs, difference.key);
    return takes_method(dependence.method, difference.section, difference.key);
}

ChangeReason reason_from(const ColumnDependence& dependence, std::string_view utility,
                         std::span<const ManifestDifference> manifest) {
    ChangeCauses causes;
    for (const ManifestDifference& difference : manifest)
        if (difference.cause && takes(dependence, utility, difference)) causes.add(*difference.cause);
    return causes.count() == 1 ? ChangeReason{causes, {}} : ChangeReason{{}, causes};
}

}  // namespace

ChangeReason reason_for_column(std::string_view column, std::string_view utility,
                               std::span<const ManifestDifference> manifest) {
    if (utility.empty()) {
        const std::string_view about = utility_in(column);
        return reason_from(dependence_of(column, about), about, manifest);
    }
    // `units` has another column of this name, about its status
    const ColumnDependence& known = column == "reason" ? on_one_utility : dependence_of(column, utility);
    return reason_from(&known == &on_everything ? on_one_utility : known, utility, manifest);
}

ChangeReason reason_for_presence(std::span<const ManifestDifference> manifest) {
    return reason_from({"", Inputs::places, Coefficients::none, Method::all}, {}, manifest);
}

}  // namespace amayesh::detail
