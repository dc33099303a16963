#include "study/opened_study.hpp"

#include "study/units_within.hpp"

namespace amayesh::detail {

OpenedStudy open_study(const Study& study, const std::vector<std::string>& within, Tables tables,
                       const Progress& progress) {
    ProblemReport problems;
    OpenedStudy opened{
        .loaded = load_study(study, problems, progress, tables), .only = {}, .model = {}, .problems = {}};
    if (!problems.has_errors()) {
        opened.only = units_within(opened.loaded, study.unit, within);
        if (study.reach.kind != ReachKind::straight)
            opened.model = open_travel(study, opened.loaded, problems, progress);
    }
    opened.problems = std::move(problems);
    return opened;
}

}  // namespace amayesh::detail
