#include <amayesh/model/standards.hpp>

#include <iterator>

#include <amayesh/core/error.hpp>

namespace amayesh {

const Coefficient* Standards::find(std::string_view key) const noexcept {
    const auto found = coefficients.find(key);
    return found == coefficients.end() ? nullptr : &found->second;
}

const Coefficient& Standards::at(std::string_view key) const {
    if (const Coefficient* found = find(key)) return *found;
    std::string message = "standards: no value '" + std::string(key) + "'";
    const auto next = coefficients.lower_bound(key);
    if (next != coefficients.end())
        message += "; the nearest key is '" + next->first + "'";
    else if (!coefficients.empty())
        message += "; the nearest key is '" + std::prev(coefficients.end())->first + "'";
    throw InvalidInput(message + ". Name a standards file under [standards] files, or set [standards.values.\"" +
                       std::string(key) + "\"]");
}

}  // namespace amayesh
