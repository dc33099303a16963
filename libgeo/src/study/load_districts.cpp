#include <cmath>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/crs/transform.hpp>

#include "study/check_values.hpp"
#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

/// Coordinates given as attributes: degrees, or in the projected CRS of the layer's own geometries.
class CentreFields {
public:
    explicit CentreFields(const TableReading& reading)
        : m_reading{reading}, m_x{reading.fields.find("centre_x")}, m_y{reading.fields.find("centre_y")} {
        const std::optional<Crs>& crs = reading.table.crs;
        if (m_x != nullptr && m_y != nullptr && crs && !crs->is_geographic()) m_to_degrees.emplace(*crs, Crs::wgs84());
    }

    [[nodiscard]] std::optional<Point> at(std::size_t row, ProblemReport& problems) const {
        const std::optional<double> x = number_at(m_x, row);
        const std::optional<double> y = number_at(m_y, row);
        if (!x || !y || (*x == 0 && *y == 0)) return std::nullopt;
        const bool are_degrees = std::abs(*x) <= 180 && std::abs(*y) <= 90;
        if (are_degrees) return Point{*x, *y};
        if (m_to_degrees) return m_to_degrees->apply(Point{*x, *y});
        const bool are_exchanged = std::abs(*x) <= 90 && std::abs(*y) <= 180;
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::centre_outside,
                      .layer = m_reading.role,
                      .file = m_reading.table.rows.file,
                      .feature = m_reading.names.labels[row],
                      .message = fmt::format("the centre {:.10g}, {:.10g} is not longitude and latitude{}", *x, *y,
                                             are_exchanged ? "; it would be with x and y exchanged" : ""),
                      .action = "left out: the largest settlement or the inside stands in for it"});
        return std::nullopt;
    }

private:
    const TableReading& m_reading;
    const FieldReader* m_x;
    const FieldReader* m_y;
    std::optional<Transform> m_to_degrees;
};

}  // namespace

void read_rural_districts(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, run.loaded.area.working_crs);
    const LayerFields& fields = reading.fields;
    const FieldReader* name = fields.find("name");
    const FieldReader* population = fields.find("population");
    const FieldReader* parent_population = fields.find("parent_population");
    const FieldReader* deprivation = fields.find("deprivation_weight");
    const FieldReader* area = fields.find("area");
    const PlaceFields place{fields};
    const ServedShareFields served{fields};
    const CentreFields centre{reading};

    TextPlausibility names;
    std::vector<RuralDistrict>& districts = run.loaded.area.rural_districts;
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] == RowPlace::skipped) continue;
        RuralDistrict district;
        district.id = reading.names.ids[row];
        district.name = text_at(name, row);
        names.add(district.name);
        district.place = place.at(row);
        district.population = count_at(population, row);
        district.parent_population = count_at(parent_population, row);
        district.centre = centre.at(row, run.problems);
        district.deprivation_weight = amount_at(deprivation, row, Dimension::count);
        district.served_share = served.at(row);
        district.area_ha = shapes[row].area_ha;
        if (auto* shape = std::get_if<MultiPolygon>(&shapes[row].geometry)) district.shape = std::move(*shape);
        compare_areas(amount_at(area, row, Dimension::area), district.area_ha, row, reading, run.problems);
        districts.push_back(std::move(district));
        hashes.rural_districts.push_back(reading.table.hashes[row]);
    }
    names.report(reading, "name", run.problems);
}

}  // namespace amayesh::detail
