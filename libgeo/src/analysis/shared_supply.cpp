#include <amayesh/analysis/shared_supply.hpp>

namespace amayesh {

std::string_view to_string(DemandKind kind) noexcept {
    switch (kind) {
        case DemandKind::zone_occupied:
            return "zone_occupied";
        case DemandKind::zone_committed:
            return "zone_committed";
        case DemandKind::credited_land:
            return "credited_land";
        case DemandKind::unit_centre:
            return "unit_centre";
    }
    return {};
}

}  // namespace amayesh
