#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <amayesh/analysis/step_range.hpp>
#include <amayesh/core/export.hpp>

namespace amayesh {

/// An amount by which rows are ranked, in the three cases.
struct RankedAmount {
    std::string_view id;  ///< Settles ties.
    StepRange amount;
};

/// Where a row comes in each case, the largest amount first.
struct CaseRanks {
    PerCase<std::optional<std::size_t>> rank;  ///< 1 = first; only amounts above 0.
    bool flips =
        false;  ///< In one case its amount is larger than that of some other row, in another case it is smaller.
    friend constexpr bool operator==(const CaseRanks&, const CaseRanks&) = default;
};

/// Ranks rows in each case by itself, and says which of them change order with another row between the cases.
///
/// Ranks:   1, 2, … by falling amount, equal amounts by id; an amount of 0 has no rank.
/// Flips:   a row flips if it comes before some other row in one case and after it in another by amount; a tie that the
///          id settles is no order, and 0 comes after everything. Whoever is ranked in one case only has not flipped
///          unless it passes somebody.
/// Result:  in the order of the rows, which changes nothing.
/// Cost:    O(n log n).
AMAYESH_EXPORT std::vector<CaseRanks> rank_by_case(std::span<const RankedAmount> rows);

/// How far one order holds in every case.
struct RankStability {
    std::size_t ranked = 0;                     ///< Rows with a rank in at least one case.
    std::size_t flips = 0;                      ///< Of these, rows that flip.
    PerCase<std::optional<std::size_t>> first;  ///< Row of rank 1; nothing where no row has a rank.
    std::optional<bool> first_holds;  ///< No row that is first in some case flips; nothing where none is first.
};

AMAYESH_EXPORT RankStability rank_stability(std::span<const CaseRanks> rows);

}  // namespace amayesh
