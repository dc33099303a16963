#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

#include "study/load_fingerprint.hpp"

namespace amayesh::detail {

/// One source of a layer, read: the rows that its filters keep, as they came.
struct LayerTable {
    FeatureTable rows;
    std::vector<RowHash> hashes;        ///< One a row; of the row as read.
    std::optional<Crs> crs;             ///< Of the geometries; nothing for a table without geometry.
    Box degrees;                        ///< Bounds of the geometries; empty where there are none.
    std::vector<Problem> row_problems;  ///< Of the reader about single rows; `feature` is the row\'s id in the file.
    std::size_t input = 0;              ///< Index into `LoadedStudy::inputs`.
};

/// One layer of the study with all of its sources.
struct LayerTables {
    const LayerStudy* study = nullptr;
    std::string role;
    std::vector<LayerTable> tables;
    const Derivation* parents_of =
        nullptr;  ///< Set where these are the parents of a derivation, not a role's own rows.
};

/// What the reading of a layer or a joined table leaves in the records of the run.
struct InputsRead {
    std::vector<InputRecord> records;
    std::vector<std::filesystem::path> files;
    ProblemReport problems;
};

/// Adds what was read next to the records of the run; the number of the first record added.
std::size_t add_inputs(InputsRead&& read, LoadedStudy& loaded, ProblemReport& problems);

/// Reads every source of a layer (`role`: what records and findings call it), one after the other, and keeps the rows that pass its filters.
/// A source without a usable CRS is an error in `problems` and is left out (`features_used` stays 0).
/// Throws: IoError, InvalidInput as `read_vector`, and for a filter on a field that is not there.
/// Layers may be read at the same time. The tables count their inputs from the first of `read`.
LayerTables read_layer(const LayerStudy& layer, std::string role, const Study& study, InputsRead& read);

/// An error for a layer that may not be empty and has no row in any of its sources: that of the assessed units, and the
/// settlements that districts are grown from. Others may be: a province can be without zones.
void report_empty_layers(const Study& study, const LoadedStudy& loaded, ProblemReport& problems);

/// Reads the one table of a join, given as a layer; its geometries are not used.
LayerTable read_join_table(const LayerStudy& layer, const Study& study, InputsRead& read);

}  // namespace amayesh::detail
