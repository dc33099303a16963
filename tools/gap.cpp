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
            "Judges every rural district or settlement of more people than the threshold: is an industrial zone in "
            "reach,\n"
            "how many people are left out, what land, water, power, gas and telecom is needed, and what comes first.\n"
            "Prints a summary and writes the layers units, unit_utilities, zones, sources, allocations, settlements, "
            "rollups,\n"
            "problems and manifest ('amayesh schema' tells each column). Areas are in ha, water in L/s, power in MW, "
            "gas in\n"
            "m³/h, distances in km; low / central / high follow the standards. Reachable amounts are not shared "
            "between\n"
            "units that compete for them: never add them up; supplied amounts and shortfalls are.\n\n"
            "--within leaves zones and sources outside in: they still count. Units outside do not compete. Nothing is\n"
            "written where the input has errors. The output is whole or not there; a GeoPackage opens finished in "
            "QGIS.");
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
