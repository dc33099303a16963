#pragma once

#include <amayesh/core/problem_report.hpp>
#include <amayesh/study/load.hpp>

#include "study/load_features.hpp"

namespace amayesh::detail {

/// Of zones, plots and sources whose rows under one id are equal in every field and vertex of one layer, all but the first
/// are left out, with an id_duplicate warning: kept, they would be added up twice. Sources are compared inside their
/// utility and role. Ids whose rows differ, and rows without an id, stay as they are.
///
/// The features are sorted by id, and `rows` with them.
void drop_repeats(const FeatureHashes& rows, LoadedStudy& loaded, ProblemReport& problems);

}  // namespace amayesh::detail
