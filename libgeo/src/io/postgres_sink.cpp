#include "io/postgres_sink.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "io/partial_target.hpp"
#include "io/postgres_name.hpp"
#include "io/postgres_statements.hpp"
#include "io/sql_text.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t longest_name = 63;  ///< In bytes: the server cuts what is longer, and two names may become one.
constexpr const char* row_number = "fid";
constexpr const char* shape = "geom";
constexpr const char* longest_wait = "60s";  ///< For a table that another program holds.

/// Ends the comment of a table that is ours to replace. It names the table: one that was renamed to be kept, or a copy
/// of it, is ours no longer.
std::string mark_of(const std::string& table) { return fmt::format(" [amayesh: {}]", table); }

std::string chosen_schema(const Statements& statements, const std::string& source,
                          const std::vector<std::string>& layer_options) {
    std::string chosen = setting_of(source, "active_schema");
    for (const std::string& option : layer_options)
        chosen = option.substr(option.find('=') + 1);  // SCHEMA alone is known
    return chosen.empty() ? statements.text("SELECT coalesce(current_schema()::text, '')") : chosen;
}

/// Names of the tables of a schema that an earlier run wrote, in one order.
std::vector<std::string> tables_of_result(const Statements& statements, const std::string& schema) {
    const std::string mark = mark_of("' || relname || '");
    return statements.texts(
        fmt::format("SELECT relname::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
                    "WHERE relkind = 'r' AND nspname = {} AND "
                    "right(obj_description(pg_class.oid, 'pg_class'), length('{}')) = '{}' ORDER BY relname",
                    quoted_literal(schema), mark, mark));
}

void check_schema(const Statements& statements, const std::string& schema, Overwrite overwrite) {
    const std::string name = quoted_literal(schema);
    if (!statements.is_true("EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis')"))
        statements.fail("the database has no PostGIS", "CREATE EXTENSION postgis");
    if (!statements.is_true(fmt::format("EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = {})", name)))
        statements.fail(fmt::format("the database has no schema '{}'", schema),
                        "create it, or name one: --lco SCHEMA=…");
    if (!statements.is_true(
            fmt::format("has_schema_privilege({0}, 'CREATE') AND has_schema_privilege({0}, 'USAGE')", name)))
        statements.fail(fmt::format("the user may not make tables in schema '{}'", schema));
    if (!statements.is_true(fmt::format("pg_try_advisory_lock(hashtext('amayesh'), hashtext({}))", name)))
        statements.fail(fmt::format("another run is writing to schema '{}'", schema), "wait for its end");
    if (overwrite == Overwrite::no && !tables_of_result(statements, schema).empty())
        statements.fail(fmt::format("a result exists in schema '{}'", schema),
                        "give --overwrite to replace it, or name another schema: --lco SCHEMA=…");
}

/// Name and type of each column of a table.
std::string columns_of(const std::string& table) {
    return fmt::format(
        "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute "
        "WHERE attrelid = {}::regclass AND attnum > 0 AND NOT attisdropped",
        quoted_literal(table));
}

/// `columns`: those of a table of a result that somebody else added.
void refuse_to_lose(const Statements& statements, const std::string& table, const std::string& why,
                    const std::vector<std::string>& columns) {
    if (columns.empty()) return;
    statements.fail(fmt::format("table '{}' {}, and has columns that are no part of a result: {}", table, why,
                                fmt::join(columns, ", ")),
                    "rename the table to keep them, or name another schema: --lco SCHEMA=…");
}

/// Drops a table of an earlier result that this run does not write. Every column of ours has a comment.
void drop_earlier(const Statements& statements, const std::string& schema, const std::string& name) {
    const std::string table = quoted_identifier(schema) + "." + quoted_identifier(name);
    refuse_to_lose(
        statements, name, "is no layer of this run",
        statements.texts(fmt::format("SELECT attname::text FROM pg_attribute WHERE attrelid = {}::regclass AND "
                                     "attnum > 0 AND NOT attisdropped AND attname NOT IN ({}, {}) AND "
                                     "col_description(attrelid, attnum) IS NULL ORDER BY attname",
                                     quoted_literal(table), quoted_literal(row_number), quoted_literal(shape))));
    statements.run("DROP TABLE " + table);
}

/// One layer, from its staging table to the one that people see.
class LayerUpdate {
public:
    LayerUpdate(const Statements& statements, const std::string& schema, const WrittenLayer& layer,
                const std::string& staging)
        : m_statements{statements},
          m_schema{schema},
          m_layer{layer},
          m_staging{"pg_temp." + quoted_identifier(staging)},
          m_table{quoted_identifier(schema) + "." + quoted_identifier(layer.definition.name)},
          m_key{layer.definition.key} {
        if (m_key.empty()) m_key.emplace_back(row_number);
    }

