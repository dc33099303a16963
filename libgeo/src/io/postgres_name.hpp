#pragma once

#include <string>

#include "io/gdal_session.hpp"

namespace amayesh::detail {

/// True for "PG:…", "postgresql://…" and "postgres://…".
[[nodiscard]] bool is_postgres_name(const std::string& source);

/// Lets a connection pass that stays on this machine: localhost, 127.0.0.1, ::1 or a Unix socket, said in the name
/// or left to libpq's environment.  Throws: IoError naming the host.
void check_postgres_name(const std::string& source, NetworkUse network);

/// The name without its password, for messages and records.
[[nodiscard]] std::string without_password(const std::string& source);

}  // namespace amayesh::detail
