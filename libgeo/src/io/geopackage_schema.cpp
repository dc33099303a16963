#include "io/geopackage_schema.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/geopackage_database.hpp"
#include "io/geopackage_index.hpp"
#include "io/partial_target.hpp"
#include "io/sql_text.hpp"

namespace amayesh::detail {
namespace {

constexpr std::uintmax_t largest_file_checked = std::uintmax_t{16}
                                                << 20;  ///< A check reads every page: about 10 ms here.

// Tables of the schema extension, as clause "Schema" of the OGC GeoPackage standard 1.2 defines them.
constexpr const char* schema_tables = R"sql(
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
    constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
    max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema',
    'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
INSERT INTO gpkg_extensions VALUES ('gpkg_data_column_constraints', NULL, 'gpkg_schema',
    'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
)sql";

// The table in which QGIS keeps styles.
constexpr const char* style_table = R"sql(
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', '', '2000-01-01T00:00:00.000Z');
)sql";

// Tables of the metadata extension, clause "Metadata" of the same standard.
constexpr const char* metadata_tables = R"sql(
CREATE TABLE gpkg_metadata (
    id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
    reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), md_file_id INTEGER NOT NULL,
    md_parent_id INTEGER, CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata', NULL, 'gpkg_metadata',
    'http://www.geopackage.org/spec121/#extension_metadata', 'read-write');
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata_reference', NULL, 'gpkg_metadata',
    'http://www.geopackage.org/spec121/#extension_metadata', 'read-write');
INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id)
VALUES ('geopackage', '2000-01-01T00:00:00.000Z', 1);
)sql";

// The table in which QGIS keeps projects; as QGIS leaves it, it is no content of the GeoPackage.
constexpr const char* project_table =
    "CREATE TABLE IF NOT EXISTS qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)";

using Domain = std::vector<std::pair<std::string, std::string>>;

/// Equal domains share a name: that of the first field that has them.
class Domains {
public:
    std::string name_of(const LayerDefinition& layer, const FieldDefinition& field) {
        if (field.domain.empty()) return "";
        const auto [at, is_new] = m_names.try_emplace(field.domain, fmt::format("{}_{}", layer.name, field.name));
        if (is_new) m_in_order.push_back(&at->first);
        return at->second;
    }
    void write(const GeoPackageDatabase& database) const {
        const auto statement = database.prepare(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description) VALUES "
            "(?, 'enum', ?, ?)");
        for (const Domain* domain : m_in_order)
            for (const auto& [code, title] : *domain) database.insert(statement, {m_names.at(*domain), code, title});
    }

private:
    std::map<Domain, std::string> m_names;
    std::vector<const Domain*> m_in_order;
};

bool has_words(const FieldDefinition& field) {
    return !field.title.empty() || !field.comment.empty() || !field.domain.empty();
}

void write_columns(const GeoPackageDatabase& database, std::span<const WrittenLayer> layers) {
    const auto statement = database.prepare(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description, constraint_name) "
        "VALUES (?, ?, ?, ?, ?, ?)");
    Domains domains;
    for (const WrittenLayer& layer : layers) {
        std::set<std::string_view> names;  // unique in a table; titles need not be
        for (const FieldDefinition& field : layer.definition.fields) {
            if (!has_words(field)) continue;
            const std::string_view name = names.insert(field.title).second ? field.title : std::string_view{};
            database.insert(statement, {layer.definition.name, field.name, name, field.title, field.comment,
                                        domains.name_of(layer.definition, field)});
        }
    }
    domains.write(database);
}

void write_styles(const GeoPackageDatabase& database, std::span<const WrittenLayer> layers) {
    database.run(style_table);
    const auto statement = database.prepare(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
        "VALUES ('', '', ?1, ifnull((SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1), ''), "
        "?2, ?3, '', CAST(?4 AS INTEGER), ?5, '', '', '2000-01-01T00:00:00.000Z')");
    for (const WrittenLayer& layer : layers)
        for (const LayerStyle& style : layer.styles)
            database.insert(statement, {layer.definition.name, style.name, style.qml, style.is_default ? "1" : "0",
                                        style.description});
}

void write_metadata(const GeoPackageDatabase& database, const std::string& qmd) {
    database.insert(database.prepare("INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://mrcc.com/qgis.dtd', "
                                     "'text/xml', ?)"),
                    {qmd});
}

std::string in_hexadecimal(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned char byte : bytes) text.append({digits[byte >> 4U], digits[byte & 15U]});
    return text;
}

void check_counts(const GeoPackageDatabase& database, std::span<const WrittenLayer> layers,
                  const std::filesystem::path& target) {
    for (const WrittenLayer& layer : layers) {
        const std::string rows = database.ask("SELECT count(*) FROM " + quoted_identifier(layer.definition.name));
        if (rows != std::to_string(layer.rows))
            fail_to_write(target, fmt::format("layer '{}' has {} rows of {}", layer.definition.name, rows, layer.rows));
    }
}

}  // namespace

std::vector<unsigned char> bytes_of_hexadecimal(std::string_view digits) {
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        unsigned char byte = 0;
        const auto [end, problem] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
        if (problem != std::errc{} || end != digits.data() + i + 2) break;
        bytes.push_back(byte);
    }
    return bytes;
}

void store_project(const GeoPackageDatabase& database, const ArchivedProject& project) {
    database.run(project_table);
    database.insert(database.prepare(
                        "INSERT OR REPLACE INTO qgis_projects VALUES (?, "
                        "'{\"last_modified_time\": \"2000-01-01T00:00:00\", \"last_modified_user\": \"amayesh\"}', ?)"),
                    {project.name, in_hexadecimal(project.qgz)});
}

void finish_geopackage(const std::filesystem::path& file, const PackageContent& content,
                       const std::filesystem::path& target) {
    const std::span<const WrittenLayer> layers = content.layers;
    GeoPackageDatabase database(file, target);
    database.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    database.run(schema_tables);
    write_columns(database, layers);
    if (std::any_of(layers.begin(), layers.end(), [](const WrittenLayer& layer) { return !layer.styles.empty(); }))
        write_styles(database, layers);
    if (!content.metadata.empty()) {
        database.run(metadata_tables);
        write_metadata(database, content.metadata);
    }
    if (content.project) store_project(database, *content.project);
    for (const WrittenLayer& layer : layers)
        if (layer.index) write_spatial_index(database, *layer.index);
    database.run("COMMIT");
    check_counts(database, layers, target);
    std::error_code error;
    if (std::filesystem::file_size(file, error) <= largest_file_checked) {
        const std::string verdict = database.ask("PRAGMA quick_check(1)");
        if (verdict != "ok") fail_to_write(target, fmt::format("the file that was written is damaged: {}", verdict));
    }
    database.close();
}

}  // namespace amayesh::detail
