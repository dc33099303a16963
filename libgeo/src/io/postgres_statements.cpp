#include "io/postgres_statements.hpp"

#include <utility>

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "io/partial_target.hpp"

namespace amayesh::detail {

void Statements::run(const std::string& sql) const {
    m_data_set.ReleaseResultSet(m_data_set.ExecuteSQL(sql.c_str(), nullptr, nullptr));
    check();
}

std::vector<std::string> Statements::texts(const std::string& sql) const {
    std::vector<std::string> found;
    OGRLayer* rows = m_data_set.ExecuteSQL(sql.c_str(), nullptr, nullptr);
    if (rows != nullptr)
        while (const OGRFeatureUniquePtr row{rows->GetNextFeature()}) found.emplace_back(row->GetFieldAsString(0));
    m_data_set.ReleaseResultSet(rows);
    check();
    return found;
}

std::string Statements::text(const std::string& sql) const {
    std::vector<std::string> rows = texts(sql);
    if (rows.size() != 1) fail(fmt::format("the server gives {} rows where one was asked for", rows.size()));
    return std::move(rows.front());
}

bool Statements::is_true(const std::string& condition) const {
    return text(fmt::format("SELECT CASE WHEN {} THEN 'yes' ELSE 'no' END", condition)) == "yes";
}

void Statements::fail(const std::string& why, const std::string& way_out) const {
    fail_to_write(m_shown, why, way_out);
}

void Statements::check() const {
    if (m_session.has_failed()) fail(m_session.take_first_failure());
}

}  // namespace amayesh::detail
