#include <amayesh/analysis/assessed_units.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>

namespace amayesh {

namespace {

constexpr double tolerated_difference = 0.01;  // between an attribute and the sum of settlements, before it is reported

using Place = std::tuple<std::string, std::string, std::string>;

Place key_of(const AdministrativePlace& place) { return {place.province, place.county, place.district}; }

/// What the settlements of one district say about its population.
struct SettlementSum {
    std::int64_t known = 0;
    std::size_t known_count = 0;
    std::size_t unknown_count = 0;
};

SettlementSum sum_settlements(const PlanningArea& area, const std::vector<std::size_t>& members) {
    SettlementSum sum;
    for (const std::size_t i : members) {
        if (const auto population = area.settlements[i].population) {
            sum.known += *population;
            ++sum.known_count;
        } else {
            ++sum.unknown_count;
        }
    }
    return sum;
}

void settle_population(AssessedUnit& unit, const std::optional<std::int64_t>& attribute, const SettlementSum& sum,
                       bool all_settlements_listed, const std::optional<double>& raster) {
    const bool sum_is_whole = all_settlements_listed && sum.known_count > 0 && sum.unknown_count == 0;
    if (attribute) {
        unit.population = attribute;
        unit.population_source = PopulationSource::attribute;
    } else if (sum_is_whole) {
        unit.population = sum.known;
        unit.population_source = PopulationSource::settlements;
    } else if (raster) {
        unit.population = std::llround(*raster);
        unit.population_source = PopulationSource::raster;
    }
    if (!unit.population && sum.known_count > 0) unit.population_at_least = sum.known;
}

void report_difference(const AssessedUnit& unit, const SettlementSum& sum, ProblemReport& problems) {
    if (unit.population_source != PopulationSource::attribute || sum.known_count == 0) return;
    const auto given = static_cast<double>(*unit.population);
    const auto listed = static_cast<double>(sum.known);
    const bool differs = sum.unknown_count == 0 ? std::abs(listed - given) > tolerated_difference * given
                                                : listed > given * (1 + tolerated_difference);
    if (!differs) return;
    Problem problem{.severity = Severity::warning,
                    .kind = ProblemKind::population_disagrees,
                    .layer = "rural_districts",
                    .file = {},
                    .feature = unit.id,
                    .field = "population",
                    .message = "population " + std::to_string(*unit.population) + ", its " +
                               std::to_string(sum.known_count) + " settlements with a known population together " +
                               std::to_string(sum.known),
                    .action = "kept: the district's own figure is used",
                    .place = {}};
    if (unit.centre) problem.place = ProblemPlace{unit.centre->x, unit.centre->y};
    problems.add(std::move(problem));
}

/// A raster is a model: that it differs is for the reader, not a fault of the figure that is used.
void note_raster_difference(const AssessedUnit& unit, const std::optional<double>& raster, ProblemReport& problems) {
    if (!raster || !unit.population || unit.population_source == PopulationSource::raster) return;
    const auto used = static_cast<double>(*unit.population);
    if (std::abs(*raster - used) <= tolerated_difference * used) return;
    problems.add({.severity = Severity::note,
                  .kind = ProblemKind::population_disagrees,
                  .layer = "rural_districts",
                  .file = {},
                  .feature = unit.id,
                  .field = "population",
                  .message = "population " + std::to_string(*unit.population) + " (" +
                             std::string(to_string(unit.population_source)) + "), by the raster " +
                             std::to_string(std::llround(*raster)),
                  .action = "kept: the raster comes last",
                  .place = {}});
}

std::optional<Point> largest_settlement(const PlanningArea& area, const std::vector<std::size_t>& members) {
    const Settlement* best = nullptr;
    for (const std::size_t i : members) {
        const Settlement& candidate = area.settlements[i];
        if (!candidate.position || !candidate.population) continue;
        if (!best || *candidate.population > *best->population) best = &candidate;
    }
    return best ? best->position : std::nullopt;
}

void settle_centre(AssessedUnit& unit, const RuralDistrict& district, const PlanningArea& area,
                   const Transform& to_degrees) {
    if (district.centre) {
        unit.centre = district.centre;
        unit.centre_source = CentreSource::given;
    } else if (const auto largest = largest_settlement(area, unit.settlements)) {
        unit.centre = largest;
        unit.centre_source = CentreSource::largest_settlement;
    } else if (!district.shape.parts.empty()) {
        unit.centre = to_degrees.apply(interior_point(district.shape));
        unit.centre_source = CentreSource::interior_point;
    }
}

AssessedUnit unit_of_district(const PlanningArea& area, std::size_t index, std::vector<std::size_t> members,
                              const Transform& to_degrees, ProblemReport& problems) {
    const RuralDistrict& district = area.rural_districts[index];
    AssessedUnit unit;
    unit.kind = UnitKind::rural_district;
    unit.index = index;
    unit.id = district.id;
    unit.name = district.name;
    unit.place = district.place;
    unit.area_ha = district.area_ha;
    unit.deprivation_known = district.deprivation_weight.has_value();
    unit.deprivation_weight = district.deprivation_weight.value_or(1);
    unit.served_share = district.served_share;
    unit.derived = district.derived;
    unit.settlements = std::move(members);
    const SettlementSum sum = sum_settlements(area, unit.settlements);
    const bool listed = area.settlements_layer.present && area.settlements_layer.complete;
    settle_population(unit, district.population, sum, listed,
                      area.raster_population.empty() ? std::nullopt : area.raster_population[index]);
    settle_centre(unit, district, area, to_degrees);
    report_difference(unit, sum, problems);
    if (!area.raster_population.empty()) note_raster_difference(unit, area.raster_population[index], problems);
    return unit;
}

AssessedUnit unit_of_settlement(const Settlement& settlement, std::size_t index) {
    AssessedUnit unit;
    unit.kind = UnitKind::settlement;
    unit.index = index;
    unit.id = settlement.id;
    unit.name = settlement.name;
    unit.place = settlement.place;
    unit.population = settlement.population;
    if (settlement.population) unit.population_source = PopulationSource::attribute;
    unit.centre = settlement.position;
    if (settlement.position) unit.centre_source = CentreSource::settlement;
    unit.deprivation_known = settlement.deprivation_weight.has_value();
    unit.deprivation_weight = settlement.deprivation_weight.value_or(1);
    unit.served_share = settlement.served_share;
    unit.settlements = {index};
    return unit;
}

std::vector<std::vector<std::size_t>> settlements_by_district(const PlanningArea& area,
                                                              std::span<const std::size_t> district_of_settlement) {
    std::vector<std::vector<std::size_t>> members(area.rural_districts.size());
    for (std::size_t i = 0; i < area.settlements.size(); ++i) {
        const std::size_t district = district_of_settlement[i];
        if (district < members.size() && is_rural(area.settlements[i].kind)) members[district].push_back(i);
    }
    return members;
}

/// What a parent's total leaves over for its units without a known population.
struct ParentBalance {
    std::optional<std::int64_t> total;
    std::int64_t known = 0;
    bool disagrees = false;
};

std::map<Place, ParentBalance> balance_parents(const PlanningArea& area, const std::vector<AssessedUnit>& units) {
    std::map<Place, ParentBalance> parents;
    for (const AssessedUnit& unit : units) {
        const auto& total = area.rural_districts[unit.index].parent_population;
        if (!total) continue;
        ParentBalance& parent = parents[key_of(unit.place)];
        if (parent.total && *parent.total != *total) parent.disagrees = true;
        parent.total = total;
        parent.known += unit.population.value_or(unit.population_at_least.value_or(0));
    }
    for (const Settlement& settlement : area.settlements) {
        if (is_rural(settlement.kind) || !settlement.population) continue;
        const auto parent = parents.find(key_of(settlement.place));
        if (parent != parents.end()) parent->second.known += *settlement.population;
    }
    return parents;
}

void bound_by_parents(const PlanningArea& area, std::vector<AssessedUnit>& units, ProblemReport& problems) {
    const auto parents = balance_parents(area, units);
    std::set<Place> reported;
    for (AssessedUnit& unit : units) {
        const auto found = parents.find(key_of(unit.place));
        if (found == parents.end()) continue;
        const ParentBalance& parent = found->second;
        const std::int64_t left = *parent.total - parent.known;
        if ((left < 0 || parent.disagrees) && reported.insert(found->first).second) {
            problems.add({.severity = Severity::warning,
                          .kind = ProblemKind::population_exceeds_parent,
                          .layer = "rural_districts",
                          .file = {},
                          .feature = unit.place.county + (unit.place.district.empty() ? "" : "/" + unit.place.district),
                          .field = "parent_population",
                          .message = parent.disagrees
                                         ? "its rural districts carry different totals of the same parent"
                                         : "known rural districts and cities exceed the parent's total by " +
                                               std::to_string(-left),
                          .action = "the total is not used as a bound",
                          .place = {}});
        }
        if (unit.population || left < 0 || parent.disagrees) continue;
        unit.parent_left = left;
        unit.population_at_most = left + unit.population_at_least.value_or(0);
    }
}

Threshold judge(const AssessedUnit& unit, std::int64_t over) {
    if (unit.population) return *unit.population > over ? Threshold::over : Threshold::not_over;
    if (unit.population_at_least.value_or(0) > over) return Threshold::over;
    if (unit.population_at_most && *unit.population_at_most <= over) return Threshold::not_over;
    return Threshold::unknown;
}

void keep_only(std::vector<AssessedUnit>& units, const std::vector<std::string>& ids) {
    const std::set<std::string_view> wanted(ids.begin(), ids.end());
    std::erase_if(units, [&](const AssessedUnit& unit) { return !wanted.contains(unit.id); });
}

}  // namespace

std::string_view to_string(UnitKind kind) noexcept {
    return kind == UnitKind::rural_district ? "rural_district" : "settlement";
}

std::string_view to_string(PopulationSource source) noexcept {
    switch (source) {
        case PopulationSource::attribute:
            return "attribute";
        case PopulationSource::settlements:
            return "settlements";
        case PopulationSource::raster:
            return "raster";
        case PopulationSource::bounds:
            return "bounds";
        case PopulationSource::none:
            return "none";
    }
    return {};
}

std::string_view to_string(Threshold threshold) noexcept {
    switch (threshold) {
        case Threshold::over:
            return "over";
        case Threshold::not_over:
            return "not_over";
        case Threshold::unknown:
            return "unknown";
    }
    return {};
}

std::string_view to_string(CentreSource source) noexcept {
    switch (source) {
        case CentreSource::given:
            return "given";
        case CentreSource::largest_settlement:
            return "largest_settlement";
        case CentreSource::interior_point:
            return "interior_point";
        case CentreSource::settlement:
            return "settlement";
        case CentreSource::none:
            return "none";
    }
    return {};
}

std::vector<AssessedUnit> assess_units(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                                       const AssessmentOptions& options, ProblemReport& problems) {
    if (district_of_settlement.size() != area.settlements.size())
        throw InvalidInput("assess_units: every settlement needs its district, or none");
    std::vector<AssessedUnit> units;
    if (options.kind == UnitKind::rural_district) {
        auto members = settlements_by_district(area, district_of_settlement);
        const Transform to_degrees(area.working_crs, Crs::wgs84());
        units.reserve(area.rural_districts.size());
        for (std::size_t i = 0; i < area.rural_districts.size(); ++i)
            units.push_back(unit_of_district(area, i, std::move(members[i]), to_degrees, problems));
        bound_by_parents(area, units, problems);
    } else {
        for (std::size_t i = 0; i < area.settlements.size(); ++i)
            if (is_rural(area.settlements[i].kind)) units.push_back(unit_of_settlement(area.settlements[i], i));
    }
    for (AssessedUnit& unit : units) {
        unit.threshold = judge(unit, options.over);
        if (!unit.population && (unit.population_at_least || unit.population_at_most))
            unit.population_source = PopulationSource::bounds;
    }
    if (options.only) keep_only(units, *options.only);
    std::ranges::stable_sort(units, {}, &AssessedUnit::id);
    return units;
}

}  // namespace amayesh
