#include "analysis/settled_units.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/takers.hpp"

namespace amayesh::detail {

namespace {

/// What could serve a demand at its place.
class InReach {
public:
    explicit InReach(const DemandPlace& place) : m_sources{features(place.sources)}, m_zones{features(place.zones)} {}

    [[nodiscard]] bool gives(const SharedAmount& amount) const {
        return amount.source != no_index ? std::ranges::binary_search(m_sources, amount.source)
                                         : std::ranges::binary_search(m_zones, amount.zone);
    }

private:
    static std::vector<std::size_t> features(const std::vector<Near>& nears) {
        std::vector<std::size_t> sorted;
        for (const Near& near : nears) sorted.push_back(near.feature);
        std::ranges::sort(sorted);
        return sorted;
    }

    std::vector<std::size_t> m_sources;
    std::vector<std::size_t> m_zones;
};

const DemandPlace& place_of(const SharedDemand& demand, const Market& market) {
    return demand.zone != no_index ? market.zones[demand.zone] : market.centres[demand.unit];
}

void note_own_elsewhere(SharedUtility& shared, const Market& market, std::size_t units) {
    std::vector<std::vector<std::size_t>> parts(units);
    for (std::size_t d = 0; d < shared.demands.size(); ++d)
        if (shared.demands[d].unit != no_index) parts[shared.demands[d].unit].push_back(d);
    std::vector<std::vector<const SharedAmount*>> got(units);
    for (const SharedAmount& amount : shared.amounts)
        if (const std::size_t unit = shared.demands[amount.demand].unit; unit != no_index) got[unit].push_back(&amount);
    for (std::size_t unit = 0; unit < units; ++unit) {
        if (parts[unit].size() < 2) continue;
        for (const std::size_t d : parts[unit]) {
            const InReach in_reach(place_of(shared.demands[d], market));
            for (const SharedAmount* amount : got[unit])
                if (amount->demand != d && in_reach.gives(*amount)) shared.demands[d].own_elsewhere += amount->amount;
        }
    }
}

ServiceReason reason_of(const SharedDemand& demand, bool all_sources_known) {
    if (!demand.place) return ServiceReason::centre_unknown;
    if (demand.sources_in_reach == 0)
        return all_sources_known ? ServiceReason::no_source_in_reach : ServiceReason::no_source_known_in_reach;
    if (demand.sources_unknown > 0) return ServiceReason::unknown_capacity;
    return demand.headroom_in_reach - demand.own_elsewhere >= demand.amount ? ServiceReason::headroom_taken_by_others
                                                                            : ServiceReason::no_headroom;
}

/// Who got what from what could have served the demand, the unit's own parts apart.
std::string takers(const SharedUtility& shared, const SharedDemand& short_of, const Market& market,
                   std::span<const UnitGap> units, const PlanningArea& area) {
    Takers got;
    const InReach in_reach(place_of(short_of, market));
    for (const SharedAmount& amount : shared.amounts) {
        const SharedDemand& demand = shared.demands[amount.demand];
        if (demand.unit != short_of.unit && in_reach.gives(amount))
            got[demand.unit != no_index ? units[demand.unit].unit.id : area.zones[demand.zone].id] += amount.amount;
    }
    return name_takers(got, steps_per_unit[market.utility], unit_name(market.utility));
}

std::int64_t shortfall_of(const SharedDemand& demand) { return demand.amount - demand.served - demand.without_amount; }

/// What each demand got from the surplus of the zone that it stands at.
std::vector<std::int64_t> own_supply(const SharedUtility& shared) {
    std::vector<std::int64_t> own(shared.demands.size());
    for (const SharedAmount& amount : shared.amounts)
        if (amount.zone != no_index && amount.zone == shared.demands[amount.demand].zone)
            own[amount.demand] += amount.amount;
    return own;
}

}  // namespace

void settle_units(std::span<UnitGap> units, SharedUtility& shared, const Market& market, Case scenario,
                  const PlanningArea& area, bool all_sources_known) {
    const UtilityKind utility = market.utility;
    note_own_elsewhere(shared, market, units.size());
    for (UnitGap& gap : units)
        if (gap.land[scenario] && gap.unit.centre)
            gap.services[utility].shared[scenario].emplace().reason = ServiceReason::served;
    const std::vector<std::int64_t> own = own_supply(shared);
    std::vector<const SharedDemand*> shortest(units.size());
    for (std::size_t d = 0; d < shared.demands.size(); ++d) {
        const SharedDemand& demand = shared.demands[d];
        if (demand.unit == no_index) continue;
        const std::int64_t shortfall = shortfall_of(demand);
        *units[demand.unit].services[utility].shared[scenario] +=
            ServiceBalance{.demand = demand.amount,
                           .own_supply = own[d],
                           .allocated = demand.served - own[d],
                           .without_amount = demand.without_amount,
                           .shortfall = shortfall};
        const SharedDemand*& most = shortest[demand.unit];
        if (shortfall > (most ? shortfall_of(*most) : 0)) most = &demand;
    }
    for (std::size_t u = 0; u < units.size(); ++u) {
        if (!shortest[u]) continue;
        ServiceBalance& balance = *units[u].services[utility].shared[scenario];
        balance.reason = reason_of(*shortest[u], all_sources_known);
        if (balance.reason == ServiceReason::headroom_taken_by_others)
            balance.taken_by = takers(shared, *shortest[u], market, units, area);
    }
}

void restate_demand(std::span<UnitGap> units) {
    for (UnitGap& gap : units)
        for (const UtilityKind utility : all_utilities) {
            ServiceNeed& need = gap.services[utility];
            const auto& shared = need.shared;
            if (shared[Case::low] && shared[Case::central] && shared[Case::high])
                need.demand =
                    StepRange{shared[Case::low]->demand, shared[Case::central]->demand, shared[Case::high]->demand};
        }
}

}  // namespace amayesh::detail
