#include "allocate.hpp"
#include "check.hpp"
#include "command.hpp"
#include "diff.hpp"
#include "explain.hpp"
#include "gap.hpp"
#include "init.hpp"
#include "reach.hpp"
#include "report.hpp"
#include "run.hpp"
#include "schema.hpp"

namespace amayesh::tools {

const std::vector<CommandEntry>& commands() {
    static const std::vector<CommandEntry> entries{
        {"init", "Draft a study from what a folder holds", make_init},
        {"check", "Read everything that a study names and report what is wrong with it", make_check},
        {"gap", "Find who has no zone in reach, what is needed, and what comes first", make_gap},
        {"allocate", "Share headroom, and draw what each utility reaches and what it does not", make_allocate},
        {"reach", "Find the minutes from every unit and settlement to the nearest zone", make_reach},
        {"run", "Do all that a study asks for, into one folder", make_run},
        {"explain", "Say what every number of a unit, zone or source follows from", make_explain},
        {"report", "Write a study's result as one HTML page, or the QGIS project of a renamed one", make_report},
        {"diff", "Say what differs between two results of gap, by how much and why", make_diff},
        {"schema", "Print the layers and columns that a run writes", make_schema},
    };
    return entries;
}

}  // namespace amayesh::tools
