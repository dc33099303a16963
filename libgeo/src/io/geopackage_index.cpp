#include "io/geopackage_index.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <ogr_geometry.h>

#include "io/geopackage_database.hpp"
#include "io/sql_text.hpp"

namespace amayesh::detail {
namespace {

// The extension "RTree Spatial Indexes" of the OGC GeoPackage standard 1.2, annex F.3, for an index {0} of
// a layer {1}. The triggers keep the index true when somebody edits the layer.
constexpr const char* extension_row =
    "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', "
    "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')";
constexpr const char* index_triggers = R"sql(
CREATE TRIGGER {insert} AFTER INSERT ON {1} WHEN (NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom})) BEGIN
    INSERT OR REPLACE INTO {0} VALUES
        (NEW.{fid}, ST_MinX(NEW.{geom}), ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom})); END;
CREATE TRIGGER {update1} AFTER UPDATE OF {geom} ON {1}
WHEN OLD.{fid} = NEW.{fid} AND (NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom})) BEGIN
    INSERT OR REPLACE INTO {0} VALUES
        (NEW.{fid}, ST_MinX(NEW.{geom}), ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom})); END;
CREATE TRIGGER {update2} AFTER UPDATE OF {geom} ON {1}
WHEN OLD.{fid} = NEW.{fid} AND (NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom})) BEGIN
    DELETE FROM {0} WHERE id = OLD.{fid}; END;
CREATE TRIGGER {update3} AFTER UPDATE ON {1}
WHEN OLD.{fid} != NEW.{fid} AND (NEW.{geom} NOTNULL AND NOT ST_IsEmpty(NEW.{geom})) BEGIN
    DELETE FROM {0} WHERE id = OLD.{fid};
    INSERT OR REPLACE INTO {0} VALUES
        (NEW.{fid}, ST_MinX(NEW.{geom}), ST_MaxX(NEW.{geom}), ST_MinY(NEW.{geom}), ST_MaxY(NEW.{geom})); END;
CREATE TRIGGER {update4} AFTER UPDATE ON {1}
WHEN OLD.{fid} != NEW.{fid} AND (NEW.{geom} ISNULL OR ST_IsEmpty(NEW.{geom})) BEGIN
    DELETE FROM {0} WHERE id IN (OLD.{fid}, NEW.{fid}); END;
CREATE TRIGGER {delete} AFTER DELETE ON {1} WHEN OLD.{geom} NOTNULL BEGIN
    DELETE FROM {0} WHERE id = OLD.{fid}; END;
)sql";

std::string triggers_of(const std::string& index, const IndexedLayer& layer) {
    const auto named = [&](const char* event) { return quoted_identifier(fmt::format("{}_{}", index, event)); };
    using fmt::arg;
    return fmt::format(
        index_triggers, quoted_identifier(index), quoted_identifier(layer.name),
        arg("fid", quoted_identifier(layer.id_column)), arg("geom", quoted_identifier(layer.geometry_column)),
        arg("insert", named("insert")), arg("update1", named("update1")), arg("update2", named("update2")),
        arg("update3", named("update3")), arg("update4", named("update4")), arg("delete", named("delete")));
}

// A node, as SQLite keeps it ("Database File Format" of its R-tree module): depth (of the root alone) and number of cells
// in two bytes each, then cells of an eight-byte id and four floats, all big-endian. Nodes are padded to one size.
constexpr std::size_t header_bytes = 4;
constexpr std::size_t cell_bytes = 24;
constexpr std::size_t most_cells = 51;
constexpr std::int64_t root = 1;

double centre(const IndexedBox& box, std::size_t axis) {
    return static_cast<double>(box.limits[axis]) + static_cast<double>(box.limits[axis + 1]);
}

/// Ascending in x in slices of whole nodes, ascending in y inside each; ties by id.
void order_by_tiles(std::vector<IndexedBox>& boxes, std::size_t cells_per_node) {
    const auto by = [](std::size_t axis) {
        return [axis](const IndexedBox& a, const IndexedBox& b) {
            return std::pair{centre(a, axis), a.id} < std::pair{centre(b, axis), b.id};
        };
    };
    std::sort(boxes.begin(), boxes.end(), by(0));
    const auto nodes = static_cast<double>(boxes.size()) / static_cast<double>(cells_per_node);
    const std::size_t slice = static_cast<std::size_t>(std::ceil(std::sqrt(nodes))) * cells_per_node;
    for (std::size_t first = 0; first < boxes.size(); first += slice) {
        const auto at = [&](std::size_t i) { return boxes.begin() + static_cast<std::ptrdiff_t>(i); };
        std::sort(at(first), at(std::min(first + slice, boxes.size())), by(2));
    }
}

template <class Number>
void append(std::vector<unsigned char>& bytes, Number number) {
    for (std::size_t i = sizeof(Number); i-- > 0;) bytes.push_back(static_cast<unsigned char>(number >> (8 * i)));
}

