#include "study/drop_repeats.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

/// Features that share an id and are of one sort.
struct Repeats {
    std::vector<std::size_t> items;
    bool are_equal = true;
};

/// What must agree for two features of one id to be meant as one: of sources, utility and role.
template <class Item>
std::pair<int, int> sort_of(const Item& item) {
    if constexpr (requires { item.utility; })
        return {static_cast<int>(item.utility), static_cast<int>(item.role)};
    else
        return {};
}

bool are_equal(const FeatureRow& a, const FeatureRow& b) { return a.content == b.content && a.layer == b.layer; }

/// The repeats among the features from `first` on, up to `end`, that share an id.
template <class Item>
std::map<std::pair<int, int>, Repeats> repeats_of(std::span<const Item> items, std::span<const FeatureRow> rows,
                                                  std::size_t first, std::size_t end) {
    std::map<std::pair<int, int>, Repeats> by_sort;
    for (std::size_t i = first; i < end; ++i) {
        Repeats& repeats = by_sort[sort_of(items[i])];
        repeats.items.push_back(i);
        repeats.are_equal = repeats.are_equal && are_equal(rows[repeats.items.front()], rows[i]);
    }
    return by_sort;
}

template <class Item>
void drop(std::vector<Item>& items, std::span<const FeatureRow> rows, std::string_view layer, LoadedStudy& loaded,
          ProblemReport& problems) {
    std::vector<std::uint8_t> is_dropped(items.size(), 0);
    for (std::size_t first = 0; first < items.size();) {
        std::size_t end = first + 1;
        while (end < items.size() && items[end].id == items[first].id) ++end;
        const std::size_t begin = std::exchange(first, end);
        if (end - begin == 1 || items[begin].id.empty()) continue;
        for (const auto& [sort, repeats] : repeats_of(std::span<const Item>{items}, rows, begin, end)) {
            if (repeats.items.size() == 1 || !repeats.are_equal) continue;
            for (const std::size_t i : std::span{repeats.items}.subspan(1)) {
                is_dropped[i] = 1;
                --loaded.inputs[rows[i].input].features_used;
                ++loaded.inputs[rows[i].input].features_skipped;
            }
            problems.add({.severity = Severity::warning,
                          .kind = ProblemKind::id_duplicate,
                          .layer = std::string{layer},
                          .file = loaded.inputs[rows[repeats.items.front()].input].source,
                          .feature = items[begin].id,
                          .message = fmt::format("{} rows with this id are equal in every field and in their geometry",
                                                 repeats.items.size()),
                          .action = fmt::format("one of {} used", repeats.items.size())});
        }
    }
    std::size_t item = 0;
    std::erase_if(items, [&](const Item&) { return is_dropped[item++] != 0; });
}

}  // namespace

void drop_repeats(const FeatureHashes& rows, LoadedStudy& loaded, ProblemReport& problems) {
    drop(loaded.area.zones, rows.zone_rows, "zones", loaded, problems);
    drop(loaded.area.plots, rows.plot_rows, "plots", loaded, problems);
    drop(loaded.area.sources, rows.source_rows, "sources", loaded, problems);
}

}  // namespace amayesh::detail
