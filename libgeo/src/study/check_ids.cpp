#include "study/check_ids.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

/// What messages call a feature: its name in quotes, or that it has none.
template <class Item>
std::string name_of(const Item& item) {
    if constexpr (requires { item.name; })
        if (!item.name.empty()) return fmt::format("'{}'", item.name);
    if constexpr (requires { item.zone_id; }) return fmt::format("one of the zone '{}'", item.zone_id);
    return "one without a name";
}

/// How bad an id that is missing, or that several features share, is for a layer.
struct IdSeverity {
    Severity missing;
    Severity repeated;
};

constexpr IdSeverity of_units{.missing = Severity::error, .repeated = Severity::error};
constexpr IdSeverity of_places{.missing = Severity::warning, .repeated = Severity::warning};
constexpr IdSeverity of_amounts{.missing = Severity::warning, .repeated = Severity::error};  // added up twice

/// Repeats stand side by side in a sorted list: one finding for each id.
template <class Item>
void check(std::span<const Item* const> items, std::string_view role, IdSeverity severity, ProblemReport& problems) {
    for (std::size_t first = 0; first < items.size();) {
        std::size_t next = first + 1;
        while (next < items.size() && items[next]->id == items[first]->id) ++next;
        const std::size_t count = next - first;
        if (items[first]->id.empty()) {
            problems.add(
                {.severity = severity.missing,
                 .kind = ProblemKind::id_missing,
                 .layer = std::string{role},
                 .message = fmt::format("{} features have no id, the first of them {}", count, name_of(*items[first])),
                 .action = "kept"});
        } else if (count > 1) {
            problems.add({.severity = severity.repeated,
                          .kind = ProblemKind::id_duplicate,
                          .layer = std::string{role},
                          .feature = items[first]->id,
                          .message = fmt::format("{} different features have this id, among them {} and {}", count,
                                                 name_of(*items[first]), name_of(*items[first + 1])),
                          .action = "kept"});
        }
        first = next;
    }
}

template <class Item>
void check(const std::vector<Item>& items, std::string_view role, IdSeverity severity, ProblemReport& problems) {
    std::vector<const Item*> pointers;
    pointers.reserve(items.size());
    for (const Item& item : items) pointers.push_back(&item);
    check(std::span<const Item* const>{pointers}, role, severity, problems);
}

/// Each utility numbers its sources for itself, and those that serve apart from those that are drawn.
void check_sources(const std::vector<UtilitySource>& sources, ProblemReport& problems) {
    for (const UtilityKind utility : all_utilities) {
        for (const SourceRole role : {SourceRole::distribution, SourceRole::context}) {
            std::vector<const UtilitySource*> pointers;
            for (const UtilitySource& source : sources)
                if (source.utility == utility && source.role == role) pointers.push_back(&source);
            check(std::span<const UtilitySource* const>{pointers}, "sources", of_amounts, problems);
        }
    }
}

}  // namespace

void check_ids(const Study& study, const PlanningArea& area, ProblemReport& problems) {
    const bool settlements_are_units = study.unit == UnitKind::settlement;
    check(area.rural_districts, "rural_districts", of_units, problems);
    check(area.settlements, "settlements", settlements_are_units ? of_units : of_places, problems);
    check(area.zones, "zones", of_amounts, problems);
    check(area.plots, "plots", of_amounts, problems);
    check_sources(area.sources, problems);
}

}  // namespace amayesh::detail
