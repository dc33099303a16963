#pragma once

#include <string>
#include <vector>

#include <amayesh/geometry/types.hpp>
#include <amayesh/study/study_file.hpp>

#include "study/load_features.hpp"
#include "study/load_tables.hpp"

namespace amayesh::detail {

/// An area that derived districts are clipped to.
struct ParentArea {
    std::string id;
    std::string name;
    MultiPolygon shape;  ///< In the working CRS.
    RowHash hash;
};

/// The parents of a derivation, given as a layer to be read.
LayerStudy parents_as_layer(const Derivation& derivation);

/// Turns the rows of a parents layer into areas, appended to `parents`.
void read_parents(TableReading& reading, LoadRun& run, std::vector<ParentArea>& parents);

/// Gives every rural district that located settlements name a polygon grown from them, inside its parent.
///
/// Districts of the list keep their attributes; ids that only settlements name are added, with the place of the
/// settlement that comes first. Cities grow nothing. Of parents that overlap, the one with the lower id keeps what they
/// share. The list is sorted by id before and after.
/// Reports: settlements outside their parent, parents that stay residue, districts that no settlement grows.
void derive_districts(const Derivation& derivation, std::vector<ParentArea>&& parents, LoadRun& run);

}  // namespace amayesh::detail
