#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/shared_borders.hpp>
#include <amayesh/geometry/spatial_order.hpp>
#include <amayesh/output/schema.hpp>

#include "webpage/encoded_shapes.hpp"
#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

constexpr double steps_of_a_map = 16'000;           ///< Of its longer side: the finest that is drawn.
constexpr std::size_t most_border_points = 45'000;  ///< Of all districts, and of each other layer.

double longer_side(const Box& box) {
    return box.is_empty() ? 0 : std::max(box.max_x - box.min_x, box.max_y - box.min_y);
}

Bilingual layer_title(std::string_view layer) {
    const auto schema = std::ranges::find(result_schema(), layer, &LayerSchema::name);
    return {schema->title_en, schema->title_fa};
}

Json layer_json(const std::string& name, const Bilingual& title, const char* kind, Json table, const char* role,
                Json features) {
    return {{"name", name}, {"title", to_json(title)},        {"kind", kind}, {"table", std::move(table)},
            {"role", role}, {"features", std::move(features)}};
}

/// Adds a layer with anything in it.
void add_layer(Json& layers, const std::string& name, const Bilingual& title, const char* kind, const char* table,
               Json features) {
    if (!features.empty()) layers.push_back(layer_json(name, title, kind, table, "result", std::move(features)));
}

Json row_json(std::size_t row) { return row == no_index ? Json(nullptr) : Json(row); }

void add_points(Json& features, const Geometry& geometry, std::size_t row) {
    if (const auto* point = std::get_if<Point>(&geometry))
        features.push_back({{"row", row_json(row)}, {"at", encoded(std::span(point, 1))}});
    if (const auto* points = std::get_if<MultiPoint>(&geometry))
        for (const Point& point : *points)
            features.push_back({{"row", row_json(row)}, {"at", encoded(std::span(&point, 1))}});
}

/// The districts as arcs, in degrees, simplified in the working CRS.
class DistrictBorders {
public:
    explicit DistrictBorders(const PlanningArea& area) : m_area{area} {
        std::vector<MultiPolygon> shapes;
        Box box;
        for (const RuralDistrict& district : area.rural_districts) {
            shapes.push_back(district.shape);
            box.add(bounds(district.shape));
        }
        m_borders = find_shared_borders(shapes);
        simplify(m_borders, {.tolerance = longer_side(box) / steps_of_a_map, .most_points = most_border_points});
        const Transform to_degrees(area.working_crs, Crs::wgs84());
        for (BorderArc& arc : m_borders.arcs) {
            drop_hidden(arc);
            to_degrees.apply(std::span(arc.points));
        }
    }

    [[nodiscard]] MultiPolygon shape(std::size_t district) const { return drawn_shape(m_borders, district); }

    /// Borders of counties inside their provinces, and of provinces; those of the one province that there is are its counties'.
    [[nodiscard]] MultiLine counties() const {
        const Grouping provinces = group_by(province_of);
        const Grouping counties = group_by(county_of);
        if (counties.groups <= provinces.groups) return {};
        return provinces.groups < 2 ? borders_of_groups(m_borders, counties.of_district)
                                    : borders_inside_groups(m_borders, counties.of_district, provinces.of_district);
    }
    [[nodiscard]] MultiLine provinces() const {
        const Grouping provinces = group_by(province_of);
        return provinces.groups < 2 ? MultiLine{} : borders_of_groups(m_borders, provinces.of_district);
    }

private:
    static std::string province_of(const AdministrativePlace& place) { return place.province; }
    static std::string county_of(const AdministrativePlace& place) { return place.province + '\n' + place.county; }

    struct Grouping {
        std::size_t groups;
        std::vector<std::size_t> of_district;
    };

    template <class NameOf>
    [[nodiscard]] Grouping group_by(const NameOf& name_of) const {
        std::map<std::string, std::size_t, std::less<>> groups;
        std::vector<std::size_t> of_district;
        for (const RuralDistrict& district : m_area.rural_districts)
            of_district.push_back(groups.try_emplace(name_of(district.place), groups.size()).first->second);
        return {groups.size(), std::move(of_district)};
    }

    /// Only what is drawn needs to be transformed.
    static void drop_hidden(BorderArc& arc) {
        LineString points;
        std::vector<double> stays;
        for (std::size_t i = 0; i < arc.points.size(); ++i) {
            if (arc.stays_until[i] <= arc.tolerance) continue;
            points.push_back(arc.points[i]);
            stays.push_back(arc.stays_until[i]);
        }
        arc.points = std::move(points);
        arc.stays_until = std::move(stays);
    }

