#include <amayesh/cartography/travel_style.hpp>

#include "cartography/style_xml.hpp"
#include "cartography/travel_colours.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

void add_classes(pugi::xml_node renderer, TitleLanguage language) {
    const pugi::xml_node ramp = add(add(renderer, "rastershader"), "colorrampshader");
    set(ramp, "colorRampType", "DISCRETE");
    set(ramp, "classificationMode", 1);
    set(ramp, "clip", 0);
    set(ramp, "minimumValue", 0);
    set(ramp, "maximumValue", "inf");
    set(ramp, "labelPrecision", 0);
    for (const TravelClass& c : travel_classes) {
        const pugi::xml_node item = add(ramp, "item");
        const bool is_last = &c == &travel_classes.back();
        set(item, "value", is_last ? std::string("inf") : fmt::format("{}", c.up_to));
        set(item, "color", fmt::format("#{:06x}", c.colour.rgb));
        set(item, "alpha", c.colour.alpha);
        set(item, "label", c.label.in(language));
    }
}

void add_raster_renderer(pugi::xml_node pipe, TitleLanguage language) {
    const pugi::xml_node renderer = add(pipe, "rasterrenderer");
    set(renderer, "type", "singlebandpseudocolor");
    set(renderer, "band", 1);
    set(renderer, "alphaBand", -1);
    set(renderer, "opacity", 1);
    set(renderer, "nodataColor", "");
    set(renderer, "classificationMin", 0);
    set(renderer, "classificationMax", "inf");
    add(renderer, "rasterTransparency");
    add_classes(renderer, language);
}

}  // namespace

std::string raster_style_qml(TitleLanguage language) {
    pugi::xml_document document;
    const pugi::xml_node root = add(document, "qgis");
    set(root, "version", qgis_version);
    set(root, "styleCategories", "Symbology");
    const pugi::xml_node pipe = add(root, "pipe");
    const pugi::xml_node resampling = add(add(pipe, "provider"), "resampling");
    set(resampling, "enabled", "false");
    set(resampling, "zoomedInResamplingMethod", "nearestNeighbour");
    set(resampling, "zoomedOutResamplingMethod", "nearestNeighbour");
    set(resampling, "maxOversampling", 2);
    add_raster_renderer(pipe, language);
    add(root, "blendMode", "0");
    return text_of(document);
}

std::vector<PaletteEntry> travel_palette() {
    std::vector<PaletteEntry> palette;
    for (const TravelClass& c : travel_classes)
        palette.push_back({c.up_to, static_cast<std::uint8_t>(c.colour.rgb >> 16U),
                           static_cast<std::uint8_t>(c.colour.rgb >> 8U), static_cast<std::uint8_t>(c.colour.rgb)});
    return palette;
}

}  // namespace amayesh
