#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/crs.hpp>

#include "study/check_plane.hpp"
#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

template <class Check>
std::string parse(const TableReader& table, std::string_view key, Check check) {
    std::string text = table.text(key);
    if (text.empty()) return text;
    static_cast<void>(Crs::wgs84());  // without PROJ's database every text is wrong: that is no fault of this line
    try {
        check(Crs::parse(text));
    } catch (const CrsError& error) {
        table.report(key, fmt::format("'{}' in {}: {}", key, table.name(), error.what()));
    }
    return text;
}

}  // namespace

std::string parse_crs(const TableReader& table, std::string_view key) {
    return parse(table, key, [](const Crs&) {});
}

std::string parse_working_crs(const TableReader& table, std::string_view key) {
    return parse(table, key, require_working_crs);
}

}  // namespace amayesh::detail
