#include <amayesh/study/join.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "study/join_keys.hpp"
#include "study/join_taken.hpp"

namespace amayesh {
namespace {

using detail::JoinKeys;
using detail::Likeness;
using detail::RowsByKey;
using detail::TakenFields;

/// Texts that differ and were taken for one, and the rows that had them.
struct Folded {
    std::int64_t rows = 0;
    std::string first_feature;
};

/// Joins one table to one layer.
class Joining {
public:
    Joining(const FeatureTable& layer, const FeatureTable& table, const Join& join, const std::string& role,
            std::span<const std::string> feature_ids, ProblemReport& problems)
        : m_layer{layer},
          m_table{table},
          m_join{join},
          m_feature_ids{feature_ids},
          m_problems{problems},
          m_layer_keys{layer, join, JoinKeys::Side::layer},
          m_table_keys{table, join, JoinKeys::Side::table},
          m_taken{table, join, role},
          m_has_names{
              std::any_of(join.keys.begin(), join.keys.end(), [](const Join::Key& key) { return key.by_name; })},
          m_used(table.size(), 0) {
        m_result.record.role = role;
        m_result.record.table = table.file;
        m_result.record.rows = static_cast<std::int64_t>(layer.size());
        m_result.table.file = table.file;
        m_result.table.layer = table.layer;
        m_result.table.encoding = table.encoding;
        m_result.table.row_ids = layer.row_ids;
        m_result.table.columns = m_taken.empty_columns();
    }

    JoinedTable run() {
        const RowsByKey folded = index_rows(m_table_keys, Likeness::folded);
        const RowsByKey compact = m_has_names ? index_rows(m_table_keys, Likeness::without_spaces) : RowsByKey{};
        for (std::size_t row = 0; row < m_layer.size(); ++row) {
            std::vector<std::size_t> fits = rows_of(folded, m_layer_keys.at(row, Likeness::folded));
            if (fits.empty() && m_has_names) fits = rows_of(compact, m_layer_keys.at(row, Likeness::without_spaces));
            join_row(row, fits);
        }
        report_folded();
        report_lost_zeros();
        report_nothing_matched();
        m_result.record.table_rows_unused = std::count(m_used.begin(), m_used.end(), 0);
        return std::move(m_result);
    }

private:
    static std::vector<std::size_t> rows_of(const RowsByKey& index, const std::string& key) {
        const auto found = key.empty() ? index.end() : index.find(key);
        return found == index.end() ? std::vector<std::size_t>{} : found->second;
    }

    void join_row(std::size_t row, std::vector<std::size_t> fits) {
        for (const std::size_t fit : fits) m_used[fit] = 1;
        if (fits.empty()) {
            ++m_result.record.unmatched;
            m_unmatched.push_back(row);
            report_unmatched(row);
        } else if (!m_taken.agree(fits) && !keep_exact(row, fits)) {
            ++m_result.record.ambiguous;
            report_ambiguous(row, fits);
            fits.clear();
        } else {
            ++m_result.record.matched;
            note_folding(row, fits);
        }
        m_taken.append(fits, m_result.table.columns);
        std::vector<std::int64_t>& joined = m_result.rows.emplace_back();
        for (const std::size_t fit : fits) joined.push_back(m_table.row_ids[fit]);
    }

    /// Of rows that disagree, those whose names are written as the layer's are meant; whether they settle it.
    bool keep_exact(std::size_t row, std::vector<std::size_t>& fits) const {
        if (m_join.several == Join::Several::sum) return false;
        const std::string wanted = m_layer_keys.at(row, Likeness::as_written);
        std::vector<std::size_t> exact;
        for (const std::size_t fit : fits)
            if (m_table_keys.at(fit, Likeness::as_written) == wanted) exact.push_back(fit);
        if (exact.empty() || !m_taken.agree(exact)) return false;
        fits = std::move(exact);
        return true;
    }

    void note_folding(std::size_t row, const std::vector<std::size_t>& fits) {
        const std::string wanted = m_layer_keys.at(row, Likeness::as_written);
        for (const std::size_t fit : fits) {
            if (m_table_keys.at(fit, Likeness::as_written) == wanted) continue;
            ++m_result.record.matched_after_folding;
            Folded& folded = m_folded[{m_layer_keys.shown(row), m_table_keys.shown(fit)}];
            if (folded.rows++ == 0 || feature(row) < folded.first_feature) folded.first_feature = feature(row);
            return;
        }
    }

