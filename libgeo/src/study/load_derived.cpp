#include "study/load_derived.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/analysis/derived_districts.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/check_relations.hpp"
#include "study/load_places.hpp"

namespace amayesh::detail {
namespace {

const std::string& place_named(const AdministrativePlace& place, std::string_view attribute) {
    if (attribute == "county") return place.county;
    if (attribute == "province") return place.province;
    return place.district;
}

/// Parents by id and by name; a name that several have names none.
class ParentsByName {
public:
    explicit ParentsByName(std::span<const ParentArea> parents) {
        for (std::size_t i = 0; i < parents.size(); ++i) {
            add(fold_name(parents[i].id), i);
            if (parents[i].name != parents[i].id) add(fold_name(parents[i].name), i);
        }
    }
    [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const {
        const auto found = m_parents.find(fold_name(name));
        return found == m_parents.end() ? std::nullopt : found->second;
    }

private:
    void add(std::string key, std::size_t parent) {
        if (key.empty()) return;
        const auto [there, is_new] = m_parents.try_emplace(std::move(key), parent);
        if (!is_new) there->second = std::nullopt;
    }
    std::map<std::string, std::optional<std::size_t>> m_parents;
};

/// What messages call an area that may lack a name, or an id.
std::string shown(const ParentArea& parent) {
    const std::string& name = parent.name.empty() ? parent.id : parent.name;
    return name.empty() ? std::string("a parent area without id and name") : fmt::format("'{}'", name);
}

/// The sites of one growth, and the settlements that they are.
struct Growth {
    std::vector<GrowthSite> sites;
    std::vector<std::size_t> settlements;
};

const RuralDistrict* find_district(const PlanningArea& area, const std::string& id) {
    const auto found = std::ranges::lower_bound(area.rural_districts, id, {}, &RuralDistrict::id);
    return found != area.rural_districts.end() && found->id == id ? &*found : nullptr;
}

Growth collect_sites(const Derivation& derivation, std::span<const ParentArea> parents, const PlanningArea& area) {
    const ParentsByName by_name{parents};
    const Transform to_working{Crs::wgs84(), area.working_crs};
    Growth growth;
    for (std::size_t i = 0; i < area.settlements.size(); ++i) {
        const Settlement& settlement = area.settlements[i];
        if (!is_rural(settlement.kind) || !settlement.position || settlement.rural_district_id.empty()) continue;
        GrowthSite site{to_working.apply(*settlement.position), settlement.rural_district_id, std::nullopt};
        if (!derivation.parent_attribute.empty()) {
            const RuralDistrict* district = find_district(area, settlement.rural_district_id);
            const AdministrativePlace& place = district != nullptr ? district->place : settlement.place;
            site.parent = by_name.find(place_named(place, derivation.parent_attribute));
        }
        growth.sites.push_back(std::move(site));
        growth.settlements.push_back(i);
    }
    return growth;
}

Problem settlement_problem(const Settlement& settlement, Severity severity, ProblemKind kind, std::string message,
                           std::string action) {
    return {.severity = severity,
            .kind = kind,
            .layer = "settlements",
            .feature = settlement.id.empty() ? settlement.name : settlement.id,
            .message = std::move(message),
            .action = std::move(action),
            .place = ProblemPlace{settlement.position->x, settlement.position->y}};
}

void report_sites(const DerivedDistricts& grown, const Growth& growth, LoadRun& run) {
    const std::vector<Settlement>& settlements = run.loaded.area.settlements;
    for (const std::size_t site : grown.sites_outside_parent)
        run.problems.add(settlement_problem(
            settlements[growth.settlements[site]], Severity::warning, ProblemKind::outside_every_district,
            fmt::format("lies outside the area that its rural district {} belongs to", growth.sites[site].district),
            "kept; its district does not grow from it"));
    for (const std::size_t site : grown.sites_sharing_a_place)
        run.problems.add(settlement_problem(settlements[growth.settlements[site]], Severity::warning,
                                            ProblemKind::district_disagrees,
                                            fmt::format("shares its position with a settlement of another rural "
                                                        "district than its own, {}",
                                                        growth.sites[site].district),
                                            "kept; its district does not grow from it"));
}

void report_residue(const DerivedDistricts& grown, std::span<const ParentArea> parents, const Transform& to_degrees,
                    ProblemReport& problems) {
    for (const std::size_t p : grown.parents_without_site) {
        const MultiPolygon& shape = parents[p].shape;
        if (shape.parts.empty()) continue;
        const Point place = to_degrees.apply(interior_point(shape));
        problems.add(
            {.severity = Severity::warning,
             .kind = ProblemKind::districts_gap,
             .layer = "rural_districts",
             .feature = parents[p].id.empty() ? parents[p].name : parents[p].id,
             .message = fmt::format("no located settlement names a rural district in {}, {:.0f} ha", shown(parents[p]),
                                    to_hectares(geodesic_area(to_degrees.apply(shape))).value()),
             .action = "left as residue, in no rural district",
             .place = ProblemPlace{place.x, place.y}});
    }
}

/// Where parents share area, the one that comes first keeps it: what grows in them does not overlap either.
void separate(std::vector<ParentArea>& parents, const Transform& to_degrees, ProblemReport& problems) {
    std::vector<MultiPolygon> shapes;
    for (const ParentArea& parent : parents) shapes.push_back(parent.shape);
    for (const Overlap& overlap : find_overlaps(shapes, 0)) {
        ParentArea& second = parents[overlap.second];
        second.shape = difference_on_grid(second.shape, shapes[overlap.first]);
        if (overlap.area < least_overlap_m2) continue;
        const ParentArea& first = parents[overlap.first];
        const Point place = to_degrees.apply(overlap.place);
        problems.add({.severity = Severity::warning,
                      .kind = ProblemKind::districts_overlap,
                      .layer = "rural_districts parents",
                      .feature = first.id.empty() ? first.name : first.id,
                      .message = fmt::format("shares {:.2f} ha with {}",
                                             to_hectares(SquareMetres{overlap.area}).value(), shown(second)),
                      .action = "the area is taken off the latter",
                      .place = ProblemPlace{place.x, place.y}});
    }
}

std::string_view without_zeros(std::string_view code) {
    code.remove_prefix(std::min(code.find_first_not_of('0'), code.size()));
    return code;
}

/// Every rural district that a village names is one, wherever the village lies. A code that only lost the zeros of one in
/// the study's own table is left to be reported.
void add_missing_districts(PlanningArea& area) {
    std::set<std::string, std::less<>> listed;
    for (const RuralDistrict& district : area.rural_districts) listed.emplace(without_zeros(district.id));
    std::map<std::string_view, const Settlement*> first;
    for (const Settlement& settlement : area.settlements) {
        const std::string& code = settlement.rural_district_id;
        if (code.empty() || !is_rural(settlement.kind) || listed.contains(without_zeros(code))) continue;
        first.try_emplace(code, &settlement);
    }
    for (const auto& [code, settlement] : first) {
        RuralDistrict& district = area.rural_districts.emplace_back();
        district.id = code;
        district.place = settlement->place;
    }
    std::ranges::stable_sort(area.rural_districts, {}, &RuralDistrict::id);
}

/// A repeated id is an error of its own; every district that has it gets the polygon.
void give_shapes(const DerivedDistricts& grown, const Transform& to_degrees, PlanningArea& area) {
    std::map<std::string_view, const DerivedDistrict*> by_id;
    for (const DerivedDistrict& derived : grown.districts) by_id.emplace(derived.id, &derived);
    for (RuralDistrict& district : area.rural_districts) {
        const auto found = by_id.find(district.id);
        if (found == by_id.end() || found->second->shape.parts.empty()) continue;
        district.shape = found->second->shape;
        district.area_ha = to_hectares(geodesic_area(to_degrees.apply(district.shape))).value();
        district.derived = true;
    }
}

/// Why nothing grew for a district: by its id, what became of its sites.
std::map<std::string_view, std::string_view> reasons_without_shape(const DerivedDistricts& grown,
                                                                   const Growth& growth) {
    std::map<std::string_view, std::string_view> reasons;
    for (const std::size_t site : grown.sites_outside_parent)
        reasons[growth.sites[site].district] = "its settlements lie outside the area that it belongs to";
    for (const std::size_t site : grown.sites_sharing_a_place)
        reasons[growth.sites[site].district] = "its settlements share their positions with those of another one";
    return reasons;
}

void report_without_shape(const DerivedDistricts& grown, const Growth& growth, const PlanningArea& area,
                          ProblemReport& problems) {
    const auto reasons = reasons_without_shape(grown, growth);
    for (const RuralDistrict& district : area.rural_districts) {
        if (!district.shape.parts.empty()) continue;
        const auto reason = reasons.find(district.id);
        problems.add(
            {.severity = Severity::warning,
             .kind = ProblemKind::geometry_missing,
             .layer = "rural_districts",
             .feature = district.id,
             .message = fmt::format("{}: no polygon can be grown",
                                    reason == reasons.end() ? "no located settlement names it" : reason->second),
             .action = "kept without a place"});
    }
}

}  // namespace

LayerStudy parents_as_layer(const Derivation& derivation) {
    LayerStudy layer;
    layer.role = LayerRole::rural_districts;
    layer.sources = {derivation.source};
    layer.layer = derivation.layer;
    layer.encoding = derivation.encoding;
    layer.crs = derivation.crs;
    layer.fields = derivation.fields;
    layer.line = derivation.line;
    return layer;
}

void read_parents(TableReading& reading, LoadRun& run, std::vector<ParentArea>& parents) {
    std::vector<PlacedShape> shapes = place_shapes(reading.table, reading.places, run.loaded.area.working_crs);
    const FieldReader* name = reading.fields.find("name");
    for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
        if (reading.places[row] != RowPlace::usable) continue;
        parents.push_back({reading.names.ids[row], text_at(name, row),
                           std::get<MultiPolygon>(std::move(shapes[row].geometry)), reading.table.hashes[row]});
    }
}

void derive_districts(const Derivation& derivation, std::vector<ParentArea>&& parents, LoadRun& run) {
    std::ranges::sort(parents, [](const ParentArea& a, const ParentArea& b) {
        return std::tie(a.id, a.name, a.hash) < std::tie(b.id, b.name, b.hash);
    });
    PlanningArea& area = run.loaded.area;
    const Transform to_degrees{area.working_crs, Crs::wgs84()};
    separate(parents, to_degrees, run.problems);
    const Growth growth = collect_sites(derivation, parents, area);
    std::vector<MultiPolygon> shapes;
    for (const ParentArea& parent : parents) shapes.push_back(parent.shape);
    const DerivedDistricts grown = grow_districts(growth.sites, shapes);
    report_sites(grown, growth, run);
    report_residue(grown, parents, to_degrees, run.problems);
    add_missing_districts(area);
    give_shapes(grown, to_degrees, area);
    report_without_shape(grown, growth, area, run.problems);
}

}  // namespace amayesh::detail
