#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <amayesh/geometry/types.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

/// Where an area stands in the administrative tree. Ids and names are text as the data has them; an empty id means
/// that the name serves as id.
struct AdministrativePlace {
    std::string district;  ///< bakhsh
    std::string county;    ///< shahrestan
    std::string province;  ///< ostan
};

/// Lowest administrative area with villages (dehestan).
struct RuralDistrict {
    std::string id;
    std::string name;
    AdministrativePlace place;
    std::optional<std::int64_t> population;          ///< As given; nothing = unknown.
    std::optional<std::int64_t> parent_population;   ///< Of the lowest place given in `place`, its cities included.
    std::optional<Point> centre;                     ///< As given; degrees, longitude first.
    std::optional<double> deprivation_weight;        ///< Multiplies people in the priority; nothing = 1.
    PerUtility<std::optional<double>> served_share;  ///< Share of people served, 0–1, from a census.
    MultiPolygon shape;                              ///< In the study's working CRS; empty where only a code is known.
    std::optional<double> area_ha;                   ///< On the ellipsoid.
    bool derived = false;                            ///< Grown from settlements, not surveyed.
};

}  // namespace amayesh
