#include <amayesh/analysis/zone_statuses.hpp>

#include <algorithm>
#include <string>

namespace amayesh {

void report_unknown_statuses(const PlanningArea& area, std::span<const ZoneStatus> serving_statuses,
                             ProblemReport& problems) {
    const auto count = std::ranges::count(area.zones, ZoneStatus::unknown, &IndustrialZone::status);
    if (count == 0) return;
    const bool do_serve = std::ranges::find(serving_statuses, ZoneStatus::unknown) != serving_statuses.end();
    problems.add({.severity = do_serve ? Severity::note : Severity::warning,
                  .kind = ProblemKind::value_missing,
                  .layer = "zones",
                  .file = {},
                  .feature = {},
                  .field = "status",
                  .message = std::to_string(count) + " zones have no known status",
                  .action = do_serve ? "taken as serving, as the study says"
                                     : "they serve nobody, and nobody within their reach is said to lack a zone",
                  .place = {}});
}

}  // namespace amayesh
