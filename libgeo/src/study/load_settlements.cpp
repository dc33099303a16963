#include <utility>

#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {

void read_settlements(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    const std::vector<std::optional<Point>> positions = points_in_degrees(reading.table, reading.places);
    const LayerFields& fields = reading.fields;
    const FieldReader* name = fields.find("name");
    const FieldReader* kind = fields.find("kind");
    const FieldReader* population = fields.find("population");
    const FieldReader* households = fields.find("households");
    const FieldReader* rural_district = fields.find("rural_district");
    const FieldReader* deprivation = fields.find("deprivation_weight");
    const PlaceFields place{fields};
    const ServedShareFields served{fields};

    TextPlausibility names;
    std::vector<Settlement>& settlements = run.loaded.area.settlements;
    settlements.reserve(settlements.size() + reading.table.rows.size());
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] == RowPlace::skipped) continue;
        Settlement& settlement = settlements.emplace_back();
        settlement.id = reading.names.ids[row];
        settlement.name = text_at(name, row);
        names.add(settlement.name);
        if (kind != nullptr) settlement.kind = kind->settlement_kind(row).value_or(SettlementKind::unknown);
        settlement.place = place.at(row);
        settlement.population = count_at(population, row);
        settlement.households = count_at(households, row);
        settlement.rural_district_id = text_at(rural_district, row);
        settlement.position = positions[row];
        settlement.deprivation_weight = number_at(deprivation, row);
        settlement.served_share = served.at(row);
        hashes.settlements.push_back(reading.table.hashes[row]);
    }
    names.report(reading, "name", run.problems);
}

}  // namespace amayesh::detail
