#pragma once

#include <string>

#include <amayesh/io/vector_sink.hpp>

namespace amayesh::detail {

/// A QGIS style (QML) of a layer's form alone: the titles of the fields, their domains as lists to choose from, and
/// which must be filled. QGIS takes them from the style that a GeoPackage names as a layer's default, since GDAL before
/// 3.7 does not hand on titles of the GeoPackage schema extension, nor QGIS before 3.26 domains.
[[nodiscard]] std::string form_style(const LayerDefinition& layer);

}  // namespace amayesh::detail