    const PlanningArea& m_area;
    SharedBorders m_borders;
};

void add_borders(Json& layers, const DistrictBorders& borders) {
    const auto add = [&](const char* name, const Bilingual& title, const MultiLine& lines) {
        if (lines.parts.empty()) return;
        Json feature{{"row", nullptr}, {"lines", encoded(lines)}};
        layers.push_back(layer_json(name, title, "line", nullptr, "backdrop", Json::array({std::move(feature)})));
    };
    add("county_borders", {"Counties", "مرز شهرستان‌ها"}, borders.counties());
    add("province_borders", {"Provinces", "مرز استان‌ها"}, borders.provinces());
}

void add_units(Json& layers, const ReportInput& input, const ReportTable& table, const DistrictBorders& borders) {
    const Bilingual title = layer_title("units");
    Json polygons = Json::array();
    Json points = Json::array();
    for (std::size_t i = 0; i < input.result.units.size(); ++i) {
        const AssessedUnit& unit = input.result.units[i].unit;
        const std::size_t row = table.row_of_feature[i];
        if (row == no_index) continue;
        const MultiPolygon shape = unit.kind == UnitKind::rural_district ? borders.shape(unit.index) : MultiPolygon{};
        if (!shape.parts.empty())
            polygons.push_back({{"row", row}, {"rings", encoded(shape)}});
        else if (unit.centre)
            add_points(points, *unit.centre, row);
    }
    add_layer(layers, "units", title, "polygon", "units", std::move(polygons));
    add_layer(layers, "unit_points", title, "point", "units", std::move(points));
}

/// Tolerance, in degrees, for what is not a district.
double tolerance_of(const Box& degrees) { return longer_side(degrees) / steps_of_a_map; }

void add_zones(Json& layers, const ReportInput& input, const ReportTable& table, const Box& degrees) {
    std::vector<MultiPolygon> shapes;
    std::vector<std::size_t> zone_of_shape;
    Json points = Json::array();
    for (std::size_t i = 0; i < input.area.zones.size(); ++i) {
        const Geometry& geometry = input.area.zones[i].geometry;
        add_points(points, geometry, table.row_of_feature[i]);
        if (const auto* shape = std::get_if<MultiPolygon>(&geometry)) {
            shapes.push_back(*shape);
            zone_of_shape.push_back(i);
        }
    }
    SharedBorders borders = find_shared_borders(shapes);
    simplify(borders, {.tolerance = tolerance_of(degrees), .most_points = most_border_points});
    Json polygons = Json::array();
    for (std::size_t s = 0; s < shapes.size(); ++s)
        polygons.push_back(
            {{"row", row_json(table.row_of_feature[zone_of_shape[s]])}, {"rings", encoded(drawn_shape(borders, s))}});
    add_layer(layers, "zones", layer_title("zones"), "polygon", "zones", std::move(polygons));
    add_layer(layers, "zone_points", layer_title("zone_points"), "point", "zones", std::move(points));
}

MultiLine simplified(const MultiLine& lines, double tolerance) {
    MultiLine result;
    for (const LineString& line : lines.parts)
        if (line.size() > 1) result.parts.push_back(simplify_line(line, tolerance));
    return result;
}

void add_sources(Json& layers, const ReportInput& input, const ReportTable& table, const Box& degrees) {
    Json points = Json::array();
    Json lines = Json::array();
    for (std::size_t i = 0; i < input.area.sources.size(); ++i) {
        const Geometry& geometry = input.area.sources[i].geometry;
        const std::size_t row = table.row_of_feature[i];
        add_points(points, geometry, row);
        if (const auto* line = std::get_if<MultiLine>(&geometry))
            lines.push_back({{"row", row}, {"lines", encoded(simplified(*line, tolerance_of(degrees)))}});
    }
    add_layer(layers, "source_lines", layer_title("source_lines"), "line", "sources", std::move(lines));
    add_layer(layers, "sources", layer_title("sources"), "point", "sources", std::move(points));
}

