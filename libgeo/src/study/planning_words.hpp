#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace amayesh::detail {

/// What a word in the name of a field, a layer or a thing stands for.
enum class Notion : std::uint8_t {
    // areas, from large to small
    country,
    province,
    county,
    district,
    rural_district,
    // things
    city,
    settlement,
    industry,
    estate,
    plot,
    supply_point,
    power_plant,
    trunk_line,
    road,
    restriction,
    extraction_site,
    transport_hub,
    factory,
    urban_footprint,
    // surfaces
    relief,
    land_cover,
    friction,
    // utilities
    water,
    power,
    gas,
    telecom,
    // properties
    code,
    row_number,
    name,
    population,
    households,
    kind,
    status,
    area,
    net,
    gross,
    occupied,
    vacant,
    capacity,
    use,
    committed,
    reach,
    price,
    places_of_work,
    jobs,
    operating,
    idle,
    planned,
    sewer,
    green,
    fire_station,
    company,
    project,
    date,
    progress,
    sector,
    speed,
    one_way,
    deprivation,
    served,
    centre,
    longitude,
    latitude,
    easting,
    northing,
    geometry,
    rate,
    // qualifiers
    english,
    persian,
    other_language,
    unit_of_measure,
    peak,
    largest,
    smallest,
    other,
    // what only looks like something else
    male,
    female,
    measure,
    web,
    rank,
    accuracy,
    origin,
};
inline constexpr std::size_t notion_count = static_cast<std::size_t>(Notion::origin) + 1;

/// One word, or group of words, of a name. Certainty: 1 as the table has it, less for a cut or vowelless one.
struct ReadWord {
    std::vector<Notion> notions;  ///< All that it may stand for.
    double certainty = 1;

    [[nodiscard]] bool means(Notion notion) const noexcept;
};

/// A name taken apart.
struct NameReading {
    std::vector<ReadWord> words;  ///< Those that are known, in the order of the name.
    std::vector<int> years;       ///< 1300–1499 or 1900–2099.
    std::vector<int> numbers;     ///< Other numbers.
    std::size_t unknown_words = 0;

    [[nodiscard]] double certainty_of(Notion notion) const noexcept;  ///< 0 where it is not there.
    [[nodiscard]] bool has(Notion notion) const noexcept { return certainty_of(notion) > 0; }
};

/// Takes a name apart at punctuation, digits and humps, and looks its words up: in English, Persian and transliterated
/// Persian, alone and in groups, joined (`KODOSTAN`), cut at ten letters (`SHAHRESTA`) and without vowels (`prvnc_nm`).
NameReading read_name(std::string_view utf8);

/// What the words of a text stand for, of those that the table has as they are.
std::vector<Notion> notions_in_text(std::string_view utf8);

/// The unit of measure that a field's name shows ("km2" of "AREA_KM2", "MW" of "Capacity (MW)"), "" if none.
/// For a comment only: a unit is never taken from a name.
std::string unit_in_name(std::string_view utf8);

}  // namespace amayesh::detail
