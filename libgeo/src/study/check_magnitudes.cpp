#include "study/check_magnitudes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

/// The most that an attribute can be, and why.
struct Limit {
    std::string_view layer;
    std::string_view attribute;
    double most;
    std::string_view unit;
    double factor;               ///< Between the unit and the one often given instead; 0 = none.
    std::string_view mistaken;   ///< That other unit.
    bool is_shared_out = false;  ///< What one place has too much of is given to others: more is always an error.
    double another_factor = 0;   ///< Of another unit that is given instead; 0 = none.
};

// Limits are some ten times the largest known case, so that only mistakes pass them: the largest estates of Iran have
// 10,000 ha; a large treatment plant gives some 3,000 L/s, the largest power plant has 2,900 MW, a trunk gas line carries
// 110 million m³ a day.
constexpr Limit district_population{"rural_districts", "population", 5e6, "people", 0, ""};
constexpr Limit village_population{"settlements", "population", 5e5, "people", 0, ""};
constexpr Limit city_population{"settlements", "population", 5e7, "people", 0, ""};
constexpr Limit zone_area{"zones", "gross_area", 20'000, "ha", 10'000, "m²"};
constexpr Limit plot_area{"plots", "area", 2'000, "ha", 10'000, "m²"};
constexpr PerUtility<Limit> zone_supply{{{
    {"zones", "water", 5'000, "L/s", 1'000, "mL/s or m³ a day", true},
    {"zones", "power", 5'000, "MW", 1'000, "kW or W", true, 1e6},
    {"zones", "gas", 10e6, "m³/h", 1'000, "L/h", true},
    {"zones", "telecom_rate", 10e6, "Mbit/s", 1'000, "kbit/s"},
}}};
constexpr PerUtility<Limit> source_capacity{{{
    {"sources", "capacity", 5'000, "L/s", 1'000, "mL/s or m³ a day", true},
    {"sources", "capacity", 5'000, "MW", 1'000, "kW or W", true, 1e6},
    {"sources", "capacity", 10e6, "m³/h", 1'000, "L/h", true},
    {"sources", "capacity", 10e6, "Mbit/s", 1'000, "kbit/s"},
}}};

// Heavy industry takes about 1 L/s and 1 MW a hectare; ten times as much is an amount of another utility or unit.
constexpr double most_water_lps_per_ha = 10;
constexpr double most_power_mw_per_ha = 10;

/// One amount and whose it is.
struct Amount {
    const std::string* id;
    double value;
    std::optional<ProblemPlace> place;
};

std::optional<ProblemPlace> place_of(const Geometry& geometry) {
    std::optional<Point> point;
    if (const auto* p = std::get_if<Point>(&geometry)) point = *p;
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        if (!lines->parts.empty() && !lines->parts.front().empty()) point = lines->parts.front().front();
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        if (!shape->parts.empty() && !shape->parts.front().outer.empty()) point = shape->parts.front().outer.front();
    return point ? std::optional{ProblemPlace{point->x, point->y}} : std::nullopt;
}

Problem problem(const Limit& limit, Severity severity, ProblemKind kind, std::string message) {
    return {.severity = severity,
            .kind = kind,
            .layer = std::string{limit.layer},
            .field = std::string{limit.attribute},
            .message = std::move(message),
            .action = "kept"};
}

void report_units(const Limit& limit, std::span<const Amount> amounts, std::size_t over, ProblemReport& problems) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    std::size_t fitting = 0;
    for (const Amount& amount : amounts) {
        if (amount.value > limit.most || amount.value <= 0) continue;
        least = std::min(least, amount.value);
        most = std::max(most, amount.value);
    }
    const auto fits = [&](double value, double factor) {
        return factor > 0 && value / factor >= least && value / factor <= most;
    };
    for (const Amount& amount : amounts)
        if (amount.value > limit.most && (fits(amount.value, limit.factor) || fits(amount.value, limit.another_factor)))
            ++fitting;
    if (2 * over >= amounts.size())
        problems.add(
            problem(limit, Severity::error, ProblemKind::value_implausible,
                    fmt::format("{} of {} amounts are over {:.10g} {}: they look like {}; state the unit of the "
                                "field",
                                over, amounts.size(), limit.most, limit.unit, limit.mistaken)));
    else if (fitting > 0)
        problems.add(
            problem(limit, Severity::error, ProblemKind::units_mixed,
                    fmt::format("{} of {} amounts are over {:.10g} {} and would lie among the others if they were {}: "
                                "correct them, or give each unit its own field",
                                fitting, amounts.size(), limit.most, limit.unit, limit.mistaken)));
    else if (limit.is_shared_out)
        problems.add(
            problem(limit, Severity::error, ProblemKind::value_implausible,
                    fmt::format("{} of {} amounts are over {:.10g} {}, more than any place has to give; correct "
                                "them, or leave them empty where they are not known",
                                over, amounts.size(), limit.most, limit.unit)));
}

void check(const Limit& limit, std::span<const Amount> amounts, ProblemReport& problems) {
    std::size_t over = 0;
    for (const Amount& amount : amounts) {
        if (amount.value <= limit.most) continue;
        ++over;
        Problem found = problem(
            limit, Severity::warning, ProblemKind::value_implausible,
            fmt::format("{:.10g} {} is more than any place has ({:.10g})", amount.value, limit.unit, limit.most));
        found.feature = *amount.id;
        found.place = amount.place;
        problems.add(std::move(found));
    }
    if (over > 0 && limit.factor > 0) report_units(limit, amounts, over, problems);
}

/// Amounts of one attribute, where known. `value(item)` is an optional number.
template <class Item, class Value, class Place>
std::vector<Amount> amounts_of(const std::vector<Item>& items, Value value, Place place) {
    std::vector<Amount> amounts;
    for (const Item& item : items)
        if (const auto known = value(item)) amounts.push_back({&item.id, static_cast<double>(*known), place(item)});
    return amounts;
}

std::optional<ProblemPlace> place_of_settlement(const Settlement& settlement) {
    if (!settlement.position) return std::nullopt;
    return ProblemPlace{settlement.position->x, settlement.position->y};
}

template <class Item>
std::optional<ProblemPlace> place_of_item(const Item& item) {
    return place_of(item.geometry);
}

void check_populations(const PlanningArea& area, ProblemReport& problems) {
    const auto nowhere = [](const RuralDistrict&) { return std::optional<ProblemPlace>{}; };
    check(district_population,
          amounts_of(
              area.rural_districts, [](const RuralDistrict& d) { return d.population; }, nowhere),
          problems);
    for (const bool rural : {true, false}) {
        const auto population = [&](const Settlement& s) {
            return (s.kind == SettlementKind::city) == rural ? std::nullopt : s.population;
        };
        check(rural ? village_population : city_population,
              amounts_of(area.settlements, population, place_of_settlement), problems);
    }
    for (const Settlement& s : area.settlements) {
        if (!s.population || !s.households || *s.households <= *s.population) continue;
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::value_implausible,
                      .layer = "settlements",
                      .feature = s.id,
                      .field = "households",
                      .message = fmt::format("{} households, {} people", *s.households, *s.population),
                      .action = "kept",
                      .place = place_of_settlement(s)});
    }
}

void check_intensity(const IndustrialZone& zone, UtilityKind utility, double most_per_ha, ProblemReport& problems) {
    const std::optional<double> amount = zone.supply.amount(utility);
    if (!amount || !zone.gross_ha || *zone.gross_ha <= 0 || *amount <= most_per_ha * *zone.gross_ha) return;
    Problem found =
        problem(zone_supply[utility], Severity::warning, ProblemKind::value_implausible,
                fmt::format("{:g} {} on {:.4g} ha is more than any industry takes ({:g} a ha): an amount of "
                            "another utility or unit?",
                            *amount, unit_name(utility), *zone.gross_ha, most_per_ha));
    found.feature = zone.id;
    found.place = place_of(zone.geometry);
    problems.add(std::move(found));
}

void check_zones(const PlanningArea& area, ProblemReport& problems) {
    check(zone_area,
          amounts_of(
              area.zones, [](const IndustrialZone& z) { return z.gross_ha; }, place_of_item<IndustrialZone>),
          problems);
    for (const UtilityKind utility : all_utilities)
        check(zone_supply[utility],
              amounts_of(
                  area.zones, [&](const IndustrialZone& z) { return z.supply.amount(utility); },
                  place_of_item<IndustrialZone>),
              problems);
    for (const IndustrialZone& zone : area.zones) {
        check_intensity(zone, UtilityKind::water, most_water_lps_per_ha, problems);
        check_intensity(zone, UtilityKind::power, most_power_mw_per_ha, problems);
    }
    check(plot_area,
          amounts_of(
              area.plots, [](const Plot& p) { return p.area_ha; }, place_of_item<Plot>),
          problems);
}

/// No source gives ten times what it can: its capacity and its use are in different units.
constexpr double most_of_capacity_in_use = 10;

void check_units_of_use(const PlanningArea& area, UtilityKind utility, ProblemReport& problems) {
    std::size_t compared = 0;
    std::size_t beyond = 0;
    for (const UtilitySource& source : area.sources) {
        if (source.utility != utility || source.capacity.value_or(0) <= 0) continue;
        double in_use = 0;
        for (const SeasonalUse& season : source.use) in_use = std::max(in_use, season.in_use.value_or(0));
        if (in_use > 0) ++compared;
        if (in_use > most_of_capacity_in_use * *source.capacity) ++beyond;
    }
    if (beyond == 0 || 2 * beyond < compared) return;
    Problem found =
        problem(source_capacity[utility], Severity::error, ProblemKind::units_mixed,
                fmt::format("in {} of {} sources of {} over {:g} times the capacity is in use: the two fields "
                            "are not in the same unit; state the unit of each",
                            beyond, compared, to_string(utility), most_of_capacity_in_use));
    problems.add(std::move(found));
}

void check_capacities(const PlanningArea& area, ProblemReport& problems) {
    for (const UtilityKind utility : all_utilities) {
        const auto capacity = [&](const UtilitySource& s) { return s.utility == utility ? s.capacity : std::nullopt; };
        check(source_capacity[utility], amounts_of(area.sources, capacity, place_of_item<UtilitySource>), problems);
        check_units_of_use(area, utility, problems);
    }
}

void check_reaches(const PlanningArea& area, ProblemReport& problems) {
    for (const UtilitySource& source : area.sources)
        if (source.reach && *source.reach > farthest_reach)
            problems.add({.severity = Severity::error,
                          .kind = ProblemKind::value_implausible,
                          .layer = "sources",
                          .feature = source.id,
                          .field = "reach",
                          .message = far_reach_text(*source.reach),
                          .action = "kept",
                          .place = place_of(source.geometry)});
}

}  // namespace

void check_magnitudes(const PlanningArea& area, ProblemReport& problems) {
    check_populations(area, problems);
    check_zones(area, problems);
    check_capacities(area, problems);
    check_reaches(area, problems);
}

}  // namespace amayesh::detail
