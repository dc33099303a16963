#include "analysis/takers.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace amayesh::detail {

namespace {

constexpr std::size_t most_takers_named = 3;

}  // namespace

std::string name_takers(const Takers& takers, double steps_per_unit, std::string_view unit) {
    std::vector<std::pair<std::string_view, std::int64_t>> most(takers.begin(), takers.end());
    std::ranges::stable_sort(most, std::ranges::greater{}, [](const auto& taker) { return taker.second; });
    std::string text;
    for (std::size_t i = 0; i < std::min(most.size(), most_takers_named); ++i)
        text += fmt::format("{}{} {:.10g} {}", i == 0 ? "" : "; ", most[i].first,
                            static_cast<double>(most[i].second) / steps_per_unit, unit);
    if (most.size() > most_takers_named) text += fmt::format("; {} more", most.size() - most_takers_named);
    return text;
}

}  // namespace amayesh::detail
