#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <amayesh/analysis/zone_reach.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh::detail {

/// A place that demands stand at, with what is in reach of it: the same in every case.
struct DemandPlace {
    std::optional<Point> degrees;
    std::vector<Near> sources;  ///< Of the area.
    std::vector<Near> zones;    ///< That may have a surplus.
};

/// Everything about one utility that does not depend on the case.
struct Market {
    UtilityKind utility;
    std::vector<DemandPlace> centres;  ///< Of units.
    std::vector<DemandPlace> zones;
    std::vector<std::optional<std::int64_t>> headroom;  ///< Per source of the area, in steps.
    bool committed_at_sources = false;
};

}  // namespace amayesh::detail
