#pragma once

#include <span>
#include <string_view>

#include <amayesh/output/result_difference.hpp>

namespace amayesh::detail {

/// The lines of two manifests that differ, and which of them a number can follow from.
std::vector<ManifestDifference> compare_manifests(std::span<const ManifestEntry> first,
                                                  std::span<const ManifestEntry> second);

/// Why a value of a column may differ. `utility` is that of the row, empty in `units`.
ChangeReason reason_for_column(std::string_view column, std::string_view utility,
                               std::span<const ManifestDifference> manifest);

/// Why a unit is in one of the two results alone.
ChangeReason reason_for_presence(std::span<const ManifestDifference> manifest);

}  // namespace amayesh::detail
