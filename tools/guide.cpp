#include "guide.hpp"

#include <csignal>
#include <map>

#include "command.hpp"

namespace amayesh::tools {

namespace {

constexpr const char* done_assessment = "done; that somebody is short of something is an answer";
constexpr const char* failed_assessment = "failed, or errors in the input (--strict: or warnings): nothing was written";

const std::map<std::string_view, Guide>& guides() {
    static const std::map<std::string_view, Guide> all{
        {"amayesh",
         {.examples = {{"amayesh init data -o draft.toml", "draft a study from the files in the folder 'data'"},
                       {"amayesh check study.toml", "see what is wrong with the data, and where"},
                       {"amayesh run study.toml -o results", "everything that the study asks for, in one folder"}},
          .failed = "failed, or errors found in the input"}},
        {"init",
         {.examples = {{"amayesh init data -o draft.toml", "a study from the files in the folder 'data'"},
                       {"amayesh init data --json", "what was found and guessed, for a program"},
                       {"amayesh init --template empty.gpkg --language fa",
                        "empty layers to fill in with QGIS, and empty.toml, a study that reads them"}}}},
        {"check",
         {.examples = {{"amayesh check study.toml", "inputs, joins and findings as text"},
                       {"amayesh check study.toml -o findings.gpkg", "the findings as points too, to be seen in QGIS"},
                       {"amayesh check study.toml --strict --json", "for a program that must not go on with warnings"}},
          .done = "no errors",
          .failed = "failed, or errors in the input (--strict: or warnings)"}},
        {"gap",
         {.examples = {{"amayesh gap study.toml -o gap.gpkg", "the answer; gap.qgz beside it opens in QGIS"},
                       {"amayesh gap study.toml -o mashhad.gpkg --within مشهد --over 5000",
                        "one county, and places of more than 5,000 people"},
                       {"amayesh gap study.toml -o tables -f CSV", "a folder of CSV files"},
                       {"amayesh gap study.toml -o gap.gpkg --overwrite --quiet --json",
                        "replace the result; the summary as JSON"}},
          .done = done_assessment,
          .failed = failed_assessment}},
        {"allocate",
         {.examples = {{"amayesh allocate study.toml -o supply.gpkg", "who gets what, and what is beyond reach"},
                       {"amayesh allocate study.toml -o new_land.gpkg --no-reuse",
                        "as if no existing zone had land to give"}},
          .done = done_assessment,
          .failed = failed_assessment}},
        {"reach",
         {.examples = {{"amayesh reach study.toml --by roads -o reach.gpkg",
                        "minutes to the nearest zone over the study's roads; reach.qgz beside it opens in QGIS"},
                       {"amayesh reach study.toml --by surface -o terrain.gpkg --travel-time minutes.tif",
                        "over terrain and roads, with areas within minutes and a raster of travel times"}},
          .done = "done; that somebody is far, or has no way, is an answer",
          .failed = failed_assessment}},
        {"run",
         {.examples = {{"amayesh run study.toml -o results", "maps, report, summary and manifest in one folder"},
                       {"amayesh run study.toml -o results --overwrite", "the same again: equal input, equal bytes"}},
          .done = done_assessment,
          .failed = failed_assessment}},
        {"explain",
         {.examples = {{"amayesh explain study.toml 916050002", "every number of the rural district of that code"},
                       {"amayesh explain study.toml 916050002 --column target_ha --column priority_score",
                        "two columns of it alone"}}}},
        {"diff",
         {.examples = {{"amayesh diff before.gpkg after.gpkg", "what changed, by how much and why"},
                       {"amayesh diff before.gpkg after.gpkg -o changes.gpkg", "the same as layers"}},
          .done = "done, with or without differences"}},
        {"report",
         {.examples = {{"amayesh report study.toml -o report.html",
                        "one page with maps, charts and tables, to be mailed"},
                       {"amayesh report --project renamed.gpkg", "a project that finds the renamed file"}}}},
        {"schema",
         {.examples = {{"amayesh schema", "every layer and column, as Markdown"},
                       {"amayesh schema --json", "the same for a program"}}}},
    };
    return all;
}

}  // namespace

const Guide& guide_of(std::string_view command) { return guides().at(command); }

std::vector<ExitCode> exit_codes(const Guide& guide) {
    return {{exit_done, guide.done},
            {exit_failed, guide.failed},
            {exit_usage, "wrong command line"},
            {exit_signal + SIGINT, "stopped by Ctrl-C (143: by SIGTERM): the output is as it was"}};
}

}  // namespace amayesh::tools