std::vector<unsigned char> node_of(std::span<const IndexedBox> cells, std::size_t depth, std::size_t size) {
    std::vector<unsigned char> bytes;
    bytes.reserve(size);
    append(bytes, static_cast<std::uint16_t>(depth));
    append(bytes, static_cast<std::uint16_t>(cells.size()));
    for (const IndexedBox& cell : cells) {
        append(bytes, static_cast<std::uint64_t>(cell.id));
        for (const float limit : cell.limits) append(bytes, std::bit_cast<std::uint32_t>(limit));
    }
    bytes.resize(size);
    return bytes;
}

IndexedBox around(std::int64_t id, std::span<const IndexedBox> cells) {
    IndexedBox box{id, cells.front().limits};
    for (const IndexedBox& cell : cells)
        for (std::size_t i = 0; i < box.limits.size(); i += 2) {
            box.limits[i] = std::min(box.limits[i], cell.limits[i]);
            box.limits[i + 1] = std::max(box.limits[i + 1], cell.limits[i + 1]);
        }
    return box;
}

/// The three tables behind an R-tree: nodes, which node holds a row, which node holds a node.
class NodeTables {
public:
    NodeTables(const GeoPackageDatabase& database, const std::string& index)
        : m_database{database},
          m_node{database.prepare(fmt::format("INSERT OR REPLACE INTO {} VALUES (?, ?)", table(index, "node")))},
          m_rowid{database.prepare(fmt::format("INSERT INTO {} VALUES (?, ?)", table(index, "rowid")))},
          m_parent{database.prepare(fmt::format("INSERT INTO {} VALUES (?, ?)", table(index, "parent")))},
          m_node_bytes{std::stoull(
              database.ask(fmt::format("SELECT length(data) FROM {} WHERE nodeno = 1", table(index, "node"))))} {}

    [[nodiscard]] std::size_t cells_per_node() const {
        return std::min(most_cells, (m_node_bytes - header_bytes) / cell_bytes);
    }
    void fill(std::vector<IndexedBox> level) {
        for (std::size_t depth = 0;; ++depth) {
            if (level.size() <= cells_per_node()) return add_node(root, level, depth, depth);
            std::vector<IndexedBox> above;
            for (std::size_t first = 0; first < level.size(); first += cells_per_node()) {
                const std::span cells =
                    std::span{level}.subspan(first, std::min(cells_per_node(), level.size() - first));
                add_node(++m_last_node, cells, 0, depth);
                above.push_back(around(m_last_node, cells));
            }
            level = std::move(above);
        }
    }
    void finish() {
        std::sort(m_node_of_row.begin(), m_node_of_row.end());  // a table grows fastest at its end
        for (const auto& [row, node] : m_node_of_row) m_database.insert(m_rowid, row, node);
    }

private:
    static std::string table(const std::string& index, const char* part) {
        return quoted_identifier(fmt::format("{}_{}", index, part));
    }
    void add_node(std::int64_t number, std::span<const IndexedBox> cells, std::size_t stated_depth, std::size_t depth) {
        m_database.insert(m_node, number, node_of(cells, stated_depth, m_node_bytes));
        for (const IndexedBox& cell : cells) {
            if (depth == 0)
                m_node_of_row.emplace_back(cell.id, number);
            else
                m_database.insert(m_parent, cell.id, number);
        }
    }

    const GeoPackageDatabase& m_database;
    GeoPackageDatabase::Statement m_node;
    GeoPackageDatabase::Statement m_rowid;
    GeoPackageDatabase::Statement m_parent;
    std::size_t m_node_bytes;
    std::int64_t m_last_node = root;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_node_of_row;
};

float rounded(double value, float towards) {
    const auto nearest = static_cast<float>(value);
    const bool is_inside = towards < 0 ? nearest > value : nearest < value;
    return is_inside ? std::nextafter(nearest, towards) : nearest;
}

}  // namespace

IndexedBox indexed_box(std::int64_t id, const OGREnvelope& box) {
    constexpr float far = std::numeric_limits<float>::max();
    return {id, {rounded(box.MinX, -far), rounded(box.MaxX, far), rounded(box.MinY, -far), rounded(box.MaxY, far)}};
}

void write_spatial_index(const GeoPackageDatabase& database, const IndexedLayer& layer) {
    const std::string index = fmt::format("rtree_{}_{}", layer.name, layer.geometry_column);
    database.run(
        fmt::format("CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)", quoted_identifier(index)));
    database.insert(database.prepare(extension_row), {layer.name, layer.geometry_column});
    if (!layer.boxes.empty()) {
        NodeTables tables(database, index);
        std::vector<IndexedBox> boxes = layer.boxes;
        order_by_tiles(boxes, tables.cells_per_node());
        tables.fill(std::move(boxes));
        tables.finish();
    }
    database.run(triggers_of(index, layer));
}

}  // namespace amayesh::detail
