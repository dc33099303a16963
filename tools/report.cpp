#include "report.hpp"

#include <string>

#include <CLI/CLI.hpp>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/printable.hpp>

namespace amayesh::tools {

namespace {

class Report : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("--project", m_package, "Result of 'amayesh gap' whose QGIS project is written anew")
            ->type_name("FILE.gpkg")
            ->required();
        app.add_flag("--overwrite", m_overwrite, "Replace the .qgz beside it, and a project in it that QGIS has saved");
        app.add_flag("-q,--quiet", m_common.quiet, "No notes: only errors on standard error");
        app.footer(
            "A project names its GeoPackage: one that was renamed needs a new one, one that was moved does not.\n"
            "Writes the project into the file and beside it as FILE.qgz. A .qgz that was saved in QGIS is kept.");
    }

    int run() override {
        redraw_map(m_package, m_overwrite ? Overwrite::yes : Overwrite::no);
        if (!m_common.quiet) say("wrote the project of " + printable(m_package));
        return exit_done;
    }

private:
    std::string m_package;
    bool m_overwrite = false;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace amayesh::tools
