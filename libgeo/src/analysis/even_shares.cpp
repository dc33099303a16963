#include "analysis/even_shares.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <queue>
#include <utility>

namespace amayesh::detail {

namespace {

__extension__ using Wide = __int128;  // holds the product of two amounts

/// A part of the network that shares among itself.
struct Piece {
    TransportNetwork network;
    std::vector<std::size_t> demands;  ///< In the whole network.
    std::vector<char> shares;
    std::int64_t total = 0;
};

Piece whole(const TransportNetwork& network, const std::vector<char>& shares, std::int64_t total) {
    Piece piece{network, std::vector<std::size_t>(network.demand.size()), shares, total};
    std::iota(piece.demands.begin(), piece.demands.end(), std::size_t{0});
    return piece;
}

/// What each demand would be served, could any source serve anyone.
std::vector<std::int64_t> dealt(const Piece& piece) {
    std::vector<std::int64_t> asked;
    for (std::size_t i = 0; i < piece.demands.size(); ++i)
        if (piece.shares[i]) asked.push_back(piece.network.demand[i]);
    const std::vector<std::int64_t> deal = deal_evenly(asked, piece.total);
    std::vector<std::int64_t> result = piece.network.demand;
    auto next = deal.begin();
    for (std::size_t i = 0; i < piece.demands.size(); ++i)
        if (piece.shares[i]) result[i] = *next++;
    return result;
}

/// The demands of one side of a cut, and the sources of that side.
Piece side_of(const Piece& piece, const std::vector<char>& is_short, const std::vector<char>& source_is_short,
              bool short_side) {
    Piece side;
    std::vector<int> demand_at(piece.demands.size()), source_at(piece.network.supply.size());
    for (std::size_t i = 0; i < piece.demands.size(); ++i) {
        if (static_cast<bool>(is_short[i]) != short_side) continue;
        demand_at[i] = static_cast<int>(side.demands.size());
        side.demands.push_back(piece.demands[i]);
        side.shares.push_back(piece.shares[i]);
        side.network.demand.push_back(piece.network.demand[i]);
    }
    for (std::size_t i = 0; i < piece.network.supply.size(); ++i) {
        if (static_cast<bool>(source_is_short[i]) != short_side) continue;
        source_at[i] = static_cast<int>(side.network.supply.size());
        side.network.supply.push_back(piece.network.supply[i]);
    }
    for (const TransportArc& arc : piece.network.arcs) {
        const auto source = static_cast<std::size_t>(arc.source), demand = static_cast<std::size_t>(arc.demand);
        if (static_cast<bool>(source_is_short[source]) == short_side &&
            static_cast<bool>(is_short[demand]) == short_side)
            side.network.arcs.push_back({source_at[source], demand_at[demand]});
    }
    return side;
}

/// The short side uses up every source in its reach, so nothing crosses the cut.
std::pair<Piece, Piece> split(const Piece& piece, const std::vector<char>& is_short) {
    std::vector<char> source_is_short(piece.network.supply.size());
    for (const TransportArc& arc : piece.network.arcs)
        if (is_short[static_cast<std::size_t>(arc.demand)]) source_is_short[static_cast<std::size_t>(arc.source)] = 1;
    std::pair sides{side_of(piece, is_short, source_is_short, true), side_of(piece, is_short, source_is_short, false)};
    Piece& tight = sides.first;
    tight.total = std::accumulate(tight.network.supply.begin(), tight.network.supply.end(), std::int64_t{0});
    for (std::size_t i = 0; i < tight.demands.size(); ++i)
        if (!tight.shares[i]) tight.total -= tight.network.demand[i];
    sides.second.total = piece.total - tight.total;
    return sides;
}

}  // namespace

std::vector<std::int64_t> deal_evenly(const std::vector<std::int64_t>& amounts, std::int64_t total) {
    std::vector<std::int64_t> dealt(amounts.size());
    const std::int64_t asked = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
    if (asked == 0) return dealt;
    // The steps that find a share below level_steps / asked come before all others, and are not more than `total`.
    const std::int64_t level_steps = std::max<std::int64_t>(0, total - static_cast<std::int64_t>(amounts.size()));
    for (std::size_t i = 0; i < amounts.size(); ++i)
        dealt[i] = static_cast<std::int64_t>((Wide{level_steps} * amounts[i] + asked - 1) / asked);

    const auto comes_later = [&](std::size_t a, std::size_t b) {
        const Wide share_a = Wide{dealt[a]} * amounts[b], share_b = Wide{dealt[b]} * amounts[a];
        return share_a != share_b ? share_a > share_b : a > b;
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(comes_later)> next{comes_later};
    for (std::size_t i = 0; i < amounts.size(); ++i)
        if (dealt[i] < amounts[i]) next.push(i);
    for (std::int64_t left = total - std::accumulate(dealt.begin(), dealt.end(), std::int64_t{0}); left > 0; --left) {
        const std::size_t lowest = next.top();
        next.pop();
        if (++dealt[lowest] < amounts[lowest]) next.push(lowest);
    }
    return dealt;
}

std::vector<std::int64_t> even_shares(const TransportNetwork& network, const std::vector<char>& shares,
                                      std::int64_t total) {
    std::vector<std::int64_t> result = network.demand;
    std::vector<Piece> open;
    open.push_back(whole(network, shares, total));
    while (!open.empty()) {
        const Piece piece = std::move(open.back());
        open.pop_back();
        TransportNetwork trial = piece.network;
        trial.demand = dealt(piece);
        const FullestFlow flow = fullest_flow(trial);
        if (flow.serves_all) {
            for (std::size_t i = 0; i < piece.demands.size(); ++i) result[piece.demands[i]] = trial.demand[i];
            continue;
        }
        auto [tight, rest] = split(piece, flow.is_short);
        open.push_back(std::move(tight));
        open.push_back(std::move(rest));
    }
    return result;
}

}  // namespace amayesh::detail
