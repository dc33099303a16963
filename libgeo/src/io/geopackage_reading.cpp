#include "io/geopackage_reading.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <ogrsf_frmts.h>
#include <sqlite3.h>

#include "io/source_name.hpp"
#include "io/sql_text.hpp"

namespace amayesh::detail {
namespace {

constexpr int steps_between_looks = 1'000'000;  ///< Of SQLite's machine: some milliseconds.
constexpr std::chrono::seconds longest_wait{5};

struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

sqlite3* database_of(GDALDataset& dataset) {
    return static_cast<sqlite3*>(dataset.GetInternalHandle("SQLITE_HANDLE"));  // null for other drivers
}

std::vector<Column*> numeric_columns(FeatureTable& table) {
    std::vector<Column*> columns;
    for (Column& column : table.columns)
        if (column.type != Column::Type::text) columns.push_back(&column);
    return columns;
}

/// Rows where a column does not hold what it says: its number, the row's id, the value.
std::string query_for(const std::vector<Column*>& columns, OGRLayer& layer) {
    std::string conditions;
    std::string values;
    for (const Column* column : columns) {
        const char* wrong = column->type == Column::Type::integer ? "('text', 'blob', 'real')" : "('text', 'blob')";
        const std::string name = quoted_identifier(column->name);
        conditions += fmt::format("{}typeof({}) IN {}", conditions.empty() ? "" : " OR ", name, wrong);
        values += fmt::format(", CASE WHEN typeof({0}) IN {1} THEN quote({0}) END", name, wrong);
    }
    return fmt::format("SELECT {}{} FROM {} WHERE {}", quoted_identifier(layer.GetFIDColumn()), values,
                       quoted_identifier(layer.GetName()), conditions);
}

/// The row of that id; the table's size for none. GDAL gives the rows of a table in the order of their ids.
std::size_t find_row(const FeatureTable& table, std::int64_t id) {
    const auto& ids = table.row_ids;
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    if (at != ids.end() && *at == id) return static_cast<std::size_t>(at - ids.begin());
    return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

}  // namespace

EndlessQueryGuard::EndlessQueryGuard(GDALDataset& dataset)
    : m_database{database_of(dataset)}, m_since{std::chrono::steady_clock::now()} {
    if (m_database != nullptr) sqlite3_progress_handler(m_database, steps_between_looks, look, this);
}

EndlessQueryGuard::~EndlessQueryGuard() {
    if (m_database != nullptr) sqlite3_progress_handler(m_database, 0, nullptr, nullptr);
}

int EndlessQueryGuard::look(void* guard) {
    auto& self = *static_cast<EndlessQueryGuard*>(guard);
    const auto now = std::chrono::steady_clock::now();
    if (self.m_events != self.m_events_seen) {
        self.m_events_seen = self.m_events;
        self.m_since = now;
    }
    return now - self.m_since > longest_wait ? 1 : 0;
}

void unset_values_of_other_types(GDALDataset& dataset, OGRLayer& layer, RawTable& raw,
                                 const VectorSourceOptions& options, ProblemReport& problems) {
    sqlite3* database = database_of(dataset);
    const std::vector<Column*> columns = numeric_columns(raw.table);
    if (database == nullptr || columns.empty() || *layer.GetFIDColumn() == '\0') return;
    sqlite3_stmt* statement = nullptr;
    const int prepared = sqlite3_prepare_v2(database, query_for(columns, layer).c_str(), -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, FinishStatement> owner(statement);
    int step = prepared;
    while (prepared == SQLITE_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        const std::size_t row = find_row(raw.table, sqlite3_column_int64(statement, 0));
        if (row == raw.table.size()) continue;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, static_cast<int>(i) + 1));
            if (text == nullptr) continue;
            columns[i]->is_null[row] = 1;
            Problem problem = problem_of(raw.table, options, Severity::warning, ProblemKind::value_not_a_number,
                                         fmt::format("{} stands in a column of {} numbers", text,
                                                     columns[i]->type == Column::Type::integer ? "whole" : "real"),
                                         "read as unknown");
            problem.feature = std::to_string(raw.table.row_ids[row]);
            problem.field = columns[i]->name;
            problems.add(std::move(problem));
        }
    }
    if (step != SQLITE_DONE)
        fail_to_read(raw.table.file, fmt::format("it is damaged: {}", sqlite3_errmsg(database)), "get the file again");
}

}  // namespace amayesh::detail
