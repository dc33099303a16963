#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <amayesh/study/study_file.hpp>

#include "study/study_parsing.hpp"

namespace amayesh {
namespace detail {
namespace {

constexpr std::array<Choice<Confidence>, 4> confidences{
    {{"A", Confidence::a}, {"B", Confidence::b}, {"C", Confidence::c}, {"D", Confidence::d}}};

/// A table that holds values, not further tables, is a coefficient.
bool is_coefficient(const TomlNode& node) {
    return std::none_of(node.entries.begin(), node.entries.end(),
                        [](const TomlEntry& entry) { return entry.node.type == TomlNode::Type::table; });
}

/// Reads one coefficient over the one that stands there.
class CoefficientParser {
public:
    CoefficientParser(const TomlNode& node, const std::string& key, CoefficientOrigin origin,
                      const Coefficient* earlier, FileErrors& errors)
        : m_table{node, Section::coefficient, fmt::format("the standard '{}'", key), errors},
          m_origin{origin},
          m_earlier{origin == CoefficientOrigin::study ? earlier : nullptr} {}

    Coefficient parse() {
        if (m_earlier != nullptr) m_result = *m_earlier;
        parse_value();
        parse_unit();
        take("basis", m_result.basis);
        take("measures", m_result.measures);
        take("year", m_result.year);
        parse_source();
        if (m_table.has("confidence") || m_origin == CoefficientOrigin::study)
            m_result.confidence = m_table.choice("confidence", confidences).value_or(Confidence::d);
        else
            (void)m_table.required_text("confidence");
        return std::move(m_result);
    }

private:
    void take(std::string_view key, std::string& member) const {
        if (m_table.has(key)) member = m_table.text(key);
    }

    void parse_value() {
        if (m_table.has("text")) {
            m_result.text = m_table.required_text("text");
            m_result.value = {};
            for (const std::string_view key : {"low", "central", "high", "value"})
                if (m_table.has(key))
                    m_table.report(key, fmt::format("{} has both 'text' and '{}'", m_table.name(), key));
            return;
        }
        m_result.text.clear();
        if (m_table.has("value")) {
            for (const std::string_view key : {"low", "central", "high"})
                if (m_table.has(key))
                    m_table.report(key, fmt::format("{} has both 'value' and '{}'", m_table.name(), key));
            const double value = m_table.number("value").value_or(0);
            m_result.value = {value, value, value};
        } else {
            m_result.value = {case_value("low"), case_value("central"), case_value("high")};
        }
        check_value();
    }

    double case_value(std::string_view key) const {
        if (const auto value = m_table.number(key)) return *value;
        if (m_table.line_of(key) == m_table.line())
            m_table.report(key, fmt::format("{} lacks '{}'", m_table.name(), key));
        return std::numeric_limits<double>::quiet_NaN();
    }

    void check_value() const {
        for (const std::string_view key : {"low", "central", "high", "value"})
            if (const auto number = m_table.number(key); number && !(std::isfinite(*number) && *number >= 0))
                m_table.report(key, fmt::format("'{}' of {} must be finite and not negative", key, m_table.name()));
        const Range& value = m_result.value;
        if (value.low > value.central || value.central > value.high)
            m_table.report("low", fmt::format("{} must have low ≤ central ≤ high, not {}, {}, {}", m_table.name(),
                                              value.low, value.central, value.high));
    }

    void parse_unit() {
        const std::string earlier = m_result.unit;
        take("unit", m_result.unit);
        if (m_earlier == nullptr) {
            (void)m_table.required_text("unit");
        } else if (m_result.unit != earlier) {
            m_table.report("unit", fmt::format("{} is in '{}', not in '{}': convert its values", m_table.name(),
                                               earlier, m_result.unit));
        }
    }

    void parse_source() {
        take("source", m_result.source);
        if (m_origin == CoefficientOrigin::standards_file) {
            (void)m_table.required_text("source");
        } else if (!m_table.has("source")) {
            m_result.source = "the study's own value";
            m_result.year.clear();
        }
        if (m_origin == CoefficientOrigin::study && !m_table.has("measures")) m_result.measures = "assumption";
    }

    TableReader m_table;
    CoefficientOrigin m_origin;
    const Coefficient* m_earlier;
    Coefficient m_result;
};

std::vector<std::string_view> keys_of(const Standards& standards) {
    std::vector<std::string_view> keys;
    for (const auto& [key, coefficient] : standards.coefficients) keys.push_back(key);
    return keys;
}

/// Keys of a standards file that are no coefficients: its origin, and the siting rules.
bool is_file_key(const std::string& key) {
    const auto keys = keys_of(Section::standards_file);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Families of keys that a study may add to: the words of its own roads, the codes of its own land cover.
bool is_open_family(std::string_view key) {
    return key.starts_with("travel.road.") || key.starts_with("travel.land_cover.");
}

void check_version(const TableReader& file) {
    const std::string version = file.required_text("schema_version");
    if (file.has("schema_version") && version != "1")
        file.report("schema_version",
                    fmt::format("schema_version {} is not known here; this program reads 1", version));
}

}  // namespace

void parse_coefficients(const TomlNode& table, const std::string& prefix, CoefficientOrigin origin,
                        Standards& standards, FileErrors& errors) {
    for (const TomlEntry& entry : table.entries) {
        const std::string key = prefix.empty() ? entry.key : prefix + "." + entry.key;
        if (entry.node.type != TomlNode::Type::table) {
            errors.add(entry.line, fmt::format("the standard '{}' must be a table with low, central, high, unit and "
                                               "source, not {}",
                                               key, described(entry.node)));
            continue;
        }
        if (!is_coefficient(entry.node)) {
            parse_coefficients(entry.node, key, origin, standards, errors);
            continue;
        }
        const Coefficient* earlier = standards.find(key);
        if (origin == CoefficientOrigin::study && earlier == nullptr && !standards.coefficients.empty() &&
            !is_open_family(key)) {
            errors.add(entry.line,
                       fmt::format("no standards file has '{}'{}", key, suggestion(key, keys_of(standards))));
            continue;
        }
        standards.coefficients.insert_or_assign(key,
                                                CoefficientParser(entry.node, key, origin, earlier, errors).parse());
    }
}

}  // namespace detail

Standards read_standards(const std::filesystem::path& file) {
    detail::TomlNode document = detail::read_toml(file);
    detail::FileErrors errors(detail::printable_name(file));
    detail::TomlNode about;
    about.line = 1;
    detail::TomlNode coefficients;
    for (detail::TomlEntry& entry : document.entries)
        (detail::is_file_key(entry.key) ? about : coefficients).entries.push_back(std::move(entry));
    detail::check_version(detail::TableReader(about, detail::Section::standards_file, "the standards file", errors));
    Standards standards;
    detail::parse_coefficients(coefficients, "", detail::CoefficientOrigin::standards_file, standards, errors);
    errors.throw_if_any();
    return standards;
}

}  // namespace amayesh
