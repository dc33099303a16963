#include "study/layer_evidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <variant>

namespace amayesh::detail {
namespace {

constexpr double most_longitude = 180;
constexpr double most_latitude = 90;

struct ShapeCounts {
    std::size_t points = 0;
    std::size_t lines = 0;
    std::size_t polygons = 0;
};

ShapeCounts count_shapes(const FeatureTable& table) {
    ShapeCounts counts;
    for (const Geometry& geometry : table.geometries) {
        if (std::holds_alternative<Point>(geometry) || std::holds_alternative<MultiPoint>(geometry)) ++counts.points;
        if (std::holds_alternative<MultiLine>(geometry)) ++counts.lines;
        if (std::holds_alternative<MultiPolygon>(geometry)) ++counts.polygons;
    }
    return counts;
}

/// Polygons with label points among them are a polygon layer.
LayerShape shape_of(const ShapeCounts& counts) {
    if (counts.polygons > 0 && counts.polygons >= counts.lines) return LayerShape::polygons;
    if (counts.lines > 0) return LayerShape::lines;
    return counts.points > 0 ? LayerShape::points : LayerShape::table;
}

bool is_coordinate(const FieldEvidence& field, double most) {
    return field.known > 0 && field.numeric == field.known && field.least >= -most && field.most <= most;
}

bool is_metric(const FieldEvidence& field) {
    return field.known > 0 && field.numeric == field.known && field.most > most_longitude;
}

/// A centre is the place of something in the row, not of the row.
bool names_the_row(const FieldEvidence& field) { return !field.reading.has(Notion::centre); }

/// The shape that the values of a field describe as WKT; nothing where they are something else.
std::optional<LayerShape> shape_of_wkt(const FieldEvidence& field) {
    const auto starts_with = [&](std::string_view word) {
        return std::ranges::any_of(field.sample, [&](const std::string& text) { return text.starts_with(word); });
    };
    if (starts_with("POLYGON") || starts_with("MULTIPOLYGON")) return LayerShape::polygons;
    if (starts_with("LINESTRING") || starts_with("MULTILINESTRING")) return LayerShape::lines;
    if (starts_with("POINT") || starts_with("MULTIPOINT")) return LayerShape::points;
    return std::nullopt;
}

/// Positions of a few rows are remarks, not the place of the layer.
bool is_mostly_known(const LayerEvidence& evidence, const std::string& name) {
    const FieldEvidence* field = evidence.find(name);
    return field != nullptr && field->known * 2 >= field->rows;
}

void find_place_fields(LayerEvidence& evidence) {
    for (const FieldEvidence& field : evidence.fields) {
        if (!names_the_row(field)) continue;
        const NameReading& name = field.reading;
        const bool degrees_east = name.has(Notion::longitude) && is_coordinate(field, most_longitude);
        const bool degrees_north = name.has(Notion::latitude) && is_coordinate(field, most_latitude);
        const bool east = name.has(Notion::easting) && (is_coordinate(field, most_longitude) || is_metric(field));
        const bool north = name.has(Notion::northing) && (is_coordinate(field, most_latitude) || is_metric(field));
        if (evidence.x_field.empty() && (degrees_east || east)) evidence.x_field = field.name;
        if (evidence.y_field.empty() && (degrees_north || north)) evidence.y_field = field.name;
        if (evidence.wkt_field.empty() && name.has(Notion::geometry) && shape_of_wkt(field))
            evidence.wkt_field = field.name;
    }
    if (!is_mostly_known(evidence, evidence.x_field) || !is_mostly_known(evidence, evidence.y_field))
        evidence.x_field = evidence.y_field = "";
}

void place_table(LayerEvidence& evidence) {
    find_place_fields(evidence);
    if (!evidence.wkt_field.empty()) {
        evidence.x_field = evidence.y_field = "";
        evidence.shape = *shape_of_wkt(*evidence.find(evidence.wkt_field));
    } else if (!evidence.x_field.empty()) {
        evidence.shape = LayerShape::points;
    }
}

/// "utilities/post_bargh.shp" → "post_bargh", "utilities".
std::pair<std::string, std::string> part_path(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    std::string folders(slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash));
    std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const std::size_t dot = file.rfind('.');
    if (dot != std::string_view::npos && dot > 0) file = file.substr(0, dot);
    return {std::string(file), std::move(folders)};
}

/// Levels with which fields name areas, apart from those that name the seat of the row.
bool names_area(const FieldEvidence& field, Notion area) {
    if (!field.reading.has(area)) return false;
    return !field.reading.has(Notion::population) && !field.reading.has(Notion::kind) && field.distinct > 0;
}

constexpr std::array area_notions{Notion::rural_district, Notion::district, Notion::county, Notion::province,
                                  Notion::country};

/// The finest area in the name; "county" of "shahrestan_County", "rural_district" of "dehestan_by_ostan".
std::optional<AreaLevel> finest_in(const NameReading& name) {
    for (const Notion notion : area_notions)
        if (name.has(notion)) return level_of(notion);
    return std::nullopt;
}

std::optional<AreaLevel> level_of_keys(const LayerEvidence& evidence) {
    for (const Notion notion : area_notions)
        for (const FieldEvidence& field : evidence.fields)
            if (names_area(field, notion) && field.is_key()) return level_of(notion);
    return std::nullopt;
}

/// Rows that name their county again and again are parts of counties.
std::optional<AreaLevel> level_below_parents(const LayerEvidence& evidence) {
    for (const Notion notion : area_notions)
        for (const FieldEvidence& field : evidence.fields)
            if (names_area(field, notion) && field.distinct < field.known && notion != Notion::rural_district)
                return static_cast<AreaLevel>(static_cast<int>(*level_of(notion)) + 1);
    return std::nullopt;
}

}  // namespace

const FieldEvidence* LayerEvidence::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find(fields, name, &FieldEvidence::name);
    return found == fields.end() ? nullptr : &*found;
}

LayerEvidence gather_evidence(const FeatureTable& table, std::string_view path) {
    LayerEvidence evidence;
    const auto [file, folders] = part_path(path);
    evidence.own_name = read_name(file == table.layer || table.layer.empty() ? file : file + " " + table.layer);
    evidence.folder_name = read_name(folders);
    evidence.rows = table.size();
    evidence.shape = shape_of(count_shapes(table));
    evidence.has_geometry = evidence.shape != LayerShape::table;
    for (const Column& column : table.columns) evidence.fields.push_back(measure_field(column));
    if (!evidence.has_geometry) place_table(evidence);
    return evidence;
}

std::optional<AreaLevel> level_of(Notion notion) noexcept {
    switch (notion) {
        case Notion::country:
            return AreaLevel::country;
        case Notion::province:
            return AreaLevel::province;
        case Notion::county:
            return AreaLevel::county;
        case Notion::district:
            return AreaLevel::district;
        case Notion::rural_district:
            return AreaLevel::rural_district;
        default:
            return std::nullopt;
    }
}

Notion notion_of(AreaLevel level) noexcept {
    constexpr std::array notions{Notion::country, Notion::province, Notion::county, Notion::district,
                                 Notion::rural_district};
    return notions[static_cast<std::size_t>(level)];
}

std::optional<AreaLevel> guess_level(const LayerEvidence& evidence) {
    if (const auto level = finest_in(evidence.own_name)) return level;
    if (const auto level = level_of_keys(evidence)) return level;
    if (const auto level = finest_in(evidence.folder_name)) return level;
    return level_below_parents(evidence);
}

}  // namespace amayesh::detail
