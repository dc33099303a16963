#include <algorithm>
#include <map>
#include <string>

#include "output/column_dependence.hpp"

namespace amayesh::detail {

namespace {

using Entries = std::vector<const ManifestEntry*>;

constexpr std::string_view fingerprint_mark = "fingerprint ";

std::string_view fingerprint_of(const ManifestEntry& entry) {
    const std::size_t at = entry.value.rfind(fingerprint_mark);
    return at == std::string::npos ? std::string_view{}
                                   : std::string_view(entry.value).substr(at + fingerprint_mark.size());
}

std::string_view role_of(const ManifestEntry& entry) {
    return std::string_view(entry.key).substr(0, entry.key.find(": "));
}

Entries entries_of(std::span<const ManifestEntry> manifest, std::string_view section) {
    Entries entries;
    for (const ManifestEntry& entry : manifest)
        if (entry.section == section) entries.push_back(&entry);
    return entries;
}

/// Takes the entries out of both lists that `alike` pairs, first come first, and hands each pair on.
template <class Alike, class Take>
void pair_off(Entries& first, Entries& second, const Alike& alike, const Take& take) {
    Entries left;
    for (const ManifestEntry* before : first) {
        const auto found =
            std::ranges::find_if(second, [&](const ManifestEntry* after) { return alike(*before, *after); });
        if (found == second.end()) {
            left.push_back(before);
        } else {
            take(*before, **found);
            second.erase(found);
        }
    }
    first = std::move(left);
}

/// The same file twice is no change, whatever its name; other rows are data, the same rows read in another way method.
void compare_inputs(Entries first, Entries second, std::vector<ManifestDifference>& differences) {
    const auto same_key = [](const ManifestEntry& a, const ManifestEntry& b) { return a.key == b.key; };
    const auto same = [&](const ManifestEntry& a, const ManifestEntry& b) {
        return same_key(a, b) && a.value == b.value;
    };
    const auto same_rows = [](const ManifestEntry& a, const ManifestEntry& b) {
        return role_of(a) == role_of(b) && fingerprint_of(a) == fingerprint_of(b);
    };
    const auto add = [&](const ManifestEntry& a, const ManifestEntry& b, std::optional<ChangeCause> cause) {
        differences.push_back({a.section, a.key, a.key == b.key ? a.value : a.key + "; " + a.value,
                               a.key == b.key ? b.value : b.key + "; " + b.value, cause});
    };
    pair_off(first, second, same, [](const ManifestEntry&, const ManifestEntry&) {});
    pair_off(first, second, same_rows, [&](const ManifestEntry& a, const ManifestEntry& b) {
        add(a, b, a.value == b.value ? std::nullopt : std::optional(ChangeCause::method));
    });
    pair_off(first, second, same_key,
             [&](const ManifestEntry& a, const ManifestEntry& b) { add(a, b, ChangeCause::data); });
    for (const ManifestEntry* a : first) differences.push_back({a->section, a->key, a->value, {}, ChangeCause::data});
    for (const ManifestEntry* b : second) differences.push_back({b->section, b->key, {}, b->value, ChangeCause::data});
}

/// A coefficient's value, unit and basis: what stands before what is said about it.
std::string_view amount_of(std::string_view coefficient) { return coefficient.substr(0, coefficient.find("; ")); }

std::optional<ChangeCause> cause_of(const ManifestDifference& difference) {
    if (difference.section == "coefficients")
        return amount_of(difference.before) == amount_of(difference.after) ? std::nullopt
                                                                           : std::optional(ChangeCause::standard);
    const bool says_nothing_of_numbers = (difference.section == "parameters" && difference.key == "title") ||
                                         (difference.section == "crs" && difference.key == "output");
    return says_nothing_of_numbers ? std::nullopt : std::optional(ChangeCause::method);
}

/// Entries of one section by key; several of one key are one text.
std::map<std::string, std::string> by_key(const Entries& entries) {
    std::map<std::string, std::string> values;
    for (const ManifestEntry* entry : entries) {
        std::string& value = values[entry->key];
        value += (value.empty() ? "" : ", ") + entry->value;
    }
    return values;
}

void compare_section(std::string_view section, std::span<const ManifestEntry> first,
                     std::span<const ManifestEntry> second, std::vector<ManifestDifference>& differences) {
    const auto before = by_key(entries_of(first, section));
    const auto after = by_key(entries_of(second, section));
    std::map<std::string, ManifestDifference> found;
    for (const auto& [key, value] : before) found[key] = {std::string(section), key, value, {}, {}};
    for (const auto& [key, value] : after) {
        ManifestDifference& difference = found[key];
        difference.section = section;
        difference.key = key;
        difference.after = value;
    }
    for (auto& [key, difference] : found) {
        if (difference.before == difference.after) continue;
        difference.cause = cause_of(difference);
        differences.push_back(std::move(difference));
    }
}

}  // namespace

std::vector<ManifestDifference> compare_manifests(std::span<const ManifestEntry> first,
                                                  std::span<const ManifestEntry> second) {
    std::vector<ManifestDifference> differences;
    compare_inputs(entries_of(first, "inputs"), entries_of(second, "inputs"), differences);
    const bool has_other_data =
        std::ranges::any_of(differences, [](const ManifestDifference& d) { return d.cause == ChangeCause::data; });
    const std::size_t joins = differences.size();
    compare_section("joins", first, second, differences);
    if (has_other_data)  // what a join matches then follows from the data
        for (std::size_t i = joins; i < differences.size(); ++i) differences[i].cause.reset();
    for (const char* section : {"coefficients", "parameters", "reach", "versions", "crs"})
        compare_section(section, first, second, differences);
    return differences;
}

}  // namespace amayesh::detail
