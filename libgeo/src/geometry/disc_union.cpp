#include <amayesh/geometry/disc_union.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <tuple>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/ring_area.hpp>

#include "geometry/disc_border.hpp"
#include "geometry/geos.hpp"
#include "geometry/ring_assembly.hpp"

namespace amayesh {
namespace {

constexpr double clearance_of_coordinate = 1e-12;  // about 5,000 rounding errors
constexpr double thinnest_in_clearances = 100;
constexpr double least_radius_in_clearances = 1'000;
constexpr double same_in_clearances = 8;
constexpr double shrink_in_clearances = 10;  // doubled in each of the first rounds
constexpr int doubling_rounds = 12;
constexpr int rounds = 32;
constexpr int most_quadrant_segments = 1'000;

void check_segments(int quadrant_segments) {
    if (quadrant_segments < 1 || quadrant_segments > most_quadrant_segments)
        throw InvalidInput{
            fmt::format("a quarter circle of {} segments: must be 1 to {}", quadrant_segments, most_quadrant_segments)};
}

void check_radius(double radius) {
    if (!std::isfinite(radius) || radius < 0)
        throw InvalidInput{fmt::format("a reach of {}: must be finite and not negative", radius)};
}

auto key_of(const Disc& disc) { return std::tie(disc.centre.x, disc.centre.y, disc.radius); }

/// Discs with an area, each once, in an order of their own.
std::vector<Disc> checked_discs(std::span<const Disc> discs) {
    std::vector<Disc> kept;
    for (const Disc& disc : discs) {
        check_radius(disc.radius);
        if (!std::isfinite(disc.centre.x) || !std::isfinite(disc.centre.y))
            throw InvalidInput{
                fmt::format("a disc about ({}, {}): coordinates must be finite", disc.centre.x, disc.centre.y)};
        if (disc.radius > 0) kept.push_back({{disc.centre.x + 0.0, disc.centre.y + 0.0}, disc.radius});  // no -0
    }
    std::ranges::sort(kept, [](const Disc& a, const Disc& b) { return key_of(a) < key_of(b); });
    const auto is_same = [](const Disc& a, const Disc& b) { return key_of(a) == key_of(b); };
    kept.erase(std::unique(kept.begin(), kept.end(), is_same), kept.end());
    return kept;
}

double clearance_for(const std::vector<Disc>& discs) {
    double largest = 0;
    for (const auto& [centre, radius] : discs)
        largest = std::max({largest, std::abs(centre.x) + radius, std::abs(centre.y) + radius});
    return largest * clearance_of_coordinate;
}

std::uint64_t mix(std::uint64_t x) noexcept {  // finalizer of MurmurHash3 (Appleby)
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

/// From 0 to 1, the same for the same disc.
double chance_of(const Disc& disc, int round) noexcept {
    std::uint64_t hash = static_cast<std::uint64_t>(round) + 1;
    for (const double value : {disc.centre.x, disc.centre.y, disc.radius}) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        hash = mix(hash ^ bits);
    }
    return static_cast<double>(hash >> 11) * 0x1p-53;
}

/// Leaves out discs that are all but one that is kept. They come and stay sorted by the centre's x.
void drop_near_repeats(std::vector<Disc>& discs, double clearance) {
    const double same = same_in_clearances * clearance;
    std::vector<Disc> kept;
    std::size_t first = 0;  // kept one that may be near
    for (const Disc& disc : discs) {
        while (first < kept.size() && kept[first].centre.x < disc.centre.x - same) ++first;
        const bool repeated =
            std::any_of(kept.begin() + static_cast<std::ptrdiff_t>(first), kept.end(), [&](const Disc& k) {
                return std::abs(k.centre.y - disc.centre.y) <= same && std::abs(k.radius - disc.radius) <= same;
            });
        if (!repeated) kept.push_back(disc);
    }
    discs = std::move(kept);
}

/// Makes the discs named a little smaller than given, each by another amount every round.
void shrink(std::vector<Disc>& discs, std::span<const Disc> as_given, const std::vector<std::uint32_t>& which,
            double clearance, int round) {
    const double most = shrink_in_clearances * clearance * std::pow(2, std::min(round, doubling_rounds));
    for (const std::uint32_t i : which)
        discs[i].radius = std::max(as_given[i].radius - most * (0.1 + 0.9 * chance_of(as_given[i], round)),
                                   least_radius_in_clearances * clearance / 2);
}

bool is_thin(const Ring& ring, double clearance) {
    double length = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        length += std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
    return std::abs(twice_signed_area(ring)) < length * thinnest_in_clearances * clearance;
}

}  // namespace

MultiPolygon union_of_discs(std::span<const Disc> discs, int quadrant_segments) {
    check_segments(quadrant_segments);
    std::vector<Disc> as_given = checked_discs(discs);
    const double clearance = clearance_for(as_given);
    std::erase_if(as_given, [&](const Disc& disc) { return disc.radius <= least_radius_in_clearances * clearance; });
    drop_near_repeats(as_given, clearance);
    if (as_given.empty()) return {};
    const detail::UnitPolygon unit{quadrant_segments};
    std::vector<Disc> kept = as_given;
    for (int round = 0; round < rounds; ++round) {
        detail::DiscBorder border = detail::find_disc_border(kept, unit, clearance);
        if (border.undecided.empty()) {
            std::erase_if(border.rings, [&](const Ring& ring) { return is_thin(ring, clearance); });
            return detail::assemble_polygons(std::move(border.rings));
        }
        shrink(kept, as_given, border.undecided, clearance, round);
    }
    throw Error{fmt::format("{} discs could not be united: too many of them meet in single points", as_given.size())};
}

double circle_sag(double radius, int quadrant_segments) {
    check_segments(quadrant_segments);
    const double half = std::sin(std::numbers::pi / (8.0 * quadrant_segments));
    return 2 * radius * half * half;
}

MultiPolygon union_of_line_reaches(std::span<const LineReach> reaches, int quadrant_segments) {
    check_segments(quadrant_segments);
    for (const LineReach& reach : reaches) check_radius(reach.radius);
    std::vector<MultiPolygon> areas(reaches.size());
    parallel_for(reaches.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            std::vector<detail::GeosGeometryPtr> lines;
            for (const LineString& line : reaches[i].lines.parts)
                if (line.size() > 1) lines.push_back(detail::line_to_geos(line));
            if (lines.empty() || reaches[i].radius == 0) continue;
            const auto all = detail::collection_of(std::move(lines), GEOS_MULTILINESTRING);
            areas[i] = detail::polygons_of(detail::checked(
                GEOSBuffer_r(detail::geos_context(), all.get(), reaches[i].radius, quadrant_segments), "widen a line"));
        }
    });
    return union_on_grid(areas);
}

}  // namespace amayesh
