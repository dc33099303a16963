#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

enum class GeometryKind : std::uint8_t { none, point, multi_line, multi_polygon };
enum class Overwrite : std::uint8_t { no, yes };

/// How QGIS shows a layer, as the table `layer_styles` of a GeoPackage keeps it.
struct LayerStyle {
    std::string name{};
    std::string description{};
    std::string qml{};
    bool is_default = false;  ///< One of a layer: QGIS takes it when the layer is opened.
};

/// A QGIS project, as the table `qgis_projects` of a GeoPackage keeps it, and a .qgz beside it.
struct QgisProject {
    std::string name{};
    std::string qgs{};  ///< XML; names the GeoPackage by a path relative to its own folder.
};

/// A layer that a GeoPackage holds.
struct StoredLayer {
    std::string name{};
    GeometryKind geometry = GeometryKind::none;
    std::vector<std::string> columns{};  ///< Without id and geometry.
    std::optional<Crs> crs{};
    Box extent{};  ///< In `crs`; empty where there is no geometry.
};

/// What a project of a GeoPackage is made from.
struct StoredPackage {
    std::string file_name{};  ///< Without its folder.
    std::vector<StoredLayer> layers{};
};

/// Puts a project into a GeoPackage that is there, and beside it as `<name>.qgz`; both or neither.
/// `replace`: a project beside it that is ours is replaced, one that QGIS has saved in the GeoPackage too. The project of
/// that name in the GeoPackage is replaced anyway where it is ours.
/// Throws: IoError: no GeoPackage, it cannot be written, another program writes it, a project that is not ours is there.
AMAYESH_EXPORT void write_project(const std::filesystem::path& file, const QgisProject& project, Overwrite replace);

}  // namespace amayesh
