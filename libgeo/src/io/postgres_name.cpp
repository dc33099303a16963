#include "io/postgres_name.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

using Setting = std::pair<std::string, std::string>;

[[noreturn]] void refuse(const std::string& why) {
    throw IoError(fmt::format(
        "cannot use the PostgreSQL connection: {}; use host=localhost, or allow it with --allow-network", why));
}

/// libpq's "key=value key='quoted value'" (backslash escapes one character).
std::vector<Setting> parse_settings(std::string_view text) {
    std::vector<Setting> settings;
    std::size_t at = 0;
    const auto is_space = [&](std::size_t i) { return std::isspace(static_cast<unsigned char>(text[i])) != 0; };
    const auto skip_spaces = [&] {
        while (at < text.size() && is_space(at)) ++at;
    };
    for (skip_spaces(); at < text.size(); skip_spaces()) {
        Setting setting;
        while (at < text.size() && text[at] != '=' && !is_space(at)) setting.first += text[at++];
        skip_spaces();
        if (at == text.size() || text[at] != '=')
            refuse("a setting in the connection has no value (one with spaces is written 'in quotes')");
        ++at;
        skip_spaces();
        const bool is_quoted = at < text.size() && text[at] == '\'';
        if (is_quoted) ++at;
        while (at < text.size() && (is_quoted ? text[at] != '\'' : !is_space(at))) {
            if (text[at] == '\\' && at + 1 < text.size()) ++at;
            setting.second += text[at++];
        }
        if (is_quoted && at++ >= text.size()) refuse("a quote in the connection is not closed");
        settings.push_back(std::move(setting));
    }
    return settings;
}

bool is_local_host(std::string_view host) {
    return host.empty() || host == "localhost" || host == "127.0.0.1" || host == "::1" || host.starts_with('/') ||
           host.starts_with('@');
}

void check_hosts(std::string_view hosts) {
    while (true) {
        const std::size_t comma = hosts.find(',');
        const std::string_view host = hosts.substr(0, comma);
        if (!is_local_host(host)) refuse(fmt::format("host '{}' is not this machine", host));
        if (comma == std::string_view::npos) return;
        hosts.remove_prefix(comma + 1);
    }
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): libpq reads the same variables
    return value ? value : "";
}

/// Host and database of "postgresql://user:password@host/database?settings". Of an address that could be taken apart in
/// another way, a piece of the password would show.  Throws: IoError.
std::string address_without_password(std::string_view address) {
    constexpr std::string_view scheme = "postgresql://";
    address.remove_prefix(std::min(address.find("://") + 3, address.size()));
    const std::size_t end_of_host = std::min(address.find_first_of("/?"), address.size());
    std::string_view host = address.substr(0, end_of_host);
    std::string_view rest = address.substr(end_of_host);
    rest = rest.substr(0, rest.find('?'));
    if (host.find('@') != host.rfind('@') || rest.find('@') != std::string_view::npos)
        throw IoError(
            "cannot use the PostgreSQL connection: its address has a '@' too many; write @ and / in user and password "
            "as %40 and %2F");
    host.remove_prefix(host.rfind('@') + 1);  // 0 where there is none
    return fmt::format("{}{}{}", scheme, host, rest);
}

}  // namespace

bool is_postgres_name(const std::string& source) {
    return source.starts_with("PG:") || source.starts_with("postgresql://") || source.starts_with("postgres://");
}

void check_postgres_name(const std::string& source, NetworkUse network) {
    if (network == NetworkUse::allowed) return;
    if (!source.starts_with("PG:") || source.find("://") != std::string::npos)
        refuse("connections are given as \"PG:host=localhost dbname=…\", not as an address");
    bool says_host = false;
    bool says_address = false;
    for (const auto& [key, value] : parse_settings(std::string_view(source).substr(3))) {
        if (key == "service") refuse("a service file can name any machine");
        if (key == "host" || key == "hostaddr") check_hosts(value);
        says_host = says_host || key == "host";
        says_address = says_address || key == "hostaddr";
        if (key == "dbname" && value.find('=') != std::string::npos) refuse("the database name holds a connection");
    }
    if (!environment("PGSERVICE").empty()) refuse("PGSERVICE is set and can name any machine");
    if (!says_host) check_hosts(environment("PGHOST"));
    if (!says_address) check_hosts(environment("PGHOSTADDR"));
}

std::string without_password(const std::string& source) {
    if (!source.starts_with("PG:") || source.find("://") != std::string::npos) {
        return address_without_password(source);
    }
    std::string shown = "PG:";
    for (const auto& [key, value] : parse_settings(std::string_view(source).substr(3))) {
        if (key == "password" || key == "sslpassword") continue;
        const bool is_connection = key == "dbname" && value.find('=') != std::string::npos;  // with a password, perhaps
        shown += fmt::format("{}{}={}", shown == "PG:" ? "" : " ", key, is_connection ? "…" : value);
    }
    return shown;
}

std::string setting_of(const std::string& source, const std::string& name) {
    std::string found;
    if (!source.starts_with("PG:") || source.find("://") != std::string::npos) return found;
    for (const auto& [key, value] : parse_settings(std::string_view(source).substr(3)))
        if (key == name) found = value;
    return found;
}

std::string reason_of_server(std::string messages) {
    constexpr std::string_view gdals_words = "PQconnectdb failed.";
    if (messages.starts_with(gdals_words)) messages.erase(0, gdals_words.size());
    for (const std::string_view of_address : {" URI", "percent-encoded"})  // shows a piece of it, or all
        if (messages.find(of_address) != std::string::npos)
            return "its address is not postgresql://user:password@host/database with % and other signs as %25 …";
    const std::size_t first = messages.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "the server gives no reason";
    return messages.substr(first, messages.find_first_of("\r\n", first) - first);
}

}  // namespace amayesh::detail
