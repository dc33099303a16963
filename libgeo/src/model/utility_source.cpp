#include <amayesh/model/utility_source.hpp>

#include <algorithm>

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

}  // namespace

std::string_view to_string(SourceRole role) noexcept { return detail::first_word(role_words, role); }
std::optional<SourceRole> parse_source_role(std::string_view word) { return detail::find_word(role_words, word); }

std::optional<double> headroom(const UtilitySource& source) {
    if (source.role == SourceRole::context || source.capacity_is_yes_no || !source.capacity || !source.committed ||
        source.use.empty())
        return std::nullopt;
    double least = *source.capacity;
    for (const SeasonalUse& season : source.use) {
        if (!season.in_use) return std::nullopt;
        least = std::min(least, *source.capacity * season.capacity_factor - *season.in_use);
    }
    return std::max(0.0, least - *source.committed);
}

}  // namespace amayesh
