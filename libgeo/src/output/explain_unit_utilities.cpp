#include "output/explain_unit.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace amayesh::detail {

namespace {

/// Rules of one utility in one case.
class UtilityRules {
public:
    UtilityRules(const UnitView& view, UtilityKind utility, Case scenario)
        : m_view{view}, m_need{view.gap.services[utility]}, m_utility{utility}, m_scenario{scenario} {}

    Rules make() {
        for (const char* column : {"unit_id", "utility", "case", "unit_of_amounts"}) put(column, Rule("names_the_row"));
        add_demand();
        add_reach();
        add_balance();
        return std::move(m_rules);
    }

private:
    void put(std::string_view column, Rule rule) { m_rules.insert_or_assign(std::string(column), std::move(rule)); }
    [[nodiscard]] std::string here(std::string_view column) const {
        return cell_address("unit_utilities", column, to_string(m_utility), to_string(m_scenario));
    }
    Rule& keyed(Rule& rule) const {
        return rule.found("utility", std::string(to_string(m_utility)))
            .found("case", std::string(to_string(m_scenario)));
    }
    [[nodiscard]] Rule rows(std::string_view id, std::string_view column, const char* table) const {
        Rule rule(id);
        return keyed(rule.records(column, table));
    }

    void add_demand() {
        const GapStandards& standards = m_view.run.result.standards;
        const std::string key = fmt::format("demand.{}", to_string(m_utility));
        if (m_utility == UtilityKind::telecom) {
            put("demand", Rule("no_amount"));
            put("required_class", Rule("coefficient_word").coefficient("class", "telecom.required"));
            return;
        }
        put("required_class", Rule("no_class"));
        if (!m_need.demand) return put("demand", Rule("not_assessed"));
        if (m_need.shared[m_scenario]) return put("demand", rows("sum_rows", "amount", "demands"));
        Rule alone("demand_of_target");
        alone.cell("target", cell_address("units", fmt::format("target_ha{}", column_infix(m_scenario))))
            .coefficient("per_ha", key, m_scenario);
        if (standards.demand[m_utility].basis == LandBasis::net)
            alone.coefficient("net_share", "land.net_share", m_scenario);
        put("demand", alone);
    }

    void add_reach() {
        const bool is_class = m_utility == UtilityKind::telecom;
        put("reachable", is_class ? Rule("no_amount") : rows("sum_known_rows", "headroom", "sources_in_reach"));
        put("reachable_class", is_class ? rows("best_class", "telecom_class", "sources_in_reach") : Rule("no_class"));
        put("sources_in_reach", rows("count_rows", "rows", "sources_in_reach"));
        put("sources_unknown", rows("count_unknown_rows", is_class ? "telecom_class" : "headroom", "sources_in_reach"));
        put("nearest_source_id", Rule("nearest").cell("km", here("nearest_source_km")));
        const Geometry none;
        put("nearest_source_km",
            distance_rule(m_view.run, m_view.place,
                          m_need.nearest ? m_view.run.area.sources[m_need.nearest->feature].geometry : none));
        put("reason", alone_reason());
    }

    [[nodiscard]] FieldValue all_known() const {
        return flag(m_view.run.area.sources_layer[m_utility].complete &&
                    m_view.reach.sources_without_place(m_utility) == 0);
    }

    [[nodiscard]] Rule alone_reason() const {
        return Rule("alone_reason")
            .cell("target", cell_address("units", "target_ha"))
            .cell("centre_source", cell_address("units", "centre_source"))
            .found("layer_present", flag(m_view.run.area.sources_layer[m_utility].present))
            .found("all_sources_known", all_known())
            .cell("sources_in_reach", here("sources_in_reach"))
            .cell("sources_unknown", here("sources_unknown"))
            .found("serves_without_amount", flag(m_need.serves_without_amount))
            .cell("reachable", here("reachable"))
            .found("demand_alone", demand_alone(), unit_name(m_utility))
            .cell("required_class", here("required_class"))
            .cell("reachable_class", here("reachable_class"));
    }

    /// Of the whole target at the centre, before land elsewhere is promised.
    [[nodiscard]] FieldValue demand_alone() const {
        if (m_utility == UtilityKind::telecom || !m_need.demand_alone) return {};
        return amount(m_need.demand_alone, m_scenario, m_utility);
    }

    void add_balance() {
        const char* columns[] = {"own_supply",    "allocated", "without_amount", "shortfall",
                                 "shared_reason", "taken_by",  "shortfall_rank", "rank_flips"};
        if (!m_need.shared[m_scenario]) {
            for (const char* column : columns) put(column, Rule("not_shared"));
            return;
        }
        put("own_supply", rows("sum_own", "amount", "allocations"));
        put("allocated", rows("sum_not_own", "amount", "allocations"));
        put("without_amount", rows("sum_rows", "without_amount", "demands"));
        put("shortfall", Rule("balance")
                             .cell("demand", here("demand"))
                             .cell("own_supply", here("own_supply"))
                             .cell("allocated", here("allocated"))
                             .cell("without_amount", here("without_amount")));
        Rule reason = rows("shared_reason", "demands", "demands");
        put("shared_reason", reason.found("all_sources_known", all_known()));
        put("taken_by", rows("taken_by", "takers", "taken_by_others"));
        const auto ranked = [&](std::string_view id) {
            return rows(id, "amounts", "shortfalls").cell("unit_id", here("unit_id"));
        };
        put("shortfall_rank", ranked("rank_in_case"));
        put("rank_flips", ranked("rank_flips").cell("ranked", here("shortfall")));
    }

    const UnitView& m_view;
    const ServiceNeed& m_need;
    UtilityKind m_utility;
    Case m_scenario;
    Rules m_rules;
};

}  // namespace

Rules unit_utility_rules(const UnitView& view, UtilityKind utility, Case scenario) {
    return UtilityRules(view, utility, scenario).make();
}

}  // namespace amayesh::detail
