#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/study/calendar.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/load_features.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

/// An amount of one season, and the part of the capacity that is there in it.
struct SeasonField {
    std::string season;  ///< Empty = all year.
    double capacity_factor;
    FieldReader amount;
};

/// The fields of an attribute that may be given by season; none where it is not mapped.
std::vector<SeasonField> seasons_of(const TableReading& reading, std::string_view attribute, ProblemReport& problems) {
    std::vector<SeasonField> seasons;
    const FieldMap* first = reading.fields.map_of(attribute);
    if (first == nullptr) return seasons;
    seasons.push_back({first->season, first->capacity_factor.value_or(1), *reading.fields.find(attribute)});
    for (const FieldMap& season : first->other_seasons)
        seasons.push_back(
            {season.season, season.capacity_factor.value_or(1),
             FieldReader{*reading.fields.rows_of(attribute), season, {reading.role, reading.names.labels}, problems}});
    return seasons;
}

bool is_by_season(const std::vector<SeasonField>& seasons) { return !seasons.empty() && !seasons[0].season.empty(); }

/// Reads what is in use and committed, season by season. Which seasons there are is checked with the study: where both
/// name some, they name the same.
class SeasonalFields {
public:
    SeasonalFields(const TableReading& reading, ProblemReport& problems)
        : m_in_use{seasons_of(reading, "in_use", problems)}, m_committed{seasons_of(reading, "committed", problems)} {
        if (!is_by_season(m_in_use) || !is_by_season(m_committed)) return;
        std::vector<SeasonField> in_order;
        for (const SeasonField& use : m_in_use)
            in_order.push_back(*std::ranges::find(m_committed, fold_name(use.season),
                                                  [](const SeasonField& season) { return fold_name(season.season); }));
        m_committed.swap(in_order);
    }

    void read(std::size_t row, Dimension dimension, UtilitySource& source) const {
        for (const SeasonField& season : m_in_use)
            source.use.push_back({season.season, season.capacity_factor, season.amount.amount(row, dimension)});
        if (!is_by_season(m_committed)) {
            if (!m_committed.empty()) source.committed = m_committed[0].amount.amount(row, dimension);
            return;
        }
        if (!is_by_season(m_in_use)) spread_over_seasons(source);
        for (std::size_t i = 0; i < m_committed.size(); ++i)
            source.use[i].committed = m_committed[i].amount.amount(row, dimension);
    }

private:
    /// What is in use all year, or unknown, is so in each season that has commitments of its own.
    void spread_over_seasons(UtilitySource& source) const {
        const SeasonalUse all_year = source.use.empty() ? SeasonalUse{} : source.use.front();
        source.use.assign(m_committed.size(), all_year);
        for (std::size_t i = 0; i < m_committed.size(); ++i) source.use[i].season = m_committed[i].season;
    }

    std::vector<SeasonField> m_in_use;
    std::vector<SeasonField> m_committed;  ///< By season: in the order of those of `m_in_use`, if it has any.
};

/// Until when a source's capacity is promised, beside the date of the assessment.
class CommitmentDates {
public:
    CommitmentDates(const TableReading& reading, const Study& study)
        : m_until{reading.fields.find("committed_until")}, m_calendar{study.calendar} {
        const auto date = parse_date(study.date.empty() ? reading.layer.as_of : study.date, study.calendar);
        if (date) m_assessed = to_day(*date, study.calendar);
    }

    void read(std::size_t row, UtilitySource& source) const {
        if (m_until == nullptr) return;
        source.committed_until = m_until->text(row);
        const std::optional<CalendarDate> until = m_until->date(row, m_calendar);
        source.commitment_has_lapsed = until && m_assessed && to_last_day(*until, m_calendar) < *m_assessed;
    }

private:
    const FieldReader* m_until;
    Calendar m_calendar;
    std::optional<std::chrono::sys_days> m_assessed;
};

/// Reads the attributes of sources, one row at a time.
class SourceFields {
public:
    SourceFields(const TableReading& reading, const Study& study, ProblemReport& problems)
        : m_name{reading.fields.find("name")},
          m_utility{reading.fields.find("utility")},
          m_role{reading.fields.find("role")},
          m_capacity{reading.fields.find("capacity")},
          m_seasons{reading, problems},
          m_commitments{reading, study},
          m_class{reading.fields.find("telecom_class")},
          m_serves{reading.fields.find("serves")},
          m_rate{reading.fields.find("rate")},
          m_reach{reading.fields.find("reach")},
          m_price{reading.fields.find("connection_price")},
          m_layer{reading.layer} {}

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
        m_seasons.read(row, dimension, source);
        m_commitments.read(row, source);
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
    SeasonalFields m_seasons;
    CommitmentDates m_commitments;
    const FieldReader* m_class;
    const FieldReader* m_serves;
    const FieldReader* m_rate;
    const FieldReader* m_reach;
    const FieldReader* m_price;
    const LayerStudy& m_layer;
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

/// Whether the source may have headroom, and how much cannot be told.
bool has_untold_headroom(const UtilitySource& source) {
    return source.role == SourceRole::distribution && source.utility != UtilityKind::telecom &&
           !source.capacity_is_yes_no && !headroom(source) && !is_exhausted(source);
}

/// A note for each utility of the table: what the study takes for granted is told.
void report_taken_as_enough(const TableReading& reading, const PerUtility<std::size_t>& sources,
                            ProblemReport& problems) {
    for (const UtilityKind utility : all_utilities)
        if (sources[utility] > 0)
            problems.add({.severity = Severity::note,
                          .kind = ProblemKind::capacity_unknown,
                          .layer = reading.role,
                          .file = reading.table.rows.file,
                          .message = fmt::format(
                              "sources of {} whose headroom cannot be told, because capacity, use or committed "
                              "amount is not known: {}",
                              to_string(utility), sources[utility]),
                          .action = "taken as enough for whatever is asked (unknown_headroom = \"enough\")"});
}

}  // namespace

void read_sources(TableReading& reading, LoadRun& run, FeatureHashes& hashes) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, Crs::wgs84());
    const SourceFields fields{reading, run.study, run.problems};
    std::size_t without_role = 0;
    PerUtility<std::size_t> taken_as_enough;
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
        if (reading.layer.unknown_headroom == UnknownHeadroom::enough && has_untold_headroom(source)) {
            source.capacity_is_yes_no = true;
            ++taken_as_enough[*utility];
        }
        source.id = reading.names.ids[row];
        source.geometry = std::move(shapes[row].geometry);
        run.loaded.area.sources.push_back(std::move(source));
        hashes.sources.push_back(reading.table.hashes[row]);
        hashes.source_rows.push_back(feature_row(reading, row));
    }
    report_without_role(reading, without_role, run.problems);
    report_taken_as_enough(reading, taken_as_enough, run.problems);
}

}  // namespace amayesh::detail