/// Places in an order in which the next is near: small differences, few digits.
void add_settlements(Json& layers, const ReportInput& input) {
    std::vector<Point> places;
    std::vector<std::size_t> settlement_of_place;
    for (std::size_t i = 0; i < input.area.settlements.size(); ++i)
        if (const auto& position = input.area.settlements[i].position) {
            places.push_back(*position);
            settlement_of_place.push_back(i);
        }
    if (places.empty()) return;
    std::vector<Point> ordered;
    std::string in_reach;
    for (const std::size_t place : spatial_order(places)) {
        const PlaceReach& reach = input.result.settlements[settlement_of_place[place]];
        ordered.push_back(places[place]);
        const bool is_known = input.area.zones_layer.complete && !reach.may_have_zone();
        in_reach += reach.zone_in_reach ? '1' : is_known ? '0' : '?';
    }
    Json layer = layer_json("settlements", layer_title("settlements"), "point", nullptr, "result", Json::array());
    layer["flat"] = encoded(ordered);
    layer["in_reach"] = in_reach;
    layers.push_back(std::move(layer));
}

struct KindTitle {
    BackdropKind kind;
    const char* name;
    Bilingual title;
};

const KindTitle& title_of(BackdropKind kind) {
    static const KindTitle titles[] = {
        {BackdropKind::borders, "borders", {"Borders", "مرزها"}},
        {BackdropKind::lakes, "lakes", {"Lakes", "دریاچه‌ها"}},
        {BackdropKind::rivers, "rivers", {"Rivers", "رودها"}},
        {BackdropKind::roads, "roads", {"Roads", "راه‌ها"}},
        {BackdropKind::places, "places", {"Places", "شهرها و جای‌ها"}},
    };
    return *std::ranges::find(titles, kind, &KindTitle::kind);
}

Json backdrop_feature(const BackdropFeature& feature) {
    return {{"row", nullptr}, {"label", feature.name.empty() ? Json(nullptr) : Json(feature.name)}};
}

/// Polygons and lines of one backdrop layer simplified together, so that none costs more than a layer may.
void add_backdrop(Json& layers, const BackdropLayer& backdrop, const Box& degrees) {
    std::map<std::string, Json> features;
    for (const BackdropFeature& feature : backdrop.features) {
        Json json = backdrop_feature(feature);
        if (const auto* shape = std::get_if<MultiPolygon>(&feature.geometry)) {
            SharedBorders borders = find_shared_borders(std::span(shape, 1));
            simplify(borders, {.tolerance = tolerance_of(degrees), .most_points = most_border_points});
            json["rings"] = encoded(drawn_shape(borders, 0));
            features["polygon"].push_back(std::move(json));
        } else if (const auto* line = std::get_if<MultiLine>(&feature.geometry)) {
            json["lines"] = encoded(simplified(*line, tolerance_of(degrees)));
            features["line"].push_back(std::move(json));
        } else if (const auto* point = std::get_if<Point>(&feature.geometry)) {
            json["at"] = encoded(std::span(point, 1));
            features["point"].push_back(std::move(json));
        }
    }
    const KindTitle& title = title_of(backdrop.kind);
    for (auto& [kind, of_kind] : features)
        layers.push_back(layer_json(title.name, title.title, kind.c_str(), nullptr, "backdrop", std::move(of_kind)));
}

/// Of what was assessed.
Box bounds_of(const ReportInput& input, const DistrictBorders& borders) {
    Box box;
    for (const UnitGap& gap : input.result.units) {
        if (gap.unit.kind == UnitKind::rural_district) box.add(bounds(borders.shape(gap.unit.index)));
        if (gap.unit.centre) box.add(*gap.unit.centre);
    }
    return box;
}

}  // namespace

Json map_json(const ReportInput& input, const ReportTables& tables) {
    const DistrictBorders borders(input.area);
    const Box box = bounds_of(input, borders);
    Json layers = Json::array();
    for (const BackdropLayer& backdrop : input.content.backdrop) add_backdrop(layers, backdrop, box);
    add_units(layers, input, tables.units, borders);
    add_borders(layers, borders);
    add_settlements(layers, input);
    add_sources(layers, input, tables.sources, box);
    add_zones(layers, input, tables.zones, box);
    const Json corners =
        box.is_empty() ? Json(nullptr)
                       : Json::array({rounded(box.min_x), rounded(box.min_y), rounded(box.max_x), rounded(box.max_y)});
    return {{"bounds", corners}, {"layers", std::move(layers)}};
}

}  // namespace amayesh::detail
