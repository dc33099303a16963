#include <algorithm>
#include <cctype>

#include <amayesh/io/vector_source.hpp>

namespace amayesh {
namespace {

bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

FieldValue Column::at(std::size_t row) const {
    if (is_null.at(row) != 0) return std::monostate{};
    switch (type) {
        case Type::integer:
            return integers.at(row);
        case Type::real:
            return reals.at(row);
        case Type::text:
            return texts.at(row);
    }
    return std::monostate{};
}

const Column* FeatureTable::find(std::string_view name) const noexcept {
    for (const Column& column : columns)
        if (column.name == name) return &column;
    for (const Column& column : columns)
        if (equal_but_for_case(column.name, name)) return &column;
    return nullptr;
}

}  // namespace amayesh
