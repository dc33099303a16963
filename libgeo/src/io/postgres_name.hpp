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

/// A setting of "PG:…"; empty where it is not there, and for an address.
[[nodiscard]] std::string setting_of(const std::string& source, const std::string& name);

/// What the server or its client library said, in one line and without GDAL's own words.
[[nodiscard]] std::string reason_of_server(std::string messages);

}  // namespace amayesh::detail
