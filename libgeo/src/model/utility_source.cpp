#include <amayesh/model/utility_source.hpp>

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "model/words.hpp"

namespace amayesh {

namespace {

constexpr auto role_words = std::to_array<std::pair<std::string_view, SourceRole>>({
    {"distribution", SourceRole::distribution},
    {"context", SourceRole::context},
    {"توزیع", SourceRole::distribution},
    {"انتقال", SourceRole::context},
    {"تولید", SourceRole::context},
});

/// Part of a capacity by which a sum may pass it from conversion alone: 2,334.8 + 168.3 m³/day are 2,503.1, in L/s not.
constexpr double conversion_rounding = 1e-9;

/// Promised in one season: for it alone, and for all.
std::optional<double> committed_in(const UtilitySource& source, const SeasonalUse& season) {
    if (!source.committed || !season.committed) return std::nullopt;
    return *source.committed + *season.committed;
}

}  // namespace

std::string far_reach_text(Kilometres reach) {
    return fmt::format("a reach of {:g} km is too far, at most {:g} km are possible: is its unit right?", reach.value(),
                       farthest_reach.value());
}

std::string_view to_string(SourceRole role) noexcept { return detail::first_word(role_words, role); }
std::optional<SourceRole> parse_source_role(std::string_view word) { return detail::find_word(role_words, word); }

std::optional<double> headroom(const UtilitySource& source) {
    if (source.role == SourceRole::context || source.capacity_is_yes_no || !source.capacity || source.use.empty())
        return std::nullopt;
    double least = *source.capacity;
    for (const SeasonalUse& season : source.use) {
        const auto committed = source.commitment_has_lapsed ? std::optional{0.0} : committed_in(source, season);
        if (!season.in_use || !committed) return std::nullopt;
        least = std::min(least, *source.capacity * season.capacity_factor - *season.in_use - *committed);
    }
    return std::max(0.0, least);
}

bool is_exhausted(const UtilitySource& source) {
    if (!source.capacity) return false;
    const double all_year = source.commitment_has_lapsed ? 0 : source.committed.value_or(0);
    if (*source.capacity <= all_year) return true;
    return std::ranges::any_of(source.use, [&](const SeasonalUse& season) {
        const double committed = source.commitment_has_lapsed ? 0 : all_year + season.committed.value_or(0);
        return *source.capacity * season.capacity_factor - season.in_use.value_or(0) - committed <= 0;
    });
}

std::optional<double> stated_commitment(const UtilitySource& source) {
    if (source.use.empty()) return source.committed;
    double most = 0;
    for (const SeasonalUse& season : source.use) {
        const auto committed = committed_in(source, season);
        if (!committed) return std::nullopt;
        most = std::max(most, *committed);
    }
    return most;
}

std::optional<double> counted_commitment(const UtilitySource& source) {
    return source.commitment_has_lapsed ? std::optional{0.0} : stated_commitment(source);
}

std::vector<OverCommitment> over_commitments(const UtilitySource& source) {
    std::vector<OverCommitment> over;
    if (!source.capacity) return over;
    const SeasonalUse all_year{.season = {}, .in_use = 0};
    const std::span<const SeasonalUse> seasons =
        source.use.empty() ? std::span{&all_year, 1} : std::span<const SeasonalUse>{source.use};
    for (const SeasonalUse& season : seasons) {
        const double committed =
            source.commitment_has_lapsed ? 0 : source.committed.value_or(0) + season.committed.value_or(0);
        const OverCommitment found{season.season, *source.capacity * season.capacity_factor, season.in_use.value_or(0),
                                   committed};
        if (found.excess() > found.firm * conversion_rounding) over.push_back(found);
    }
    return over;
}

}  // namespace amayesh
