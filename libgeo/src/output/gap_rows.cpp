#include "output/gap_rows.hpp"

#include <amayesh/output/gap_layers.hpp>

#include "output/table_maker.hpp"

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

}  // namespace detail

using namespace detail;

TableRows unit_rows(const GapLayers& layers) {
    TableMaker<UnitRow> table(unit_columns());
    for (const UnitGap& gap : layers.result.units) table.add({gap, layers.area});
    return table.take();
}

TableRows unit_utility_rows(const GapLayers& layers) {
    TableMaker<UnitUtilityRow> table(unit_utility_columns());
    for_each_unit_utility(layers, [&](const UnitUtilityRow& row) { table.add(row); });
    return table.take();
}

TableRows zone_rows(const GapLayers& layers) {
    TableMaker<ZoneRow> table(zone_columns());
    for (const IndustrialZone& zone : layers.area.zones) table.add(zone_row(layers, zone));
    return table.take();
}

TableRows source_rows(const GapLayers& layers) {
    const auto shared = shared_of_sources(layers);
    TableMaker<SourceRow> table(source_columns());
    for (std::size_t i = 0; i < layers.area.sources.size(); ++i) table.add({layers.area.sources[i], shared[i]});
    return table.take();
}

TableRows rollup_rows(const GapLayers& layers) {
    TableMaker<RollupRow> table(rollup_columns());
    for (const Rollup& total : layers.result.rollups) table.add({total});
    return table.take();
}

TableRows problem_rows(const GapLayers& layers) {
    TableMaker<Problem> table(problem_columns());
    for (const Problem& problem : layers.problems) table.add(problem);
    return table.take();
}

TableRows manifest_rows(const GapLayers& layers) {
    TableMaker<ManifestEntry> table(manifest_columns());
    for (const ManifestEntry& entry : layers.manifest) table.add(entry);
    return table.take();
}

}  // namespace amayesh
