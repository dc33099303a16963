#include <mutex>
#include <utility>

#include <amayesh/core/parallel.hpp>

#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

/// Reads the attributes of settlements, one row at a time; one object a thread.
class SettlementFields {
public:
    explicit SettlementFields(const LayerFields& fields)
        : m_name{fields.find("name")},
          m_kind{fields.find("kind")},
          m_population{fields.find("population")},
          m_households{fields.find("households")},
          m_rural_district{fields.find("rural_district")},
          m_deprivation{fields.find("deprivation_weight")},
          m_place{fields},
          m_served{fields} {}

    void read(std::size_t row, Settlement& settlement) const {
        settlement.name = text_at(m_name, row);
        if (m_kind != nullptr) settlement.kind = m_kind->settlement_kind(row).value_or(SettlementKind::unknown);
        settlement.place = m_place.at(row);
        settlement.population = count_at(m_population, row);
        settlement.households = count_at(m_households, row);
        settlement.rural_district_id = text_at(m_rural_district, row);
        settlement.deprivation_weight = amount_at(m_deprivation, row, Dimension::count);
        settlement.served_share = m_served.at(row);
    }

private:
    const FieldReader* m_name;
    const FieldReader* m_kind;
    const FieldReader* m_population;
    const FieldReader* m_households;
    const FieldReader* m_rural_district;
    const FieldReader* m_deprivation;
    PlaceFields m_place;
    ServedShareFields m_served;
};

}  // namespace

void read_settlements(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    const std::vector<std::optional<Point>> positions = points_in_degrees(reading.table, reading.places);
    std::vector<std::size_t> rows;
    rows.reserve(reading.places.size());
    for (std::size_t row = 0; row < reading.places.size(); ++row)
        if (reading.places[row] != RowPlace::skipped) rows.push_back(row);

    std::vector<Settlement>& settlements = run.loaded.area.settlements;
    const std::size_t first = settlements.size();
    settlements.resize(first + rows.size());
    TextPlausibility names;
    std::mutex guard;
    parallel_for(rows.size(), rows_per_thread(rows.size()), [&](std::size_t begin, std::size_t end) {
        ProblemReport problems;
        TextPlausibility own_names;
        const LayerFields all{reading.table.rows, reading.layer, reading.joined, reading.names.labels, problems};
        const SettlementFields fields{all};
        for (std::size_t i = begin; i < end; ++i) {
            Settlement& settlement = settlements[first + i];
            fields.read(rows[i], settlement);
            settlement.id = reading.names.ids[rows[i]];
            settlement.position = positions[rows[i]];
            own_names.add(settlement.name);
        }
        const std::scoped_lock lock{guard};
        names.add(own_names);
        run.problems.append(std::move(problems));
    });
    for (const std::size_t row : rows) hashes.settlements.push_back(reading.table.hashes[row]);
    names.report(reading, "name", run.problems);
}

}  // namespace amayesh::detail
