#include <amayesh/cartography/map_sheet.hpp>

#include "cartography/layer_styles.hpp"
#include "cartography/project_xml.hpp"

namespace amayesh {

void draw_layers(TitleLanguage language, VectorSink& sink) {
    const std::optional<StoredPackage> package = sink.package();
    if (!package) return;
    for (const StoredLayer& layer : package->layers) sink.set_styles(layer.name, detail::styles_of(layer, language));
}

void draw_map(const MapSheet& sheet, VectorSink& sink) {
    draw_layers(sheet.language, sink);
    if (const std::optional<StoredPackage> package = sink.package())
        sink.set_project(detail::project_of(sheet, *package));
}

}  // namespace amayesh
