#include "analysis/people_left_out.hpp"

#include <algorithm>

namespace amayesh::detail {

namespace {

/// Settlements of a unit by what is known of them.
struct Tally {
    std::int64_t known_people = 0;
    std::int64_t out_people = 0;       ///< Known, out of reach.
    std::int64_t unplaced_people = 0;  ///< Known, no position.
    std::size_t known = 0;
    std::size_t unknown_in = 0;   ///< Population unknown, in reach.
    std::size_t unknown_out = 0;  ///< Population unknown, out of reach.
    std::size_t unknown_unplaced = 0;
    std::size_t out = 0;
};

Tally tally_settlements(const AssessedUnit& unit, const PlanningArea& area,
                        const std::function<bool(std::size_t)>& is_in_reach) {
    Tally tally;
    for (const std::size_t i : unit.settlements) {
        const Settlement& settlement = area.settlements[i];
        const bool in_reach = is_in_reach(i);
        const bool placed = settlement.position.has_value() || in_reach;
        if (placed && !in_reach) ++tally.out;
        if (settlement.population) {
            ++tally.known;
            tally.known_people += *settlement.population;
            if (!placed)
                tally.unplaced_people += *settlement.population;
            else if (!in_reach)
                tally.out_people += *settlement.population;
        } else {
            ++(!placed ? tally.unknown_unplaced : in_reach ? tally.unknown_in : tally.unknown_out);
        }
    }
    return tally;
}

/// Where settlements are missing from the list, whoever is not in a listed one may live anywhere.
std::optional<std::int64_t> most_with_unlisted(const AssessedUnit& unit, const Tally& tally) {
    const auto total = unit.population ? unit.population : unit.population_at_most;
    if (!total) return std::nullopt;
    const std::int64_t known_in_reach = tally.known_people - tally.out_people - tally.unplaced_people;
    return std::max<std::int64_t>(0, *total - known_in_reach);
}

PeopleLeftOut follow_centre(const AssessedUnit& unit, std::optional<bool> centre_in_reach) {
    PeopleLeftOut people;
    if (!centre_in_reach) return people;
    people.basis = PeopleBasis::centre;
    if (*centre_in_reach) {
        people.at_least = 0;
        people.at_most = 0;
    } else {
        people.at_least = unit.population ? unit.population : unit.population_at_least;
        people.at_most = unit.population ? unit.population : unit.population_at_most;
    }
    return people;
}

}  // namespace

PeopleLeftOut count_people_left_out(const AssessedUnit& unit, const PlanningArea& area,
                                    const std::function<bool(std::size_t)>& is_in_reach,
                                    std::optional<bool> centre_in_reach) {
    const Tally tally = tally_settlements(unit, area, is_in_reach);
    if (tally.known == 0) {
        PeopleLeftOut people = follow_centre(unit, centre_in_reach);
        people.settlements_out_of_reach = tally.out;
        return people;
    }
    PeopleLeftOut people;
    people.settlements_out_of_reach = tally.out;
    const std::size_t unknown = tally.unknown_in + tally.unknown_out + tally.unknown_unplaced;
    const bool all_listed = unit.kind == UnitKind::settlement || area.settlements_layer.complete;
    const bool exact = all_listed && unknown == 0 && tally.unplaced_people == 0;
    people.basis = exact ? PeopleBasis::settlements : PeopleBasis::settlements_partly;
    std::int64_t least = tally.out_people;
    std::optional<std::int64_t> most = tally.out_people + tally.unplaced_people;
    const auto total = unit.population;
    const std::int64_t residue = total ? std::max<std::int64_t>(0, *total - tally.known_people) : 0;
    if (!all_listed) {
        most = most_with_unlisted(unit, tally);
    } else if (unknown > 0) {
        if (tally.unknown_out == unknown) least += residue;
        if (tally.unknown_out + tally.unknown_unplaced > 0)
            most = total ? std::optional{*most + residue} : std::nullopt;
    } else if (residue > 0 && unit.kind == UnitKind::rural_district) {
        if (!centre_in_reach || !*centre_in_reach) *most += residue;
        if (centre_in_reach && !*centre_in_reach) least += residue;
        people.basis = PeopleBasis::settlements_partly;
    }
    people.at_least = total ? std::min(least, *total) : least;
    people.at_most = total && most ? std::min(*most, *total) : most;
    return people;
}

}  // namespace amayesh::detail
