#include <amayesh/study/backdrop.hpp>

#include <utility>

#include <amayesh/crs/transform.hpp>

#include "study/cell_text.hpp"
#include "study/load_tables.hpp"

namespace amayesh {

namespace {

/// Vertices alone are moved: what is drawn on a screen needs no more.
void move(Geometry& geometry, const Transform& transform) {
    if (auto* point = std::get_if<Point>(&geometry)) *point = transform.apply(*point);
    if (auto* points = std::get_if<MultiPoint>(&geometry)) transform.apply(std::span(*points));
    if (auto* lines = std::get_if<MultiLine>(&geometry))
        for (LineString& line : lines->parts) transform.apply(std::span(line));
    if (auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (Polygon& part : shape->parts) {
            transform.apply(std::span(part.outer));
            for (Ring& hole : part.holes) transform.apply(std::span(hole));
        }
}

void add_features(detail::LayerTable& table, const LayerStudy& layer, std::vector<BackdropFeature>& features) {
    if (!table.crs) return;
    const Transform to_degrees(*table.crs, Crs::wgs84());
    const auto name_field = layer.fields.find("name");
    const Column* names = name_field == layer.fields.end() ? nullptr : table.rows.find(name_field->second.field);
    for (std::size_t row = 0; row < table.rows.geometries.size(); ++row) {
        Geometry& geometry = table.rows.geometries[row];
        if (std::holds_alternative<std::monostate>(geometry)) continue;
        move(geometry, to_degrees);
        features.push_back(
            {.name = names ? detail::cell_text(*names, row) : std::string{}, .geometry = std::move(geometry)});
    }
}

BackdropLayer read(const LayerStudy& layer, BackdropKind kind, const Study& study, ProblemReport& problems) {
    detail::InputsRead inputs;
    detail::LayerTables tables = detail::read_layer(layer, "backdrop", study, inputs);
    BackdropLayer backdrop{.kind = kind, .features = {}};
    for (detail::LayerTable& table : tables.tables) add_features(table, layer, backdrop.features);
    problems.append(std::move(inputs.problems));
    return backdrop;
}

}  // namespace

std::vector<BackdropLayer> read_backdrop(const Study& study, ProblemReport& problems, const Progress& progress) {
    if (progress) progress("read the backdrop", 0);
    std::vector<BackdropLayer> layers;
    for (const BackdropStudy& backdrop : study.backdrop)
        layers.push_back(read(backdrop.layer, backdrop.kind, study, problems));
    for (const LayerStudy& layer : study.layers)
        if (layer.role == LayerRole::roads) layers.push_back(read(layer, BackdropKind::roads, study, problems));
    if (progress) progress("read the backdrop", 1);
    return layers;
}

}  // namespace amayesh
