#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// What is judged.
enum class UnitKind : std::uint8_t { rural_district, settlement };

/// Where a unit's population comes from, in the order of preference; `bounds` where only limits are known.
enum class PopulationSource : std::uint8_t { attribute, settlements, raster, bounds, none };

/// Strictly more people than the threshold, not, or not known.
enum class Threshold : std::uint8_t { over, not_over, unknown };

enum class CentreSource : std::uint8_t { given, largest_settlement, interior_point, settlement, none };

AMAYESH_EXPORT std::string_view to_string(UnitKind kind) noexcept;
AMAYESH_EXPORT std::string_view to_string(PopulationSource source) noexcept;
AMAYESH_EXPORT std::string_view to_string(Threshold threshold) noexcept;
AMAYESH_EXPORT std::string_view to_string(CentreSource source) noexcept;

/// A rural district or settlement to be judged.
struct AssessedUnit {
    UnitKind kind = UnitKind::rural_district;
    std::size_t index = 0;  ///< Into rural_districts or settlements.
    std::string id;
    std::string name;
    AdministrativePlace place;
    std::optional<std::int64_t> population;
    PopulationSource population_source = PopulationSource::none;
    std::optional<std::int64_t> population_at_least;  ///< Sum of its settlements that are known, where not all are.
    std::optional<std::int64_t> population_at_most;   ///< What its parent's total leaves over.
    std::optional<std::int64_t> parent_left;  ///< Its parent's total less everyone known there; see assess_units.
    Threshold threshold = Threshold::unknown;
    std::optional<Point> centre;  ///< Degrees.
    CentreSource centre_source = CentreSource::none;
    std::optional<double> area_ha;
    double deprivation_weight = 1;
    bool deprivation_known = false;
    PerUtility<std::optional<double>> served_share;
    bool derived = false;
    std::vector<std::size_t> settlements;  ///< Rural settlements in it, by index, rising; itself for a settlement.
};

/// What to judge, and from how many people on.
struct AssessmentOptions {
    UnitKind kind = UnitKind::rural_district;
    std::int64_t over = 10'000;  ///< Strictly more people than this.
    /// Ids of the only units to judge (`--within`); nothing = all. Bounds still use every unit.
    std::optional<std::vector<std::string>> only = std::nullopt;
};

/// The units of a planning area with population, threshold and centre settled, in the order of their ids.
///
/// Population: the attribute, else the sum of its settlements where all are known and the layer is complete, else the
///          zonal sum of a raster. A partial sum is a lower bound: over the threshold it settles the unit as over. What
///          the parent's total leaves over (total − its cities − its other known units) is an upper bound: at or under
///          the threshold it settles the unit as not over. Otherwise the threshold stays unknown.
/// Centre:  given, else the largest settlement (ties by id; unknown populations count as smallest), else an interior
///          point of the polygon.
/// `district_of_settlement`: index into rural_districts for each settlement, or SIZE_MAX.
/// Problems: population_disagrees (attribute and settlements differ by more than 1 %), population_exceeds_parent.
AMAYESH_EXPORT std::vector<AssessedUnit> assess_units(const PlanningArea& area,
                                                      std::span<const std::size_t> district_of_settlement,
                                                      const AssessmentOptions& options, ProblemReport& problems);

}  // namespace amayesh
