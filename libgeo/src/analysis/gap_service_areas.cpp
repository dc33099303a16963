#include <amayesh/analysis/gap_service_areas.hpp>

#include <vector>

#include "analysis/people_left_out.hpp"

namespace amayesh {

namespace {

/// Who is counted: rural districts with what is known of them, and settlements in none.
struct CountedUnits {
    std::vector<AssessedUnit> districts;
    std::vector<std::size_t> settlements;  ///< In no counted district.
};

/// Only what was assessed counts.
void set_counted(ServiceAreaOptions& options, const PlanningArea& area,
                 std::span<const std::size_t> district_of_settlement, const GapResult& gaps) {
    if (!gaps.options.assessment.only) return;
    options.counted_districts.resize(area.rural_districts.size(), false);
    options.counted_settlements.resize(area.settlements.size(), false);
    for (const UnitGap& gap : gaps.units) {
        const std::size_t district =
            gap.unit.kind == UnitKind::rural_district ? gap.unit.index : district_of_settlement[gap.unit.index];
        if (district < options.counted_districts.size()) options.counted_districts[district] = true;
        for (const std::size_t settlement : gap.unit.settlements) options.counted_settlements[settlement] = true;
    }
}

/// Headroom before and after sharing, as the sharing saw it.
void set_headroom(ServiceAreaOptions& options, const PlanningArea& area, const SharedUtility& shared) {
    options.has_headroom.emplace(area.sources.size());
    options.has_headroom_left.emplace(area.sources.size());
    for (std::size_t i = 0; i < area.sources.size(); ++i)
        if (area.sources[i].capacity_is_yes_no) (*options.has_headroom)[i] = (*options.has_headroom_left)[i] = true;
    for (const SharedSource& source : shared.sources) {
        if (source.source == no_index || !source.headroom) continue;
        (*options.has_headroom)[source.source] = *source.headroom > 0;
        (*options.has_headroom_left)[source.source] = *source.headroom > source.used;
    }
}

/// A district as far as its counted settlements tell.
AssessedUnit unit_of_settlements(std::size_t district, std::vector<std::size_t> settlements, const PlanningArea& area) {
    AssessedUnit unit;
    unit.index = district;
    std::int64_t people = 0;
    bool all_known = area.settlements_layer.complete && !settlements.empty();
    for (const std::size_t i : settlements) {
        people += area.settlements[i].population.value_or(0);
        all_known = all_known && area.settlements[i].population;
    }
    if (all_known) unit.population = people;
    unit.settlements = std::move(settlements);
    return unit;
}

CountedUnits counted_units(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                           const GapResult& gaps, const ServiceAreaOptions& options) {
    const bool districts = gaps.options.assessment.kind == UnitKind::rural_district;
    CountedUnits counted;
    std::vector<std::vector<std::size_t>> settlements(area.rural_districts.size());
    for (std::size_t i = 0; i < area.settlements.size(); ++i) {
        if (!is_rural(area.settlements[i].kind)) continue;
        if (!options.counted_settlements.empty() && !options.counted_settlements[i]) continue;
        const std::size_t district = district_of_settlement[i];
        if (district < settlements.size()) settlements[district].push_back(i);
        if (!districts || district >= settlements.size()) counted.settlements.push_back(i);
    }
    if (districts)
        for (const UnitGap& gap : gaps.units) counted.districts.push_back(gap.unit);
    else
        for (std::size_t i = 0; i < settlements.size(); ++i)
            counted.districts.push_back(unit_of_settlements(i, std::move(settlements[i]), area));
    return counted;
}

/// Counts who has a source in reach in one service area.
class PeopleCounter {
public:
    PeopleCounter(const PlanningArea& area, const CountedUnits& counted, bool districts_are_units,
                  bool may_miss_sources)
        : m_area{area},
          m_counted{counted},
          m_districts_are_units{districts_are_units},
          m_may_miss_sources{may_miss_sources} {}

