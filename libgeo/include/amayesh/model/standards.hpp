#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/core/range.hpp>

namespace amayesh {

/// How sure a coefficient is: A primary text seen, B official figure through a news page, C weak source, D own assumption.
enum class Confidence : char { a = 'A', b = 'B', c = 'C', d = 'D' };

/// One coefficient with its origin.
struct Coefficient {
    Range value;
    std::string text;      ///< For a value that is a word ("fibre"); then `value` is unused.
    std::string unit;      ///< "MW/ha", "ha/1000 people", "km".
    std::string basis;     ///< "net hectare", "gross hectare"; empty where none applies.
    std::string measures;  ///< "design demand", "observed use", "supply under shortage", "assumption".
    std::string year;
    std::string source;
    Confidence confidence = Confidence::d;
};

/// All coefficients of a study by key ("demand.power", "land.target_per_1000"); see standards/*.toml.
struct Standards {
    std::map<std::string, Coefficient, std::less<>> coefficients;

    /// Throws: InvalidInput naming the key and the nearest one there is.
    [[nodiscard]] AMAYESH_EXPORT const Coefficient& at(std::string_view key) const;
    [[nodiscard]] AMAYESH_EXPORT const Coefficient* find(std::string_view key) const noexcept;
};

}  // namespace amayesh
