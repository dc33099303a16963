#include <amayesh/cartography/map_sheet.hpp>

#include <algorithm>
#include <optional>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_source.hpp>

#include "cartography/layer_styles.hpp"
#include "cartography/project_xml.hpp"

namespace amayesh {
namespace {

using detail::MapSheet;

std::string value_of(std::span<const ManifestEntry> manifest, std::string_view section, std::string_view key) {
    const auto found = std::ranges::find_if(
        manifest, [&](const ManifestEntry& entry) { return entry.section == section && entry.key == key; });
    return found == manifest.end() ? std::string{} : found->value;
}

/// That of the layers, where it is a plane; degrees are none: they are drawn in the working CRS.
Crs crs_of(std::span<const ManifestEntry> manifest, const StoredPackage& package) {
    const auto placed = std::ranges::find_if(package.layers, [](const StoredLayer& l) { return l.crs.has_value(); });
    if (placed != package.layers.end() && !placed->crs->is_geographic()) return *placed->crs;
    const std::string working = value_of(manifest, "crs", "working");
    return working.empty() ? Crs::wgs84() : Crs::parse(working);
}

MapSheet sheet_of(std::span<const ManifestEntry> manifest, const StoredPackage& package) {
    return {.title = value_of(manifest, "parameters", "title"),
            .language = language_of(manifest),
            .as_of = value_of(manifest, "parameters", "as_of"),
            .crs = crs_of(manifest, package)};
}

std::vector<ManifestEntry> read_manifest(const std::filesystem::path& file) {
    ProblemReport unused;
    const FeatureTable table =
        read_vector(file.string(), {.layer = "manifest", .fields = {{"section", "key", "value"}}}, unused);
    std::vector<ManifestEntry> manifest;
    const auto text = [&](const char* column, std::size_t row) {
        const FieldValue value = table.find(column)->at(row);
        return std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : std::string{};
    };
    for (std::size_t i = 0; i < table.size(); ++i)
        manifest.push_back({text("section", i), text("key", i), text("value", i)});
    return manifest;
}

GeometryKind kind_of(const std::string& geometry_type) {
    if (geometry_type.empty()) return GeometryKind::none;
    if (geometry_type.ends_with("Polygon")) return GeometryKind::multi_polygon;
    return geometry_type.ends_with("LineString") ? GeometryKind::multi_line : GeometryKind::point;
}

StoredPackage read_package(const std::filesystem::path& file) {
    StoredPackage package{std::filesystem::canonical(file).filename().string(), {}};
    for (const LayerDescription& found : describe_vector(file.string())) {
        StoredLayer layer{.name = found.layer,
                          .geometry = kind_of(found.geometry_type),
                          .crs = found.geometry_type.empty() ? std::nullopt : found.crs,
                          .extent = found.extent};
        for (const auto& [name, type] : found.fields) layer.columns.push_back(name);
        package.layers.push_back(std::move(layer));
    }
    return package;
}

}  // namespace

void draw_layers(TitleLanguage language, VectorSink& sink) {
    const std::optional<StoredPackage> package = sink.package();
    if (!package) return;
    for (const StoredLayer& layer : package->layers) sink.set_styles(layer.name, detail::styles_of(layer, language));
}

void draw_map(std::span<const ManifestEntry> manifest, VectorSink& sink) {
    const std::optional<StoredPackage> package = sink.package();
    if (!package) return;
    const MapSheet sheet = sheet_of(manifest, *package);
    draw_layers(sheet.language, sink);
    sink.set_project(detail::project_of(sheet, *package));
    sink.set_metadata(detail::metadata_of(sheet, *package, manifest));
}

void redraw_map(const std::filesystem::path& file, Overwrite replace) {
    const StoredPackage package = read_package(file);
    if (std::ranges::find(package.layers, "manifest", &StoredLayer::name) == package.layers.end())
        throw InvalidInput(file.string() + ": it holds no result of amayesh (it has no layer 'manifest')");
    const MapSheet sheet = sheet_of(read_manifest(file), package);
    write_project(file, detail::project_of(sheet, package), replace);
}

}  // namespace amayesh
