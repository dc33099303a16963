#pragma once

#include <string>

#include <amayesh/io/vector_sink.hpp>

namespace amayesh::detail {

/// A QGIS style (QML) that holds nothing but the titles of the fields: QGIS takes them from the style that a GeoPackage
/// names as a layer's default, since GDAL before 3.7 does not hand on those of the GeoPackage schema extension.
[[nodiscard]] std::string alias_style(const LayerDefinition& layer);

}  // namespace amayesh::detail
