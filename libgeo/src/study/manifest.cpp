#include "study/manifest.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/io/vector_source.hpp>

namespace amayesh::detail {

namespace {

/// The earliest and the latest date of the layers: years and days sort as text.
std::string as_of(const Study& study) {
    std::string first;
    std::string last;
    for (const LayerStudy& layer : study.layers) {
        if (layer.as_of.empty()) continue;
        if (first.empty() || layer.as_of < first) first = layer.as_of;
        last = std::max(last, layer.as_of);
    }
    return first == last ? first : first + " – " + last;
}

void add_parameters(std::vector<ManifestEntry>& entries, const Study& study, const GapResult& result,
                    const std::vector<std::string>& within) {
    const auto add = [&](std::string key, std::string value) {
        entries.push_back({"parameters", std::move(key), std::move(value)});
    };
    add_study_parameters(entries, study, result.options.assessment);
    add("assessed_for", study.date.empty() ? "as_of of each layer" : study.date);
    add("distance", result.options.metric == Metric::geodesic ? "geodesic, WGS 84" : "planar, working CRS");
    add("area", "geodesic, WGS 84");
    add("serving_statuses", listed_statuses(result.options.serving_statuses));
    add("sharing", result.options.sharing == Sharing::even ? "even" : "most");
    add("land_reuse", result.options.reuse == LandReuse::first ? "first" : "none");
    add("position_bound_m", fmt::format("{:g}", result.options.position_bound.value()));
    for (const std::string& place : within) add("within", place);
}

void add_inputs(std::vector<ManifestEntry>& entries, const LoadedStudy& loaded) {
    for (const InputRecord& input : loaded.inputs) {
        const std::string source = input.layer.empty() ? input.source : input.source + " | " + input.layer;
        entries.push_back(
            {"inputs", input.role + ": " + source,
             fmt::format("{} in, {} filtered, {} used, {} skipped; CRS {}; {}; as of {}; fingerprint {}",
                         input.features_in, input.features_filtered, input.features_used, input.features_skipped,
                         input.crs.empty() ? "none" : input.crs, input.encoding.empty() ? "UTF-8" : input.encoding,
                         input.as_of.empty() ? "not stated" : input.as_of, input.fingerprint)});
    }
    for (const JoinRecord& join : loaded.joins)
        entries.push_back({"joins", join.role + " + " + join.table,
                           fmt::format("{} rows: {} matched, {} of them after folding, {} unmatched, {} ambiguous; {} "
                                       "rows of the table unused",
                                       join.rows, join.matched, join.matched_after_folding, join.unmatched,
                                       join.ambiguous, join.table_rows_unused)});
}

std::string value_of(const Coefficient& c) {
    const std::string value =
        c.text.empty() ? fmt::format("{:g} / {:g} / {:g}", c.value.low, c.value.central, c.value.high) : c.text;
    return fmt::format("{} {}{}; {}; {}; confidence {}; {}", value, c.unit, c.basis.empty() ? "" : " (" + c.basis + ")",
                       c.measures, c.year.empty() ? "no year" : c.year, static_cast<char>(c.confidence), c.source);
}

}  // namespace

void add_versions(std::vector<ManifestEntry>& entries) {
    entries.push_back({"versions", "schema", std::string(schema_version)});
    for (const std::string& version : library_versions()) {
        const std::size_t space = version.find(' ');
        entries.push_back({"versions", version.substr(0, space),
                           space == std::string::npos ? std::string{} : version.substr(space + 1)});
    }
}

void add_study_parameters(std::vector<ManifestEntry>& entries, const Study& study,
                          const AssessmentOptions& assessment) {
    entries.push_back({"parameters", "title", study.title});
    entries.push_back({"parameters", "language", study.language == Language::persian ? "fa" : "en"});
    entries.push_back({"parameters", "as_of", as_of(study)});
    entries.push_back({"parameters", "unit", std::string(to_string(assessment.kind))});
    entries.push_back({"parameters", "over", std::to_string(assessment.over)});
}

std::string listed_statuses(std::span<const ZoneStatus> statuses) {
    std::string listed;
    for (const ZoneStatus status : statuses) listed += (listed.empty() ? "" : ", ") + std::string(to_string(status));
    return listed;
}

std::string listed_minutes(std::span<const TravelTime> limits) {
    std::string listed;
    for (const TravelTime limit : limits)
        listed += fmt::format("{}{:g}", listed.empty() ? "" : ", ", to_minutes(limit));
    return listed;
}

void add_parameter(std::vector<ManifestEntry>& entries, std::string key, std::string value) {
    const auto last = std::ranges::find(entries.rbegin(), entries.rend(), "parameters", &ManifestEntry::section);
    entries.insert(last.base(), {"parameters", std::move(key), std::move(value)});
}

void add_data(std::vector<ManifestEntry>& entries, const LoadedStudy& loaded,
              std::span<const UsedCoefficient> coefficients) {
    entries.push_back({"crs", "working", loaded.area.working_crs.wkt()});
    entries.push_back({"crs", "output", loaded.output_crs.name()});
    add_inputs(entries, loaded);
    for (const UsedCoefficient& used : coefficients)
        entries.push_back({"coefficients", used.key, value_of(used.coefficient)});
}

std::vector<ManifestEntry> make_manifest(const Study& study, const LoadedStudy& loaded, const GapResult& result,
                                         const std::vector<std::string>& within) {
    std::vector<ManifestEntry> entries;
    add_versions(entries);
    add_parameters(entries, study, result, within);
    add_data(entries, loaded, result.standards.used);
    return entries;
}

}  // namespace amayesh::detail
