#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// Priority classes are 0, 1, … up to this, exclusive; a lower class is served first.
inline constexpr int priority_class_count = 16;

/// Limits within which no sum leaves 64 bits; beyond them the input is refused.
inline constexpr std::int64_t most_demand_steps = std::int64_t{1} << 60;     ///< Of all demands together.
inline constexpr std::int64_t most_allocation_cost = std::int64_t{1} << 58;  ///< See allocate_capacity().

/// Who needs how much of one utility, in whole steps (see `steps_per_unit`).
struct CapacityDemand {
    std::string id;           ///< Not twice; it settles every tie.
    std::int64_t amount = 0;  ///< Not negative; 0 is served by nothing.
    int priority_class = 0;
};

/// Who can deliver how much.
struct CapacitySource {
    std::string id;                        ///< Not twice; it settles every tie.
    std::optional<std::int64_t> headroom;  ///< Firm, in whole steps, not negative; nothing = unknown: serves nobody.
};

/// A source that a demand may be served from.
struct CapacityArc {
    std::size_t demand = 0;  ///< Index into the demands.
    std::size_t source = 0;  ///< Index into the sources.
    std::int64_t cost = 0;   ///< Of one step: metres, or money; not negative.
};

struct CapacityProblem {
    std::vector<CapacityDemand> demands;
    std::vector<CapacitySource> sources;
    std::vector<CapacityArc> arcs;  ///< In any order; a pair of demand and source at most once.
};

/// How the demands of one class share what is not enough for all of them.
enum class Sharing : std::uint8_t {
    most,  ///< As much as possible together; who gets it follows from the least cost.
    even   ///< As much as possible together, the worst-off served share first.
};

struct AllocationOptions {
    std::array<Sharing, priority_class_count> sharing{};  ///< By class; `most` unless said otherwise.
};

/// What became of a demand: served + shortfall = amount.
struct ServedDemand {
    std::int64_t served = 0;
    std::int64_t shortfall = 0;
    friend constexpr bool operator==(const ServedDemand&, const ServedDemand&) = default;
};

/// What became of a source. One of unknown headroom is looked at as one that has none.
struct UsedSource {
    std::int64_t used = 0;                     ///< Never above the headroom.
    std::optional<int> class_of_another_step;  ///< Class that one step more of headroom would serve; nothing = none.

    /// Steps that could be served more, in all classes together, if the source had one step more: 0 or 1.
    [[nodiscard]] constexpr std::int64_t shadow_price() const noexcept { return class_of_another_step ? 1 : 0; }
    friend constexpr bool operator==(const UsedSource&, const UsedSource&) = default;
};

/// Everything in the order of the problem.
struct CapacityAllocation {
    std::vector<std::int64_t> amounts;  ///< Per arc, in whole steps.
    std::vector<ServedDemand> demands;
    std::vector<UsedSource> sources;
    std::int64_t served = 0;  ///< Sum over the demands.
    std::int64_t cost = 0;    ///< Sum over the arcs of amount × cost.
};

/// Shares the headroom of sources among demands that compete for it.
///
/// Result:  the most of class 0 is served, then the most of class 1 given that, and so on; of all ways to do this, one of
///          least cost. For each demand the arcs add up to what it is served, for each source to what it uses, exactly.
/// Even:    the steps of the class are dealt one by one, each to the demand with the lowest share (dealt / amount) until
///          then, equal shares by id; a demand that cannot be given another step, whoever else were moved, is passed over
///          from then on. The class together gets as much as under `most`.
/// Ties:    of several ways of equal cost the one taken depends on ids and numbers, never on the order of rows or on
///          demands that share no source with these, directly or through others.
/// Method:  parts without a common source apart; in each a minimum-cost flow by the network simplex method (LEMON), a
///          step not served costing more, the lower its class, than any re-routing can save. Even shares by decomposition
///          at minimum cuts (Groenevelt, European Journal of Operational Research 54, 1991); shadow prices by search in
///          the residual graph.
/// Cost:    O(arcs log arcs) and the flows: for 1,500 demands of 50 arcs about as long as the bare flow.
/// Throws:  InvalidInput, with the ids: an id twice; a negative amount, headroom or cost; a class that there is not; an
///          arc that leads nowhere or is there twice; more than `most_demand_steps` demanded together, or to be had from
///          all sources together (of each no more than its arcs ask for); costs so large that largest cost ×
///          `priority_class_count` × (demands or sources, the fewer, + 1), or largest cost × (demanded, or to be had, the
///          less), exceeds `most_allocation_cost`.
AMAYESH_EXPORT CapacityAllocation allocate_capacity(const CapacityProblem& problem,
                                                    const AllocationOptions& options = {});

}  // namespace amayesh
