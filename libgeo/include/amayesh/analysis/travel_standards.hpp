#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/model/standards.hpp>
#include <amayesh/raster/friction_surface.hpp>

namespace amayesh {

/// Walking speed in km/h by the code of land cover; nothing = impassable.
using LandCoverSpeeds = std::map<int, std::optional<double>>;

/// The speeds and limits that travel times rest on, checked; of each range the central value.
struct TravelStandards {
    double walking_km_per_hour = 0;                                 ///< Off the roads, on the flat.
    std::map<std::string, double, std::less<>> road_km_per_hour{};  ///< By class, as `road_class_key` spells it.
    double other_road_km_per_hour = 0;                              ///< Of classes that are not among them.
    LandCoverSpeeds land_cover_km_per_hour{};
    Kilometres snap_limit{0};
    TravelTime reach_limit{};             ///< From a place to a zone that still serves it.
    std::vector<UsedCoefficient> used{};  ///< All `travel.…` keys that were read, in their order.

    /// The speed of a class as a layer spells it; nothing where the standards do not name it.
    [[nodiscard]] AMAYESH_EXPORT std::optional<double> km_per_hour_of(std::string_view road_class) const;
};

/// How a class is spelt in the standards: small letters, other ASCII signs as one "_": "Primary Route" is primary_route.
AMAYESH_EXPORT std::string road_class_key(std::string_view road_class);

/// Picks and checks `travel.walk`, `travel.road.<class>`, `travel.road.default`, `travel.land_cover.<class or code>`,
/// `travel.snap`, `travel.limit`. Land cover and roads other than the default may be missing. A class of land cover is a
/// name of ESA WorldCover (tree_cover 10, shrubland 20, grassland 30, cropland 40, built_up 50, bare 60, snow_ice 70,
/// water 80, wetland 90, mangroves 95, moss 100) or a whole number, which stands over the name; the text "impassable" bars it.
/// Throws: InvalidInput, naming the key, for a missing one, a speed or limit that is not above 0 or too great to be one, a
///         unit other than km/h, km and min, or an unknown name of land cover.
AMAYESH_EXPORT TravelStandards travel_standards(const Standards& standards);

/// Minutes a metre from codes of land cover, row by row; nodata is impassable.
/// Throws, as it is read: InvalidInput for a code without a speed, naming the key to set.
AMAYESH_EXPORT GridRows ground_of_land_cover(GridRows codes, LandCoverSpeeds speeds);

}  // namespace amayesh
