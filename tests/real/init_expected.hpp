#pragma once

#include <array>
#include <string_view>

/// What a person who has read the data and its description would write into the study: one row for each field that has
/// a meaning in the model. Written before the guessing was tried on these files.
/// Several fields, parted by '|', are equally right. An attribute "x", "y" or "wkt" is the field that holds the place.
struct ExpectedField {
    std::string_view file;  ///< Below the data folder; a glob where many files are one layer.
    std::string_view attribute;
    std::string_view field;
};

/// Fields that may be mapped but need not be: a name that serves as id, a kind that says little.
using AllowedField = ExpectedField;

inline constexpr auto expected_fields = std::to_array<ExpectedField>({
    // Level-3 areas of one province; no code, names repeat between counties.
    {"admin/khorasan_razavi/bakhsh_District.geojson", "name", "NAME"},
    {"admin/khorasan_razavi/bakhsh_District.geojson", "area", "AREA"},
    {"admin/khorasan_razavi/bakhsh_District.geojson", "county", "SHAHRESTAN"},
    {"admin/khorasan_razavi/bakhsh_District.geojson", "province", "OSTAN"},
    {"admin/khorasan_razavi/shahrestan_County.geojson", "name", "NAME"},
    {"admin/khorasan_razavi/shahrestan_County.geojson", "area", "AREA"},
    {"admin/khorasan_razavi/shahrestan_County.geojson", "province", "OSTAN"},
    {"admin/khorasan_razavi/shahrestan_utm40n/Shahrestan.shp", "name", "Shahrestan"},
    {"admin/khorasan_razavi/shahrestan_utm40n/Shahrestan.shp", "area", "Area"},
    {"admin/khorasan_razavi/shahrestan_utm40n/Shahrestan.shp", "province", "Ostan"},
    // Names are lost; the codes are whole. Population is 42 columns by sex and age.
    {"admin/counties_2016_census/iran2016census.shp", "id", "cnty_cd"},
    {"admin/counties_2016_census/iran2016census.shp", "province", "prvnc_c"},
    {"admin/counties_2016_census/iran2016census.shp", "population", "42 fields"},
    // One row for each age group: a table to be joined by code.
    {"settlements/county_population_2016_age_sex.csv", "id", "county_code"},
    {"settlements/county_population_2016_age_sex.csv", "name", "county_name"},
    {"settlements/county_population_2016_age_sex.csv", "province", "province_name|province_code"},
    {"settlements/county_population_2016_age_sex.csv", "population", "male+female"},
    {"settlements/county_population_2011_age_sex.csv", "name", "county_name"},
    {"settlements/county_population_2011_age_sex.csv", "province", "province_name|province_code"},
    {"settlements/county_population_2011_age_sex.csv", "population", "male+female"},
    {"settlements/dehestan_population.csv", "id", "dehestan_amar_code_1399"},
    {"settlements/dehestan_population.csv", "name", "name_en|name_fa"},
    {"settlements/dehestan_population.csv", "district", "bakhsh_2016"},
    {"settlements/dehestan_population.csv", "county", "shahrestan_2016"},
    {"settlements/dehestan_population.csv", "province", "ostan"},
    {"settlements/dehestan_population.csv", "population", "pop_2016"},
    {"settlements/dehestan_population.csv", "x", "lon"},
    {"settlements/dehestan_population.csv", "y", "lat"},
    {"settlements/wof_localities_ir.csv", "id", "wof_id"},
    {"settlements/wof_localities_ir.csv", "name", "name|name_fas"},
    {"settlements/wof_localities_ir.csv", "population", "population"},
    {"settlements/wof_localities_ir.csv", "county", "county_id"},
    {"settlements/wof_localities_ir.csv", "province", "region_id"},
    {"settlements/wof_localities_ir.csv", "x", "lon"},
    {"settlements/wof_localities_ir.csv", "y", "lat"},
    {"settlements/geonames_places_ir.csv", "id", "geonames_id"},
    {"settlements/geonames_places_ir.csv", "name", "name"},
    {"settlements/geonames_places_ir.csv", "population", "population"},
    {"settlements/geonames_places_ir.csv", "province", "admin1_code"},
    {"settlements/geonames_places_ir.csv", "x", "lon"},
    {"settlements/geonames_places_ir.csv", "y", "lat"},
    {"settlements/ne_10m_populated_places_ir.geojson", "id", "wof_id"},
    {"settlements/ne_10m_populated_places_ir.geojson", "name", "NAME|NAME_EN"},
    {"settlements/ne_10m_populated_places_ir.geojson", "population", "POP_MAX"},
    {"settlements/ne_10m_populated_places_ir.geojson", "province", "ADM1NAME"},
    // Industrial places known only by the code of their rural district.
    {"industry/industrial_abadi_1399.csv", "id", "amar_code"},
    {"industry/industrial_abadi_1399.csv", "name", "name"},
    {"industry/industrial_abadi_1399.csv", "kind", "class"},
    {"industry/industrial_abadi_1399.csv", "rural_district", "dehestan_amar_code"},
    {"industry/industrial_abadi_1399.csv", "district", "bakhsh"},
    {"industry/industrial_abadi_1399.csv", "county", "shahrestan"},
    {"industry/industrial_abadi_1399.csv", "province", "ostan"},
    // Sources. Units of the power plants have no id of their own.
    {"utilities/gem_oil_gas_power_units_ir_2024-08.csv", "name", "project"},
    {"utilities/gem_oil_gas_power_units_ir_2024-08.csv", "capacity", "capacity"},
    {"utilities/gem_oil_gas_power_units_ir_2024-08.csv", "x", "lng"},
    {"utilities/gem_oil_gas_power_units_ir_2024-08.csv", "y", "lat"},
    {"utilities/gem_hydropower_ir_2025-04.geojson", "id", "id"},
    {"utilities/gem_hydropower_ir_2025-04.geojson", "name", "name"},
    {"utilities/gem_hydropower_ir_2025-04.geojson", "capacity", "capacity"},
    {"utilities/gem_gas_pipelines_ir_2024-10.geojson", "id", "id"},
    {"utilities/gem_gas_pipelines_ir_2024-10.geojson", "name", "name"},
    {"utilities/gem_gas_pipelines_ir_2024-10.geojson", "capacity", "capacity"},
    {"utilities/gem_gas_pipelines_lng_ir_2024-10.csv", "id", "id"},
    {"utilities/gem_gas_pipelines_lng_ir_2024-10.csv", "name", "name"},
    {"utilities/gem_gas_pipelines_lng_ir_2024-10.csv", "capacity", "capacity"},
    {"utilities/gem_gas_pipelines_lng_ir_2024-10.csv", "wkt", "geometry"},
    {"utilities/wri_power_plants_iran_raw.csv", "id", "Power Plant ID"},
    {"utilities/wri_power_plants_iran_raw.csv", "name", "Name"},
    {"utilities/wri_power_plants_iran_raw.csv", "capacity", "Capacity (MW)"},
    {"utilities/wri_power_plants_iran_raw.csv", "x", "Longitude"},
    {"utilities/wri_power_plants_iran_raw.csv", "y", "Latitude"},
    {"utilities/wri_geodb_power_plants_ir.csv", "id", "gppd_idnr"},
    {"utilities/wri_geodb_power_plants_ir.csv", "name", "name"},
    {"utilities/wri_geodb_power_plants_ir.csv", "capacity", "capacity_mw"},
    {"utilities/wri_geodb_power_plants_ir.csv", "x", "longitude"},
    {"utilities/wri_geodb_power_plants_ir.csv", "y", "latitude"},
    // The official list; settlements name their rural district by the id of the list's own table.
    {"admin/divisions_v3/abadi.csv", "id", "id|amar_code"},
    {"admin/divisions_v3/abadi.csv", "name", "name"},
    {"admin/divisions_v3/abadi.csv", "kind", "abadi_type"},
    {"admin/divisions_v3/abadi.csv", "rural_district", "dehestan"},
    {"admin/divisions_v3/abadi.csv", "district", "bakhsh"},
    {"admin/divisions_v3/abadi.csv", "county", "shahrestan"},
    {"admin/divisions_v3/abadi.csv", "province", "ostan"},
    {"admin/divisions_v3/dehestan.csv", "id", "id"},
    {"admin/divisions_v3/dehestan.csv", "name", "name"},
    {"admin/divisions_v3/dehestan.csv", "district", "bakhsh"},
    {"admin/divisions_v3/dehestan.csv", "county", "shahrestan"},
    {"admin/divisions_v3/dehestan.csv", "province", "ostan"},
    {"admin/divisions_v3/bakhsh.csv", "id", "id"},
    {"admin/divisions_v3/bakhsh.csv", "name", "name"},
    {"admin/divisions_v3/bakhsh.csv", "county", "shahrestan"},
    {"admin/divisions_v3/bakhsh.csv", "province", "ostan"},
    {"admin/divisions_v3/shahrestan.csv", "id", "id"},
    {"admin/divisions_v3/shahrestan.csv", "name", "name"},
    {"admin/divisions_v3/shahrestan.csv", "province", "ostan"},
    {"admin/divisions_v3/ostan.csv", "id", "id"},
    {"admin/divisions_v3/ostan.csv", "name", "name"},
    {"admin/divisions_v3/shahr.csv", "id", "id|amar_code"},
    {"admin/divisions_v3/shahr.csv", "name", "name"},
    {"admin/divisions_v3/shahr.csv", "district", "bakhsh"},
    {"admin/divisions_v3/shahr.csv", "county", "shahrestan"},
    {"admin/divisions_v3/shahr.csv", "province", "ostan"},
    // Names stand inside a nested object that no field shows.
    {"admin/osm_counties/IR-*.all.min.geojson", "id", "id"},
    {"admin/bakhsh_table_cp1256/BAKHSH.dbf", "id", "OBJECTID"},
    {"admin/bakhsh_table_cp1256/BAKHSH.dbf", "name", "PER_NAM"},
    {"admin/bakhsh_table_cp1256/BAKHSH.dbf", "area", "AREA|AREA_KM|Shape_Area"},
});

inline constexpr auto allowed_fields = std::to_array<AllowedField>({
    {"admin/khorasan_razavi/shahrestan_County.geojson", "id", "NAME"},
    {"admin/khorasan_razavi/shahrestan_utm40n/Shahrestan.shp", "id", "Shahrestan"},
    {"settlements/dehestan_population.csv", "kind", "unit_type"},
    {"settlements/wof_localities_ir.csv", "kind", "placetype"},
    {"settlements/geonames_places_ir.csv", "kind", "feature_code"},
    {"settlements/ne_10m_populated_places_ir.geojson", "kind", "FEATURECLA"},
    {"admin/divisions_v3/shahr.csv", "kind", "shahr_type"},
    // Extraction sites: whether they supply anybody is not in the file.
    {"utilities/gem_oil_gas_fields_ir_2025-02.csv", "id", "unit-id"},
    {"utilities/gem_oil_gas_fields_ir_2025-02.csv", "name", "wiki-name"},
    {"utilities/gem_oil_gas_fields_ir_2025-02.csv", "x", "lng"},
    {"utilities/gem_oil_gas_fields_ir_2025-02.csv", "y", "lat"},
});
