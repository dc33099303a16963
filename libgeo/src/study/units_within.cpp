#include "study/units_within.hpp"

#include <cstddef>

#include <amayesh/core/error.hpp>
#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {

namespace {

/// What one `--within` names: a unit by its id, or a place by its folded name.
struct WantedPlace {
    std::string text;
    std::string folded;
    bool is_found = false;

    bool names(const std::string& name) const { return !name.empty() && fold_name(name) == folded; }
};

bool is_within(const RuralDistrict& district, const WantedPlace& wanted) {
    return district.id == wanted.text || wanted.names(district.name) || wanted.names(district.place.district) ||
           wanted.names(district.place.county) || wanted.names(district.place.province);
}

bool is_within(const Settlement& settlement, const RuralDistrict* district, const WantedPlace& wanted) {
    return settlement.id == wanted.text || wanted.names(settlement.name) || wanted.names(settlement.place.district) ||
           wanted.names(settlement.place.county) || wanted.names(settlement.place.province) ||
           (district != nullptr && is_within(*district, wanted));
}

const RuralDistrict* district_of(const LoadedStudy& loaded, std::size_t settlement) {
    const std::size_t district = loaded.district_of_settlement[settlement];
    return district == LoadedStudy::no_district ? nullptr : &loaded.area.rural_districts[district];
}

/// Ids of the units that any of the wanted places holds; every wanted place must hold one.
template <class Units, class IsWithin>
std::vector<std::string> ids_within(const Units& units, std::vector<WantedPlace>& wanted, const IsWithin& is_in) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < units.size(); ++i) {
        bool is_chosen = false;
        for (WantedPlace& place : wanted)
            if (is_in(i, place)) is_chosen = place.is_found = true;
        if (is_chosen) ids.push_back(units[i].id);
    }
    return ids;
}

}  // namespace

std::optional<std::vector<std::string>> units_within(const LoadedStudy& loaded, UnitKind kind,
                                                     const std::vector<std::string>& within) {
    if (within.empty()) return std::nullopt;
    std::vector<WantedPlace> wanted;
    for (const std::string& text : within) wanted.push_back({text, fold_name(text)});
    const PlanningArea& area = loaded.area;
    std::vector<std::string> ids =
        kind == UnitKind::rural_district
            ? ids_within(
                  area.rural_districts, wanted,
                  [&](std::size_t i, const WantedPlace& place) { return is_within(area.rural_districts[i], place); })
            : ids_within(area.settlements, wanted, [&](std::size_t i, const WantedPlace& place) {
                  return is_within(area.settlements[i], district_of(loaded, i), place);
              });
    for (const WantedPlace& place : wanted)
        if (!place.is_found)
            throw InvalidInput(
                "--within '" + place.text +
                "': no unit, rural district, district, county or province has this id or name; names are "
                "compared after folding, ids exactly");
    return ids;
}

void add_weak_coefficients(std::span<const UsedCoefficient> coefficients, ProblemReport& problems) {
    for (const UsedCoefficient& used : coefficients) {
        if (used.coefficient.confidence != Confidence::d) continue;
        problems.add({.severity = Severity::note,
                      .kind = ProblemKind::coefficient_weak,
                      .layer = {},
                      .file = {},
                      .feature = used.key,
                      .field = {},
                      .message = "confidence D: " + used.coefficient.source,
                      .action = "used",
                      .place = {}});
    }
}

}  // namespace amayesh::detail