    [[nodiscard]] ServedPeople count(const ServiceArea& service) const {
        ServedPeople served;
        served.districts.resize(m_area.rural_districts.size());
        for (std::size_t u = 0; u < m_counted.districts.size(); ++u) {
            const AssessedUnit& unit = m_counted.districts[u];
            served.districts[unit.index] = beyond(unit, service, u);
            if (m_districts_are_units) add(served.total, unit, service, u);
        }
        for (const std::size_t i : m_counted.settlements) add(served.total, i, service);
        return served;
    }

private:
    [[nodiscard]] PeopleLeftOut left_out(const AssessedUnit& unit, const ServiceArea& service, std::size_t place,
                                         InReach least) const {
        std::optional<bool> centre_in_reach;
        if (unit.centre) centre_in_reach = service.places[place] >= least;
        return detail::count_people_left_out(
            unit, m_area, [&](std::size_t i) { return service.settlements[i] >= least; }, centre_in_reach);
    }

    [[nodiscard]] PeopleBeyond beyond(const AssessedUnit& unit, const ServiceArea& service, std::size_t place) const {
        const PeopleLeftOut most = left_out(unit, service, place, InReach::yes);
        PeopleBeyond result{unit.population, left_out(unit, service, place, InReach::maybe).at_least, most.at_most,
                            most.basis};
        if (m_may_miss_sources && result.at_most.value_or(1) != 0) result.at_least.reset();
        return result;
    }

    /// Of a district of unknown population its known settlements count.
    void add(PeopleInReach& total, const AssessedUnit& unit, const ServiceArea& service, std::size_t place) const {
        AssessedUnit known = unit;
        if (!unit.population) {
            ++total.population_unknown;
            known.population = 0;
            for (const std::size_t i : unit.settlements)
                *known.population += m_area.settlements[i].population.value_or(0);
        }
        const PeopleBeyond people = beyond(known, service, place);
        total.people += *known.population;
        total.at_least += *known.population - people.at_most.value_or(*known.population);
        total.at_most += *known.population - people.at_least.value_or(0);
    }

    void add(PeopleInReach& total, std::size_t settlement, const ServiceArea& service) const {
        const Settlement& place = m_area.settlements[settlement];
        const InReach reached = service.settlements[settlement];
        total.population_unknown += !place.population;
        const std::int64_t people = place.population.value_or(0);
        total.people += people;
        if (reached == InReach::yes) total.at_least += people;
        if (reached != InReach::no || !place.position || m_may_miss_sources) total.at_most += people;
    }

    const PlanningArea& m_area;
    const CountedUnits& m_counted;
    bool m_districts_are_units;
    bool m_may_miss_sources;
};

}  // namespace

std::optional<double> PeopleInReach::share(std::int64_t part) const noexcept {
    if (people == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(people);
}

UtilityServices find_gap_service_areas(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                                       const GapResult& gaps, const Progress& progress) {
    const ReachIndex reach{area,
                           {.zone_reach = gaps.standards.zone_reach,
                            .serving_statuses = gaps.options.serving_statuses,
                            .metric = gaps.options.metric,
                            .position_bound = gaps.options.position_bound}};
    ServiceAreaOptions options;
    options.required_telecom = gaps.standards.required_telecom;
    options.quadrant_segments = gap_quadrant_segments;
    options.area_metric = Metric::geodesic;
    set_counted(options, area, district_of_settlement, gaps);
    const CountedUnits counted = counted_units(area, district_of_settlement, gaps, options);
    for (const AssessedUnit& unit : counted.districts) options.places.push_back(unit.centre);
    const bool districts_are_units = gaps.options.assessment.kind == UnitKind::rural_district;
    UtilityServices result;
    double done = 0;
    for (const UtilityKind utility : all_utilities) {
        if (progress) progress("draw service areas", done++ / utility_count);
        if (!area.sources_layer[utility].present) continue;
        options.reach = gaps.standards.utility_reach[utility];
        options.has_headroom.reset();
        options.has_headroom_left.reset();
        if (utility != UtilityKind::telecom) set_headroom(options, area, gaps.shared.at(utility, Case::central));
        UtilityService& service = result[utility].emplace();
        service.areas = find_service_areas(area, district_of_settlement, reach, utility, options);
        service.may_miss_sources = !area.sources_layer[utility].complete || service.areas.sources_without_place > 0;
        const PeopleCounter people{area, counted, districts_are_units, service.may_miss_sources};
        service.any = people.count(service.areas.any);
        service.with_headroom = people.count(service.areas.with_headroom);
        if (service.areas.with_headroom_left)
            service.with_headroom_left = people.count(*service.areas.with_headroom_left);
    }
    if (progress) progress("draw service areas", 1);
    return result;
}

}  // namespace amayesh
