#include <amayesh/study/load.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>

#include "study/check_extents.hpp"
#include "study/check_ids.hpp"
#include "study/check_kinds.hpp"
#include "study/check_magnitudes.hpp"
#include "study/check_plane.hpp"
#include "study/check_relations.hpp"
#include "study/check_supply.hpp"
#include "study/drop_repeats.hpp"
#include "study/load_derived.hpp"
#include "study/load_features.hpp"
#include "study/load_joins.hpp"
#include "study/load_order.hpp"
#include "study/load_population_raster.hpp"
#include "study/load_tables.hpp"
#include "study/place_settlements.hpp"
#include "study/settle_centres.hpp"
#include "study/settle_places.hpp"

namespace amayesh {
namespace {

using namespace detail;

/// Calls back when a step starts; steps weigh the same.
class Steps {
public:
    Steps(const Progress& progress, std::size_t count) : m_progress{progress}, m_count{count} {}
    void next(std::string_view phase) {
        m_phase = phase;
        ++m_done;
        within(0);
    }
    /// That share of the step is done.
    void within(double share) const {
        if (m_progress) m_progress(m_phase, (static_cast<double>(m_done - 1) + share) / static_cast<double>(m_count));
    }

private:
    const Progress& m_progress;
    std::size_t m_count;
    std::size_t m_done = 0;
    std::string_view m_phase;
};

Box degrees_of(std::span<const LayerTables> layers, std::span<const LayerRole> roles) {
    Box box;
    for (const LayerTables& layer : layers)
        if (std::ranges::find(roles, layer.study->role) != roles.end())
            for (const LayerTable& table : layer.tables) box.add(table.degrees);
    return box;
}

/// Whose places distances are taken between; lines of sources may reach far beyond.
constexpr LayerRole placed_roles[] = {LayerRole::rural_districts, LayerRole::settlements, LayerRole::zones};

/// Fitted to what is judged: lines and plants may reach far beyond it.
Crs working_crs(const Study& study, std::span<const LayerTables> layers) {
    if (!study.working_crs.empty()) {
        Crs crs = Crs::parse(study.working_crs);
        require_working_crs(crs);
        return crs;
    }
    constexpr LayerRole first[] = {LayerRole::rural_districts};
    constexpr LayerRole second[] = {LayerRole::settlements};
    constexpr LayerRole third[] = {LayerRole::zones, LayerRole::plots, LayerRole::sources};
    for (const std::span<const LayerRole> roles : {std::span<const LayerRole>{first}, {second}, {third}})
        if (const Box box = degrees_of(layers, roles); !box.is_empty()) return fit_equal_area_crs(box);
    return fit_equal_area_crs({-0.5, -0.5, 0.5, 0.5});  // nothing has a place: any will do
}

/// Distances are planar where the study says so, ways always.
void check_planes(const Study& study, const Box& degrees, LoadedStudy& loaded, ProblemReport& problems) {
    const Crs& plane = loaded.area.working_crs;
    if (study.metric == Metric::planar) loaded.planar_error = check_plane(plane, degrees, problems);
    if (study.reach.kind != ReachKind::straight)
        check_plane_of_ways(plane,
                            study.working_crs.empty() ? PlaneOrigin::fitted_to_data : PlaneOrigin::named_by_study,
                            degrees, problems);
}

Crs output_crs(const Study& study, std::span<const LayerTables> layers) {
    if (!study.output_crs.empty()) return Crs::parse(study.output_crs);
    for (const LayerTables& layer : layers)
        if (layer.study->role == LayerRole::rural_districts)
            for (const LayerTable& table : layer.tables)
                if (table.crs) return *table.crs;
    return Crs::wgs84();
}

/// How far a position may be off: two densified edges, and the least accurate transformation to degrees.
double position_bound(std::span<const LayerTables> layers) {
    double accuracy = 0;
    for (const LayerTables& layer : layers)
        for (const LayerTable& table : layer.tables)
            if (table.crs)
                accuracy =
                    std::max(accuracy, Transform(*table.crs, Crs::wgs84()).accuracy().value_or(Metres{0}).value());
    return 2 * default_sag.value() + accuracy;
}

/// Features as they are collected, before they are sorted.
struct Collected {
    FeatureHashes hashes;
    std::vector<ParentArea> parents;
};

void read_features(const LayerTables& layer, TableReading& reading, LoadRun& run, Collected& collected) {
    if (layer.parents_of != nullptr) return read_parents(reading, run, collected.parents);
    FeatureHashes& hashes = collected.hashes;
    switch (layer.study->role) {
        case LayerRole::rural_districts:
            return read_rural_districts(reading, run, hashes);
        case LayerRole::settlements:
            return read_settlements(reading, run, hashes);
        case LayerRole::zones:
            return read_zones(reading, run, hashes);
        case LayerRole::plots:
            return read_plots(reading, run, hashes);
        case LayerRole::sources:
            return read_sources(reading, run, hashes);
        case LayerRole::roads:
            if (run.needs_travel_layers()) read_roads(reading, run, hashes);
            return;
        case LayerRole::constraints:
            if (run.needs_travel_layers()) read_barriers(reading, run, hashes);
            return;
        case LayerRole::rasters:
            return;
    }
}

const FieldMap* find_id(const std::map<std::string, FieldMap>& fields) {
    const auto id = fields.find("id");
    return id == fields.end() ? nullptr : &id->second;
}

void read_table(LayerTables& layer, LayerTable& table, const RowNames& names, std::span<const FeatureTable> joined,
                LoadRun& run, Collected& collected) {
    const LayerFields fields{table.rows, *layer.study, joined, names.labels, run.problems};
    TableReading reading{
        .table = table,
        .layer = *layer.study,
        .role = layer.role,
        .names = names,
        .joined = joined,
        .fields = fields,
        .places = check_geometries(table, accepted_shapes(*layer.study), layer.role, names.labels, run.problems)};
    read_features(layer, reading, run, collected);
    const std::int64_t skipped = std::ranges::count(reading.places, RowPlace::skipped);
    run.loaded.inputs[table.input].features_used -= skipped;
    run.loaded.inputs[table.input].features_skipped += skipped;
}

/// The names of the rows of a table, from its own field or from the first join that takes ids.
RowNames name_joined_rows(const LayerTables& layer, const LayerTable& table, std::span<const FeatureTable> joined,
                          ProblemReport& problems) {
    for (std::size_t j = 0; j < joined.size(); ++j)
        if (const FieldMap* id = find_id(layer.study->joins[j].take))
            return name_rows(table.rows, joined[j], id, layer.role, problems);
    return name_rows(table.rows, table.rows, nullptr, layer.role, problems);
}

void keep_table(const LayerTables& layer, LayerTable& table, std::vector<std::string> ids, TableJoins joined,
                LoadedStudy& loaded) {
    table.rows.geometries.clear();
    loaded.tables.push_back(
        {layer.study, std::move(ids), std::move(table.rows), std::move(joined.fields), std::move(joined.rows)});
}

void read_layer_features(LayerTables& layer, LoadRun& run, Collected& collected) {
    const FieldMap* own_id = find_id(layer.study->fields);
    std::vector<RowNames> names;
    for (const LayerTable& table : layer.tables)
        names.push_back(name_rows(table.rows, table.rows, own_id, layer.role, run.problems));
    std::vector<TableJoins> joined = join_layer(layer, names, run.study, run.loaded, run.problems);
    for (std::size_t t = 0; t < layer.tables.size(); ++t) {
        LayerTable& table = layer.tables[t];
        const std::vector<FeatureTable>& fields = joined[t].fields;
        if (own_id == nullptr && !fields.empty()) names[t] = name_joined_rows(layer, table, fields, run.problems);
        read_table(layer, table, names[t], fields, run, collected);
        if (run.tables == Tables::keep && layer.parents_of == nullptr)
            keep_table(layer, table, std::move(names[t].ids), std::move(joined[t]), run.loaded);
        table.rows = {};
        table.hashes = {};
    }
}

template <class Item>
void sort_features(std::vector<Item>& items, std::span<const RowHash> hashes) {
    items = in_order(std::move(items), order_by_id(std::span<const Item>{items}, hashes));
}

/// Sorts the rows with their features.
template <class Item>
void sort_features(std::vector<Item>& items, std::span<const RowHash> hashes, std::vector<FeatureRow>& rows) {
    const std::vector<std::size_t> order = order_by_id(std::span<const Item>{items}, hashes);
    items = in_order(std::move(items), order);
    rows = in_order(std::move(rows), order);
}

/// Features without ids, by what their rows hold.
template <class Item>
void sort_by_content(std::vector<Item>& items, std::span<const RowHash> hashes) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return hashes[a] < hashes[b]; });
    items = in_order(std::move(items), order);
}

