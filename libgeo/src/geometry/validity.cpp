#include <amayesh/geometry/validity.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <amayesh/core/error.hpp>

#include "geometry/geos.hpp"
#include "geometry/simple_ring.hpp"

namespace amayesh {
namespace {

using detail::geos_context;

constexpr std::size_t least_ring_points = 4;  // three corners and the first again

struct MakeValidParamsDestroy {
    void operator()(GEOSMakeValidParams* params) const noexcept {
        GEOSMakeValidParams_destroy_r(geos_context(), params);
    }
};

struct GeosStringFree {
    void operator()(char* text) const noexcept { GEOSFree_r(geos_context(), text); }
};

bool is_finite(const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); }

std::optional<Invalidity> find_ring_fault(const Ring& ring) {
    const auto bad = std::find_if_not(ring.begin(), ring.end(), is_finite);
    if (bad != ring.end()) return Invalidity{"Coordinate is not finite", *bad};
    if (ring.empty()) return Invalidity{"Ring without points", Point{}};
    if (ring.front() != ring.back()) return Invalidity{"Ring is not closed", ring.front()};
    if (ring.size() < least_ring_points) return Invalidity{"Ring has fewer than four points", ring.front()};
    return std::nullopt;
}

std::optional<Invalidity> find_part_fault(const Polygon& part) {
    if (auto fault = find_ring_fault(part.outer)) return fault;
    for (const Ring& hole : part.holes)
        if (auto fault = find_ring_fault(hole)) return fault;
    return std::nullopt;
}

Invalidity explain_invalidity(const GEOSGeometry* geometry) {
    char* reason = nullptr;
    GEOSGeometry* location = nullptr;
    const char outcome = GEOSisValidDetail_r(geos_context(), geometry, 0, &reason, &location);
    const std::unique_ptr<char, GeosStringFree> owned_reason{reason};
    const detail::GeosGeometryPtr owned_location{location, detail::GeosDestroy{geos_context()}};
    Invalidity found{outcome == 0 && reason ? reason : "Invalid", Point{}};
    if (location) {
        GEOSGeomGetX_r(geos_context(), location, &found.place.x);
        GEOSGeomGetY_r(geos_context(), location, &found.place.y);
    }
    return found;
}

/// The ring closed, or nothing where it has fewer than three corners.
Ring closed(Ring ring) {
    if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
    if (ring.size() < least_ring_points) ring.clear();
    return ring;
}

bool has_finite_coordinates(const Polygon& part) {
    return std::all_of(part.outer.begin(), part.outer.end(), is_finite) &&
           std::all_of(part.holes.begin(), part.holes.end(),
                       [](const Ring& hole) { return std::all_of(hole.begin(), hole.end(), is_finite); });
}

/// What GEOS can take at all: finite parts, rings closed, rings without area left out.
MultiPolygon presentable(const MultiPolygon& shape) {
    MultiPolygon result;
    for (const Polygon& part : shape.parts) {
        if (!has_finite_coordinates(part)) continue;
        Polygon kept{closed(part.outer), {}};
        if (kept.outer.empty()) continue;
        for (const Ring& hole : part.holes)
            if (Ring ring = closed(hole); !ring.empty()) kept.holes.push_back(std::move(ring));
        result.parts.push_back(std::move(kept));
    }
    return result;
}

}  // namespace

std::optional<Invalidity> find_invalidity(const MultiPolygon& shape) {
    for (const Polygon& part : shape.parts)
        if (auto fault = find_part_fault(part)) return fault;
    if (shape.parts.empty() || detail::is_one_simple_ring(shape)) return std::nullopt;
    const auto geometry = detail::to_geos(shape);
    if (GEOSisValid_r(geos_context(), geometry.get()) == 1) return std::nullopt;
    return explain_invalidity(geometry.get());
}

MultiPolygon make_valid(const MultiPolygon& shape) {
    const MultiPolygon input = presentable(shape);
    if (input.parts.empty()) return {};
    const std::unique_ptr<GEOSMakeValidParams, MakeValidParamsDestroy> params{
        GEOSMakeValidParams_create_r(geos_context())};
    GEOSMakeValidParams_setMethod_r(geos_context(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos_context(), params.get(), 0);
    const auto geometry = detail::to_geos(input);
    return detail::polygons_of(
        detail::checked(GEOSMakeValidWithParams_r(geos_context(), geometry.get(), params.get()), "make a shape valid"));
}

}  // namespace amayesh
