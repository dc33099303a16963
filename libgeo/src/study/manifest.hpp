#pragma once

#include <span>
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

// Its parts, which other runs have too.

void add_versions(std::vector<ManifestEntry>& entries);
/// Title, language, dates, what is assessed.
void add_study_parameters(std::vector<ManifestEntry>& entries, const Study& study, const AssessmentOptions& assessment);
std::string listed_statuses(std::span<const ZoneStatus> statuses);
std::string listed_minutes(std::span<const TravelTime> limits);
/// After the parameters that are there.
void add_parameter(std::vector<ManifestEntry>& entries, std::string key, std::string value);
/// CRS, inputs, joins, coefficients.
void add_data(std::vector<ManifestEntry>& entries, const LoadedStudy& loaded,
              std::span<const UsedCoefficient> coefficients);

}  // namespace amayesh::detail
