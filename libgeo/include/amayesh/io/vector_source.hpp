#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// One value of a field; `monostate` = NULL, unknown.
using FieldValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// One field of a layer, all rows. Only the vector of its type is filled; `is_null[i]` = unknown.
struct AMAYESH_EXPORT Column {
    enum class Type : std::uint8_t { integer, real, text };
    std::string name{};
    Type type = Type::text;
    std::vector<std::int64_t> integers{};
    std::vector<double> reals{};
    std::vector<std::string> texts{};
    std::vector<std::uint8_t> is_null{};

    [[nodiscard]] std::size_t size() const noexcept { return is_null.size(); }
    [[nodiscard]] FieldValue at(std::size_t row) const;
};

/// A layer read into memory. Row i of every column and of `geometries` is one feature.
struct AMAYESH_EXPORT FeatureTable {
    std::string file{};  ///< As the study names it.
    std::string layer{};
    std::optional<Crs> crs{};  ///< Nothing where the data says none, or has no geometry.
    std::string encoding{};    ///< Encoding that texts were decoded from: "UTF-8", "CP1256".
    std::vector<Column> columns{};
    std::vector<Geometry> geometries{};   ///< Empty vector for a table without geometry.
    std::vector<std::int64_t> row_ids{};  ///< The driver's feature ids, for messages about features without id.

    [[nodiscard]] std::size_t size() const noexcept { return row_ids.size(); }
    [[nodiscard]] const Column* find(std::string_view name) const noexcept;  ///< Exact name, else case-insensitive.
};

/// What a layer offers, without its features.
struct LayerDescription {
    std::string layer{};
    std::string geometry_type{};  ///< "Point", "MultiPolygon", "Geometry" for any, "" for none.
    std::optional<Crs> crs{};
    std::int64_t feature_count = 0;
    Box extent{};  ///< In `crs`; empty where there is none, or where the format does not state it.
    std::vector<std::pair<std::string, Column::Type>> fields{};
};

/// What to read, and how.
struct VectorSourceOptions {
    std::string role{};   ///< Role in the study, for problem entries: "settlements".
    std::string layer{};  ///< Layer name; empty = the only layer, else an error listing them.
    std::optional<std::vector<std::string>>
        fields{};                      ///< Fields to read; nothing = all. Unknown names are an error that
                                       ///< lists the fields there are.
    std::string encoding{};            ///< Forced encoding of a Shapefile or DBF; empty = .cpg, LDID, else a guess
                                       ///< that is reported (encoding_guessed).
    std::string x_field{}, y_field{};  ///< CSV, XLSX, DBF: coordinates (degrees unless the study's CRS says otherwise).
    std::string wkt_field{};           ///< CSV: geometry as WKT.
    std::string delimiter{};           ///< CSV: "," by default, else ";", "\t".
    bool network_allowed = false;      ///< Allow names that are not local (`--allow-network`).
    std::uint64_t most_bytes = std::uint64_t{4} << 30;  ///< Larger sources (and inflated zip members) are refused.
};

/// Reads one layer of one source: a local path, a path inside a local zip ("/vsizip/…" or "x.zip/inner.shp"), or a
/// PostgreSQL connection on this machine ("PG:host=localhost …").
///
/// Drivers:  allow-list only (Shapefile, GeoPackage, GeoJSON, FlatGeobuf, CSV, XLSX, DBF, PostgreSQL), whatever the file's name says.
/// Dirt:     features in = rows out + entries in `problems`; a feature that GDAL drops or delivers without the geometry
///           it should have is reported with GDAL's message. Curves are made linear; Z and M are dropped.
/// Nothing is written beside the input (no .gfs, .aux.xml, -wal, -shm).
/// Throws:   IoError (missing, directory, truncated, wrong driver, unknown layer or field, too large, remote).
AMAYESH_EXPORT FeatureTable read_vector(const std::string& source, const VectorSourceOptions& options,
                                        ProblemReport& problems);

/// The layers of a source. Throws as `read_vector`.
AMAYESH_EXPORT std::vector<LayerDescription> describe_vector(const std::string& source,
                                                             const VectorSourceOptions& options = {});

/// Versions of what reads and writes: "GDAL 3.6.2", "GEOS 3.11.1", "PROJ 9.1.1".
AMAYESH_EXPORT std::vector<std::string> library_versions();

}  // namespace amayesh
