#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/allocate_capacity.hpp>
#include <amayesh/analysis/assessed_units.hpp>
#include <amayesh/analysis/zone_travel.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/range.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/crs/nearest.hpp>
#include <amayesh/model/industrial_zone.hpp>
#include <amayesh/model/standards.hpp>
#include <amayesh/model/utility.hpp>
#include <amayesh/model/utility_source.hpp>
#include <amayesh/raster/cost_distance.hpp>
#include <amayesh/study/calendar.hpp>

namespace amayesh {

enum class LayerRole : std::uint8_t {
    rural_districts,
    settlements,
    zones,
    plots,
    sources,
    roads,
    constraints,
    rasters
};
AMAYESH_EXPORT std::string_view to_string(LayerRole role) noexcept;

enum class Language : std::uint8_t { english, persian };

/// Keeps the rows whose field has one of the values (or none of them). Values are compared after name folding.
struct Filter {
    std::string field;
    std::vector<std::string> values;
    bool keeps_listed = true;  ///< `in = […]`; false for `not_in = […]`.
};

/// Where one attribute of the model comes from: a field, several fields put together or added up, or a constant for
/// every row.
struct FieldMap {
    std::string field;                   ///< Name in the source; empty where another origin is set.
    std::vector<std::string> parts;      ///< `{ parts = ["project", "unit"] }`: texts, those not empty joined by " / ".
    std::vector<std::string> otherwise;  ///< Parts that stand in where the field is empty.
    std::vector<std::string> sum_of;     ///< `{ sum = ["male", "female"] }`: unknown where any of them is.
    std::optional<std::string> constant;  ///< `{ value = … }`
    std::string unit;                     ///< Empty = ours.
    std::optional<double> power_factor;
    std::string season;                        ///< For amounts in use or committed; empty = all year.
    std::optional<double> capacity_factor;     ///< Part of the capacity that is there in that season, 0–1.
    std::map<std::string, std::string> words;  ///< Value in the data → word of ours (`{ "فعال" = "operating" }`);
                                               ///< compared after folding, numbers as numbers.
    std::string prefix;                        ///< Stripped from the text before use ("شهرستان ").
    std::vector<FieldMap>
        other_seasons;  ///< `in_use`, `committed` given as a list: the maps behind the first, each with its season.
    int line = 0;       ///< In the study file, for messages.
};

/// Every field of the source that a map reads, those of its other seasons too.
AMAYESH_EXPORT std::vector<std::string> fields_of(const FieldMap& map);

/// A table whose fields are added to the rows of a layer.
struct Join {
    std::string source;
    std::string layer;
    std::string encoding;
    std::string delimiter;
    std::optional<Filter> where;
    /// Pairs (field of the layer, field of the table) that must be equal. `by_name` pairs are folded before comparing.
    struct Key {
        std::string field;
        std::string table_field;
        bool by_name = false;
        std::string prefix;  ///< Stripped from the layer's text before folding.
        std::string table_prefix;
        std::optional<int> pad_to;  ///< Codes are padded with leading zeros to this length on both sides.
    };
    std::vector<Key> keys;
    /// What several matching rows of the table become: refuse unless they agree, or add the numbers up.
    enum class Several : std::uint8_t { refuse, sum } several = Several::refuse;
    std::map<std::string, FieldMap> take;  ///< Attribute of the model → field of the table.
    bool required = false;                 ///< Unmatched rows of the layer are errors, not warnings.
    int line = 0;
};

/// Districts grown from settlements: Thiessen cells dissolved by district code, clipped to the parent areas.
struct Derivation {
    std::string source;  ///< Parent polygons.
    std::string layer;
    std::string encoding;
    std::string crs;
    std::map<std::string, FieldMap> fields;  ///< `id` of the parent, `name`.
    /// Which place of a district names its parent: district, county, province; empty: parents by position of the settlement.
    std::string parent_attribute = "district";
    int line = 0;
};

/// What sources can give whose headroom cannot be told, because capacity, use or committed amount is not known.
enum class UnknownHeadroom : std::uint8_t {
    none,   ///< Nothing: they serve nobody.
    enough  ///< Whatever is asked, without an amount.
};

/// What the values of a friction raster are.
enum class FrictionUnit : std::uint8_t { minutes_per_metre, minutes_per_kilometre, seconds_per_metre };

/// One layer of a study.
struct LayerStudy {
    LayerRole role = LayerRole::settlements;
    std::vector<std::string> sources;  ///< As written: paths, globs, a zip's inner path, a connection.
    std::string layer;
    std::string encoding;
    std::string crs;  ///< For data that has none.
    std::string delimiter;
    std::string x_field, y_field, wkt_field;
    std::string as_of;  ///< As written; checked against the calendar.
    bool complete = true;
    std::optional<Box> extent;               ///< Degrees: [west, south, east, north].
    std::vector<Filter> where;               ///< All must hold.
    std::map<std::string, FieldMap> fields;  ///< Attribute of the model → source.
    std::vector<Join> joins;
    std::optional<Derivation> derive;
    std::optional<UtilityKind> utility;  ///< Sources: for every row.
    std::optional<SourceRole> source_role;
    UnknownHeadroom unknown_headroom = UnknownHeadroom::none;  ///< Of sources.
    bool placed_by_district = false;  ///< Zones known only by a district's code (`place = "district"`).
    std::string raster_kind;          ///< Rasters: elevation, land_cover, population, friction.
    std::map<std::int64_t, std::string> land_cover_classes;  ///< Value of a cell → class of the standards; empty = ESA
                                                             ///< WorldCover's codes.
    FrictionUnit friction_unit = FrictionUnit::minutes_per_metre;
    int line = 0;
};

/// A result that `amayesh run` writes, in the order in which they are made.
enum class RunOutput : std::uint8_t { gap, report, allocate, reach };
AMAYESH_EXPORT std::string_view to_string(RunOutput output) noexcept;
inline constexpr std::array all_run_outputs{RunOutput::gap, RunOutput::report, RunOutput::allocate, RunOutput::reach};

/// What a layer that is only drawn shows.
enum class BackdropKind : std::uint8_t { borders, lakes, rivers, roads, places };
AMAYESH_EXPORT std::string_view to_string(BackdropKind kind) noexcept;

/// A layer that reports draw under their map; it enters no figure.
struct BackdropStudy {
    BackdropKind kind = BackdropKind::roads;
    LayerStudy layer;  ///< How it is read; its role is unused, `fields` may hold a `name`.
};

/// How people and zones come together: the kind of reach, and what travel is computed with.
struct ReachStudy {
    ReachKind kind = ReachKind::straight;
    TravelDirection direction = TravelDirection::to_facility;
    std::optional<TravelTime> limit;  ///< In reach; nothing = the standards' `travel.limit`.
    std::optional<Kilometres> snap;   ///< Farthest off-road walk; nothing = the standards' `travel.snap`.
    Metres crossing_tolerance{1};     ///< Ends of roads that are no farther apart are joined.
    std::optional<Metres> cell;       ///< Of the surface; nothing = chosen (see open_travel).
    CellNeighbours neighbours = CellNeighbours::sixteen;
    std::vector<TravelTime> people_limits{std::chrono::minutes{15}, std::chrono::minutes{30}, std::chrono::minutes{45},
                                          std::chrono::minutes{60}};  ///< Rising.
    Kilometres margin{50};                 ///< The surface goes that far beyond the districts and their settlements.
    bool allows_coarse_elevation = false;  ///< Slopes of an elevation with cells of more than 1 km.
};

/// The whole study, as written, with defaults filled in.
struct Study {
    std::filesystem::path file;
    std::string title;
    Language language = Language::english;
    Calendar calendar = Calendar::gregorian;
    std::string working_crs;  ///< Empty = equal-area, fitted to the data.
    std::string output_crs;   ///< Empty = that of the districts layer.
    Metric metric = Metric::geodesic;
    Sharing sharing = Sharing::most;  ///< Of headroom, inside a class.
    ReachStudy reach;
    UnitKind unit = UnitKind::rural_district;
    std::int64_t over = 10'000;  ///< People; strictly more are assessed.
    std::string date;            ///< Of the assessment, as written; empty = the `as_of` of each layer.
    std::vector<ZoneStatus> serving_statuses{ZoneStatus::operating};
    /// In their own order; as read from a file, `reach` too unless the reach is straight.
    std::vector<RunOutput> run_outputs{RunOutput::gap, RunOutput::report, RunOutput::allocate};
    bool network_allowed = false;
    std::vector<LayerStudy> layers;
    std::vector<BackdropStudy> backdrop;
    Standards standards;  ///< Of the files named, later over earlier, then the study's own values.
    std::vector<std::filesystem::path> standards_files;
};

/// Reads and checks a study file; paths in it are relative to its folder.
/// Throws: InvalidInput "study.toml:12: unknown key 'populaton' in [layers.settlements.fields]; did you mean 'population'?";
///         IoError where the file cannot be read.
/// `unit` takes the place of the study's own `[assess] unit`.
AMAYESH_EXPORT Study read_study(const std::filesystem::path& file, std::optional<UnitKind> unit = std::nullopt);

/// Reads a standards file.
AMAYESH_EXPORT Standards read_standards(const std::filesystem::path& file);

/// What the values of an attribute are.
enum class ValueKind : std::uint8_t {
    text,    ///< Ids, names, codes: kept as they came.
    word,    ///< One of a list of words; `words` of the field map translates.
    flag,    ///< Yes or no.
    date,    ///< In the study's calendar.
    people,  ///< A whole number that is not negative.
    count,   ///< As `people`, of things.
    amount,  ///< A number with a unit.
    number,  ///< A number without one.
};

/// One attribute that a layer may map.
struct AttributeRule {
    std::string_view name;
    std::optional<Dimension> dimension;  ///< Of amounts, people and counts; nothing for a source's amounts, whose
                                         ///< dimension is that of its utility.
    bool required = false;
    ValueKind kind = ValueKind::text;
};

/// The attributes that a layer of this role may map: the one list that the parser, `init` and the documentation use.
AMAYESH_EXPORT std::vector<AttributeRule> attributes_of(LayerRole role);

}  // namespace amayesh
