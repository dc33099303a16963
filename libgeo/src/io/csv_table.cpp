#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cpl_csv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include "io/raw_table.hpp"
#include "io/spreadsheet_text.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t longest_line = std::size_t{64} << 20;
constexpr std::size_t bytes_of_first_line = std::size_t{1} << 16;
constexpr std::size_t most_ragged_entries = 20;

struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};
using File = std::unique_ptr<VSILFILE, CloseFile>;

struct FreeCells {
    void operator()(char** cells) const noexcept { CSLDestroy(cells); }
};
using Cells = std::unique_ptr<char*, FreeCells>;

/// Reads rows with GDAL's parser of quoted cells.
class RowReader {
public:
    RowReader(const ResolvedSource& source, const std::string& delimiter)
        : m_file{VSIFOpenL(source.gdal_name.c_str(), "rb")}, m_delimiter{delimiter} {
        if (!m_file) fail_to_read(source.shown, "it cannot be opened", "check its permissions");
    }
    [[nodiscard]] std::string first_line() {
        std::string text(bytes_of_first_line, '\0');
        text.resize(VSIFReadL(text.data(), 1, text.size(), m_file.get()));
        VSIFSeekL(m_file.get(), 0, SEEK_SET);
        return text.substr(0, text.find_first_of("\r\n"));
    }
    void set_delimiter(const std::string& delimiter) { m_delimiter = delimiter; }
    /// Null at the end.
    Cells next() {
        return Cells(CSVReadParseLine3L(m_file.get(), longest_line, m_delimiter.c_str(), true, false, false, true));
    }

private:
    File m_file;
    std::string m_delimiter;
};

std::string check_delimiter(const std::string& asked, const ResolvedSource& source) {
    if (asked.empty() || asked == "\\t") return asked.empty() ? "" : "\t";
    if (asked.size() != 1)
        fail_to_read(source.shown, fmt::format("the delimiter '{}' is not one sign", asked), "use , ; | or \\t");
    return asked;
}

/// The sign that parts the first line most often, quotes aside; a comma where none does.
std::string find_delimiter(std::string_view line) {
    constexpr std::array<char, 4> signs{',', ';', '\t', '|'};
    std::array<std::size_t, signs.size()> counts{};
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') is_quoted = !is_quoted;
        for (std::size_t i = 0; i < signs.size() && !is_quoted; ++i)
            if (c == signs[i]) ++counts[i];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return std::string(1, signs[static_cast<std::size_t>(most - counts.begin())]);
}

bool is_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

std::vector<std::string> texts_of(const Cells& cells) {
    std::vector<std::string> texts;
    for (char** cell = cells.get(); cell != nullptr && *cell != nullptr; ++cell) texts.emplace_back(*cell);
    return texts;
}

/// A first row holds names unless a number stands in it and none of the fields that are asked for.
bool is_header(const std::vector<std::string>& first, const VectorSourceOptions& options) {
    if (options.fields && !options.fields->empty() && has_all_fields(first, options)) return true;
    return std::none_of(first.begin(), first.end(), is_number);
}

std::vector<std::string> numbered_names(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= count; ++i) names.push_back(fmt::format("field_{}", i));
    return names;
}

/// Puts the cells of each row where they belong.
class RowCollector {
public:
    RowCollector(RawTable& raw, const std::vector<std::string>& names, const std::vector<bool>& chosen)
        : m_raw{raw}, m_target(names.size(), nullptr) {
        raw.table.columns.reserve(names.size());  // the targets stay where they are
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!chosen[i]) continue;
            raw.table.columns.push_back({});
            raw.table.columns.back().name = names[i];
            m_target[i] = &raw.table.columns.back();
        }
    }
    /// Number of cells that the row has.
    std::size_t add(char** cells) {
        std::size_t count = 0;
        for (; cells[count] != nullptr; ++count)
            if (count < m_target.size() && m_target[count] != nullptr) add_cell(*m_target[count], cells[count]);
        for (std::size_t i = count; i < m_target.size(); ++i)
            if (m_target[i] != nullptr) add_cell(*m_target[i], "");
        m_raw.table.row_ids.push_back(static_cast<std::int64_t>(m_raw.table.row_ids.size()) + 1);
        return count;
    }

private:
    void add_cell(Column& column, const char* text) {
        column.texts.emplace_back(without_guard(text));
        column.is_null.push_back(column.texts.back().empty() ? 1 : 0);
        m_raw.evidence.add(column.texts.back());
    }
    RawTable& m_raw;
    std::vector<Column*> m_target;
};

struct RaggedRow {
    std::size_t row;
    std::size_t cells;
};

void report_ragged(const FeatureTable& table, const VectorSourceOptions& options, const std::vector<RaggedRow>& ragged,
                   std::size_t fields, ProblemReport& problems) {
    for (std::size_t i = 0; i < std::min(ragged.size(), most_ragged_entries); ++i) {
        Problem problem = problem_of(table, options, Severity::warning, ProblemKind::layer_damaged,
                                     fmt::format("the row has {} cells, the first line {}", ragged[i].cells, fields),
                                     "kept; cells that are missing are unknown, cells too many are left out");
        problem.feature = std::to_string(ragged[i].row);
        problems.add(std::move(problem));
    }
    if (ragged.size() > most_ragged_entries)
        problems.add(problem_of(table, options, Severity::warning, ProblemKind::layer_damaged,
                                fmt::format("{} rows have too few or too many cells", ragged.size()),
                                "kept; is the delimiter right?"));
}

}  // namespace

RawTable read_csv(const ResolvedSource& source, const VectorSourceOptions& options, ProblemReport& problems) {
    RawTable raw;
    RowReader reader(source, ",");
    std::string delimiter = check_delimiter(options.delimiter, source);
    if (delimiter.empty()) delimiter = find_delimiter(reader.first_line());
    reader.set_delimiter(delimiter);

    Cells row = reader.next();
    if (!row) fail_to_read(source.shown, "it holds no line", "get the file again");
    const std::vector<std::string> first = decode_names(texts_of(row), "", options.encoding);
    const bool has_header = is_header(first, options);
    const std::vector<std::string> names = has_header ? first : numbered_names(first.size());
    RowCollector collector(raw, names, choose_fields(names, options, source.shown));

    std::vector<RaggedRow> ragged;
    for (row = has_header ? reader.next() : std::move(row); row; row = reader.next()) {
        const bool is_blank_line = row.get()[0] == nullptr || (row.get()[0][0] == '\0' && row.get()[1] == nullptr);
        if (is_blank_line) continue;
        const std::size_t cells = collector.add(row.get());
        if (cells != names.size()) ragged.push_back({raw.table.size(), cells});
    }
    raw.table.file = source.shown;
    report_ragged(raw.table, options, ragged, names.size(), problems);
    return raw;
}

}  // namespace amayesh::detail