void sort_all(PlanningArea& area, FeatureHashes& hashes) {
    sort_features(area.rural_districts, hashes.rural_districts);
    sort_features(area.settlements, hashes.settlements);
    sort_features(area.zones, hashes.zones, hashes.zone_rows);
    sort_features(area.plots, hashes.plots, hashes.plot_rows);
    sort_features(area.sources, hashes.sources, hashes.source_rows);
    sort_by_content(area.roads, hashes.roads);
    sort_by_content(area.barriers, hashes.barriers);
}

/// Several layers of one role are complete if each is; what is declared of their extents holds together.
void add_facts(LayerFacts& facts, const LayerStudy& layer) {
    if (layer.extent) {
        Box extent = facts.extent.value_or(Box{});
        extent.add(*layer.extent);
        facts.extent = extent;
    }
    facts.complete = facts.complete && layer.complete;
    facts.present = true;
}

void add_facts_of_sources(PlanningArea& area, const LayerStudy& layer) {
    for (const UtilityKind utility : all_utilities) {
        const bool holds_it = layer.utility ? *layer.utility == utility
                                            : std::ranges::any_of(area.sources, [&](const UtilitySource& source) {
                                                  return source.utility == utility;
                                              });
        if (holds_it) add_facts(area.sources_layer[utility], layer);
    }
}

