#pragma once

#include <optional>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/output/explanation.hpp>
#include <amayesh/study/run.hpp>

namespace amayesh {

/// What is to be explained.
struct ExplainRequest {
    std::string id;
    std::optional<ExplainedKind> kind;   ///< Where a unit, a zone and a source have the same id.
    std::optional<UtilityKind> utility;  ///< Where sources of several utilities have.
};

/// Runs the gap analysis of a study and explains one unit, zone or source of it.
/// Throws: as run_gap; InvalidInput where the input has errors, nothing has that id (naming the nearest there is), or
///         several have.
AMAYESH_EXPORT Explanation explain_study(const Study& study, const GapRunOptions& options,
                                         const ExplainRequest& request, const Progress& progress = {});

}  // namespace amayesh
