#include "analysis/zone_balance.hpp"

#include <algorithm>

#include "analysis/committed_land.hpp"
#include "analysis/steps.hpp"

namespace amayesh::detail {

namespace {

void add_promised_land(std::vector<ZoneBalance>& zones, std::span<const UnitGap> units) {
    for (const UnitGap& gap : units)
        for (const Case scenario : all_cases)
            if (const auto& land = gap.land[scenario])
                for (const LandCredit& credit : land->credits) {
                    StepRange& promised = zones[credit.zone].promised;
                    (scenario == Case::low       ? promised.low
                     : scenario == Case::central ? promised.central
                                                 : promised.high) += credit.area;
                }
}

/// What zones asked for themselves and got, and what they gave.
void add_shared(std::vector<ZoneBalance>& zones, const SharedUtility& shared, UtilityKind utility, Case scenario) {
    const auto balance_of = [&](std::size_t zone) -> ZoneServiceBalance& {
        return zones[zone].services[utility][scenario];
    };
    for (ZoneBalance& zone : zones) zone.services[utility][scenario].is_shared = true;
    for (const SharedDemand& demand : shared.demands) {
        if (demand.unit != no_index) continue;
        ZoneServiceBalance& balance = balance_of(demand.zone);
        if (demand.kind == DemandKind::zone_committed) balance.committed += demand.amount;
        balance.allocated += demand.served;
        balance.without_amount += demand.without_amount;
        balance.shortfall += demand.amount - demand.served - demand.without_amount;
    }
    for (const SharedSource& source : shared.sources)
        if (source.zone != no_index) balance_of(source.zone).given += source.used;
}

bool serves(const IndustrialZone& zone, std::span<const ZoneStatus> serving) {
    return std::ranges::find(serving, zone.status) != serving.end();
}

/// What the zone has less what its land in use needs, in steps; nothing where either is not known.
std::optional<std::int64_t> own_balance(const IndustrialZone& zone, const ZoneLand& land, UtilityKind utility,
                                        Case scenario, const GapStandards& standards) {
    const auto has = zone.supply.amount(utility);
    if (!has || !land.occupied_ha) return std::nullopt;
    return steps_down(*has, steps_per_unit[utility], zone.id) -
           demand_steps(*land.occupied_ha, utility, scenario, standards, zone.id);
}

}  // namespace

std::optional<std::int64_t> spare_of_zone(const IndustrialZone& zone, const ZoneLand& land,
                                          std::span<const ZoneStatus> serving, UtilityKind utility, Case scenario,
                                          const GapStandards& standards) {
    if (!serves(zone, serving)) return std::nullopt;
    return own_balance(zone, land, utility, scenario, standards);
}

std::int64_t kept_for_plots(const IndustrialZone& zone, const ZoneLand& land, std::span<const ZoneStatus> serving,
                            UtilityKind utility, Case scenario, const GapStandards& standards) {
    if (serves(zone, serving)) return 0;
    return std::max<std::int64_t>(0, own_balance(zone, land, utility, scenario, standards).value_or(0));
}

std::vector<ZoneBalance> balance_zones(std::span<const UnitGap> units, const SharedSupply& shared,
                                       const PlanningArea& area,
                                       std::span<const std::optional<std::int64_t>> usable_land,
                                       const GapStandards& standards, const GapOptions& options) {
    const std::vector<ZoneLand> land = land_in_use(area);
    std::vector<ZoneBalance> zones(area.zones.size());
    for (std::size_t z = 0; z < zones.size(); ++z) {
        zones[z].usable_land = usable_land[z];
        zones[z].in_use_ha = land[z].occupied_ha;
        if (land[z].committed_is_known) zones[z].committed_ha = land[z].committed_ha;
    }
    add_promised_land(zones, units);
    for (const UtilityKind utility : all_utilities) {
        if (utility == UtilityKind::telecom) continue;
        for (const Case scenario : all_cases) {
            for (std::size_t z = 0; z < zones.size(); ++z) {
                ZoneServiceBalance& balance = zones[z].services[utility][scenario];
                const auto spare =
                    spare_of_zone(area.zones[z], land[z], options.serving_statuses, utility, scenario, standards);
                if (!spare) continue;
                balance.deficit = std::max<std::int64_t>(0, -*spare);
                balance.surplus = std::max<std::int64_t>(0, *spare);
            }
            if (area.sources_layer[utility].present) add_shared(zones, shared.at(utility, scenario), utility, scenario);
        }
    }
    return zones;
}

}  // namespace amayesh::detail
