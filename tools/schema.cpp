#include "schema.hpp"

#include <CLI/CLI.hpp>

#include <amayesh/output/schema.hpp>

namespace amayesh::tools {

namespace {

class Schema : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_flag("--json", m_json, "As JSON; otherwise as the Markdown of docs/schema.md");
        app.footer(
            "Every layer and column that gap, allocate, check and diff write: type, unit, what an empty value means, "
            "title in\n"
            "English and Persian, and the name that it has in a Shapefile. A column is never renamed within a major "
            "version.");
    }

    int run() override {
        print(m_json ? schema_as_json() : schema_as_markdown());
        return exit_done;
    }

private:
    bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_schema() { return std::make_unique<Schema>(); }

}  // namespace amayesh::tools
