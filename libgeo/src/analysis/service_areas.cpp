#include <amayesh/analysis/service_areas.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/difference_index.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "analysis/source_circles.hpp"

namespace amayesh {
namespace {

constexpr std::size_t districts_per_chunk = 8;
constexpr std::size_t settlements_per_chunk = 256;

/// Indices of the placed distribution sources of a utility.
struct Sources {
    std::vector<std::size_t> any;
    std::vector<std::size_t> with_headroom;
    std::vector<bool> has_headroom;  ///< One per source of the area.
    std::size_t without_place = 0;
    std::size_t unknown = 0;
};

/// What the distance test says of every settlement, as 0 or 1: written by several threads.
struct Reached {
    std::vector<std::uint8_t> any;
    std::vector<std::uint8_t> with_headroom;
};

void check_fit(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
               const ServiceAreaOptions& options) {
    if (!area.working_crs.is_projected_in_metres())
        throw CrsError{fmt::format("service areas need a projected CRS in metres, not {}", area.working_crs.name())};
    if (district_of_settlement.size() != area.settlements.size())
        throw InvalidInput{fmt::format("{} settlements, but the districts of {} are given", area.settlements.size(),
                                       district_of_settlement.size())};
    if (options.has_headroom && options.has_headroom->size() != area.sources.size())
        throw InvalidInput{fmt::format("{} sources, but the headroom of {} is given", area.sources.size(),
                                       options.has_headroom->size())};
}

Sources choose_sources(const PlanningArea& area, UtilityKind utility, const ServiceAreaOptions& options) {
    Sources chosen;
    chosen.has_headroom.assign(area.sources.size(), false);
    for (std::size_t i = 0; i < area.sources.size(); ++i) {
        const UtilitySource& source = area.sources[i];
        if (source.utility != utility || source.role != SourceRole::distribution) continue;
        if (std::holds_alternative<std::monostate>(source.geometry)) {
            ++chosen.without_place;
            continue;
        }
        chosen.any.push_back(i);
        const auto more = options.has_headroom ? std::optional{bool{(*options.has_headroom)[i]}}
                                               : can_take_more(source, options.required_telecom);
        if (!more) ++chosen.unknown;
        chosen.has_headroom[i] = more.value_or(false);
        if (chosen.has_headroom[i]) chosen.with_headroom.push_back(i);
    }
    return chosen;
}

Reached test_settlements(const PlanningArea& area, const ReachIndex& reach, UtilityKind utility, Kilometres limit,
                         const Sources& sources) {
    const std::size_t count = area.settlements.size();
    Reached reached{std::vector<std::uint8_t>(count), std::vector<std::uint8_t>(count)};
    const Transform to_work{Crs::wgs84(), area.working_crs};
    parallel_for(count, settlements_per_chunk, [&](std::size_t begin, std::size_t end) {
        const Transform own{to_work};
        for (std::size_t i = begin; i < end; ++i) {
            if (!area.settlements[i].position) continue;
            const Point degrees = *area.settlements[i].position;
            const Point place = reach.metric() == Metric::planar ? own.apply(degrees) : degrees;
            const std::vector<Near> near = reach.sources_in_reach(place, utility, limit);
            reached.any[i] = !near.empty();
            reached.with_headroom[i] =
                std::ranges::any_of(near, [&](const Near& n) { return sources.has_headroom[n.feature]; });
        }
    });
    return reached;
}

void count(ReachedPeople& people, const Settlement& settlement, bool in_reach) {
    if (!settlement.position) {
        ++people.settlements_without_position;
        return;
    }
    ++people.settlements;
    people.settlements_in_reach += in_reach;
    people.people += settlement.population.value_or(0);
    people.population_unknown += !settlement.population;
    if (!in_reach) return;
    people.people_in_reach += settlement.population.value_or(0);
    people.population_unknown_in_reach += !settlement.population;
}

void count_people(ServiceArea& service, const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                  const std::vector<std::uint8_t>& in_reach) {
    service.settlement_in_reach.assign(in_reach.begin(), in_reach.end());
    for (std::size_t i = 0; i < area.settlements.size(); ++i) {
        if (!is_rural(area.settlements[i].kind)) continue;
        count(service.people, area.settlements[i], in_reach[i] != 0);
        const std::size_t district = district_of_settlement[i];
        if (district < service.districts.size())
            count(service.districts[district].people, area.settlements[i], in_reach[i] != 0);
    }
}

void take_off_districts(ServiceArea& service, const PlanningArea& area) {
    service.districts.resize(area.rural_districts.size());
    const DifferenceIndex index{service.shape};
    parallel_for(service.districts.size(), districts_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            DistrictService& district = service.districts[i];
            district.area = SquareMetres{planar_area(area.rural_districts[i].shape)};
            district.unserved = index.rest_of(area.rural_districts[i].shape);
            district.unserved_area = SquareMetres{planar_area(district.unserved)};
        }
    });
}

ServiceArea draw(const PlanningArea& area, const detail::SourceCircles& circles, std::size_t sources,
                 int quadrant_segments) {
    ServiceArea service;
    service.sources = sources;
    service.shape = circles.drawn(quadrant_segments);
    service.area = SquareMetres{planar_area(service.shape)};
    take_off_districts(service, area);
    return service;
}

}  // namespace

std::optional<double> ReachedPeople::share() const noexcept {
    if (people == 0) return std::nullopt;
    return static_cast<double>(people_in_reach) / static_cast<double>(people);
}

std::optional<bool> can_take_more(const UtilitySource& source, TelecomClass required_telecom) {
    if (source.utility == UtilityKind::telecom) {
        if (!source.telecom_class) return std::nullopt;
        return *source.telecom_class >= required_telecom;
    }
    if (source.capacity_is_yes_no) return true;
    const auto free = headroom(source);
    return free ? std::optional{*free > 0} : std::nullopt;
}

ServiceAreas find_service_areas(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                                const ReachIndex& reach, UtilityKind utility, const ServiceAreaOptions& options) {
    check_fit(area, district_of_settlement, options);
    const Sources sources = choose_sources(area, utility, options);
    const detail::SourceCircles circles{area, sources.any, options.reach};
    ServiceAreas result;
    result.utility = utility;
    result.sources_without_place = sources.without_place;
    result.sources_unknown = sources.unknown;
    result.sag = circles.sag(options.quadrant_segments);
    if (reach.metric() == Metric::geodesic) result.projection_error = circles.projection_error(area.working_crs);

    result.any = draw(area, circles, sources.any.size(), options.quadrant_segments);
    if (sources.with_headroom == sources.any)
        result.with_headroom = result.any;
    else
        result.with_headroom = draw(area, detail::SourceCircles{area, sources.with_headroom, options.reach},
                                    sources.with_headroom.size(), options.quadrant_segments);
    const Reached reached = test_settlements(area, reach, utility, options.reach, sources);
    count_people(result.any, area, district_of_settlement, reached.any);
    count_people(result.with_headroom, area, district_of_settlement, reached.with_headroom);
    return result;
}

}  // namespace amayesh
