#pragma once

#include <cmath>
#include <memory>
#include <vector>

#include <glpk.h>

#include "analysis/capacity_worlds.hpp"

// The answers of slow and simple methods that share nothing with the library's.
namespace amayesh::test {

/// What each demand gets when steps are dealt one by one, class by class; a step is given if a chain of re-routings
/// finds it, and is never taken back. Classes that do not share evenly are filled demand by demand: their total counts.
class StepByStep {
public:
    explicit StepByStep(const CapacityProblem& problem)
        : m_problem{problem},
          m_amounts(problem.arcs.size()),
          m_free(problem.sources.size()),
          m_served(problem.demands.size()),
          m_is_closed(problem.demands.size()) {
        for (std::size_t i = 0; i < m_free.size(); ++i) m_free[i] = problem.sources[i].headroom.value_or(0);
    }

    std::vector<std::int64_t> deal(const AllocationOptions& options) {
        for (int c = 0; c < priority_class_count; ++c)
            while (const auto next = next_demand(c, options.sharing[static_cast<std::size_t>(c)])) {
                std::vector<char> seen(m_problem.sources.size());
                if (serve_another_step(*next, seen))
                    ++m_served[*next];
                else
                    m_is_closed[*next] = 1;
            }
        return m_served;
    }

private:
    /// The one with the lowest share, the first of equal ones; the ids of a small world are in the order of its rows.
    std::optional<std::size_t> next_demand(int priority_class, Sharing sharing) const {
        std::optional<std::size_t> best;
        const auto& demands = m_problem.demands;
        for (std::size_t i = 0; i < demands.size(); ++i) {
            if (demands[i].priority_class != priority_class || m_is_closed[i] || m_served[i] == demands[i].amount)
                continue;
            if (!best ||
                (sharing == Sharing::even && m_served[i] * demands[*best].amount < m_served[*best] * demands[i].amount))
                best = i;
        }
        return best;
    }

    bool serve_another_step(std::size_t demand, std::vector<char>& seen) {
        for (std::size_t arc = 0; arc < m_problem.arcs.size(); ++arc) {
            const std::size_t source = m_problem.arcs[arc].source;
            if (m_problem.arcs[arc].demand != demand || seen[source]) continue;
            seen[source] = 1;
            if (!take_step_from(source, seen)) continue;
            ++m_amounts[arc];
            return true;
        }
        return false;
    }

    bool take_step_from(std::size_t source, std::vector<char>& seen) {
        if (m_free[source] > 0) {
            --m_free[source];
            return true;
        }
        for (std::size_t arc = 0; arc < m_problem.arcs.size(); ++arc) {
            if (m_problem.arcs[arc].source != source || m_amounts[arc] == 0) continue;
            if (!serve_another_step(m_problem.arcs[arc].demand, seen)) continue;
            --m_amounts[arc];
            return true;
        }
        return false;
    }

    const CapacityProblem& m_problem;
    std::vector<std::int64_t> m_amounts, m_free, m_served;
    std::vector<char> m_is_closed;
};

/// A linear program by GLPK's primal simplex: one column an arc, a row for each source, demand and class.
class LinearProgram {
public:
    explicit LinearProgram(const CapacityProblem& problem)
        : m_problem{problem},
          m_lp{glp_create_prob()},
          m_first_demand_row{static_cast<int>(problem.sources.size()) + 1} {
        m_first_class_row = m_first_demand_row + static_cast<int>(problem.demands.size());
        glp_term_out(GLP_OFF);
        glp_add_rows(m_lp.get(), m_first_class_row + priority_class_count - 1);
        for (std::size_t i = 0; i < problem.sources.size(); ++i)
            limit_row(1 + static_cast<int>(i), problem.sources[i].headroom.value_or(0));
        for (std::size_t i = 0; i < problem.demands.size(); ++i)
            limit_row(m_first_demand_row + static_cast<int>(i), problem.demands[i].amount);
        for (int c = 0; c < priority_class_count; ++c)
            glp_set_row_bnds(m_lp.get(), m_first_class_row + c, GLP_FR, 0, 0);
        if (problem.arcs.empty()) return;
        glp_add_cols(m_lp.get(), static_cast<int>(problem.arcs.size()));
        for (std::size_t i = 0; i < problem.arcs.size(); ++i) add_arc(static_cast<int>(i) + 1, problem.arcs[i]);
    }

    /// The most that each class can be served, given the classes before. The least cost afterwards is for that.
    ClassTotals most_by_class() {
        ClassTotals totals{};
        for (int c = 0; c < priority_class_count; ++c) {
            const auto index = static_cast<std::size_t>(c);
            totals[index] = optimum(GLP_MAX, [&](const CapacityArc& arc) { return class_of(arc) == c ? 1.0 : 0.0; });
            fix_row(m_first_class_row + c, totals[index]);
        }
        return totals;
    }

    void fix_served(std::size_t demand, std::int64_t amount) {
        fix_row(m_first_demand_row + static_cast<int>(demand), amount);
    }

    std::int64_t least_cost() {
        return optimum(GLP_MIN, [](const CapacityArc& arc) { return static_cast<double>(arc.cost); });
    }

private:
    int class_of(const CapacityArc& arc) const { return m_problem.demands[arc.demand].priority_class; }

    void limit_row(int row, std::int64_t most) {
        glp_set_row_bnds(m_lp.get(), row, most > 0 ? GLP_DB : GLP_FX, 0, static_cast<double>(most));
    }
    void fix_row(int row, std::int64_t value) {
        glp_set_row_bnds(m_lp.get(), row, GLP_FX, static_cast<double>(value), static_cast<double>(value));
    }

    void add_arc(int column, const CapacityArc& arc) {
        glp_set_col_bnds(m_lp.get(), column, GLP_LO, 0, 0);
        const std::array rows{0, 1 + static_cast<int>(arc.source), m_first_demand_row + static_cast<int>(arc.demand),
                              m_first_class_row + class_of(arc)};
        const std::array values{0.0, 1.0, 1.0, 1.0};
        glp_set_mat_col(m_lp.get(), column, 3, rows.data(), values.data());
    }

    template <class Weight>
    std::int64_t optimum(int direction, const Weight& weight) {
        if (m_problem.arcs.empty()) return 0;
        glp_set_obj_dir(m_lp.get(), direction);
        for (std::size_t i = 0; i < m_problem.arcs.size(); ++i)
            glp_set_obj_coef(m_lp.get(), static_cast<int>(i) + 1, weight(m_problem.arcs[i]));
        if (glp_simplex(m_lp.get(), nullptr) != 0 || glp_get_status(m_lp.get()) != GLP_OPT)
            throw std::runtime_error{"GLPK found no optimum"};
        const double value = glp_get_obj_val(m_lp.get());
        if (std::abs(value - std::round(value)) > 1e-5) throw std::runtime_error{"GLPK's optimum is not whole"};
        return std::llround(value);
    }

    struct Delete {
        void operator()(glp_prob* lp) const noexcept { glp_delete_prob(lp); }
    };
    const CapacityProblem& m_problem;
    std::unique_ptr<glp_prob, Delete> m_lp;
    int m_first_demand_row, m_first_class_row = 0;
};

}  // namespace amayesh::test
