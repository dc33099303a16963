#include <amayesh/analysis/service_areas.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/difference_index.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "analysis/source_circles.hpp"
#include "analysis/zone_gap.hpp"

namespace amayesh {
namespace {

constexpr std::size_t districts_per_chunk = 8;
constexpr std::size_t places_per_chunk = 256;

/// Sources that make one area, and what is known of all of them.
struct Chosen {
    std::vector<std::size_t> members;  ///< Indices.
    SourceHeadroom gives;              ///< One per source of the area.
};

/// The placed distribution sources of a utility.
struct Sources {
    Chosen any;
    Chosen with_headroom;
    Chosen with_headroom_left;
    std::size_t without_place = 0;
    std::size_t unknown = 0;
};

/// What the distance test says of every place: written by several threads.
struct ReachedPlaces {
    explicit ReachedPlaces(std::size_t count) : any(count), with_headroom(count), with_headroom_left(count) {}
    std::vector<InReach> any;
    std::vector<InReach> with_headroom;
    std::vector<InReach> with_headroom_left;
};

void check_size(std::size_t found, std::size_t wanted, std::string_view what) {
    if (found != wanted) throw InvalidInput{fmt::format("{}: {} are given for {}", what, found, wanted)};
}

void check_fit(const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
               const ServiceAreaOptions& options) {
    if (!area.working_crs.is_projected_in_metres())
        throw CrsError{fmt::format("service areas need a projected CRS in metres, not {}", area.working_crs.name())};
    check_size(district_of_settlement.size(), area.settlements.size(), "districts of settlements");
    for (const auto* headroom : {&options.has_headroom, &options.has_headroom_left})
        if (*headroom) check_size((*headroom)->size(), area.sources.size(), "headroom of sources");
    if (!options.counted_districts.empty())
        check_size(options.counted_districts.size(), area.rural_districts.size(), "counted districts");
    if (!options.counted_settlements.empty())
        check_size(options.counted_settlements.size(), area.settlements.size(), "counted settlements");
}

Sources choose_sources(const PlanningArea& area, UtilityKind utility, const ServiceAreaOptions& options) {
    Sources chosen;
    const auto add = [&](Chosen& to, std::size_t source, std::optional<bool> gives) {
        to.gives.resize(area.sources.size(), false);
        to.gives[source] = gives;
        if (gives.value_or(false)) to.members.push_back(source);
    };
    for (std::size_t i = 0; i < area.sources.size(); ++i) {
        const UtilitySource& source = area.sources[i];
        if (source.utility != utility || source.role != SourceRole::distribution) continue;
        if (std::holds_alternative<std::monostate>(source.geometry)) {
            ++chosen.without_place;
            continue;
        }
        const auto gives =
            options.has_headroom ? (*options.has_headroom)[i] : can_take_more(source, options.required_telecom);
        chosen.unknown += !gives;
        add(chosen.any, i, true);
        add(chosen.with_headroom, i, gives);
        if (options.has_headroom_left) add(chosen.with_headroom_left, i, (*options.has_headroom_left)[i]);
    }
    return chosen;
}

InReach best_of(const std::vector<Near>& near, const Chosen& chosen) {
    if (chosen.gives.empty()) return InReach::no;
    InReach best = InReach::no;
    for (const Near& n : near) {
        const auto& gives = chosen.gives[n.feature];
        best = std::max(best, !gives ? InReach::maybe : *gives ? InReach::yes : InReach::no);
    }
    return best;
}

/// Settlements, then the places of the options.
std::vector<std::optional<Point>> tested_places(const PlanningArea& area, const ServiceAreaOptions& options) {
    std::vector<std::optional<Point>> places;
    for (const Settlement& settlement : area.settlements) places.push_back(settlement.position);
    places.insert(places.end(), options.places.begin(), options.places.end());
    return places;
}

ReachedPlaces test_places(const std::vector<std::optional<Point>>& places, const Transform& to_work,
                          const ReachIndex& reach, UtilityKind utility, Kilometres limit, const Sources& sources) {
    ReachedPlaces reached{places.size()};
    parallel_for(places.size(), places_per_chunk, [&](std::size_t begin, std::size_t end) {
        const Transform own{to_work};
        for (std::size_t i = begin; i < end; ++i) {
            if (!places[i]) continue;
            const Point place = reach.metric() == Metric::planar ? own.apply(*places[i]) : *places[i];
            const std::vector<Near> near = reach.sources_in_reach(place, utility, limit);
            reached.any[i] = best_of(near, sources.any);
            reached.with_headroom[i] = best_of(near, sources.with_headroom);
            reached.with_headroom_left[i] = best_of(near, sources.with_headroom_left);
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
    people.people += settlement.population.value_or(0);
    people.population_unknown += !settlement.population;
    if (!in_reach) return;
    ++people.settlements_in_reach;
    people.people_in_reach += settlement.population.value_or(0);
    people.population_unknown_in_reach += !settlement.population;
}

/// Districts and settlements that are counted.
class Counted {
public:
    explicit Counted(const ServiceAreaOptions& options)
        : m_districts{options.counted_districts}, m_settlements{options.counted_settlements} {}
    [[nodiscard]] bool district(std::size_t i) const { return m_districts.empty() || m_districts[i]; }
    [[nodiscard]] bool settlement(std::size_t i) const { return m_settlements.empty() || m_settlements[i]; }

private:
    const std::vector<bool>& m_districts;
    const std::vector<bool>& m_settlements;
};

/// `reached`: of the settlements, then of other places.
void count_people(ServiceArea& service, const PlanningArea& area, std::span<const std::size_t> district_of_settlement,
                  const Counted& counted, const std::vector<InReach>& reached) {
    const auto places = reached.begin() + static_cast<std::ptrdiff_t>(area.settlements.size());
    service.settlements.assign(reached.begin(), places);
    service.places.assign(places, reached.end());
    for (std::size_t i = 0; i < area.settlements.size(); ++i) {
        if (!is_rural(area.settlements[i].kind) || !counted.settlement(i)) continue;
        const bool in_reach = reached[i] == InReach::yes;
        count(service.people, area.settlements[i], in_reach);
        const std::size_t district = district_of_settlement[i];
        if (district < service.districts.size())
            count(service.districts[district].people, area.settlements[i], in_reach);
    }
}

/// Areas of shapes in the working CRS; one a thread.
class AreaMeter {
public:
    AreaMeter(const Crs& working_crs, Metric metric) : m_metric{metric}, m_to_degrees{working_crs, Crs::wgs84()} {}
    [[nodiscard]] Metric metric() const noexcept { return m_metric; }
    [[nodiscard]] SquareMetres operator()(const MultiPolygon& shape) const {
        return m_metric == Metric::planar ? SquareMetres{planar_area(shape)} : geodesic_area(m_to_degrees.apply(shape));
    }

private:
    Metric m_metric;
    Transform m_to_degrees;
};

/// A district has the area that it was read with: edges may since have moved by the sag. Its rest has its part of that.
void measure(DistrictService& district, const RuralDistrict& read, const AreaMeter& area_of) {
    const bool is_known = area_of.metric() == Metric::geodesic && read.area_ha;
    district.area = is_known ? SquareMetres{*read.area_ha * square_metres_per_hectare} : area_of(read.shape);
    district.unserved_area = district.area;
    if (district.unserved == read.shape) return;
    const double rest = area_of(district.unserved).value();
    const double whole = is_known ? area_of(read.shape).value() : district.area.value();
    district.unserved_area = SquareMetres{whole > 0 ? district.area.value() * (rest / whole) : 0};
}

void take_off_districts(ServiceArea& service, const PlanningArea& area, const Counted& counted,
                        const AreaMeter& meter) {
    service.districts.resize(area.rural_districts.size());
    const DifferenceIndex index{service.shape};
    parallel_for(service.districts.size(), districts_per_chunk, [&](std::size_t begin, std::size_t end) {
        const AreaMeter area_of{meter};
        for (std::size_t i = begin; i < end; ++i) {
            DistrictService& district = service.districts[i];
            district.counted = counted.district(i);
            if (!district.counted) continue;
            const MultiPolygon& shape = area.rural_districts[i].shape;
            district.unserved = index.rest_of(shape);
            measure(district, area.rural_districts[i], area_of);
        }
    });
}

/// Marks the districts whose box in degrees, widened by the reach, leaves the extent that the layer declares.
void mark_edges(ServiceArea& service, const PlanningArea& area, const Counted& counted, Kilometres reach,
                const std::optional<Box>& extent) {
    if (!extent) return;
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    for (std::size_t i = 0; i < service.districts.size(); ++i) {
        if (!counted.district(i)) continue;
        const Box box = bounds(to_degrees.apply(area.rural_districts[i].shape));
        const std::array corners{Point{box.min_x, box.min_y}, Point{box.min_x, box.max_y}, Point{box.max_x, box.min_y},
                                 Point{box.max_x, box.max_y}};
        service.districts[i].edge = !box.is_empty() && std::ranges::any_of(corners, [&](const Point& corner) {
            return detail::leaves_extent(corner, reach, extent);
        });
    }
}

/// What areas are drawn of and measured with.
struct Drawing {
    const PlanningArea& area;
    const ServiceAreaOptions& options;
    Counted counted;
    AreaMeter meter;

    [[nodiscard]] ServiceArea draw(const detail::SourceCircles& circles, std::size_t sources) const {
        ServiceArea service;
        service.sources = sources;
        service.shape = circles.drawn(options.quadrant_segments);
        service.area = meter(service.shape);
        take_off_districts(service, area, counted, meter);
        return service;
    }
    /// As drawn before where the same sources make it.
    [[nodiscard]] ServiceArea draw(const Chosen& chosen, const Chosen& before, const ServiceArea& drawn_before) const {
        if (chosen.members == before.members) return drawn_before;
        return draw(detail::SourceCircles{area, chosen.members, options.reach}, chosen.members.size());
    }
};

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
    const detail::SourceCircles circles{area, sources.any.members, options.reach};
    ServiceAreas result;
    result.utility = utility;
    result.sources_without_place = sources.without_place;
    result.sources_unknown = sources.unknown;
    result.sag = circles.sag(options.quadrant_segments);
    if (reach.metric() == Metric::geodesic) result.projection_error = circles.projection_error(area.working_crs);

    const Drawing drawing{area, options, Counted{options}, AreaMeter{area.working_crs, options.area_metric}};
    result.any = drawing.draw(circles, sources.any.members.size());
    mark_edges(result.any, area, drawing.counted, options.reach, area.sources_layer[utility].extent);
    result.with_headroom = drawing.draw(sources.with_headroom, sources.any, result.any);
    if (options.has_headroom_left)
        result.with_headroom_left =
            drawing.draw(sources.with_headroom_left, sources.with_headroom, result.with_headroom);
    const ReachedPlaces reached = test_places(tested_places(area, options), Transform{Crs::wgs84(), area.working_crs},
                                              reach, utility, options.reach, sources);
    const auto count_in = [&](ServiceArea& service, const std::vector<InReach>& in_reach) {
        count_people(service, area, district_of_settlement, drawing.counted, in_reach);
    };
    count_in(result.any, reached.any);
    count_in(result.with_headroom, reached.with_headroom);
    if (result.with_headroom_left) count_in(*result.with_headroom_left, reached.with_headroom_left);
    return result;
}

}  // namespace amayesh
