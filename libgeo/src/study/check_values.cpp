#include "study/check_values.hpp"

#include <cmath>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

constexpr double largest_area_difference = 0.05;  // of the measured area; maps and deeds differ by less

}  // namespace

void compare_areas(std::optional<double> given_ha, std::optional<double> measured_ha, std::size_t row,
                   const TableReading& reading, ProblemReport& problems) {
    if (!given_ha || !measured_ha || *measured_ha <= 0) return;
    if (std::abs(*given_ha - *measured_ha) <= largest_area_difference * *measured_ha) return;
    problems.add(
        {.severity = Severity::warning,
         .kind = ProblemKind::area_disagrees,
         .layer = reading.role,
         .file = reading.table.rows.file,
         .feature = reading.names.labels[row],
         .message = fmt::format("the given area is {:.4g} ha, the polygon measures {:.4g} ha ({:.3g} times)", *given_ha,
                                *measured_ha, *given_ha / *measured_ha),
         .action = reading.layer.role == LayerRole::rural_districts ? "measured area used" : "given area used"});
}

}  // namespace amayesh::detail
