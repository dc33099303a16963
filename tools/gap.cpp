#include "gap.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

#include "output_options.hpp"

namespace amayesh::tools {

namespace {

/// A whole number that no population on earth passes.
std::string number_of_people(const std::string& text) {
    constexpr std::size_t most_digits = 11;
    const bool is_whole = !text.empty() && text.size() <= most_digits &&
                          std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return is_whole ? std::string{} : "'" + text + "' is not a whole number of people, 0 or more";
}

class Gap : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        m_output.add_to(app, true);
        app.add_option("--over", m_options.over,
                       "Assess units with strictly more people than this (default: the study's)")
            ->type_name("PEOPLE")
            ->check(number_of_people);
        app.add_option("--unit", m_unit, "What is assessed (default: the study's)")
            ->check(CLI::IsMember({"rural_district", "settlement"}));
        app.add_option("--within", m_options.within,
                       "Assess only this unit, district, county or province; may be repeated")
            ->type_name("ID|NAME")
            ->allow_extra_args(false);
        app.add_flag("--no-reuse", m_no_reuse, "Ask for new land only: promise no vacant land of existing zones");
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
        std::optional<UnitKind> unit;
        if (!m_unit.empty()) unit = m_unit == "settlement" ? UnitKind::settlement : UnitKind::rural_district;
        Study study = read_study(m_study, unit);
        study.network_allowed = m_common.allow_network;
        m_options.reuse = m_no_reuse ? LandReuse::none : LandReuse::first;
        const Progress progress = m_common.progress();
        VectorSinkOptions sink_options = m_output.sink_options();
        sink_options.several_layers = true;
        VectorSink sink = open_output(study, m_output.target, sink_options);
        const GapRun found = run_gap(study, m_options, progress);
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
    std::string m_unit;
    bool m_no_reuse = false;
    GapRunOptions m_options;
    OutputOptions m_output;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_gap() { return std::make_unique<Gap>(); }

}  // namespace amayesh::tools
