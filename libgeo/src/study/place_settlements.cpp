#include "study/place_settlements.hpp"

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/spatial_order.hpp>

#include "study/load_geometry.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t nowhere = LoadedStudy::no_district;

/// Finds the district of one settlement after the other; one object a thread.
class Placing {
public:
    Placing(const PlanningArea& area, const DistrictIndex& index)
        : m_area{area}, m_index{index}, m_to_working{Crs::wgs84(), area.working_crs} {}

    std::size_t place(const Settlement& settlement) {
        const Located located = locate(settlement);
        const std::size_t there = located.shape.value_or(nowhere);
        if (settlement.rural_district_id.empty()) {
            if (located.near_border) report_on_the_line(settlement, there);
            if (there == nowhere) report_outside(settlement);
            return there;
        }
        const std::optional<std::size_t> coded = m_index.find(settlement.rural_district_id);
        if (!coded) {
            report_unmatched(settlement, there);
            return there;
        }
        if (there != nowhere && there != *coded && !located.near_border) report_disagreement(settlement, *coded, there);
        return *coded;
    }

    ProblemReport& problems() noexcept { return m_problems; }

private:
    [[nodiscard]] Located locate(const Settlement& settlement) const {
        return settlement.position ? m_index.locate(*settlement.position, m_to_working) : Located{};
    }

    [[nodiscard]] std::string name_of(std::size_t district) const {
        if (district == nowhere) return "no district";
        const RuralDistrict& named = m_area.rural_districts[district];
        return named.name.empty() ? named.id : fmt::format("{} ({})", named.id, named.name);
    }

    void report(const Settlement& settlement, Severity severity, ProblemKind kind, std::string message,
                std::string action) {
        std::optional<ProblemPlace> place;
        if (settlement.position) place = ProblemPlace{settlement.position->x, settlement.position->y};
        m_problems.add({.severity = severity,
                        .kind = kind,
                        .layer = "settlements",
                        .feature = settlement.id.empty() ? settlement.name : settlement.id,
                        .message = std::move(message),
                        .action = std::move(action),
                        .place = place});
    }

    void report_on_the_line(const Settlement& settlement, std::size_t there) {
        report(settlement, Severity::note, ProblemKind::on_the_line,
               "lies on a border of districts, as far as positions are sure",
               fmt::format("taken to be in {}", name_of(there)));
    }

    void report_unmatched(const Settlement& settlement, std::size_t there) {
        const std::string& code = settlement.rural_district_id;
        const std::optional<std::size_t> padded = m_index.find_without_zeros(code);
        std::string message = fmt::format("no rural district has the code '{}'", code);
        if (padded) message += fmt::format("; '{}' is there: leading zeros differ", m_area.rural_districts[*padded].id);
        report(settlement, m_area.rural_districts_layer.complete ? Severity::error : Severity::warning,
               padded ? ProblemKind::id_leading_zero_lost : ProblemKind::code_unmatched, std::move(message),
               fmt::format("placed by position in {}", name_of(there)));
    }

    void report_disagreement(const Settlement& settlement, std::size_t coded, std::size_t there) {
        report(settlement, Severity::warning, ProblemKind::district_disagrees,
               fmt::format("its code says {}, its position {}", name_of(coded), name_of(there)), "placed by its code");
    }

    /// Says nothing of cities, nor where there is no polygon to be outside of.
    void report_outside(const Settlement& settlement) {
        if (!m_index.has_polygons() || settlement.kind == SettlementKind::city) return;
        if (!settlement.position) {
            report(settlement, Severity::warning, ProblemKind::outside_every_district,
                   "has neither a position nor the code of a district", "kept, in no district");
            return;
        }
        const Point swapped{settlement.position->y, settlement.position->x};
        const bool would_fit = m_index.locate(swapped, m_to_working).shape.has_value();
        report(settlement, Severity::warning, ProblemKind::outside_every_district,
               fmt::format("lies in no rural district{}",
                           would_fit ? "; it would with longitude and latitude exchanged" : ""),
               "kept, in no district");
    }

    const PlanningArea& m_area;
    const DistrictIndex& m_index;
    Transform m_to_working;
    ProblemReport m_problems;
};

/// Settlements in an order in which neighbours follow one another: the borders that one is compared with are then still
/// in the processor's cache for the next.
std::vector<std::size_t> order_by_neighbourhood(std::span<const Settlement> settlements) {
    std::vector<Point> points;
    points.reserve(settlements.size());
    for (const Settlement& settlement : settlements)
        points.push_back(settlement.position.value_or(points.empty() ? Point{} : points.back()));
    return spatial_order(points);
}

/// One finding where districts are known by code alone, and settlements give none.
void report_unplaceable(const PlanningArea& area, ProblemReport& problems) {
    const auto has_no_code = [](const Settlement& settlement) { return settlement.rural_district_id.empty(); };
    const std::ptrdiff_t without = std::ranges::count_if(area.settlements, has_no_code);
    if (without == 0) return;
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::outside_every_district,
                  .layer = "settlements",
                  .message = fmt::format("{} settlements cannot be placed: the rural districts have no polygons, and "
                                         "the settlements no code of a rural district",
                                         without),
                  .action = "kept, in no district"});
}

}  // namespace

std::vector<std::size_t> place_settlements(const PlanningArea& area, const DistrictIndex& index,
                                           ProblemReport& problems) {
    std::vector<std::size_t> districts(area.settlements.size(), nowhere);
    if (area.rural_districts.empty() || districts.empty()) return districts;
    if (!index.has_polygons()) report_unplaceable(area, problems);
    const std::vector<std::size_t> order = order_by_neighbourhood(area.settlements);
    std::mutex guard;
    parallel_for(districts.size(), rows_per_thread(districts.size()), [&](std::size_t begin, std::size_t end) {
        Placing placing{area, index};
        for (std::size_t k = begin; k < end; ++k) districts[order[k]] = placing.place(area.settlements[order[k]]);
        const std::scoped_lock lock{guard};
        problems.append(std::move(placing.problems()));
    });
    return districts;
}

}  // namespace amayesh::detail
