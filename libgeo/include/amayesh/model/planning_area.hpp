#pragma once

#include <optional>
#include <string>
#include <vector>

#include <amayesh/crs/crs.hpp>
#include <amayesh/model/industrial_zone.hpp>
#include <amayesh/model/road.hpp>
#include <amayesh/model/rural_district.hpp>
#include <amayesh/model/settlement.hpp>
#include <amayesh/model/utility_source.hpp>

namespace amayesh {

/// What is known of a layer as a whole.
struct LayerFacts {
    bool present = false;
    bool complete = true;       ///< False: "none found" means "none known".
    std::optional<Box> extent;  ///< Declared area of the layer, degrees; beyond it nothing is known.
};

/// Everything that a study describes, as values. Every list is sorted by id, roads and barriers by what they hold;
/// polygons of districts are in `working_crs`, all other coordinates are longitude, latitude on WGS 84.
struct PlanningArea {
    Crs working_crs = Crs::wgs84();
    std::vector<RuralDistrict> rural_districts;
    std::vector<Settlement> settlements;
    std::vector<IndustrialZone> zones;
    std::vector<Plot> plots;
    std::vector<UtilitySource> sources;
    std::vector<Road> roads;        ///< Of studies whose reach is by road or surface.
    std::vector<Barrier> barriers;  ///< Likewise.
    LayerFacts rural_districts_layer;
    LayerFacts settlements_layer;
    LayerFacts zones_layer;
    LayerFacts plots_layer;
    PerUtility<LayerFacts> sources_layer;
    std::vector<std::optional<double>> raster_population;  ///< Zonal sum per rural district; empty = no raster.
};

}  // namespace amayesh
