#include "study/field_rules.hpp"

#include <algorithm>

namespace amayesh::detail {
namespace {

using enum Notion;
using Shape = ValueShape;
using Role = LayerRole;

/// Fills places of `allows` that are not used: a notion that the rule needs anyway.
constexpr auto rules = std::to_array<FieldRule>({
    {Role::rural_districts, "id", Shape::key, {code, code}, {code, code, code, code}},
    {Role::rural_districts, "id", Shape::key, {row_number, row_number}, {code, code, code, code}, 0.5},
    {Role::rural_districts, "name", Shape::label, {name, name}, {name, name, name, name}},
    {Role::rural_districts, "population", Shape::people, {population, population}, {largest, gross, other, date}},
    {Role::rural_districts, "district", Shape::code, {district, district}, {name, code, kind, date}},
    {Role::rural_districts, "county", Shape::code, {county, county}, {name, code, kind, date}},
    {Role::rural_districts, "province", Shape::code, {province, province}, {name, code, kind, date}},
    {Role::rural_districts, "centre_x", Shape::degrees, {centre, longitude}, {centre, easting, name, name}},
    {Role::rural_districts, "centre_x", Shape::degrees, {centre, easting}, {centre, longitude, name, name}},
    {Role::rural_districts, "centre_x", Shape::degrees, {longitude, longitude}, {name, name, name, name}, 0.8},
    {Role::rural_districts, "centre_y", Shape::degrees, {latitude, latitude}, {name, name, name, name}, 0.8},
    {Role::rural_districts, "centre_y", Shape::degrees, {centre, latitude}, {centre, northing, name, name}},
    {Role::rural_districts, "centre_y", Shape::degrees, {centre, northing}, {centre, latitude, name, name}},
    {Role::rural_districts, "area", Shape::amount, {area, area}, {gross, area, area, area}},
    {Role::rural_districts, "deprivation_weight", Shape::amount, {deprivation, deprivation}, {rank, rate, kind, code}},
    {Role::rural_districts, "served_water", Shape::percentage, {served, water}, {households, population, rate, other}},
    {Role::rural_districts, "served_power", Shape::percentage, {served, power}, {households, population, rate, other}},
    {Role::rural_districts, "served_gas", Shape::percentage, {served, gas}, {households, population, rate, other}},
    {Role::rural_districts,
     "served_telecom",
     Shape::percentage,
     {served, telecom},
     {households, population, rate, other}},

    {Role::settlements, "id", Shape::key, {code, code}, {code, code, code, code}},
    {Role::settlements, "id", Shape::key, {row_number, row_number}, {code, code, code, code}, 0.5},
    {Role::settlements, "name", Shape::label, {name, name}, {name, name, name, name}},
    {Role::settlements, "kind", Shape::word, {kind, kind}, {code, name, kind, kind}},
    {Role::settlements, "population", Shape::people, {population, population}, {largest, gross, other, date}},
    {Role::settlements, "households", Shape::people, {households, households}, {gross, other, date, date}},
    {Role::settlements, "rural_district", Shape::code, {rural_district, rural_district}, {name, code, kind, date}},
    {Role::settlements, "district", Shape::code, {district, district}, {name, code, kind, date}},
    {Role::settlements, "county", Shape::code, {county, county}, {name, code, kind, date}},
    {Role::settlements, "province", Shape::code, {province, province}, {name, code, kind, date}},
    {Role::settlements, "deprivation_weight", Shape::amount, {deprivation, deprivation}, {rank, rate, kind, code}},
    {Role::settlements, "served_water", Shape::percentage, {served, water}, {households, population, rate, other}},
    {Role::settlements, "served_power", Shape::percentage, {served, power}, {households, population, rate, other}},
    {Role::settlements, "served_gas", Shape::percentage, {served, gas}, {households, population, rate, other}},
    {Role::settlements, "served_telecom", Shape::percentage, {served, telecom}, {households, population, rate, other}},

    {Role::zones, "id", Shape::key, {code, code}, {code, code, code, code}},
    {Role::zones, "id", Shape::key, {row_number, row_number}, {code, code, code, code}, 0.5},
    {Role::zones, "name", Shape::label, {name, name}, {name, name, name, name}},
    {Role::zones, "kind", Shape::word, {kind, kind}, {code, name, kind, kind}},
    {Role::zones, "status", Shape::word, {status, status}, {code, name, operating, status}},
    {Role::zones, "rural_district", Shape::code, {rural_district, rural_district}, {name, code, kind, date}},
    {Role::zones, "district", Shape::code, {district, district}, {name, code, kind, date}},
    {Role::zones, "county", Shape::code, {county, county}, {name, code, kind, date}},
    {Role::zones, "province", Shape::code, {province, province}, {name, code, kind, date}},
    {Role::zones, "gross_area", Shape::amount, {gross, gross}, {area, area, area, area}, 0.7},
    {Role::zones, "gross_area", Shape::amount, {gross, area}, {area, area, area, area}},
    {Role::zones, "gross_area", Shape::amount, {area, area}, {area, area, area, area}, 0.85},
    {Role::zones, "net_area", Shape::amount, {net, net}, {area, area, area, area}},
    {Role::zones, "occupied_area", Shape::amount, {occupied, occupied}, {area, area, area, area}},
    {Role::zones, "vacant_area", Shape::amount, {vacant, vacant}, {area, area, area, area}},
    {Role::zones, "water", Shape::amount, {water, water}, {capacity, supply_point, committed, peak}},
    {Role::zones, "power", Shape::amount, {power, power}, {capacity, supply_point, committed, peak}},
    {Role::zones, "gas", Shape::amount, {gas, gas}, {capacity, supply_point, committed, peak}},
    {Role::zones, "telecom", Shape::word, {telecom, telecom}, {kind, supply_point, status, code}},
    {Role::zones, "telecom_rate", Shape::amount, {rate, rate}, {telecom, capacity, supply_point, rate}},
    {Role::zones, "operating_units", Shape::people, {places_of_work, operating}, {other, idle, idle, idle}},
    {Role::zones, "operating_units", Shape::people, {operating, operating}, {other, places_of_work, idle, idle}, 0.7},
    {Role::zones, "idle_units", Shape::people, {idle, places_of_work}, {other, operating, operating, operating}},
    {Role::zones, "idle_units", Shape::people, {idle, idle}, {other, places_of_work, idle, idle}, 0.7},
    {Role::zones, "planned_units", Shape::people, {planned, places_of_work}, {other, operating, operating, operating}},
    {Role::zones, "jobs", Shape::people, {jobs, jobs}, {other, population, other, other}},
    {Role::zones, "sewer", Shape::flag, {sewer, sewer}, {supply_point, status, sewer, sewer}},
    {Role::zones, "green_area", Shape::amount, {green, green}, {area, area, area, area}},
    {Role::zones, "fire_station", Shape::flag, {fire_station, fire_station}, {supply_point, status, other, other}},
    {Role::zones, "operator", Shape::label, {company, company}, {name, name, name, name}, 0.8},

    {Role::plots, "id", Shape::key, {code, code}, {code, code, code, code}},
    {Role::plots, "id", Shape::key, {plot, plot}, {other, row_number, row_number, row_number}, 0.8},
    {Role::plots, "id", Shape::key, {row_number, row_number}, {code, code, code, code}, 0.5},
    {Role::plots, "zone", Shape::code, {estate, estate}, {name, code, industry, industry}},
    {Role::plots, "state", Shape::word, {status, status}, {code, name, kind, operating}},
    {Role::plots, "area", Shape::amount, {area, area}, {gross, net, net, net}},
    {Role::plots, "contract_date", Shape::date, {date, date}, {committed, committed, committed, committed}},
    {Role::plots, "progress", Shape::percentage, {progress, progress}, {rate, rate, rate, rate}},
    {Role::plots, "sector", Shape::label, {sector, sector}, {kind, name, code, industry}},
    {Role::plots, "price", Shape::amount, {price, price}, {gross, other, other, other}},

    {Role::sources, "id", Shape::key, {code, code}, {code, code, code, code}},
    {Role::sources, "id", Shape::key, {row_number, row_number}, {code, code, code, code}, 0.5},
    {Role::sources, "name", Shape::label, {name, name}, {name, name, name, name}},
    {Role::sources, "name", Shape::label, {project, project}, {name, name, name, name}, 0.9},
    {Role::sources, "utility", Shape::word, {kind, kind}, {name, code, supply_point, kind}},
    {Role::sources, "role", Shape::word, {kind, kind}, {name, code, supply_point, kind}},
    {Role::sources, "capacity", Shape::amount, {capacity, capacity}, {gross, supply_point, supply_point, supply_point}},
    {Role::sources, "in_use", Shape::amount, {use, use}, {peak, gross, capacity, largest}},
    {Role::sources, "committed", Shape::amount, {committed, committed}, {gross, capacity, use, use}},
    {Role::sources, "committed_until", Shape::date, {committed, date}, {date, date, date, date}},
    {Role::sources, "telecom_class", Shape::word, {kind, kind}, {name, code, supply_point, telecom}},
    {Role::sources, "rate", Shape::amount, {rate, rate}, {telecom, capacity, rate, rate}},
    {Role::sources, "reach", Shape::amount, {reach, reach}, {largest, reach, reach, reach}},
    {Role::sources, "connection_price", Shape::amount, {price, price}, {other, other, other, other}},

    {Role::roads, "class", Shape::word, {kind, kind}, {road, name, code, rank}},
    {Role::roads, "class", Shape::word, {road, road}, {kind, name, code, rank}, 0.7},
    {Role::roads, "speed", Shape::amount, {speed, speed}, {largest, largest, largest, largest}},
    {Role::roads, "one_way", Shape::flag, {one_way, one_way}, {one_way, one_way, one_way, one_way}},

    {Role::constraints, "kind", Shape::word, {kind, kind}, {name, code, restriction, kind}},
    {Role::constraints, "name", Shape::label, {name, name}, {name, name, name, name}},
});

struct OwnSubject {
    LayerRole role;
    Notion notion;
};

constexpr auto own_subjects = std::to_array<OwnSubject>({
    {Role::settlements, settlement},
    {Role::settlements, city},
    {Role::zones, estate},
    {Role::zones, industry},
    {Role::plots, plot},
    {Role::sources, supply_point},
    {Role::sources, power_plant},
    {Role::sources, trunk_line},
    {Role::sources, water},
    {Role::sources, power},
    {Role::sources, gas},
    {Role::sources, telecom},
    {Role::roads, road},
    {Role::constraints, restriction},
});

}  // namespace

std::span<const FieldRule> field_rules() { return rules; }

bool is_own_subject(LayerRole role, std::optional<Notion> area, Notion notion) noexcept {
    if (area && *area == notion) return true;
    return std::ranges::any_of(own_subjects,
                               [&](const OwnSubject& own) { return own.role == role && own.notion == notion; });
}

}  // namespace amayesh::detail
