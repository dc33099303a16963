#include "study/check_extents.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

constexpr double farthest_reach_degrees = 1;  // some 100 km: farther than any zone or network is looked for

/// One table and the group of touching tables that it belongs to.
struct Extent {
    const LayerTable* table;
    const LayerTables* layer;
    std::size_t group;
};

std::vector<Extent> extents_of(std::span<const LayerTables> layers) {
    std::vector<Extent> extents;
    for (const LayerTables& layer : layers)
        for (const LayerTable& table : layer.tables)
            if (!table.degrees.is_empty()) extents.push_back({&table, &layer, extents.size()});
    return extents;
}

void join_touching(std::vector<Extent>& extents) {
    for (std::size_t a = 0; a < extents.size(); ++a) {
        for (std::size_t b = a + 1; b < extents.size(); ++b) {
            const bool touch = extents[a].table->degrees.intersects(extents[b].table->degrees) ||
                               extents[a].layer == extents[b].layer;  // files of one layer tile an area
            if (!touch || extents[a].group == extents[b].group) continue;
            const auto [kept, dropped] = std::minmax(extents[a].group, extents[b].group);
            for (Extent& extent : extents)
                if (extent.group == dropped) extent.group = kept;
        }
    }
}

/// Groups are numbered by their first member, so that of two equal ones the first is taken.
std::size_t largest_group(std::span<const Extent> extents) {
    std::vector<std::size_t> sizes(extents.size(), 0);
    for (const Extent& extent : extents) ++sizes[extent.group];
    return static_cast<std::size_t>(std::ranges::max_element(sizes) - sizes.begin());
}

std::string text_of(const Box& box) {
    return fmt::format("longitude {:.4g} to {:.4g}, latitude {:.4g} to {:.4g}", box.min_x, box.max_x, box.min_y,
                       box.max_y);
}

/// Whether a layer is assessed, and nothing else lies near any of it.
bool is_alone(std::span<const Extent> extents, LayerRole assessed) {
    const auto is_assessed = [&](const Extent& extent) { return extent.layer->study->role == assessed; };
    bool has_others = false;
    for (const Extent& unit : extents) {
        if (!is_assessed(unit)) {
            has_others = true;
            continue;
        }
        const Box& box = unit.table->degrees;
        const Box reach{box.min_x - farthest_reach_degrees, box.min_y - farthest_reach_degrees,
                        box.max_x + farthest_reach_degrees, box.max_y + farthest_reach_degrees};
        for (const Extent& other : extents)
            if (!is_assessed(other) && reach.intersects(other.table->degrees)) return false;
    }
    return has_others && std::ranges::any_of(extents, is_assessed);
}

void report(const Extent& extent, const Box& believed, Severity apart, ProblemReport& problems) {
    const Box& box = extent.table->degrees;
    const bool is_swapped = Box{box.min_y, box.min_x, box.max_y, box.max_x}.intersects(believed);
    problems.add({.severity = is_swapped ? Severity::error : apart,
                  .kind = is_swapped ? ProblemKind::axes_swapped : ProblemKind::layers_disjoint,
                  .layer = extent.layer->role,
                  .file = extent.table->rows.file,
                  .message = fmt::format("lies at {}, the other layers at {}{}", text_of(box), text_of(believed),
                                         is_swapped ? "; it would fit with x and y exchanged" : ""),
                  .action = "kept",
                  .place = ProblemPlace{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}});
}

}  // namespace

void check_extents(std::span<const LayerTables> layers, LayerRole assessed, ProblemReport& problems) {
    std::vector<Extent> extents = extents_of(layers);
    if (extents.empty()) return;
    join_touching(extents);
    const std::size_t largest = largest_group(extents);
    Box believed;
    for (const Extent& extent : extents)
        if (extent.group == largest) believed.add(extent.table->degrees);
    const bool alone = is_alone(extents, assessed);
    for (const Extent& extent : extents)
        if (extent.group != largest) report(extent, believed, alone ? Severity::error : Severity::warning, problems);
}

}  // namespace amayesh::detail
