#include <catch2/catch.hpp>

#include <amayesh/analysis/commitments.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

constexpr UtilityKind power = UtilityKind::power;

void add_plot(World& world, const std::string& zone, PlotState state, std::optional<double> area_ha) {
    Plot& plot = world.area.plots.emplace_back();
    plot.id = "p" + std::to_string(world.area.plots.size());
    plot.zone_id = zone;
    plot.state = state;
    plot.area_ha = area_ha;
    world.area.plots_layer.present = true;
}

UtilitySource& add_source(World& world, const std::string& id, std::optional<double> committed) {
    UtilitySource& source = world.source(id, power, at_km(5));
    source.capacity = 30;
    source.use = {{.season = "", .capacity_factor = 1, .in_use = 20}};
    source.committed = committed;
    return source;
}

/// Three plots of 4, 2.5 and 1.5 ha in two zones, two that are not committed, one whose area is not known.
World with_plots() {
    World world;
    world.district("u", 20'000, at_km(0));
    world.zone("a", at_km(3));
    world.zone("b", at_km(7));
    world.zone("c", at_km(9), ZoneStatus::closed);
    add_plot(world, "a", PlotState::contracted, 4);
    add_plot(world, "a", PlotState::under_construction, 2.5);
    add_plot(world, "a", PlotState::operating, 3);
    add_plot(world, "a", PlotState::vacant, 3);
    add_plot(world, "b", PlotState::contracted, 1.5);
    add_plot(world, "b", PlotState::contracted, std::nullopt);
    add_plot(world, "c", PlotState::contracted, 100);
    return world;
}

}  // namespace

TEST_CASE("what sources have promised is added up, the lapsed apart", "[analysis][commitments]") {
    World world;
    add_source(world, "a", 3);
    add_source(world, "b", 0);
    add_source(world, "c", std::nullopt);
    add_source(world, "d", 4).commitment_has_lapsed = true;
    add_source(world, "e", std::nullopt).commitment_has_lapsed = true;
    add_source(world, "f", 0).commitment_has_lapsed = true;
    add_source(world, "g", 5).role = SourceRole::context;
    add_source(world, "h", 7).utility = UtilityKind::gas;
    const SourceCommitments found = commitments_of_sources(world.area, power);
    CHECK(found.sources == 1);
    CHECK(found.amount == 3);
    CHECK(found.unknown == 1);
    CHECK(found.lapsed == 2);
    CHECK(found.lapsed_unknown == 1);
    CHECK(found.lapsed_amount == 4);
    CHECK(found.over_committed == 0);
    CHECK(counts_at_sources(found));
}

TEST_CASE("over-committed sources are counted once, by their worst season", "[analysis][commitments]") {
    World world;
    add_source(world, "a", 12);  // 20 + 12 of 30
    UtilitySource& two_seasons = add_source(world, "b", 11);
    two_seasons.use = {{"summer", 0.9, 20.0}, {"winter", 1, 21.0}};  // 31 of 27, 32 of 30
    add_source(world, "c", 10);
    const SourceCommitments found = commitments_of_sources(world.area, power);
    CHECK(found.over_committed == 2);
    CHECK(found.excess == 2 + (20 + 11 - 30 * 0.9));
}

TEST_CASE("committed plots need their hectares times the standard, zone by zone", "[analysis][commitments]") {
    const PlotCommitments plots = commitments_of_plots(with_plots().area, standards());
    CHECK(plots.plots == 4);
    CHECK(plots.area_unknown == 1);
    CHECK(plots.net_ha == 6.5 + 1.5);
    CHECK(plots.need[power] == StepRange{1300 + 300, 1625 + 375, 3250 + 750});  // 0.2, 0.25, 0.5 MW a net ha
    // 20 / 50 / 100 m³/h a gross ha, of which 0.60 / 0.65 / 0.70 are net
    CHECK(plots.need[UtilityKind::gas].low == 217 + 50);  // 6.5 / 0.6 × 20 = 216.7
    CHECK(plots.need[UtilityKind::gas].central == 500 + 116);
    CHECK(plots.need[UtilityKind::telecom] == StepRange{});
}

TEST_CASE("what check reports is what the analysis counts, at one of the two places", "[analysis][commitments]") {
    World world = with_plots();
    const auto asked_by_plots = [&](Case scenario) {
        std::int64_t sum = 0;
        const GapResult result = world.gaps(standards());
        for (const SharedDemand& demand : result.shared.at(power, scenario).demands)
            if (demand.kind == DemandKind::zone_committed) sum += demand.amount;
        return sum;
    };
    add_source(world, "s", 0);
    REQUIRE_FALSE(counts_at_sources(commitments_of_sources(world.area, power)));
    const PlotCommitments plots = commitments_of_plots(world.area, standards());
    for (const Case scenario : all_cases) CHECK(asked_by_plots(scenario) == plots.need[power].at(scenario));
    world.area.sources[0].committed = 0.5;
    REQUIRE(counts_at_sources(commitments_of_sources(world.area, power)));
    CHECK(asked_by_plots(Case::central) == 0);
    world.area.sources[0].commitment_has_lapsed = true;
    CHECK(asked_by_plots(Case::central) == plots.need[power].central);
}
