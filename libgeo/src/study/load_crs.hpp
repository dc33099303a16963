#pragma once

#include <cstddef>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/study/load.hpp>

#include "study/load_tables.hpp"

namespace amayesh::detail {

/// Where the rows lie, in the coordinates as read; rows that are not finite or at 0, 0 are passed over.
struct RowBounds {
    Box all;
    Box in_degrees;  ///< Of the rows that longitude and latitude could be.
    std::size_t rows = 0;
    std::size_t rows_in_degrees = 0;
};
RowBounds bounds_of_rows(const FeatureTable& rows);

/// Settles the CRS of a table just read, and its bounds in degrees; false after an error entry.
///
/// The data's own CRS holds; the study's `crs` is for data that states none, or whose coordinates are not the degrees
/// that it states. Coordinates given in fields are degrees unless the study says otherwise. A table without geometry is
/// left as it is.
bool settle_place(LayerTable& table, const LayerStudy& layer, InputRecord& record, ProblemReport& problems);

/// A note for every source whose CRS differs from that of the layer's first.
void note_mixed_crs(const LayerTables& layer, ProblemReport& problems);

}  // namespace amayesh::detail
