#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// A located settlement that says which rural district it belongs to.
struct GrowthSite {
    Point place;                        ///< In the plane of the parents.
    std::string district;               ///< Id of its rural district.
    std::optional<std::size_t> parent;  ///< Index of the parent that its district lies in; nothing = by position.
};

/// A rural district grown from its settlements.
struct DerivedDistrict {
    std::string id;
    MultiPolygon shape;           ///< Empty where all of its sites share a place with another district's.
    std::size_t settlements = 0;  ///< Sites that it grew from.
};

/// Districts, and what they could not be made from.
struct DerivedDistricts {
    std::vector<DerivedDistrict> districts;         ///< By id.
    std::vector<std::size_t> parents_without_site;  ///< Parents that stay residue: covered by no district.
    std::vector<std::size_t> sites_outside_parent;  ///< Sites in no parent, or outside the one given; not used.
    std::vector<std::size_t>
        sites_sharing_a_place;  ///< Sites at a place that an earlier district's site holds; no cell.
};

/// Grows rural districts from settlements where no surveyed polygons exist.
///
/// Method:     Thiessen cells of the sites of one parent, clipped to that parent, dissolved by district id.
/// Guarantees: every parent with a site is covered fully, up to rounding; districts do not overlap unless parents do;
///             the order of the sites changes nothing. Of two districts' sites at one place, the lower id takes the cell.
/// Input:      parents and sites in one plane, equal-area or nearly so; parents valid.
/// Cost:       O(n log n) in the sites of a parent, and the overlay of each cell with its parent; on all threads.
/// Throws:     InvalidInput for a parent index out of range.
AMAYESH_EXPORT DerivedDistricts grow_districts(std::span<const GrowthSite> sites,
                                               std::span<const MultiPolygon> parents);

}  // namespace amayesh
