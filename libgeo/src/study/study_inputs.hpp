#pragma once

#include <filesystem>
#include <vector>

#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

/// Every file that a run of the study reads, the study itself among them: what a run must not write.
std::vector<std::filesystem::path> inputs_of(const Study& study);

}  // namespace amayesh::detail
