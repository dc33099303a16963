#pragma once

#include <vector>

#include <amayesh/output/gap_layers.hpp>

#include "output/layer_columns.hpp"

namespace amayesh::detail {

/// What the rows of a gap run are made from, for the layers and for tables of the same rows.
inline ZoneRow zone_row(const GapLayers& layers, const IndustrialZone& zone) {
    return {zone, layers.result.zones[static_cast<std::size_t>(&zone - layers.area.zones.data())]};
}

/// What each source gives, by the source's index.
std::vector<PerCase<const SharedSource*>> shared_of_sources(const GapLayers& layers);

template <class Visit>
void for_each_unit_utility(const GapLayers& layers, const Visit& visit) {
    for (const UnitGap& gap : layers.result.units)
        for (const UtilityKind utility : all_utilities)
            for (const Case scenario : all_cases)
                visit(UnitUtilityRow{gap, layers.area, utility, scenario, layers.result.standards.required_telecom});
}

}  // namespace amayesh::detail
