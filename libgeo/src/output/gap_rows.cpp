#include "output/gap_rows.hpp"

#include <algorithm>
#include <numeric>

#include <amayesh/output/gap_layers.hpp>

#include "output/table_rows.hpp"

namespace amayesh {

namespace detail {

std::vector<PerCase<const SharedSource*>> shared_of_sources(const GapLayers& layers) {
    std::vector<PerCase<const SharedSource*>> all(layers.area.sources.size());
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases)
            for (const SharedSource& shared : layers.result.shared.at(utility, scenario).sources)
                if (shared.source != no_index) all[shared.source][scenario] = &shared;
    return all;
}

namespace {

/// Settlements of the area by index, or those of the only units that were assessed.
std::vector<std::size_t> settlements_asked(const GapLayers& layers) {
    std::vector<std::size_t> asked;
    if (!layers.result.options.assessment.only) {
        asked.resize(layers.area.settlements.size());
        std::iota(asked.begin(), asked.end(), std::size_t{0});
        return asked;
    }
    for (const UnitGap& gap : layers.result.units) {
        if (gap.unit.kind == UnitKind::settlement)
            asked.push_back(gap.unit.index);
        else
            asked.insert(asked.end(), gap.unit.settlements.begin(), gap.unit.settlements.end());
    }
    std::ranges::sort(asked);
    return asked;
}

}  // namespace
}  // namespace detail

using namespace detail;

TableRows unit_rows(const GapLayers& layers) {
    return rows_of(unit_columns(), [&](const auto& visit) {
        for (const UnitGap& gap : layers.result.units) visit({gap, layers.area});
    });
}

TableRows unit_utility_rows(const GapLayers& layers) {
    return rows_of(unit_utility_columns(), [&](const auto& visit) { for_each_unit_utility(layers, visit); });
}

TableRows zone_rows(const GapLayers& layers) {
    return rows_of(zone_columns(), [&](const auto& visit) {
        for (const IndustrialZone& zone : layers.area.zones) visit(zone_row(layers, zone));
    });
}

TableRows source_rows(const GapLayers& layers) {
    const auto shared = shared_of_sources(layers);
    return rows_of(source_columns(), [&](const auto& visit) {
        for (std::size_t i = 0; i < layers.area.sources.size(); ++i) visit({layers.area.sources[i], shared[i]});
    });
}

TableRows rollup_rows(const GapLayers& layers) {
    return rows_of(rollup_columns(), [&](const auto& visit) {
        for (const Rollup& total : layers.result.rollups) visit({total});
    });
}

TableRows unroutable_rows(const GapLayers& layers) {
    return rows_of(unroutable_columns(), [&](const auto& visit) {
        for (const UnitGap& gap : layers.result.units) {
            const AssessedUnit& unit = gap.unit;
            if (unit.kind == UnitKind::rural_district && gap.travel && gap.travel->is_undecided())
                visit(UnroutableRow{TravelPlaceKind::unit, unit.id, unit.name, unit.place, unit.population,
                                    *gap.travel->unroutable});
        }
        for (const std::size_t i : settlements_asked(layers)) {
            const Settlement& settlement = layers.area.settlements[i];
            const auto& travel = layers.result.settlements[i].travel;
            if (travel && travel->is_undecided())
                visit(UnroutableRow{TravelPlaceKind::settlement, settlement.id, settlement.name, settlement.place,
                                    settlement.population, *travel->unroutable});
        }
        for (const auto& [zone, reason] : layers.result.unroutable_zones) {
            const IndustrialZone& at = layers.area.zones[zone];
            visit(UnroutableRow{TravelPlaceKind::zone, at.id, at.name, at.place, std::nullopt, reason});
        }
    });
}

TableRows problem_rows(const GapLayers& layers) {
    return rows_of(problem_columns(), [&](const auto& visit) { std::ranges::for_each(layers.problems, visit); });
}

TableRows manifest_rows(const GapLayers& layers) {
    return rows_of(manifest_columns(), [&](const auto& visit) { std::ranges::for_each(layers.manifest, visit); });
}

}  // namespace amayesh