void add_all_facts(PlanningArea& area, const Study& study) {
    for (const LayerStudy& layer : study.layers) {
        if (layer.role == LayerRole::rural_districts) add_facts(area.rural_districts_layer, layer);
        if (layer.role == LayerRole::settlements) add_facts(area.settlements_layer, layer);
        if (layer.role == LayerRole::zones) add_facts(area.zones_layer, layer);
        if (layer.role == LayerRole::plots) add_facts(area.plots_layer, layer);
        if (layer.role == LayerRole::sources) add_facts_of_sources(area, layer);
    }
}

/// A layer to be read, and what became of it.
struct LayerReading {
    const LayerStudy* study;
    std::string role;
    const Derivation* parents_of = nullptr;
    LayerTables tables{};
    InputsRead inputs{};
};

/// `parents` keeps what stands for the parents of derivations, at one place in memory.
std::vector<LayerReading> layers_to_read(const Study& study, std::deque<LayerStudy>& parents) {
    std::vector<LayerReading> readings;
    for (const LayerStudy& layer : study.layers) {
        if (layer.role == LayerRole::rasters) continue;
        const std::string role{to_string(layer.role)};
        readings.push_back({&layer, role});
        if (!layer.derive) continue;
        parents.push_back(parents_as_layer(*layer.derive));
        readings.push_back({&parents.back(), role + " parents", &*layer.derive});
    }
    return readings;
}

/// All at once; the records of the run are as if one were read after the other.
std::vector<LayerTables> read_layers(std::vector<LayerReading>&& readings, LoadRun& run) {
    parallel_for(readings.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (LayerReading& reading : std::span{readings}.subspan(begin, end - begin))
            reading.tables = read_layer(*reading.study, reading.role, run.study, reading.inputs);
    });
    std::vector<LayerTables> layers;
    for (LayerReading& reading : readings) {
        const std::size_t first = add_inputs(std::move(reading.inputs), run.loaded, run.problems);
        for (LayerTable& table : reading.tables.tables) table.input += first;
        reading.tables.parents_of = reading.parents_of;
        layers.push_back(std::move(reading.tables));
    }
    return layers;
}

void check_and_place(const Study& study, LoadedStudy& loaded, ProblemReport& problems) {
    const PlanningArea& area = loaded.area;
    std::vector<MultiPolygon> shapes;
    shapes.reserve(area.rural_districts.size());
    for (const RuralDistrict& district : area.rural_districts) shapes.push_back(district.shape);
    ProblemReport borders;
    ProblemReport others;
    parallel_for(2, 1, [&](std::size_t begin, std::size_t end) {  // the two longest checks side by side
        for (std::size_t task = begin; task < end; ++task) {
            if (task == 0) {
                check_district_borders(area, shapes, borders);
                continue;
            }
            const DistrictIndex index{area, shapes, loaded.position_bound_m};
            place_zones(loaded.area, index);
            settle_centres(loaded.area, index, loaded.position_bound_m, others);
            loaded.district_of_settlement = place_settlements(area, index, others);
            check_relations(area, index, others);
        }
    });
    problems.append(std::move(borders));
    problems.append(std::move(others));
    check_ids(study, area, problems);
    check_kinds(study, loaded, problems);
    check_magnitudes(area, problems);
    check_supply(study, area, problems);
    check_dates(study, problems);
}

const Derivation* find_derivation(std::span<const LayerTables> layers) {
    for (const LayerTables& layer : layers)
        if (layer.parents_of != nullptr) return layer.parents_of;
    return nullptr;
}

}  // namespace

LoadedStudy load_study(const Study& study, ProblemReport& problems, const Progress& progress, Tables tables,
                       TravelLayers travel_layers) {
    LoadedStudy loaded;
    LoadRun run{study, loaded, problems, tables, travel_layers};
    Steps steps{progress, 3};

    steps.next("read");
    std::deque<LayerStudy> parents;
    std::vector<LayerTables> layers = read_layers(layers_to_read(study, parents), run);
    report_empty_layers(study, loaded, problems);
    check_extents(layers, study.unit == UnitKind::settlement ? LayerRole::settlements : LayerRole::rural_districts,
                  problems);
    loaded.area.working_crs = working_crs(study, layers);
    loaded.output_crs = output_crs(study, layers);
    loaded.position_bound_m = position_bound(layers);
    run.judged = degrees_of(layers, placed_roles);
    check_planes(study, run.judged, loaded, problems);

    steps.next("features");
    Collected collected;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        steps.within(static_cast<double>(i) / static_cast<double>(layers.size()));
        read_layer_features(layers[i], run, collected);
    }
    sort_all(loaded.area, collected.hashes);
    drop_repeats(collected.hashes, loaded, problems);
    if (const Derivation* derivation = find_derivation(layers))
        derive_districts(*derivation, std::move(collected.parents), run);
    unify_place_names(loaded.area);
    add_all_facts(loaded.area, study);
    load_population_raster(study, loaded, problems, progress);

    steps.next("checks");
    check_and_place(study, loaded, problems);
    return loaded;
}

}  // namespace amayesh
