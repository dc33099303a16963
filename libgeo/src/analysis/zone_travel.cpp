#include <amayesh/analysis/zone_travel.hpp>

namespace amayesh {

std::string_view to_string(ReachKind kind) noexcept {
    switch (kind) {
        case ReachKind::straight:
            return "straight";
        case ReachKind::roads:
            return "roads";
        case ReachKind::surface:
            return "surface";
    }
    return {};
}

std::string_view to_string(UnroutableReason reason) noexcept {
    switch (reason) {
        case UnroutableReason::no_position:
            return "no_position";
        case UnroutableReason::no_serving_zone:
            return "no_serving_zone";
        case UnroutableReason::outside_grid:
            return "outside_grid";
        case UnroutableReason::no_access:
            return "no_access";
        case UnroutableReason::no_way_to_any_zone:
            return "no_way_to_any_zone";
    }
    return {};
}

}  // namespace amayesh
