#pragma once

#include <map>
#include <optional>
#include <string>

#include <amayesh/study/calendar.hpp>
#include <amayesh/study/study_file.hpp>

#include "study/table_reader.hpp"

namespace amayesh::detail {

/// What the maps of a layer's fields depend on.
struct AttributeScope {
    LayerRole role = LayerRole::settlements;
    std::optional<UtilityKind> utility;  ///< Of a sources layer, where it is one for all rows.
    Calendar calendar = Calendar::gregorian;
};

/// Reads `[….fields]` or `[….take]`: attribute of the model → field, checked against what the attribute is.
std::map<std::string, FieldMap> parse_field_maps(const TomlNode& table, const std::string& name,
                                                 const AttributeScope& scope, FileErrors& errors);

/// Reads one filter.
Filter parse_filter(const TomlNode& table, const std::string& name, FileErrors& errors);

/// Reads one `[[….joins]]`.
Join parse_join(const TomlNode& table, const std::string& name, const AttributeScope& scope, FileErrors& errors);

/// Reads one `[layers.<role>]`.
LayerStudy parse_layer(const TomlNode& table, LayerRole role, Calendar calendar, FileErrors& errors);

/// Reads `[layers]`: every layer, then what only all of them together tell (roles that stand once, required layers).
std::vector<LayerStudy> parse_layers(const TomlNode& table, Calendar calendar, FileErrors& errors);

/// Reads `[reach]` into `reach`, whose kind is settled.
void parse_reach(const TableReader& table, ReachStudy& reach);

/// Reads one `[[backdrop]]`.
BackdropStudy parse_backdrop(const TomlNode& table, FileErrors& errors);

/// A CRS as the study writes it, "" for none; a finding where it is none.
std::string parse_crs(const TableReader& table, std::string_view key);
/// As `parse_crs`; a finding also where distances and areas cannot be taken in it.
std::string parse_working_crs(const TableReader& table, std::string_view key);

/// A date as the study writes it, "" for none; a finding where it is none of the calendar.
std::string parse_date_text(const TableReader& table, std::string_view key, Calendar calendar);

/// A delimiter as people write it: one character, "tab", "\t"; a finding otherwise.
std::string parse_delimiter(const TableReader& table);

/// Reads coefficients into `standards`, over those that stand there; keys may be dotted or nested tables.
/// A value of the study's own must be of a key that is there, unless nothing is.
enum class CoefficientOrigin { standards_file, study };
void parse_coefficients(const TomlNode& table, const std::string& prefix, CoefficientOrigin origin,
                        Standards& standards, FileErrors& errors);

/// Where a standards file that a study names is: as it stands relative to the study's folder, then among the installed
/// standards, then in the source tree; ".toml" may be left out. Nothing where there is none.
std::optional<std::filesystem::path> find_standards_file(const std::string& name, const std::filesystem::path& folder);

}  // namespace amayesh::detail
