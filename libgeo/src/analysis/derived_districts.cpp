#include <amayesh/analysis/derived_districts.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>

namespace amayesh {
namespace {

constexpr std::size_t no_parent = static_cast<std::size_t>(-1);

/// A district's piece of one parent.
struct Piece {
    std::string district;
    MultiPolygon shape;
};

/// The parent that each site grows in; `no_parent` where it lies outside. Borders belong to the lowest parent, unless
/// the site names another one that they bound too.
std::vector<std::size_t> parents_of(std::span<const GrowthSite> sites, std::span<const MultiPolygon> parents) {
    const PointLocator locator{parents};
    std::vector<std::optional<PointLocator>> own(parents.size());
    std::vector<std::size_t> found(sites.size(), no_parent);
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const Located located = locator.locate(sites[i].place);
        if (!sites[i].parent || located.shape == sites[i].parent) {
            found[i] = located.shape.value_or(no_parent);
            continue;
        }
        const std::size_t parent = *sites[i].parent;
        if (parent >= parents.size()) throw InvalidInput("a settlement names a parent area that is not there");
        if (!located.several) continue;
        if (!own[parent]) own[parent].emplace(parents.subspan(parent, 1));
        if (own[parent]->locate(sites[i].place).shape) found[i] = parent;
    }
    return found;
}

/// Sites by parent, each list in an order that does not depend on that of the input.
std::vector<std::vector<std::size_t>> sites_by_parent(std::span<const GrowthSite> sites,
                                                      std::span<const std::size_t> parent_of_site,
                                                      std::size_t parents) {
    std::vector<std::vector<std::size_t>> lists(parents);
    for (std::size_t i = 0; i < sites.size(); ++i)
        if (parent_of_site[i] != no_parent) lists[parent_of_site[i]].push_back(i);
    for (std::vector<std::size_t>& list : lists)
        std::ranges::sort(list, [&](std::size_t a, std::size_t b) {
            return std::tie(sites[a].place, sites[a].district) < std::tie(sites[b].place, sites[b].district);
        });
    return lists;
}

/// Keeps one site a place: the first of the sorted list, hence the lowest district.
std::vector<std::size_t> without_repeats(std::span<const GrowthSite> sites, std::span<const std::size_t> sorted,
                                         std::vector<std::size_t>& sharing) {
    std::vector<std::size_t> kept;
    for (const std::size_t i : sorted) {
        const bool is_repeat = !kept.empty() && sites[kept.back()].place == sites[i].place;
        if (!is_repeat) kept.push_back(i);
        if (is_repeat && sites[kept.back()].district != sites[i].district) sharing.push_back(i);
    }
    return kept;
}

std::vector<Piece> grow_in(const MultiPolygon& parent, std::span<const GrowthSite> sites,
                           std::span<const std::size_t> chosen) {
    std::vector<Point> places;
    places.reserve(chosen.size());
    for (const std::size_t i : chosen) places.push_back(sites[i].place);
    std::vector<MultiPolygon> cells = thiessen_cells(places, parent);
    std::map<std::string, std::vector<MultiPolygon>> cells_of_district;
    for (std::size_t k = 0; k < chosen.size(); ++k)
        if (!cells[k].parts.empty()) cells_of_district[sites[chosen[k]].district].push_back(std::move(cells[k]));
    std::vector<Piece> pieces;
    for (auto& [district, shapes] : cells_of_district)
        pieces.push_back({district, shapes.size() == 1 ? std::move(shapes.front()) : union_of(shapes)});
    return pieces;
}

/// Pieces of one district in several parents are laid together; those of parents that touch are dissolved.
std::vector<DerivedDistrict> collect(std::vector<std::vector<Piece>>&& pieces_of_parent,
                                     const std::map<std::string, std::size_t>& settlements) {
    std::map<std::string, std::vector<MultiPolygon>> shapes;
    for (std::vector<Piece>& pieces : pieces_of_parent)
        for (Piece& piece : pieces) shapes[piece.district].push_back(std::move(piece.shape));
    std::vector<DerivedDistrict> districts;
    for (const auto& [id, count] : settlements) {
        DerivedDistrict& district = districts.emplace_back();
        district.id = id;
        district.settlements = count;
        if (const auto grown = shapes.find(id); grown != shapes.end())
            district.shape = grown->second.size() == 1 ? std::move(grown->second.front()) : union_of(grown->second);
    }
    return districts;
}

}  // namespace

DerivedDistricts grow_districts(std::span<const GrowthSite> sites, std::span<const MultiPolygon> parents) {
    DerivedDistricts result;
    const std::vector<std::size_t> parent_of_site = parents_of(sites, parents);
    std::map<std::string, std::size_t> settlements;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (parent_of_site[i] == no_parent)
            result.sites_outside_parent.push_back(i);
        else
            ++settlements[sites[i].district];
    }
    const auto lists = sites_by_parent(sites, parent_of_site, parents.size());
    std::vector<std::vector<std::size_t>> chosen(parents.size());
    for (std::size_t p = 0; p < parents.size(); ++p) {
        chosen[p] = without_repeats(sites, lists[p], result.sites_sharing_a_place);
        if (chosen[p].empty()) result.parents_without_site.push_back(p);
    }
    std::ranges::sort(result.sites_sharing_a_place);

    std::vector<std::vector<Piece>> pieces(parents.size());
    parallel_for(parents.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t p = begin; p < end; ++p)
            if (!chosen[p].empty()) pieces[p] = grow_in(parents[p], sites, chosen[p]);
    });
    result.districts = collect(std::move(pieces), settlements);
    return result;
}

}  // namespace amayesh
