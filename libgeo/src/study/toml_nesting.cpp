#include "study/toml_nesting.hpp"

#include <cstddef>

namespace amayesh::detail {
namespace {

/// Walks over a TOML text, past comments and strings, counting open brackets and the dots of one key.
class NestingScan {
public:
    explicit NestingScan(std::string_view document) : m_document{document} {}

    std::optional<int> first_line_deeper_than(int most) {
        while (m_at < m_document.size()) {
            step();
            if (m_brackets + m_dots > most) return m_line;
        }
        return std::nullopt;
    }

private:
    void step() {
        const char c = m_document[m_at];
        if (c == '"' || c == '\'') {
            skip_string(c);
            return;
        }
        if (c == '#') {
            while (m_at < m_document.size() && m_document[m_at] != '\n') ++m_at;
            return;
        }
        count(c);
        ++m_at;
    }

    void count(char c) {
        switch (c) {
            case '[':
            case '{':
                ++m_brackets;
                m_dots = 0;
                break;
            case ']':
            case '}':
                if (m_brackets > 0) --m_brackets;
                m_dots = 0;
                break;
            case '.':
                ++m_dots;
                break;
            case '\n':
                ++m_line;
                m_dots = 0;
                break;
            case '=':
            case ',':
                m_dots = 0;
                break;
            default:
                break;
        }
    }

    void skip_string(char quote) {
        const std::string_view rest = m_document.substr(m_at);
        const bool multi_line = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
        m_at += multi_line ? 3 : 1;
        while (m_at < m_document.size()) {
            const char c = m_document[m_at];
            if (c == '\n') {
                if (!multi_line) return;
                ++m_line;
            }
            if (c == '\\' && quote == '"') {
                if (m_document.substr(m_at + 1, 1) == "\n") ++m_line;
                m_at += 2;
                continue;
            }
            if (c == quote && (!multi_line || m_document.substr(m_at, 3) == rest.substr(0, 3))) {
                m_at += multi_line ? 3 : 1;
                // Up to two quotes may stand before the closing three.
                for (int extra = 0; multi_line && extra < 2 && m_document.substr(m_at, 1) == rest.substr(0, 1); ++extra)
                    ++m_at;
                return;
            }
            ++m_at;
        }
    }

    std::string_view m_document;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_brackets = 0;
    int m_dots = 0;
};

}  // namespace

std::optional<int> find_deep_nesting(std::string_view document, int most) {
    return NestingScan(document).first_line_deeper_than(most);
}

}  // namespace amayesh::detail
