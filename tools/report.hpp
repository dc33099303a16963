#pragma once

#include <memory>
#include <string>

#include <amayesh/study/run.hpp>

#include "command.hpp"

namespace amayesh::tools {

std::unique_ptr<Command> make_report();

/// The HTML page of a run, over the layers of the study's `[[backdrop]]`; says what is wrong with those.
/// Throws: InvalidInput where they cannot be drawn; IoError, CrsError.
std::string page_of_run(const Study& study, const GapRun& run, const CommonOptions& common, const Progress& progress);

}  // namespace amayesh::tools
