#include "study/check_supply.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/study/calendar.hpp>

namespace amayesh::detail {
namespace {

/// Part of a capacity by which a sum may pass it from conversion alone: 2,334.8 + 168.3 m³/day are 2,503.1, in L/s not.
constexpr double conversion_rounding = 1e-9;

constexpr std::chrono::days longest_spread{5 * 365 + 2};  // five years, with up to two leap days

Problem source_problem(const UtilitySource& source, Severity severity, ProblemKind kind, std::string message,
                       std::string action) {
    std::optional<ProblemPlace> place;
    if (const auto* point = std::get_if<Point>(&source.geometry)) place = ProblemPlace{point->x, point->y};
    return {.severity = severity,
            .kind = kind,
            .layer = "sources",
            .feature = source.id.empty() ? source.name : source.id,
            .message = std::move(message),
            .action = std::move(action),
            .place = place};
}

void check_commitments(const UtilitySource& source, ProblemReport& problems) {
    if (!source.capacity) return;
    const double committed = source.committed.value_or(0);
    const auto report = [&](double there, double in_use, const std::string& season) {
        if (in_use + committed <= there * (1 + conversion_rounding)) return;
        problems.add(
            source_problem(source, Severity::warning, ProblemKind::source_over_committed,
                           fmt::format("{:g} in use{} and {:g} committed are more than the {:g} {} that it has", in_use,
                                       season.empty() ? "" : fmt::format(" in {}", season), committed, there,
                                       unit_name(source.utility)),
                           "kept, without headroom"));
    };
    if (source.use.empty()) report(*source.capacity, 0, {});
    for (const SeasonalUse& use : source.use)
        report(*source.capacity * use.capacity_factor, use.in_use.value_or(0), use.season);
}

bool has_unknown_capacity(const UtilitySource& source) {
    if (source.role != SourceRole::distribution || source.capacity || source.capacity_is_yes_no) return false;
    return source.utility != UtilityKind::telecom || !source.telecom_class;
}

bool carries_date(LayerRole role) {
    return role == LayerRole::rural_districts || role == LayerRole::settlements || role == LayerRole::sources ||
           role == LayerRole::roads;
}

}  // namespace

void check_supply(const PlanningArea& area, ProblemReport& problems) {
    for (const UtilitySource& source : area.sources) {
        check_commitments(source, problems);
        if (has_unknown_capacity(source))
            problems.add(source_problem(source, Severity::note, ProblemKind::capacity_unknown,
                                        "the capacity is not known", "kept; its headroom is unknown, not zero"));
    }
}

void check_dates(const Study& study, ProblemReport& problems) {
    const LayerStudy* oldest = nullptr;
    const LayerStudy* newest = nullptr;
    std::chrono::sys_days from;
    std::chrono::sys_days to;
    for (const LayerStudy& layer : study.layers) {
        const std::optional<CalendarDate> date = parse_date(layer.as_of, study.calendar);
        if (!carries_date(layer.role) || !date) continue;
        const std::chrono::sys_days day = to_day(*date, study.calendar);
        if (oldest == nullptr || day < from) from = day, oldest = &layer;
        if (newest == nullptr || day > to) to = day, newest = &layer;
    }
    if (oldest == nullptr || to - from <= longest_spread) return;
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::dates_spread,
                  .layer = std::string{to_string(oldest->role)},
                  .file = oldest->sources.empty() ? std::string{} : oldest->sources.front(),
                  .message = fmt::format("is of {}, {} is of {}: over 5 years apart", oldest->as_of,
                                         to_string(newest->role), newest->as_of),
                  .action = "kept"});
}

}  // namespace amayesh::detail
