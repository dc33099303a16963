#include <utility>
#include <variant>

#include "study/check_values.hpp"
#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

/// What a zone has of each utility.
class SupplyFields {
public:
    explicit SupplyFields(const LayerFields& fields)
        : m_water{fields.find("water")},
          m_power{fields.find("power")},
          m_gas{fields.find("gas")},
          m_telecom{fields.find("telecom")},
          m_telecom_rate{fields.find("telecom_rate")} {}

    [[nodiscard]] UtilitySupply at(std::size_t row) const {
        UtilitySupply supply;
        if (const auto water = amount_at(m_water, row, Dimension::water_flow)) supply.water = LitresPerSecond{*water};
        if (const auto power = amount_at(m_power, row, Dimension::electric_power)) supply.power = Megawatts{*power};
        if (const auto gas = amount_at(m_gas, row, Dimension::gas_flow)) supply.gas = CubicMetresPerHour{*gas};
        if (m_telecom != nullptr) supply.telecom = m_telecom->telecom_class(row);
        if (const auto rate = amount_at(m_telecom_rate, row, Dimension::data_rate))
            supply.telecom_rate = MegabitsPerSecond{*rate};
        return supply;
    }

private:
    const FieldReader* m_water;
    const FieldReader* m_power;
    const FieldReader* m_gas;
    const FieldReader* m_telecom;
    const FieldReader* m_telecom_rate;
};

/// Reads the attributes of zones, one row at a time.
class ZoneFields {
public:
    explicit ZoneFields(const LayerFields& fields)
        : m_name{fields.find("name")},
          m_kind{fields.find("kind")},
          m_status{fields.find("status")},
          m_rural_district{fields.find("rural_district")},
          m_gross{fields.find("gross_area")},
          m_net{fields.find("net_area")},
          m_occupied{fields.find("occupied_area")},
          m_vacant{fields.find("vacant_area")},
          m_operating{fields.find("operating_units")},
          m_idle{fields.find("idle_units")},
          m_planned{fields.find("planned_units")},
          m_jobs{fields.find("jobs")},
          m_sewer{fields.find("sewer")},
          m_green{fields.find("green_area")},
          m_fire_station{fields.find("fire_station")},
          m_operator{fields.find("operator")},
          m_place{fields},
          m_supply{fields} {}

    [[nodiscard]] IndustrialZone at(std::size_t row) const {
        IndustrialZone zone;
        zone.name = text_at(m_name, row);
        if (m_kind != nullptr) zone.kind = m_kind->zone_kind(row).value_or(ZoneKind::other);
        if (m_status != nullptr) zone.status = m_status->zone_status(row).value_or(ZoneStatus::unknown);
        zone.place = m_place.at(row);
        zone.rural_district_id = text_at(m_rural_district, row);
        zone.gross_ha = amount_at(m_gross, row, Dimension::area);
        zone.net_ha = amount_at(m_net, row, Dimension::area);
        zone.occupied_ha = amount_at(m_occupied, row, Dimension::area);
        zone.vacant_ha = amount_at(m_vacant, row, Dimension::area);
        zone.supply = m_supply.at(row);
        zone.operating_units = count_at(m_operating, row);
        zone.idle_units = count_at(m_idle, row);
        zone.planned_units = count_at(m_planned, row);
        zone.jobs = count_at(m_jobs, row);
        zone.has_sewer = flag_at(m_sewer, row);
        zone.green_ha = amount_at(m_green, row, Dimension::area);
        zone.has_fire_station = flag_at(m_fire_station, row);
        zone.operator_name = text_at(m_operator, row);
        return zone;
    }

private:
    const FieldReader* m_name;
    const FieldReader* m_kind;
    const FieldReader* m_status;
    const FieldReader* m_rural_district;
    const FieldReader* m_gross;
    const FieldReader* m_net;
    const FieldReader* m_occupied;
    const FieldReader* m_vacant;
    const FieldReader* m_operating;
    const FieldReader* m_idle;
    const FieldReader* m_planned;
    const FieldReader* m_jobs;
    const FieldReader* m_sewer;
    const FieldReader* m_green;
    const FieldReader* m_fire_station;
    const FieldReader* m_operator;
    PlaceFields m_place;
    SupplyFields m_supply;
};

}  // namespace

void read_zones(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, Crs::wgs84());
    const ZoneFields fields{reading.fields};
    TextPlausibility names;
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] == RowPlace::skipped) continue;
        IndustrialZone zone = fields.at(row);
        names.add(zone.name);
        zone.id = reading.names.ids[row];
        zone.geometry = std::move(shapes[row].geometry);
        compare_areas(zone.gross_ha, shapes[row].area_ha, row, reading, run.problems);
        if (!zone.gross_ha) zone.gross_ha = shapes[row].area_ha;
        run.loaded.area.zones.push_back(std::move(zone));
        hashes.zones.push_back(reading.table.hashes[row]);
        hashes.zone_rows.push_back(feature_row(reading, row));
    }
    names.report(reading, "name", run.problems);
}

void read_plots(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, Crs::wgs84());
    const LayerFields& fields = reading.fields;
    const FieldReader* zone = fields.find("zone");
    const FieldReader* state = fields.find("state");
    const FieldReader* area = fields.find("area");
    const FieldReader* contract_date = fields.find("contract_date");
    const FieldReader* progress = fields.find("progress");
    const FieldReader* sector = fields.find("sector");
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] == RowPlace::skipped) continue;
        Plot plot;
        plot.id = reading.names.ids[row];
        plot.zone_id = text_at(zone, row);
        if (state != nullptr) plot.state = state->plot_state(row).value_or(PlotState::unknown);
        plot.area_ha = amount_at(area, row, Dimension::area);
        plot.geometry = std::move(shapes[row].geometry);
        plot.contract_date = text_at(contract_date, row);
        plot.progress = amount_at(progress, row, Dimension::share);
        plot.sector = text_at(sector, row);
        compare_areas(plot.area_ha, shapes[row].area_ha, row, reading, run.problems);
        if (!plot.area_ha) plot.area_ha = shapes[row].area_ha;
        run.loaded.area.plots.push_back(std::move(plot));
        hashes.plots.push_back(reading.table.hashes[row]);
        hashes.plot_rows.push_back(feature_row(reading, row));
    }
}

}  // namespace amayesh::detail
