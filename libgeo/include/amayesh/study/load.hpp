#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/model/planning_area.hpp>
#include <amayesh/study/join.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// One source that was read.
struct InputRecord {
    std::string role;
    std::string source;  ///< As the study names it.
    std::string layer;
    std::string crs;  ///< Name, "" for none.
    std::string encoding;
    std::string as_of;
    std::int64_t features_in = 0;        ///< Rows the source holds.
    std::int64_t features_filtered = 0;  ///< Left out by `where`.
    std::int64_t features_used = 0;      ///< in = filtered + used + skipped.
    std::int64_t features_skipped = 0;   ///< Each has a problem entry.
    std::string fingerprint;             ///< Of the rows that were read, whatever their order (XXH3-128, sorted).
};

/// A table as it was read, its geometries given up: where the values of its rows come from.
struct KeptTable {
    const LayerStudy* layer = nullptr;  ///< Of the study, which must outlive it.
    std::vector<std::string> ids;       ///< One a row.
    FeatureTable rows;
    std::vector<FeatureTable> joined;     ///< Row for row; the fields that the layer's joins take, in their order.
    std::vector<JoinedRows> joined_rows;  ///< The rows that they come from.
};

/// Whether tables are kept beside the features that were made of them.
enum class Tables : std::uint8_t { drop, keep };

/// Whether roads and barriers, which only travel needs, are made features of.
enum class TravelLayers : std::uint8_t {
    as_reach_needs,  ///< Where the study's reach is not straight.
    always
};

/// A study's data, ready to be assessed.
struct LoadedStudy {
    PlanningArea area;
    Crs output_crs = Crs::wgs84();
    std::vector<InputRecord> inputs;
    std::vector<JoinRecord> joins;
    std::vector<KeptTable> tables;                    ///< Where they are to be kept.
    std::vector<std::filesystem::path> input_files;   ///< Every local file that was opened.
    double position_bound_m = 0;                      ///< Points nearer than this to a border or limit are on the line.
    double planar_error = 0;                          ///< Part by which a planar distance may be off; 0 = geodesic.
    std::vector<std::size_t> district_of_settlement;  ///< Index into rural_districts, or `no_district`.
    static constexpr std::size_t no_district = static_cast<std::size_t>(-1);
};

/// Reads every layer that the study names, converts units and coordinates, joins, filters, folds, derives districts,
/// places settlements in districts, and reports whatever is wrong on the way (all of *Check*).
/// Throws: IoError, CrsError, InvalidInput for what makes the study unreadable as a whole; dirty rows go to `problems`.
AMAYESH_EXPORT LoadedStudy load_study(const Study& study, ProblemReport& problems, const Progress& progress = {},
                                      Tables tables = Tables::drop,
                                      TravelLayers travel_layers = TravelLayers::as_reach_needs);

}  // namespace amayesh
