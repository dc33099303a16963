#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/crs/transform.hpp>

#include "study/load_tables.hpp"

namespace amayesh::detail {

/// Which geometries a layer may have.
struct AcceptedShapes {
    bool points = false;
    bool lines = false;
    bool polygons = false;
    bool may_be_missing = false;  ///< Rows without a place are no finding.
};

/// What became of a row's geometry.
enum class RowPlace : std::uint8_t {
    usable,
    none,     ///< Missing, empty, not finite, at 0, 0 or beyond repair: the row is kept without a place.
    skipped,  ///< Of a type that the layer cannot have: the row is left out.
};

/// Passes on what the reader found about single rows, under their labels; findings about the places of rows that a
/// filter left out, or of rows that need none, are dropped. Afterwards `table.row_problems` is empty.
/// Returns one flag a row: 1 where its missing place has been told.
std::vector<std::uint8_t> report_row_problems(LayerTable& table, const AcceptedShapes& accepted,
                                              std::span<const std::string> labels, ProblemReport& problems);

/// Checks every geometry of a table in its own coordinates and repairs polygons in place (make-valid).
///
/// A point layer takes a multipoint of one point as that point. Every row that is not usable as it came has an entry in
/// `problems`, under its label, with the ellipsoidal area before and after a repair.
/// Cost: the validity test of every polygon, on all threads.
std::vector<RowPlace> check_geometries(LayerTable& table, const AcceptedShapes& accepted, const std::string& role,
                                       std::span<const std::string> labels, ProblemReport& problems);

/// Transforms points on all threads.
void transform_points(std::span<Point> points, const Crs& from, const Crs& to);

/// Bounds after a transformation; 20 points a side are followed, for sides bend.
Box transformed_bounds(const Box& box, const Crs& from, const Crs& to);

/// Rows a thread takes at least, so that each thread makes few transformations.
std::size_t rows_per_thread(std::size_t rows);

}  // namespace amayesh::detail
