#define CATCH_CONFIG_RUNNER
#include <cstdlib>
#include <iostream>

#include <catch2/catch.hpp>

namespace {

constexpr int exit_skipped = 77;  // as the CTest property SKIP_RETURN_CODE says

bool runs_nothing(const Catch::Config& config) {
    return Catch::filterTests(Catch::getAllTestCasesSorted(config), config.testSpec(), config).empty();
}

bool real_data_is_here() {
    const char* folder = std::getenv("AMAYESH_REAL_DATA");
    return folder != nullptr && *folder != '\0';
}

}  // namespace

/// Runs the tests. Those tagged [real] are left out where AMAYESH_REAL_DATA names no folder, and an executable that
/// has no others then counts as skipped.
int main(int argc, char** argv) {
    Catch::Session session;
    if (const int failure = session.applyCommandLine(argc, argv); failure != 0) return failure;
    Catch::ConfigData& options = session.configData();
    const bool lists = options.listTests || options.listTestNamesOnly || options.listTags || options.showHelp;
    if (!lists && !real_data_is_here()) {
        options.testsOrTags.emplace_back("~[real]");
        if (runs_nothing(Catch::Config{options})) {
            std::cerr << "skipped: AMAYESH_REAL_DATA names no folder\n";
            return exit_skipped;
        }
    }
    return session.run();
}
