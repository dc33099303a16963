#include <algorithm>
#include <array>
#include <utility>

#include <amayesh/output/explanation.hpp>

namespace amayesh {

namespace {

using Text = std::pair<std::string_view, std::string_view>;

constexpr auto texts = std::to_array<Text>({
    {"alone_reason",
     "as if nobody else took anything, the first that holds: not_assessed without a target; "
     "centre_unknown; no_source_layer; no source in reach: no_source_in_reach where all sources are known, "
     "else no_source_known_in_reach; reachable where a source serves without an amount, or the class or "
     "the headroom in reach is enough for the whole target at the centre; unknown_capacity where a source "
     "in reach is unknown; else class_too_low or no_headroom"},
    {"as_given", "as the field has it: a number × factor where it has a unit, a word as the study translates it"},
    {"as_set", "what the study or the command line says"},
    {"asks_nothing", "not known to ask for anything, or the study has no layer of the utility"},
    {"balance", "demand less what zones, sources and sources without an amount give"},
    {"best_class", "the highest class of the sources in reach"},
    {"centre_of_settlement", "where the settlement with most people lies, ties by id; a settlement's own place"},
    {"centre_source", "given, else the largest settlement with a place and a population, else an interior point"},
    {"coefficient_word", "what the standards require"},
    {"committed", "what is committed in every season and in the one that has most; unknown where a part is"},
    {"committed_counted", "what is committed; nothing of it where it ended before the date of the assessment"},
    {"count_by_code", "rows that are known only by the district's code"},
    {"count_rows", "how many rows there are"},
    {"count_unknown", "rows without this value"},
    {"count_unknown_rows", "rows of this utility without this value, those that serve without an amount apart"},
    {"demand_of_target",
     "gross target × net share, where the standard counts net hectares, to 1 m² upwards; × amount per "
     "hectare, rounded up to a whole step"},
    {"derived", "1 where the polygon was grown from settlements"},
    {"distance",
     "from the centre to the nearest point of the feature, 0 inside: geodesic on WGS 84, or in the plane "
     "of the working CRS where the study says planar; to the millimetre"},
    {"edge", "1 where the circle of reach around the centre leaves the declared extent of a layer"},
    {"firm_headroom",
     "least of the capacity and, over the seasons, capacity × factor − in use − committed, not below "
     "0; a commitment that has ended takes nothing; unknown where any of it is, for context and for "
     "sources without an amount"},
    {"given_place", "as the fields have it, in degrees; else moved there from the CRS of the layer"},
    {"gives_nothing", "not known what it can spare, or the study has no layer of the utility"},
    {"headroom_left", "headroom, rounded down to a whole step, less what is given"},
    {"highest_use", "the highest of the seasons; unknown where one is"},
    {"interior_point", "a point inside the polygon"},
    {"is_given", "1 where the data gives it"},
    {"land_committed",
     "contracted plots and those under construction; unknown where plots are not listed or not all known"},
    {"land_in_use",
     "occupied area less committed plots, not below 0; else plots operating or idle, where all are listed "
     "and known"},
    {"land_taken_by",
     "where others are promised the land: those who are promised most of the zones in reach, up to three "
     "by name"},
    {"names_the_row", "says which row this is"},
    {"nearest", "the feature at the least distance; ties by id"},
    {"net_area", "gross × net share, to 1 m² upwards"},
    {"new_zone",
     "target less what the promised net land is in gross hectares, where that makes a zone of the least "
     "size; else 0"},
    {"no_amount", "telecom is a class, not an amount"},
    {"no_class", "has an amount, not a class"},
    {"none_committed", "nothing is committed where the study maps no field for it"},
    {"not_assessed", "not over the threshold, or not known to be"},
    {"not_given", "the study maps no field for it"},
    {"not_on_the_line", "0: minutes decide, and they are less sure than positions"},
    {"not_shared", "takes no part in the sharing"},
    {"of_district_around", "not in the input: that of the rural district around the zone"},
    {"of_settlements", "of the settlements that the district was grown from"},
    {"on_the_line", "1 where the distance to the nearest zone is nearer to the limit than positions are sure"},
    {"over_threshold",
     "over: population, or its lower bound, strictly more; not_over: population not more, or its upper "
     "bound at most that; else unknown"},
    {"own_deficit",
     "land in use × amount per hectare, rounded up, less what the zone has, rounded down; not below 0; "
     "unknown where the zone does not serve or either is unknown"},
    {"own_surplus",
     "what the zone has, rounded down, less land in use × amount per hectare, rounded up; not below 0; "
     "unknown as the deficit"},
    {"people_basis",
     "settlements where every settlement is listed, placed and known, and they hold all people; "
     "settlements_partly where some are not; centre where none is known; none where there is no centre "
     "either"},
    {"people_left_out_max",
     "people of settlements without a zone in reach, and everyone who may live out of reach; all or none, "
     "with the centre, where no settlement is known"},
    {"people_left_out_min",
     "people known to live out of reach of a zone; all or none, with the centre, where no settlement is "
     "known; unknown where zones may be missing, and where the status is no_zone_known_in_reach, unless "
     "minutes decide, the reason is no_way_known or zone_status_unknown, and it is above 0"},
    {"people_unserved", "population × (1 − served share), rounded"},
    {"polygon_area", "of the polygon on the WGS 84 ellipsoid, to 1 m²; its edges as drawn, here within 0.1 m of them"},
    {"population",
     "the unit's own figure, else the sum of its settlements where all are listed and known, else the "
     "raster's"},
    {"population_at_least", "sum of the settlements that are known, where the population is not"},
    {"population_at_most",
     "where the population is not known: the parent's total less everyone known there, and what is known "
     "of the unit"},
    {"population_source", "which of these gave the population; bounds where only limits are known"},
    {"priority_basis", "at_least, or at_most where only that is known"},
    {"priority_rank",
     "1 and one more for each unit ahead: higher score; then farther from a zone (in minutes, where these decide); "
     "then "
     "lower id"},
    {"priority_score",
     "people left out, at least (at most where only that is known) × weight; only over the threshold"},
    {"quickest_way",
     "from the centre over roads, or the surface, to the zone that is reached in the least time; ties by id; nothing "
     "where "
     "the reach is by the straight line"},
    {"rank_flips", "1 where some other unit has more in one case and less in another"},
    {"rank_in_case",
     "1 and one more for each unit with more in this case, or as much and a lower id; none where the "
     "amount is 0"},
    {"remainder",
     "target less what the promised net land is in gross hectares, where that is under the least size; "
     "else 0"},
    {"same_as", "the same as that cell"},
    {"serves_nothing", "none: the data says that it does not serve"},
    {"settlements_out_of_reach",
     "settlements with a place and no zone in reach; in minutes without those from which no way is known, and those "
     "near a zone to which none is"},
    {"shadow_price",
     "1 where one step more of headroom would serve one step more of a demand, found in the flow's "
     "residual"},
    {"shared_reason",
     "served where no part of the demand is short; else of the shortest part: centre_unknown where it has "
     "no place; no source in reach (no_source_in_reach, or no_source_known_in_reach where some are not "
     "known); unknown_capacity; headroom_taken_by_others where what is in reach, less what the unit's "
     "other parts got of it, would be enough; else no_headroom"},
    {"sum_committed",
     "sum over its demands for committed plots, of this utility and case; what a zone that does not serve "
     "has itself is off them"},
    {"sum_credits", "sum of the central case"},
    {"sum_given", "sum over the amounts of this utility and case that it gives"},
    {"sum_known", "sum of what is known; unknown where nothing is"},
    {"sum_known_rows", "sum of what is known over the rows of this utility; unknown where nothing is"},
    {"sum_not_own", "sum over the rows of this utility and case that are not from the zone whose land is promised"},
    {"sum_own", "sum over the rows of this utility and case from the zone whose land is promised"},
    {"sum_promised", "sum of this case"},
    {"sum_rows", "sum over the rows of this utility and case"},
    {"sum_served", "sum over the amounts of this utility and case that it gets itself"},
    {"sum_short", "sum over its demands of this utility and case: amount less what is served"},
    {"sum_without_amount", "sum over its demands of this utility and case"},
    {"taken_by", "those who got most from the sources in reach, up to three by name"},
    {"target_area", "clamp(people × hectares per 1,000 people / 1,000, least, largest), to 1 m² upwards"},
    {"target_uncapped", "people × hectares per 1,000 people / 1,000, to 1 m² upwards"},
    {"unknown", "not known"},
    {"usable_land",
     "vacant and repossessable plots, where all plots are listed and known; where none is listed the "
     "vacant area, else net area (gross × net share where not given) less occupied area, not below 0; to "
     "1 m² downwards"},
    {"weight_of_unknown", "1 where no weight is given"},
    {"yes_or_no",
     "1 where the data says that it serves and no amount, or where the study takes unknown headroom for "
     "enough"},
    {"zone_reason",
     "nothing where served; where zones are full not_enough_usable_land, or land_taken_by_others where "
     "there would be enough alone; without a zone in reach the first that holds: centre_unknown, "
     "zones_layer_incomplete, zone_position_unknown, zone_status_unknown, no_way_known (minutes decide, and no "
     "way was found from there, or to a zone that may be near enough), only_zones_not_operating (one in "
     "reach), no_zone_in_reach, no_serving_zones"},
    {"zone_status",
     "with zones in reach zone_full where all state their usable land and less of it is promised than the "
     "net target (where none is promised at all: less is there), in the central case, else served; without "
     "one no_zone_in_reach where that is certain"},
});

}  // namespace

std::string_view rule_text(std::string_view rule) noexcept {
    static_assert(std::ranges::is_sorted(texts, {}, &Text::first));
    const auto* found = std::ranges::lower_bound(texts, rule, {}, &Text::first);
    return found != texts.end() && found->first == rule ? found->second : std::string_view{};
}

std::string_view to_string(ExplainedKind kind) noexcept {
    switch (kind) {
        case ExplainedKind::unit:
            return "unit";
        case ExplainedKind::zone:
            return "zone";
        case ExplainedKind::source:
            return "source";
    }
    return {};
}

}  // namespace amayesh