    void report_unmatched(std::size_t row) {
        const std::string shown = m_layer_keys.shown(row);
        const bool is_blank = m_layer_keys.at(row, Likeness::folded).empty();
        report(severity(), m_has_names ? ProblemKind::name_unmatched : ProblemKind::code_unmatched, feature(row),
               is_blank ? fmt::format("'{}' is no full key: nothing to look up in {}", shown, m_table.file)
                        : fmt::format("'{}' is not in {}", shown, m_table.file),
               "its fields stay unknown");
    }

    void report_ambiguous(std::size_t row, const std::vector<std::size_t>& fits) {
        report(severity(), ProblemKind::name_ambiguous, feature(row),
               fmt::format("'{}' fits {} rows of {} that disagree in {}", m_layer_keys.shown(row), fits.size(),
                           m_table.file, m_taken.disagreement(fits)),
               "its fields stay unknown");
    }

    void report_folded() {
        for (const auto& [texts, folded] : m_folded)
            report(Severity::note, ProblemKind::name_folded, folded.first_feature,
                   fmt::format("'{}' was matched with '{}' of {}{}", texts.first, texts.second, m_table.file,
                               folded.rows > 1 ? fmt::format(" in {} rows", folded.rows) : ""),
                   "matched");
    }

    /// Codes that a spreadsheet took for numbers lost their leading zeros: those of the unmatched that would fit again.
    void report_lost_zeros() {
        const bool has_plain_codes = std::any_of(m_join.keys.begin(), m_join.keys.end(),
                                                 [](const Join::Key& key) { return !key.by_name && !key.pad_to; });
        if (m_unmatched.empty() || !has_plain_codes) return;
        const RowsByKey index = index_rows(m_table_keys, Likeness::zeros_dropped);
        std::int64_t would_match = 0;
        for (const std::size_t row : m_unmatched)
            would_match += rows_of(index, m_layer_keys.at(row, Likeness::zeros_dropped)).empty() ? 0 : 1;
        if (would_match == 0) return;
        report(Severity::warning, ProblemKind::id_leading_zero_lost, "",
               fmt::format("{} of {} unmatched codes differ from {} only in leading zeros; say pad_to = {} in the join",
                           would_match, m_unmatched.size(), m_table.file,
                           std::max(m_layer_keys.longest_code(), m_table_keys.longest_code())),
               "kept apart");
    }

    void report_nothing_matched() {
        if (m_layer.size() == 0 || m_result.record.matched > 0) return;
        report(Severity::error, ProblemKind::selection_empty, "",
               fmt::format("the join with {} matches none of {} rows", m_table.file, m_layer.size()), "nothing taken");
    }

    [[nodiscard]] Severity severity() const { return m_join.required ? Severity::error : Severity::warning; }

    [[nodiscard]] std::string feature(std::size_t row) const {
        if (row < m_feature_ids.size() && !m_feature_ids[row].empty()) return m_feature_ids[row];
        return fmt::format("row {}", m_layer.row_ids[row]);
    }

    void report(Severity severity, ProblemKind kind, const std::string& feature, std::string message,
                std::string action) {
        std::string fields;
        for (const Join::Key& key : m_join.keys) fields += (fields.empty() ? "" : ", ") + key.field;
        m_problems.add({.severity = severity,
                        .kind = kind,
                        .layer = m_result.record.role,
                        .file = m_layer.file,
                        .feature = feature,
                        .field = fields,
                        .message = std::move(message),
                        .action = std::move(action)});
    }

    const FeatureTable& m_layer;
    const FeatureTable& m_table;
    const Join& m_join;
    std::span<const std::string> m_feature_ids;
    ProblemReport& m_problems;
    JoinKeys m_layer_keys;
    JoinKeys m_table_keys;
    TakenFields m_taken;
    bool m_has_names;
    std::vector<char> m_used;
    std::vector<std::size_t> m_unmatched;
    std::map<std::pair<std::string, std::string>, Folded> m_folded;
    JoinedTable m_result;
};

}  // namespace

JoinedTable join_table(const FeatureTable& layer, const FeatureTable& table, const Join& join, const std::string& role,
                       std::span<const std::string> feature_ids, ProblemReport& problems) {
    return Joining(layer, table, join, role, feature_ids, problems).run();
}

}  // namespace amayesh
