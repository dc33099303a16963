#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/study/load.hpp>

#include "study/load_fields.hpp"
#include "study/load_fingerprint.hpp"
#include "study/load_geometry.hpp"
#include "study/load_tables.hpp"

namespace amayesh::detail {

/// What the loading of one study shares.
struct LoadRun {
    const Study& study;
    LoadedStudy& loaded;
    ProblemReport& problems;
    Tables tables = Tables::drop;
    TravelLayers travel_layers = TravelLayers::as_reach_needs;
    Box judged{};  ///< Degrees of the places that are judged.

    [[nodiscard]] bool needs_travel_layers() const noexcept {
        return travel_layers == TravelLayers::always || study.reach.kind != ReachKind::straight;
    }
};

/// The row that a feature was read from.
struct FeatureRow {
    RowHash content;
    const LayerStudy* layer;  ///< Says how the row was read.
    std::size_t input;        ///< Index into `LoadedStudy::inputs`.
};

/// Content of the rows that became features, item for item; for those whose amounts are added up, the rows.
struct FeatureHashes {
    std::vector<RowHash> rural_districts, settlements, zones, plots, sources, roads, barriers;
    std::vector<FeatureRow> zone_rows, plot_rows, source_rows;
};

/// One table of a layer as its features are read.
struct TableReading {
    LayerTable& table;
    const LayerStudy& layer;
    std::string role;
    const RowNames& names;
    std::span<const FeatureTable> joined;
    const LayerFields& fields;
    std::vector<RowPlace> places;
};

inline FeatureRow feature_row(const TableReading& reading, std::size_t row) {
    return {reading.table.hashes[row], &reading.layer, reading.table.input};
}

/// Turn the rows of one table into features of the model, appended to `run.loaded.area` in the order of the rows, and
/// their hashes beside them. Rows left out are counted in the table's input record; each has a finding.
void read_rural_districts(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
void read_settlements(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
void read_zones(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
void read_plots(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
void read_sources(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
void read_roads(TableReading& reading, LoadRun& run, FeatureHashes& hashes);
/// Those of the constraints that nobody crosses; the others have no part in reach.
void read_barriers(TableReading& reading, LoadRun& run, FeatureHashes& hashes);

/// Geometries that a layer of this role may have; a table without any column of geometry is never asked.
AcceptedShapes accepted_shapes(const LayerStudy& layer);

/// Administrative names and the served shares of a census, as several roles have them.
class PlaceFields {
public:
    explicit PlaceFields(const LayerFields& fields);
    [[nodiscard]] AdministrativePlace at(std::size_t row) const;

private:
    const FieldReader* m_district;
    const FieldReader* m_county;
    const FieldReader* m_province;
};

class ServedShareFields {
public:
    explicit ServedShareFields(const LayerFields& fields);
    [[nodiscard]] PerUtility<std::optional<double>> at(std::size_t row) const;

private:
    PerUtility<const FieldReader*> m_shares;
};

/// Counts the texts of an attribute that look wrongly decoded; one finding for the table, with an example.
class TextPlausibility {
public:
    void add(const std::string& text);
    void add(const TextPlausibility& other);
    void report(const TableReading& reading, std::string_view attribute, ProblemReport& problems) const;

private:
    std::size_t m_texts = 0;
    std::size_t m_implausible = 0;
    std::string m_example;  ///< The lowest, so that the order of the rows changes nothing.
};

}  // namespace amayesh::detail
