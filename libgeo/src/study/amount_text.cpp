#include <nlohmann/json.hpp>

#include "study/summary_parts.hpp"
#include "study/text_table.hpp"

namespace amayesh::detail {

std::string amounts_text(const StepRange& amounts, UtilityKind utility) {
    const auto part = [&](std::int64_t steps) {
        return with_thousands(static_cast<double>(steps) / steps_per_unit[utility], 1);
    };
    return part(amounts.low) + " / " + part(amounts.central) + " / " + part(amounts.high) + " " +
           std::string(unit_name(utility));
}

StepRange shortfall_of(const Rollup& total, UtilityKind utility) {
    const auto& shared = total.shared[utility];
    return {shared[Case::low].shortfall, shared[Case::central].shortfall, shared[Case::high].shortfall};
}

std::string weak_text(const GapStandards& standards) {
    std::string names;
    for (const UsedCoefficient& used : standards.used)
        if (used.coefficient.confidence == Confidence::d) names += (names.empty() ? "" : ", ") + used.key;
    return names.empty() ? std::string{} : "Coefficients of confidence D (own assumptions) used: " + names + "\n\n";
}

nlohmann::ordered_json range_json(const StepRange& range, double steps) {
    return {{"low", static_cast<double>(range.low) / steps},
            {"central", static_cast<double>(range.central) / steps},
            {"high", static_cast<double>(range.high) / steps}};
}

}  // namespace amayesh::detail
