#include <string>
#include <string_view>

#include <amayesh/output/result_difference.hpp>

namespace amayesh {

namespace {

std::string joined(ChangeCauses causes, std::string_view between) {
    std::string text;
    for (const ChangeCause cause : all_change_causes) {
        if (!causes.has(cause)) continue;
        if (!text.empty()) text += between;
        text += to_string(cause);
    }
    return text;
}

}  // namespace

std::string_view to_string(ChangeCause cause) noexcept {
    switch (cause) {
        case ChangeCause::data:
            return "data";
        case ChangeCause::standard:
            return "standard";
        case ChangeCause::method:
            return "method";
    }
    return {};
}

std::string_view to_string(UnitChange change) noexcept {
    switch (change) {
        case UnitChange::changed:
            return "changed";
        case UnitChange::only_in_first:
            return "only_in_a";
        case UnitChange::only_in_second:
            return "only_in_b";
    }
    return {};
}

std::string to_string(const ChangeReason& reason) {
    const bool has_certain = reason.certain.count() > 0;
    const bool has_possible = reason.possible.count() > 0;
    if (!has_certain && !has_possible) return "not told by the manifests";
    if (!has_possible) return joined(reason.certain, " and ");
    if (!has_certain) return joined(reason.possible, " or ");
    return joined(reason.certain, " and ") + ", perhaps " + joined(reason.possible, " or ");
}

}  // namespace amayesh
