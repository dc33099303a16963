#pragma once

#include <string>
#include <vector>

namespace amayesh::detail {

/// A table for a terminal: numbers to the right, texts to the left, columns aligned by what a terminal shows.
/// Persian names belong in the last column, where the direction of writing cannot move what stands beside them.
class TextTable {
public:
    enum class Align : unsigned char { left, right };

    void add_column(std::string title, Align align);
    void add_row(std::vector<std::string> cells);
    [[nodiscard]] std::string text(int indent = 2) const;

private:
    struct TitledColumn {
        std::string title;
        Align align;
    };
    std::vector<TitledColumn> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// 79926270 → "79,926,270".
std::string with_thousands(long long value);
/// Fixed decimals with thousands marks.
std::string with_thousands(double value, int decimals);

/// A count of any type.
template <class Number>
std::string whole(Number count) {
    return with_thousands(static_cast<long long>(count));
}

}  // namespace amayesh::detail
