#include <amayesh/crs/transform.hpp>

#include "cartography/map_extent.hpp"
#include "cartography/project_xml.hpp"
#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

std::string abstract_of(const MapSheet& sheet, std::span<const ManifestEntry> manifest) {
    std::string text = "Result of amayesh: industrial zones in reach of rural people, and what it would take.";
    if (!sheet.as_of.empty()) text += " Data as of " + sheet.as_of + ".";
    for (const ManifestEntry& entry : manifest)
        if (entry.section == "parameters") text += fmt::format("\n{}: {}", entry.key, entry.value);
    return text;
}

}  // namespace

std::string metadata_of(const MapSheet& sheet, const StoredPackage& package, std::span<const ManifestEntry> manifest) {
    pugi::xml_document document;
    const pugi::xml_node root = add(document, "qgis");
    set(root, "version", qgis_version);
    add(root, "identifier", "");
    add(root, "language", sheet.language == TitleLanguage::persian ? "FAS" : "ENG");
    add(root, "type", "dataset");
    add(root, "title", sheet.title);
    add(root, "abstract", abstract_of(sheet, manifest));
    add_crs(add(root, "crs"), Crs::wgs84());
    const Box box = rounded(extent_of(package, Crs::wgs84()), decimals_of_extent);
    const pugi::xml_node spatial = add(add(root, "extent"), "spatial");
    set(spatial, "crs", "EPSG:4326");
    set(spatial, "dimensions", 2);
    set(spatial, "minx", box.min_x);
    set(spatial, "miny", box.min_y);
    set(spatial, "maxx", box.max_x);
    set(spatial, "maxy", box.max_y);
    set(spatial, "minz", 0);
    set(spatial, "maxz", 0);
    return text_of(document);
}

}  // namespace amayesh::detail
