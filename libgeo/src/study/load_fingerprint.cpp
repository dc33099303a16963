#include "study/load_fingerprint.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <variant>

#include <fmt/format.h>
#include <xxhash.h>

#include <amayesh/core/parallel.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t rows_per_chunk = 2'048;

/// Lays typed values behind one another and hashes them at once; every value is led by its kind or length so that no two
/// rows run together.
class RowDigest {
public:
    void start() noexcept { m_bytes.clear(); }
    void add(const void* bytes, std::size_t size) {
        const auto* first = static_cast<const char*>(bytes);
        m_bytes.insert(m_bytes.end(), first, first + size);
    }
    template <class T>
    void add_value(T value) {
        add(&value, sizeof value);
    }
    void add_text(std::string_view text) {
        add_value(text.size());
        add(text.data(), text.size());
    }
    void add_points(std::span<const Point> points) {
        add_value(points.size());
        add(points.data(), points.size_bytes());
    }
    [[nodiscard]] RowHash result() const {
        const XXH128_hash_t hash = XXH3_128bits(m_bytes.data(), m_bytes.size());
        return RowHash{hash.high64, hash.low64};
    }

private:
    std::vector<char> m_bytes;
};

void add_geometry(RowDigest& digest, const Geometry& geometry) {
    digest.add_value(geometry.index());
    if (const auto* point = std::get_if<Point>(&geometry)) {
        digest.add_points({point, 1});
    } else if (const auto* points = std::get_if<MultiPoint>(&geometry)) {
        digest.add_points(*points);
    } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
        digest.add_value(lines->parts.size());
        for (const LineString& line : lines->parts) digest.add_points(line);
    } else if (const auto* shape = std::get_if<MultiPolygon>(&geometry)) {
        digest.add_value(shape->parts.size());
        for (const Polygon& part : shape->parts) {
            digest.add_points(part.outer);
            digest.add_value(part.holes.size());
            for (const Ring& hole : part.holes) digest.add_points(hole);
        }
    }
}

void add_field(RowDigest& digest, const Column& column, std::size_t row) {
    if (column.is_null[row] != 0) {
        digest.add_value('n');
        return;
    }
    switch (column.type) {
        case Column::Type::integer:
            digest.add_value('i');
            digest.add_value(column.integers[row]);
            break;
        case Column::Type::real:
            digest.add_value('r');
            digest.add_value(column.reals[row]);
            break;
        case Column::Type::text:
            digest.add_value('t');
            digest.add_text(column.texts[row]);
            break;
    }
}

std::vector<const Column*> columns_by_name(const FeatureTable& table) {
    std::vector<const Column*> columns;
    columns.reserve(table.columns.size());
    for (const Column& column : table.columns) columns.push_back(&column);
    std::ranges::sort(columns, {}, [](const Column* c) -> const std::string& { return c->name; });
    return columns;
}

}  // namespace

std::vector<RowHash> hash_rows(const FeatureTable& table) {
    const std::vector<const Column*> columns = columns_by_name(table);
    std::vector<RowHash> hashes(table.size());
    parallel_for(table.size(), rows_per_chunk, [&](std::size_t begin, std::size_t end) {
        RowDigest digest;
        for (std::size_t row = begin; row < end; ++row) {
            digest.start();
            for (const Column* column : columns) add_field(digest, *column, row);
            if (!table.geometries.empty()) add_geometry(digest, table.geometries[row]);
            hashes[row] = digest.result();
        }
    });
    return hashes;
}

std::string fingerprint(std::span<const RowHash> rows) {
    std::vector<RowHash> sorted(rows.begin(), rows.end());
    std::ranges::sort(sorted);
    const XXH128_hash_t hash = XXH3_128bits(sorted.data(), sorted.size() * sizeof(RowHash));
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace amayesh::detail
