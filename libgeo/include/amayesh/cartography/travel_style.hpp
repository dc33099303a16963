#pragma once

#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/raster_sink.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh {

/// How QGIS shows a raster of minutes: classes up to 15, 30, 45, 60 and 120 minutes and over, in the colours of the layer
/// `isochrones`; a cell of 60 minutes is of the class up to 60. What was not reached is left out. For `RasterToWrite::qml`.
AMAYESH_EXPORT std::string raster_style_qml(TitleLanguage language);

/// The same colours for a raster of whole minutes, for programs that know no styles.
AMAYESH_EXPORT std::vector<PaletteEntry> travel_palette();

}  // namespace amayesh
