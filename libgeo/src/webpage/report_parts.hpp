#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/output/gap_layers.hpp>
#include <amayesh/webpage/report_page.hpp>

#include "webpage/bilingual.hpp"

namespace amayesh::detail {

/// What the parts of the report share.
struct ReportInput {
    const ReportContent& content;
    const GapResult& result;
    const PlanningArea& area;
    const Rollup& nation;
    GapLayers layers;
};

/// Words that the page shows, each with its titles.
using WordSet = std::set<std::string, std::less<>>;

/// What was asked and how it was found, with the numbers of the run.
BilingualTexts question_texts(const ReportInput& input);
BilingualTexts method_texts(const ReportInput& input);
/// What is assessed: "rural district", "settlement"; and many of it.
Bilingual unit_text(const ReportInput& input);
Bilingual units_text(const ReportInput& input);
/// "20 km", or "45 minutes" where these decide which zones are in reach.
Bilingual zone_limit_text(const ReportInput& input);

Json key_figures_json(const ReportInput& input);
Json charts_json(const ReportInput& input, WordSet& words);

/// A table of the page and which of the run's features its rows are.
struct ReportTable {
    Json json;
    std::vector<std::size_t>
        row_of_feature{};  ///< By the index of a unit, zone or source; `no_index` where it has none.
};

/// The tables by name; `units`, `zones` and `sources` have rows that the map shows.
struct ReportTables {
    ReportTable units, unit_utilities, zones, sources, rollups, unroutable, problems, standards, manifest;
};
/// "words": the page shows the titles of its words; "terms": it has words of its own for what stands in it.
void mark_column(Json& table, std::string_view name, const char* mark);
ReportTable standards_table(const ReportInput& input, WordSet& words);
ReportTables report_tables(const ReportInput& input, WordSet& words);

Json map_json(const ReportInput& input, const ReportTables& tables);

}  // namespace amayesh::detail
