#pragma once

#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// One thing that is drawn under a map.
struct BackdropFeature {
    std::string name{};  ///< Empty where the source gives none.
    Geometry geometry{};
};

/// A layer that is drawn under a map, and enters no figure. Degrees, longitude first.
struct BackdropLayer {
    BackdropKind kind = BackdropKind::roads;
    std::vector<BackdropFeature> features{};
};

/// Reads the layers of the study's `[[backdrop]]`, in their order. Rows without a shape are left out; what is wrong with a
/// source goes to `problems`.
/// Throws: IoError; CrsError; InvalidInput for a field that is not there.
AMAYESH_EXPORT std::vector<BackdropLayer> read_backdrop(const Study& study, ProblemReport& problems,
                                                        const Progress& progress = {});

}  // namespace amayesh
