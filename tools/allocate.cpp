#include "allocate.hpp"

#include <CLI/CLI.hpp>

#include <amayesh/study/allocation_run.hpp>
#include <amayesh/study/summary.hpp>

#include "assessment_arguments.hpp"

namespace amayesh::tools {

namespace {

class Allocate : public Command {
public:
    void setup(CLI::App& app) override {
        m_arguments.add_to(app);
        app.footer(
            "The computation is that of 'amayesh gap'; what is written is about supply: the layers unit_utilities,\n"
            "zones, sources, allocations, service_areas, unserved_rest, rollups, problems and manifest ('amayesh "
            "schema'\n"
            "tells each column). Water is in L/s, power in MW, gas in m³/h, areas in km², distances in km.\n\n"
            "--within leaves sources outside in: they still count; units outside do not compete, and people outside "
            "are\n"
            "not counted. Nothing is written where the input has errors.");
    }

    int run() override {
        AllocationRun found;
        return m_arguments.run({
            .find = [&](const Study& study, const GapRunOptions& options, const Progress& progress) -> const GapRun& {
                found = run_allocation(study, options, progress);
                return found.gap;
            },
            .write = [&](const Study& study, VectorSink& sink,
                         const Progress& progress) { return write_allocation(found, study, sink, progress); },
            .summary = [&](const Study& study) { return allocation_summary(found, study); },
            .json = [&](const Study& study) { return allocation_json(found, study); },
        });
    }

private:
    AssessmentArguments m_arguments;
};

}  // namespace

std::unique_ptr<Command> make_allocate() { return std::make_unique<Allocate>(); }

}  // namespace amayesh::tools
