#include <utility>
#include <vector>

#include <fmt/format.h>

#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

/// What is drawn in one season, and the part of the capacity that is there.
struct SeasonField {
    std::string season;
    double capacity_factor;
    FieldReader in_use;
};

/// Reads the attributes of sources, one row at a time.
class SourceFields {
public:
    SourceFields(const TableReading& reading, ProblemReport& problems)
        : m_name{reading.fields.find("name")},
          m_utility{reading.fields.find("utility")},
          m_role{reading.fields.find("role")},
          m_capacity{reading.fields.find("capacity")},
          m_in_use{reading.fields.find("in_use")},
          m_committed{reading.fields.find("committed")},
          m_class{reading.fields.find("telecom_class")},
          m_serves{reading.fields.find("serves")},
          m_rate{reading.fields.find("rate")},
          m_reach{reading.fields.find("reach")},
          m_price{reading.fields.find("connection_price")},
          m_layer{reading.layer} {
        const FieldMap* use = reading.fields.map_of("in_use");
        if (use == nullptr) return;
        m_first_season = *use;
        for (const FieldMap& season : use->other_seasons)
            m_other_seasons.push_back(
                {season.season, season.capacity_factor.value_or(1),
                 FieldReader{
                     *reading.fields.rows_of("in_use"), season, {reading.role, reading.names.labels}, problems}});
    }

    [[nodiscard]] std::optional<UtilityKind> utility(std::size_t row) const {
        if (m_utility == nullptr) return m_layer.utility;
        const std::optional<UtilityKind> own = m_utility->utility(row);
        return own ? own : m_layer.utility;
    }

    [[nodiscard]] std::optional<SourceRole> role(std::size_t row) const {
        if (m_role == nullptr) return m_layer.source_role;
        const std::optional<SourceRole> own = m_role->source_role(row);
        return own ? own : m_layer.source_role;
    }

    [[nodiscard]] UtilitySource at(std::size_t row, UtilityKind utility) const {
        const Dimension dimension = dimension_of(utility);
        UtilitySource source;
        source.name = text_at(m_name, row);
        source.utility = utility;
        source.capacity = amount_at(m_capacity, row, dimension);
        if (m_in_use != nullptr) {
            source.use.push_back(
                {m_first_season.season, m_first_season.capacity_factor.value_or(1), m_in_use->amount(row, dimension)});
            for (const SeasonField& season : m_other_seasons)
                source.use.push_back({season.season, season.capacity_factor, season.in_use.amount(row, dimension)});
        }
        if (m_committed != nullptr) source.committed = amount_at(m_committed, row, dimension);
        if (m_class != nullptr) source.telecom_class = m_class->telecom_class(row);
        if (!source.capacity && utility == UtilityKind::telecom)
            source.capacity = amount_at(m_rate, row, Dimension::data_rate);
        if (!source.capacity) take_yes_or_no(flag_at(m_serves, row), source);
        if (const auto reach = amount_at(m_reach, row, Dimension::length)) source.reach = to_kilometres(Metres{*reach});
        source.connection_price = number_at(m_price, row);
        return source;
    }

private:
    /// A source that only says whether it serves: yes has no amount, no has none to give.
    static void take_yes_or_no(std::optional<bool> serves, UtilitySource& source) {
        if (!serves) return;
        source.capacity_is_yes_no = *serves;
        if (*serves) return;
        source.capacity = 0;
        source.use = {SeasonalUse{.season = {}, .in_use = 0}};
    }

    const FieldReader* m_name;
    const FieldReader* m_utility;
    const FieldReader* m_role;
    const FieldReader* m_capacity;
    const FieldReader* m_in_use;
    const FieldReader* m_committed;
    const FieldReader* m_class;
    const FieldReader* m_serves;
    const FieldReader* m_rate;
    const FieldReader* m_reach;
    const FieldReader* m_price;
    const LayerStudy& m_layer;
    FieldMap m_first_season;
    std::vector<SeasonField> m_other_seasons;
};

void report_unknown_utility(const TableReading& reading, std::size_t row, ProblemReport& problems) {
    const FieldMap* map = reading.fields.map_of("utility");
    problems.add({.severity = Severity::error,
                  .kind = ProblemKind::value_missing,
                  .layer = reading.role,
                  .file = reading.table.rows.file,
                  .feature = reading.names.labels[row],
                  .field = map != nullptr ? map->field : std::string{},
                  .message = "the source names no known utility; say utility = \"water\", \"power\", \"gas\" or "
                             "\"telecom\" for the layer, or map its words",
                  .action = "skipped"});
}

/// One finding for the whole table: a role is the layer's to state.
void report_without_role(const TableReading& reading, std::size_t rows, ProblemReport& problems) {
    if (rows == 0) return;
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::source_without_role,
                  .layer = reading.role,
                  .file = reading.table.rows.file,
                  .message = fmt::format("{} sources do not say whether they can serve a zone; say role = "
                                         "\"distribution\" or \"context\"",
                                         rows),
                  .action = "taken as context: drawn, never headroom"});
}

}  // namespace

void read_sources(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, Crs::wgs84());
    const SourceFields fields{reading, run.problems};
    std::size_t without_role = 0;
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] == RowPlace::skipped) continue;
        const std::optional<UtilityKind> utility = fields.utility(row);
        if (!utility) {
            report_unknown_utility(reading, row, run.problems);
            reading.places[row] = RowPlace::skipped;
            continue;
        }
        UtilitySource source = fields.at(row, *utility);
        const std::optional<SourceRole> role = fields.role(row);
        if (!role) ++without_role;
        source.role = role.value_or(SourceRole::context);
        source.id = reading.names.ids[row];
        source.geometry = std::move(shapes[row].geometry);
        run.loaded.area.sources.push_back(std::move(source));
        hashes.sources.push_back(reading.table.hashes[row]);
        hashes.source_rows.push_back(feature_row(reading, row));
    }
    report_without_role(reading, without_role, run.problems);
}

}  // namespace amayesh::detail
