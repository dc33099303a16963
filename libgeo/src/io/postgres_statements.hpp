#pragma once

#include <string>
#include <vector>

#include <gdal_priv.h>

#include "io/gdal_session.hpp"

namespace amayesh::detail {

/// SQL on a connection; whatever the server says against it becomes an IoError that names the database.
class Statements {
public:
    /// Borrows all three; `shown` is the connection without its password.
    Statements(GDALDataset& data_set, GdalSession& session, const std::string& shown)
        : m_data_set{data_set}, m_session{session}, m_shown{shown} {}

    void run(const std::string& sql) const;
    /// The first column of the rows.
    [[nodiscard]] std::vector<std::string> texts(const std::string& sql) const;
    /// The first column of the only row.  Throws: IoError where there is none, or more.
    [[nodiscard]] std::string text(const std::string& sql) const;
    [[nodiscard]] bool is_true(const std::string& condition) const;

    [[noreturn]] void fail(const std::string& why, const std::string& way_out = "") const;

private:
    void check() const;

    GDALDataset& m_data_set;
    GdalSession& m_session;
    const std::string& m_shown;
};

}  // namespace amayesh::detail
