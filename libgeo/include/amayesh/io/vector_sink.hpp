#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/io/vector_source.hpp>

namespace amayesh {

/// One field of a layer to be written.
struct FieldDefinition {
    std::string name{};
    std::string short_name{};  ///< At most 10 bytes, for Shapefile; empty = cut.
    Column::Type type = Column::Type::text;
    bool is_wide =
        false;  ///< Integers beyond 32 bits, which GDAL 3.6 hands on as text: a fifth of the time of writing.
    std::string title{};
    std::string comment{};                                      ///< Unit and the meaning of NULL.
    bool required = false;                                      ///< NOT NULL.
    std::vector<std::pair<std::string, std::string>> domain{};  ///< Allowed codes and their titles; empty = any.
};

struct LayerDefinition {
    std::string name{};
    std::string title{};
    std::string description{};  ///< Empty = the title.
    GeometryKind geometry = GeometryKind::none;
    std::vector<FieldDefinition> fields{};
    std::vector<std::string> key{};  ///< Fields that tell a row from all others, in a database; empty = its number.
};

struct VectorSinkOptions {
    Overwrite overwrite = Overwrite::no;
    std::string driver{};                      ///< GDAL name; empty = by the file's extension, else GeoPackage.
    std::vector<std::string> layer_options{};  ///< "NAME=VALUE", given to every layer (`--lco`).
    /// More than one layer is to come: a target that holds one is refused at once.
    bool several_layers = false;
    /// A QGIS project is to come where the target is a GeoPackage: `<name>.qgz` beside it, which appears with it, is under
    /// the same rules as the target, and is not replaced where QGIS has saved it since.
    bool with_project = false;
    bool network_allowed = false;  ///< Allow a database that is not on this machine (`--allow-network`).
};

/// Writes layers whole or not at all.
///
/// One file (GeoPackage, GeoJSON, FlatGeobuf, XLSX) is written in a hidden folder beside the target, synced and renamed into
/// place; many files (Shapefile, CSV) are a folder that is exchanged. A kill leaves one temporary name,
/// `.<name>.amayesh-partial`, which the next run removes; a second run at the same time is refused.
/// What a FlatGeobuf cannot hold lies beside it in its folder: a table as `.csv`, and rows without geometry of a layer
/// as `<layer>_without_place.csv`.
/// A GeoJSON is in degrees on WGS 84 whatever the layer's CRS (RFC 7946), unless the layer options say RFC7946=NO.
/// Bytes depend on the rows alone: not on the day, user, time zone or thread count.
///
/// "PG:…" is a PostGIS database on this machine: the tables of one schema (`active_schema=`, or SCHEMA of the layer options),
/// in one transaction. Rows are updated by the layer's key; rows and tables of an earlier result that are gone are removed.
///
/// Throws: IoError: no connection, a table in the way that is no result of ours, a layer option that the driver does not have, target exists without overwrite, folder missing or not writable, is one of `inputs`; disk full. CrsError: a place without an image on WGS 84.
class AMAYESH_EXPORT VectorSink {
public:
    VectorSink(std::filesystem::path target, const VectorSinkOptions& options,
               std::span<const std::filesystem::path> inputs);
    ~VectorSink();  ///< Without `finish`: removes what was written; the old target stays.
    VectorSink(VectorSink&&) noexcept;
    VectorSink& operator=(VectorSink&&) noexcept;

    /// Starts the next layer. Coordinates of its rows are in `crs` (ignored where the layer has no geometry).
    void begin_layer(const LayerDefinition& layer, const std::optional<Crs>& crs);
    /// One row; `values` in the order of the layer's fields. Points, lines and polygons as the layer's kind says
    /// (`monostate` = NULL). Feature ids are 1, 2, 3 … in the order of the calls.
    void add(const Geometry& geometry, std::span<const FieldValue> values);
    /// How QGIS shows a layer that was begun; nothing where the target is no GeoPackage.
    void set_styles(const std::string& layer, std::vector<LayerStyle> styles);
    /// A project that shows the layers, kept in the GeoPackage and beside it. Needs `with_project`.
    void set_project(QgisProject project);
    /// What the GeoPackage is, as XML in the form of QGIS's metadata (QMD).
    void set_metadata(std::string qmd);
    /// The GeoPackage as it stands; nothing where the target is none.
    [[nodiscard]] std::optional<StoredPackage> package() const;
    /// Closes, checks, syncs and moves everything into place. Nothing of the target changes before.
    /// Returns what the format could not hold: texts over 254 bytes in a Shapefile.
    ProblemReport finish();
    /// The target, to be shown: a connection without its password.
    [[nodiscard]] std::string shown_target() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace amayesh
