#include "gap.hpp"

#include <string>

#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

#include "gap_options.hpp"
#include "output_options.hpp"

namespace amayesh::tools {

namespace {

class Gap : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        m_output.add_to(app, true);
        m_gap.add_to(app);
        m_common.add_to(app);
        app.footer(
            "--within leaves zones and sources outside in: they still count. Units outside do not compete.\n"
            "Writes the layers units, unit_utilities, zones, sources, allocations, settlements, rollups, problems and\n"
            "manifest (docs/schema.md) and prints a summary. Reachable amounts are not shared between units that\n"
            "compete for them: never add them up; supplied amounts and shortfalls are. Nothing is written where the\n"
            "input has errors.");
    }

    int run() override {
        m_common.apply();
        const Study study = m_gap.read(m_study, m_common);
        const Progress progress = m_common.progress();
        VectorSinkOptions sink_options = m_output.sink_options();
        sink_options.several_layers = true;
        sink_options.with_project = true;
        VectorSink sink = open_output(study, m_output.target, sink_options);
        const GapRun found = run_gap(study, m_gap.options(), progress);
        const bool refused = !found.result || (m_common.strict && found.count(Severity::warning) > 0);
        if (!refused) say(write_gap(found, study, sink, progress));
        print(m_common.json ? gap_json(found, study) : gap_summary(found, study));
        if (!refused) {
            if (!m_common.quiet) say("wrote " + printable(m_output.target));
            return exit_done;
        }
        throw InvalidInput(std::to_string(found.count(Severity::error)) + " errors and " +
                           std::to_string(found.count(Severity::warning)) + " warnings in the input; '" +
                           m_output.target + "' was not written. See the findings above, or 'amayesh check " + m_study +
                           "'");
    }

private:
    std::string m_study;
    GapCommandOptions m_gap;
    OutputOptions m_output;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_gap() { return std::make_unique<Gap>(); }

}  // namespace amayesh::tools
