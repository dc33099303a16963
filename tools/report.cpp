#include "report.hpp"

#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/study/backdrop.hpp>
#include <amayesh/study/summary.hpp>
#include <amayesh/webpage/report_page.hpp>

#include "assessment_arguments.hpp"

namespace amayesh::tools {

namespace {

/// A page under the name of a GeoPackage would replace a result.
bool is_page_name(const std::string& file) {
    const std::filesystem::path ending = std::filesystem::path(file).extension();
    return ending == ".html" || ending == ".htm" || ending == ".HTML" || ending == ".HTM";
}

class Report : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML); with -o")->type_name("STUDY");
        app.add_option("-o,--output", m_output, "Page to write (HTML)")->type_name("FILE");
        app.add_option("--project", m_package,
                       "Instead of STUDY: result of 'amayesh gap' whose QGIS project is written anew")
            ->type_name("FILE.gpkg");
        app.add_flag("--overwrite", m_overwrite,
                     "Replace the output; of --project, a .qgz and a project that QGIS saved");
        m_gap.add_to(app);
        m_common.add_to(app);
        app.callback([this, &app] { check_arguments(app); });
        app.footer(
            "Writes one HTML file with everything in it: question, method, figures, map, charts, tables, sources of "
            "the\n"
            "standards. It loads nothing from anywhere, and its bytes depend on the input alone. Nothing is written "
            "where\n"
            "the input has errors.\n"
            "--project instead: a project names its GeoPackage, so one that was renamed needs a new one; it is written "
            "into\n"
            "the file and beside it as FILE.qgz. A .qgz that was saved in QGIS is kept.");
    }

    int run() override {
        const Overwrite overwrite = m_overwrite ? Overwrite::yes : Overwrite::no;
        return m_package.empty() ? write_page(overwrite) : redraw(overwrite);
    }

private:
    /// Either a study and its page, or a package and nothing but how to write its project.
    void check_arguments(const CLI::App& app) const {
        if (m_study.empty() == m_package.empty()) throw CLI::RequiredError("One of STUDY and --project");
        if (!m_study.empty() && m_output.empty()) throw CLI::RequiredError("--output");
        if (m_package.empty()) return;
        for (const CLI::Option* option : app.get_options())
            if (option->count() > 0 && !option->check_name("--project") && !option->check_name("--overwrite") &&
                !option->check_name("--quiet"))
                throw CLI::ExcludesError(option->get_name(), "--project");
    }

    int redraw(Overwrite overwrite) const {
        redraw_map(m_package, overwrite);
        if (!m_common.quiet) say("wrote the project of " + printable(m_package));
        return exit_done;
    }

    int write_page(Overwrite overwrite) const {
        m_common.apply();
        const Study study = m_gap.read(m_study, m_common);
        const Progress progress = m_common.progress(m_output);
        TextSink sink = open_text_output(study, m_output, overwrite);
        if (!is_page_name(m_output))
            throw IoError("cannot write " + printable(m_output) + ": the report is an HTML page; name it FILE.html");
        const GapRun found = run_gap(study, m_gap.options(), progress);
        if (!found.result || (m_common.strict && found.count(Severity::warning) > 0)) return refuse(found, study);
        sink.finish(page_of_run(study, found, m_common, progress));
        if (m_common.json) print(gap_json(found, study));
        if (!m_common.quiet) say("wrote " + printable(m_output));
        return exit_done;
    }

    /// Shows what is wrong with the input.
    [[noreturn]] int refuse(const GapRun& found, const Study& study) const {
        print(m_common.json ? gap_json(found, study) : gap_summary(found, study));
        throw refused_input(found.count(Severity::error), found.count(Severity::warning), m_output, m_study);
    }

    std::string m_study;
    std::string m_output;
    std::string m_package;
    GapCommandOptions m_gap;
    bool m_overwrite = false;
    CommonOptions m_common;
};

}  // namespace

std::string page_of_run(const Study& study, const GapRun& run, const CommonOptions& common, const Progress& progress) {
    ProblemReport problems;
    const std::vector<BackdropLayer> backdrop = read_backdrop(study, problems, progress);
    if (!common.quiet || problems.has_errors()) say(problems);
    if (problems.has_errors()) throw InvalidInput("[[backdrop]] cannot be drawn: nothing was written");
    if (progress) progress("write the page", 0);
    std::string page = report_page(
        report_data({.study = study, .run = run, .backdrop = backdrop, .program = "amayesh " AMAYESH_VERSION}));
    if (progress) progress("write the page", 1);
    return page;
}

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace amayesh::tools
