#include "assessment_arguments.hpp"

#include <CLI/CLI.hpp>

#include <amayesh/core/printable.hpp>

namespace amayesh::tools {

InvalidInput refused_input(std::size_t errors, std::size_t warnings, const std::string& target,
                           const std::string& study) {
    return InvalidInput(std::to_string(errors) + " errors and " + std::to_string(warnings) +
                        " warnings in the input; '" + target +
                        "' was not written. See the findings above, or 'amayesh check " + study + "'");
}

void AssessmentArguments::add_to(CLI::App& app) {
    app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
    m_output.add_to(app, true);
    m_gap.add_to(app);
    m_common.add_to(app);
}

int AssessmentArguments::run(const AssessmentSteps& steps) {
    m_common.apply();
    const Study study = m_gap.read(m_study, m_common);
    VectorSinkOptions sink_options = m_output.sink_options();
    sink_options.several_layers = true;
    sink_options.with_project = true;
    VectorSink sink = open_output(study, m_output.target, sink_options);
    const Progress progress = m_common.progress(sink.shown_target());
    const GapRun& found = steps.find(study, m_gap.options(), progress);
    const bool refused = !found.result || (m_common.strict && found.count(Severity::warning) > 0);
    if (!refused) say(steps.write(study, sink, progress));
    print(m_common.json ? steps.json(study) : steps.summary(study));
    if (!refused) {
        if (!m_common.quiet) say("wrote " + printable(sink.shown_target()));
        return exit_done;
    }
    throw refused_input(found.count(Severity::error), found.count(Severity::warning), sink.shown_target(), m_study);
}

}  // namespace amayesh::tools
