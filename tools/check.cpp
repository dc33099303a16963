#include "check.hpp"

#include <optional>

#include <CLI/CLI.hpp>

#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

#include "output_options.hpp"

namespace amayesh::tools {

namespace {

class Check : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        m_output.add_to(app, false);
        m_common.add_to(app);
        app.footer(
            "Reads, repairs in memory, joins and checks; writes nothing but the findings, with -o as a layer\n"
            "'problems' with a point for each that has a place. Findings are errors (a number would be wrong), "
            "warnings\n"
            "(repaired, guessed or left out, and told) and notes.");
    }

    int run() override {
        m_common.apply();
        Study study = read_study(m_study);
        study.network_allowed = m_common.allow_network;
        std::optional<VectorSink> sink;
        if (!m_output.target.empty()) sink = open_output(study, m_output.target, m_output.sink_options());
        const CheckRun checked = check_study(study, m_common.progress(sink ? sink->shown_target() : ""));
        if (sink) say(write_problems(checked, study, *sink));
        print(m_common.json ? check_json(checked) : check_summary(checked));
        const bool failed =
            checked.count(Severity::error) > 0 || (m_common.strict && checked.count(Severity::warning) > 0);
        return failed ? exit_failed : exit_done;
    }

private:
    std::string m_study;
    OutputOptions m_output;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace amayesh::tools