    void run(const std::vector<std::string>& of_result) const {
        const std::string& name = m_layer.definition.name;
        if (name.size() > longest_name) m_statements.fail(fmt::format("table name '{}' is too long", name));
        bool exists = m_statements.is_true(fmt::format("to_regclass({}) IS NOT NULL", quoted_literal(m_table)));
        if (exists && std::ranges::find(of_result, name) == of_result.end())
            m_statements.fail(fmt::format("table '{}' in schema '{}' is no result of this program", name, m_schema),
                              "name another schema: --lco SCHEMA=…");
        if (exists && m_layer.definition.key.empty())
            refuse_columns_of_others("has rows that are known by their number alone, which may be another's next time");
        if (exists && !can_be_kept()) {
            drop();
            exists = false;
        }
        if (exists)
            add_missing_columns();
        else
            create();
        fill();
        describe();
        count();
    }

private:
    /// No column has another type, and the key is the same. (The server's own words for a key list its columns.)
    [[nodiscard]] bool can_be_kept() const {
        std::vector<std::string> names;
        for (const std::string& field : m_key) names.push_back(fmt::format("quote_ident({})", quoted_literal(field)));
        return m_statements.is_true(fmt::format(
            "NOT EXISTS (SELECT 1 FROM ({}) t JOIN ({}) s USING (name) WHERE t.type <> s.type) AND "
            "EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = {}::regclass AND contype = 'p' AND "
            "pg_get_constraintdef(oid) = 'PRIMARY KEY (' || {} || ')')",
            columns_of(m_table), columns_of(m_staging), quoted_literal(m_table), fmt::join(names, " || ', ' || ")));
    }

    void drop() const {
        refuse_columns_of_others("must be made anew");
        m_statements.run("DROP TABLE " + m_table);
    }

    void refuse_columns_of_others(const std::string& why) const {
        refuse_to_lose(m_statements, m_layer.definition.name, why,
                       m_statements.texts(fmt::format(
                           "SELECT name FROM ({}) t WHERE name NOT IN (SELECT name FROM ({}) s) ORDER BY name",
                           columns_of(m_table), columns_of(m_staging))));
    }

    void add_missing_columns() const {
        const std::vector<std::string> missing = m_statements.texts(
            fmt::format("SELECT format('%I %s', name, type) FROM ({}) s WHERE name NOT IN (SELECT name FROM ({}) t)",
                        columns_of(m_staging), columns_of(m_table)));
        for (const std::string& column : missing)
            m_statements.run(fmt::format("ALTER TABLE {} ADD COLUMN {}", m_table, column));
    }

    void create() const {
        m_statements.run(
            fmt::format("CREATE TABLE {} (LIKE {}, PRIMARY KEY ({}))", m_table, m_staging, quoted_identifiers(m_key)));
        if (m_layer.definition.geometry != GeometryKind::none)
            m_statements.run(fmt::format("CREATE INDEX ON {} USING gist ({})", m_table, quoted_identifier(shape)));
    }

    void fill() const {
        std::vector<std::string> same;
        for (const std::string& field : m_key) same.push_back(fmt::format("s.{0} = t.{0}", quoted_identifier(field)));
        m_statements.run(fmt::format("DELETE FROM {} t WHERE NOT EXISTS (SELECT 1 FROM {} s WHERE {})", m_table,
                                     m_staging, fmt::join(same, " AND ")));
        std::vector<std::string> set;
        for (const std::string& column : columns())
            if (std::ranges::find(m_key, column) == m_key.end())
                set.push_back(fmt::format("{0} = EXCLUDED.{0}", quoted_identifier(column)));
        const std::string change = set.empty() ? "NOTHING" : fmt::format("UPDATE SET {}", fmt::join(set, ", "));
        m_statements.run(fmt::format("INSERT INTO {0} ({1}) SELECT {1} FROM {2} ORDER BY {3} ON CONFLICT ({4}) DO {5}",
                                     m_table, quoted_identifiers(columns()), m_staging, quoted_identifier(row_number),
                                     quoted_identifiers(m_key), change));
    }

    void describe() const {
        const LayerDefinition& layer = m_layer.definition;
        m_statements.run(
            fmt::format("COMMENT ON TABLE {} IS {}", m_table, quoted_literal(layer.title + mark_of(layer.name))));
        for (const FieldDefinition& field : layer.fields) {
            const std::string title = field.title.empty() ? field.name : field.title;
            const std::string comment = field.comment.empty() ? title : title + " (" + field.comment + ")";
            m_statements.run(fmt::format("COMMENT ON COLUMN {}.{} IS {}", m_table, quoted_identifier(field.name),
                                         quoted_literal(comment)));
        }
    }

    void count() const {
        const std::string rows = m_statements.text(fmt::format("SELECT count(*)::text FROM {}", m_table));
        if (rows != std::to_string(m_layer.rows))
            m_statements.fail(
                fmt::format("table '{}' has {} rows instead of {}", m_layer.definition.name, rows, m_layer.rows),
                "a trigger or rule of the table changes what is written");
    }

