#include "gap.hpp"

#include <CLI/CLI.hpp>

#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

#include "assessment_arguments.hpp"

namespace amayesh::tools {

namespace {

class Gap : public Command {
public:
    void setup(CLI::App& app) override {
        m_arguments.add_to(app);
        app.footer(
            "--within leaves zones and sources outside in: they still count. Units outside do not compete.\n"
            "Writes the layers units, unit_utilities, zones, sources, allocations, settlements, rollups, problems and\n"
            "manifest (docs/schema.md) and prints a summary. Reachable amounts are not shared between units that\n"
            "compete for them: never add them up; supplied amounts and shortfalls are. Nothing is written where the\n"
            "input has errors.");
    }

    int run() override {
        GapRun found;
        return m_arguments.run({
            .find = [&](const Study& study, const GapRunOptions& options, const Progress& progress) -> const GapRun& {
                return found = run_gap(study, options, progress);
            },
            .write = [&](const Study& study, VectorSink& sink,
                         const Progress& progress) { return write_gap(found, study, sink, progress); },
            .summary = [&](const Study& study) { return gap_summary(found, study); },
            .json = [&](const Study& study) { return gap_json(found, study); },
        });
    }

private:
    AssessmentArguments m_arguments;
};

}  // namespace

std::unique_ptr<Command> make_gap() { return std::make_unique<Gap>(); }

}  // namespace amayesh::tools
