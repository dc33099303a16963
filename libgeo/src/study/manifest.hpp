#pragma once

#include <string>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/study/load.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

/// What the run was made from: versions, parameters, inputs with their fingerprints, joins, coefficients. Nothing that
/// differs between two equal runs: no time, user, host, thread count or absolute path.
std::vector<ManifestEntry> make_manifest(const Study& study, const LoadedStudy& loaded, const GapResult& result,
                                         const std::vector<std::string>& within);

}  // namespace amayesh::detail