    [[nodiscard]] std::vector<std::string> columns() const {
        std::vector<std::string> names{row_number};
        for (const FieldDefinition& field : m_layer.definition.fields) names.push_back(field.name);
        if (m_layer.definition.geometry != GeometryKind::none) names.emplace_back(shape);
        return names;
    }

    const Statements& m_statements;
    const std::string& m_schema;
    const WrittenLayer& m_layer;
    std::string m_staging;
    std::string m_table;
    std::vector<std::string> m_key;
};

/// Readers go on reading what was there; who wants to write waits for the commit.
void lock_tables(const Statements& statements, const std::string& schema, const std::vector<std::string>& tables) {
    statements.run(fmt::format("SET LOCAL lock_timeout = '{}'", longest_wait));
    for (const std::string& table : tables)
        statements.run(fmt::format("LOCK TABLE {}.{} IN SHARE ROW EXCLUSIVE MODE", quoted_identifier(schema),
                                   quoted_identifier(table)));
}

/// The server takes the word COMMIT for a rollback where the transaction has failed: it is asked what became of it.
void commit(GDALDataset& data_set, const Statements& statements, GdalSession& session) {
    const std::string transaction = statements.text("SELECT txid_current()::text");
    if (data_set.CommitTransaction() != OGRERR_NONE || session.has_failed())
        statements.fail(
            fmt::format("the server did not confirm the end of the transaction: {}", session.take_first_failure()));
    if (statements.text(fmt::format("SELECT txid_status({})", transaction)) != "committed")
        statements.fail("the server took the transaction back");
}

}  // namespace

PostgresSink::PostgresSink(const std::string& source, const VectorSinkOptions& options)
    : m_shown{without_password(source)} {
    const NetworkUse network = options.network_allowed ? NetworkUse::allowed : NetworkUse::refused;
    check_postgres_name(source, network);
    GdalSession session(FileUse::writing, network);
    const char* const drivers[] = {"PostgreSQL", nullptr};
    m_data_set.reset(GDALDataset::Open(source.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE | GDAL_OF_VERBOSE_ERROR, drivers,
                                       nullptr, nullptr));
    if (!m_data_set || session.has_failed())
        fail_to_write(m_shown,
                      fmt::format("no connection to the database: {}", reason_of_server(session.take_messages())),
                      "check that the server runs, and host, port, dbname, user and password");
    const Statements statements(*m_data_set, session, m_shown);
    statements.run("SET standard_conforming_strings = on");
    statements.run("SET client_min_messages = error");
    m_schema = chosen_schema(statements, source, options.layer_options);
    check_schema(statements, m_schema, options.overwrite);
}

GDALDatasetUniquePtr PostgresSink::take_data_set(GdalSession& session) {
    if (m_data_set->StartTransaction() != OGRERR_NONE) fail_to_write(m_shown, session.take_first_failure());
    return std::move(m_data_set);
}

std::string PostgresSink::staging_name(std::size_t layer) { return fmt::format("amayesh_staging_{}", layer); }

CPLStringList PostgresSink::staging_options() {
    CPLStringList options;
    options.SetNameValue("TEMPORARY", "YES");
    options.SetNameValue("SPATIAL_INDEX", "NONE");
    options.SetNameValue("LAUNDER", "NO");
    options.SetNameValue("FID", row_number);
    options.SetNameValue("GEOMETRY_NAME", shape);
    return options;
}

void PostgresSink::keep_all_digits(GDALDataset& data_set, std::size_t layer, const LayerDefinition& definition,
                                   GdalSession& session) const {
    std::vector<std::string> changes;
    for (const FieldDefinition& field : definition.fields)
        if (field.type == Column::Type::real)
            changes.push_back(
                fmt::format("ALTER COLUMN {} TYPE double precision USING NULL", quoted_identifier(field.name)));
    if (changes.empty()) return;
    Statements(data_set, session, m_shown)
        .run(
            fmt::format("ALTER TABLE pg_temp.{} {}", quoted_identifier(staging_name(layer)), fmt::join(changes, ", ")));
}

void PostgresSink::publish(GDALDataset& data_set, const std::vector<WrittenLayer>& layers, GdalSession& session) const {
    const Statements statements(data_set, session, m_shown);
    const std::vector<std::string> old = tables_of_result(statements, m_schema);
    lock_tables(statements, m_schema, old);
    std::vector<std::string> gone = old;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        LayerUpdate(statements, m_schema, layers[i], staging_name(i)).run(old);
        std::erase(gone, layers[i].definition.name);
    }
    for (const std::string& name : gone) drop_earlier(statements, m_schema, name);
    commit(data_set, statements, session);
}

}  // namespace amayesh::detail
