#include "run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <amayesh/core/printable.hpp>
#include <amayesh/study/folder_run.hpp>

#include "assessment_arguments.hpp"
#include "report.hpp"

namespace amayesh::tools {

namespace {

class Run : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        app.add_option("-o,--output", m_target, "Folder to write; it appears whole or not at all")
            ->type_name("FOLDER")
            ->required();
        app.add_flag("--overwrite", m_overwrite, "Replace the folder if it exists and holds results of a run alone");
        m_gap.add_to(app);
        m_common.add_to(app);
        app.footer(
            "Reads the inputs once and writes what the study's [run] outputs lists (default: gap, report, allocate; "
            "and\n"
            "reach where the study's reach is roads or surface), each as its own command writes it: gap.gpkg,\n"
            "allocate.gpkg and reach.gpkg with QGIS projects (.qgz), report.html, and by surface travel_time.tif; "
            "then\n"
            "summary.txt, summary.json and manifest.json: inputs, versions, parameters and the hash of every file.\n"
            "Nothing is written where the input has errors. A second run writes the same bytes.");
    }

    int run() override {
        m_common.apply();
        const Study study = m_gap.read(m_study, m_common);
        const Progress progress = m_common.progress(m_target);
        const FolderRun done = run_into_folder(
            study, m_target,
            {.gap = m_gap.options(),
             .overwrite = m_overwrite ? Overwrite::yes : Overwrite::no,
             .refused = m_common.strict ? Severity::warning : Severity::error,
             .make_report = [&](const GapRun& run) { return page_of_run(study, run, m_common, progress); }},
            progress);
        print(m_common.json ? done.json : done.summary);
        if (done.files.empty()) throw refused_input(done.errors, done.warnings, m_target, m_study);
        if (!m_common.quiet) say(fmt::format("wrote {}: {}", printable(m_target), fmt::join(done.files, ", ")));
        return exit_done;
    }

private:
    std::string m_study;
    std::string m_target;
    bool m_overwrite = false;
    GapCommandOptions m_gap;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_run() { return std::make_unique<Run>(); }

}  // namespace amayesh::tools
