#include "study/check_supply.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include <amayesh/analysis/commitments.hpp>
#include <amayesh/study/calendar.hpp>

#include "study/amount_text.hpp"

namespace amayesh::detail {
namespace {

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

/// "summer: 20 MW in use and 11 MW committed of 30 MW, 1 MW too much", season by season.
std::string excess_text(const UtilitySource& source, const std::vector<OverCommitment>& seasons) {
    std::string text;
    for (const OverCommitment& over : seasons)
        text += fmt::format("{}{}{} in use and {} committed of {}, {} too much", text.empty() ? "" : "; ",
                            over.season.empty() ? "" : over.season + ": ", amount_text(over.in_use, source.utility),
                            amount_text(over.committed, source.utility), amount_text(over.firm, source.utility),
                            amount_text(over.excess(), source.utility));
    return text;
}

void check_commitments(const UtilitySource& source, ProblemReport& problems) {
    const std::vector<OverCommitment> over = over_commitments(source);
    if (!over.empty())
        problems.add(source_problem(source, Severity::warning, ProblemKind::source_over_committed,
                                    excess_text(source, over), "kept, without headroom"));
}

void report_lapsed(const Study& study, const PlanningArea& area, UtilityKind utility, ProblemReport& problems) {
    const SourceCommitments found = commitments_of_sources(area, utility);
    if (found.lapsed == 0) return;
    problems.add(
        {.severity = Severity::note,
         .kind = ProblemKind::commitment_lapsed,
         .layer = "sources",
         .field = "committed_until",
         .message = fmt::format(
             "commitments of {} that ended before {}: {}, {} together{}", to_string(utility),
             study.date.empty() ? "the as_of of their layer" : study.date, found.lapsed,
             amount_text(found.lapsed_amount, utility),
             found.lapsed_unknown > 0 ? fmt::format(" and {} of unknown amount", found.lapsed_unknown) : std::string{}),
         .action = "kept; they take no headroom"});
}

bool has_unknown_capacity(const UtilitySource& source) {
    if (source.role != SourceRole::distribution || source.capacity || source.capacity_is_yes_no) return false;
    return source.utility != UtilityKind::telecom || !source.telecom_class;
}

/// Of what is shared: telecom is a class.
bool has_unknown_use(const UtilitySource& source) {
    return source.role == SourceRole::distribution && source.utility != UtilityKind::telecom && source.capacity &&
           !source.capacity_is_yes_no && !headroom(source);
}

std::string unknown_part(const UtilitySource& source) {
    const bool use_is_known = !source.use.empty() && std::ranges::all_of(source.use, [](const SeasonalUse& season) {
        return season.in_use.has_value();
    });
    return use_is_known ? "the committed amount is not known" : "the amount in use is not known";
}

bool carries_date(LayerRole role) {
    return role == LayerRole::rural_districts || role == LayerRole::settlements || role == LayerRole::sources ||
           role == LayerRole::roads;
}

}  // namespace

void check_supply(const Study& study, const PlanningArea& area, ProblemReport& problems) {
    for (const UtilityKind utility : all_utilities) report_lapsed(study, area, utility, problems);
    for (const UtilitySource& source : area.sources) {
        check_commitments(source, problems);
        if (has_unknown_capacity(source))
            problems.add(source_problem(source, Severity::note, ProblemKind::capacity_unknown,
                                        "the capacity is not known", "kept; its headroom is unknown, not zero"));
        else if (has_unknown_use(source))
            problems.add(source_problem(source, Severity::note, ProblemKind::use_unknown, unknown_part(source),
                                        "kept; its headroom is unknown, not zero"));
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
