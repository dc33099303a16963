#include <amayesh/analysis/gap_standards.hpp>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/model/utility_source.hpp>

namespace amayesh {

namespace {

/// Hectares, kilometres and amounts a hectare beyond this are mistakes, and their products leave what can be counted.
constexpr double most_of_any_coefficient = 1e6;

/// Takes coefficients out of the standards and keeps what was taken.
class Picker {
public:
    explicit Picker(const Standards& standards) : m_standards{standards} {}

    const Coefficient& take(const std::string& key) {
        const Coefficient& coefficient = m_standards.at(key);
        m_used.push_back({key, coefficient});
        return coefficient;
    }

    Range range(const std::string& key) {
        const Coefficient& coefficient = take(key);
        const Range value = coefficient.value;
        if (!(value.low >= 0) || !(value.low <= value.central) || !(value.central <= value.high))
            throw InvalidInput("standards: '" + key + "' needs 0 <= low <= central <= high");
        if (!(value.high <= most_of_any_coefficient))
            throw InvalidInput(fmt::format("standards: '{}' is {:g} {}, more than can be counted with; at most {:g} is",
                                           key, value.high, coefficient.unit, most_of_any_coefficient));
        return value;
    }

    Kilometres reach(const std::string& of) {
        const std::string key = "reach." + of;
        const Kilometres value{range(key).central};
        if (value > farthest_reach) throw InvalidInput("standards: '" + key + "': " + far_reach_text(value));
        return value;
    }

    std::vector<UsedCoefficient> used() && {
        std::ranges::sort(m_used, {}, &UsedCoefficient::key);
        return std::move(m_used);
    }

private:
    const Standards& m_standards;
    std::vector<UsedCoefficient> m_used;
};

DemandStandard demand_standard(Picker& pick, UtilityKind utility) {
    const std::string key = "demand." + std::string(to_string(utility));
    const Range per_ha = pick.range(key);
    const std::string& basis = pick.take(key).basis;
    if (basis == "net" || basis == "net hectare") return {per_ha, LandBasis::net};
    if (basis == "gross" || basis == "gross hectare") return {per_ha, LandBasis::gross};
    throw InvalidInput("standards: '" + key + "' needs basis = \"net hectare\" or \"gross hectare\", not '" + basis +
                       "'");
}

TelecomClass required_class(Picker& pick) {
    const std::string& word = pick.take("telecom.required").text;
    if (const auto value = parse_telecom_class(word)) return *value;
    throw InvalidInput("standards: 'telecom.required' is '" + word + "'; one of none, phone, copper, fibre is needed");
}

}  // namespace

GapStandards gap_standards(const Standards& standards) {
    Picker pick(standards);
    GapStandards result;
    result.target_ha_per_1000_people = pick.range("land.target_per_1000");
    result.least_zone = Hectares{pick.range("land.minimum").central};
    result.largest_zone = Hectares{pick.range("land.maximum").central};
    if (result.least_zone > result.largest_zone)
        throw InvalidInput("standards: 'land.minimum' is above 'land.maximum'");
    result.net_share = pick.range("land.net_share");
    if (!(result.net_share.low > 0)) throw InvalidInput("standards: 'land.net_share' is a share above 0");
    if (result.net_share.high > 1) throw InvalidInput("standards: 'land.net_share' is a share, at most 1");
    result.zone_reach = pick.reach("zone");
    for (const UtilityKind utility : all_utilities) {
        result.utility_reach[utility] = pick.reach(std::string(to_string(utility)));
        if (utility != UtilityKind::telecom) result.demand[utility] = demand_standard(pick, utility);
    }
    result.required_telecom = required_class(pick);
    result.used = std::move(pick).used();
    const auto same_key = [](const UsedCoefficient& a, const UsedCoefficient& b) { return a.key == b.key; };
    result.used.erase(std::unique(result.used.begin(), result.used.end(), same_key), result.used.end());
    return result;
}

}  // namespace amayesh
