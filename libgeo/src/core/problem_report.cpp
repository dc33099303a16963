#include <amayesh/core/problem_report.hpp>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <tuple>
#include <utility>

namespace amayesh {
namespace {

struct KindName {
    ProblemKind kind;
    std::string_view name;
};

constexpr KindName kind_names[] = {
    {ProblemKind::layer_empty, "layer_empty"},
    {ProblemKind::layer_damaged, "layer_damaged"},
    {ProblemKind::feature_unreadable, "feature_unreadable"},
    {ProblemKind::geometry_missing, "geometry_missing"},
    {ProblemKind::geometry_empty, "geometry_empty"},
    {ProblemKind::geometry_invalid, "geometry_invalid"},
    {ProblemKind::geometry_wrong_type, "geometry_wrong_type"},
    {ProblemKind::geometry_not_finite, "geometry_not_finite"},
    {ProblemKind::encoding_guessed, "encoding_guessed"},
    {ProblemKind::text_implausible, "text_implausible"},
    {ProblemKind::crs_missing, "crs_missing"},
    {ProblemKind::crs_mixed, "crs_mixed"},
    {ProblemKind::crs_assigned, "crs_assigned"},
    {ProblemKind::crs_inaccurate, "crs_inaccurate"},
    {ProblemKind::axes_swapped, "axes_swapped"},
    {ProblemKind::layers_disjoint, "layers_disjoint"},
    {ProblemKind::place_null_island, "place_null_island"},
    {ProblemKind::value_missing, "value_missing"},
    {ProblemKind::value_not_a_number, "value_not_a_number"},
    {ProblemKind::value_negative, "value_negative"},
    {ProblemKind::value_not_finite, "value_not_finite"},
    {ProblemKind::value_implausible, "value_implausible"},
    {ProblemKind::value_unknown_word, "value_unknown_word"},
    {ProblemKind::units_mixed, "units_mixed"},
    {ProblemKind::date_implausible, "date_implausible"},
    {ProblemKind::dates_spread, "dates_spread"},
    {ProblemKind::id_missing, "id_missing"},
    {ProblemKind::id_duplicate, "id_duplicate"},
    {ProblemKind::id_leading_zero_lost, "id_leading_zero_lost"},
    {ProblemKind::code_unmatched, "code_unmatched"},
    {ProblemKind::name_unmatched, "name_unmatched"},
    {ProblemKind::name_folded, "name_folded"},
    {ProblemKind::name_ambiguous, "name_ambiguous"},
    {ProblemKind::selection_empty, "selection_empty"},
    {ProblemKind::districts_overlap, "districts_overlap"},
    {ProblemKind::districts_gap, "districts_gap"},
    {ProblemKind::outside_every_district, "outside_every_district"},
    {ProblemKind::district_disagrees, "district_disagrees"},
    {ProblemKind::on_the_line, "on_the_line"},
    {ProblemKind::zones_overlap, "zones_overlap"},
    {ProblemKind::plot_outside_zone, "plot_outside_zone"},
    {ProblemKind::area_disagrees, "area_disagrees"},
    {ProblemKind::population_disagrees, "population_disagrees"},
    {ProblemKind::population_exceeds_parent, "population_exceeds_parent"},
    {ProblemKind::source_over_committed, "source_over_committed"},
    {ProblemKind::commitment_lapsed, "commitment_lapsed"},
    {ProblemKind::capacity_unknown, "capacity_unknown"},
    {ProblemKind::use_unknown, "use_unknown"},
    {ProblemKind::centre_outside, "centre_outside"},
    {ProblemKind::source_without_role, "source_without_role"},
    {ProblemKind::coefficient_weak, "coefficient_weak"},
    {ProblemKind::layer_incomplete, "layer_incomplete"},
    {ProblemKind::unroutable, "unroutable"},
};

constexpr bool names_stand_in_order() {
    for (std::size_t i = 0; i < std::size(kind_names); ++i)
        if (static_cast<std::size_t>(kind_names[i].kind) != i) return false;
    return static_cast<std::size_t>(ProblemKind::unroutable) + 1 == std::size(kind_names);
}
static_assert(names_stand_in_order(), "one row for each kind, in the order of the enumeration");

auto place_key(const Problem& p) {
    return p.place ? std::tuple{1, p.place->longitude, p.place->latitude} : std::tuple{0, 0.0, 0.0};
}

bool comes_before(const Problem& a, const Problem& b) {
    const auto key = [](const Problem& p) {
        return std::tie(p.severity, p.kind, p.layer, p.feature, p.field, p.message, p.file, p.action);
    };
    if (key(a) != key(b)) return key(a) < key(b);
    return place_key(a) < place_key(b);
}

}  // namespace

std::string_view to_string(Severity severity) noexcept {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "";
}

std::string_view to_string(ProblemKind kind) noexcept {
    const auto index = static_cast<std::size_t>(kind);
    assert(index < std::size(kind_names));
    return kind_names[index].name;
}

void ProblemReport::add(Problem problem) { m_entries.push_back(std::move(problem)); }

void ProblemReport::append(ProblemReport&& other) {
    m_entries.insert(m_entries.end(), std::make_move_iterator(other.m_entries.begin()),
                     std::make_move_iterator(other.m_entries.end()));
    other.m_entries.clear();
}

std::vector<Problem> ProblemReport::sorted() const {
    std::vector<Problem> problems = m_entries;
    std::sort(problems.begin(), problems.end(), comes_before);
    return problems;
}

std::size_t ProblemReport::count(Severity severity) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(m_entries.begin(), m_entries.end(), [=](const Problem& p) { return p.severity == severity; }));
}

std::size_t ProblemReport::count(ProblemKind kind) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(m_entries.begin(), m_entries.end(), [=](const Problem& p) { return p.kind == kind; }));
}

}  // namespace amayesh
