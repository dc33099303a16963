// A whole run from a study file, as planning software would make it: read, judge, write, print.
#include <iostream>

#include <amayesh/core/error.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

int main(int argc, char** argv) {
    using namespace amayesh;
    if (argc != 3) {
        std::cerr << "usage: gap_from_study STUDY.toml OUT.gpkg\n";
        return 2;
    }
    try {
        const Study study = read_study(argv[1]);
        VectorSink sink = open_output(study, argv[2], {});
        const GapRun run = run_gap(study, {});
        std::cout << gap_summary(run, study);
        if (!run.result) return 1;
        write_gap(run, study, sink);
    } catch (const Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
