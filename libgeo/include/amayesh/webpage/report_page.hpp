#pragma once

#include <span>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/study/backdrop.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// What a report is made from; borrowed for the call.
struct ReportContent {
    const Study& study;
    const GapRun& run;
    std::span<const BackdropLayer> backdrop;
    std::string_view program;  ///< Name and version, as the page shows them.
};

/// Everything that the report's page shows, as JSON (docs/report.md): question and method in both languages, key figures,
/// charts, tables with the rows of the layers, and a map simplified for the screen. The same run gives the same text.
///
/// Tables: `unit_utilities` has the units over the threshold, of over 1,000 of them the central case alone; `units` leaves out settlements that are not over it;
///         `problems` its first 2,000. Reals have six significant digits.
/// Map:    longitude and latitude on WGS 84, in steps of 1e-5°; borders that districts share are drawn once, within 1/16,000
///         of the map's longer side, or coarser where they have too many corners.
/// Texts:  what is no UTF-8 becomes U+FFFD.
/// Throws: InvalidInput where the run has no result; CrsError.
AMAYESH_EXPORT std::string report_data(const ReportContent& content);

/// The page that shows the data: one HTML file with everything in it. Nothing is loaded from anywhere: its
/// Content-Security-Policy admits only the scripts and styles that are in it, by their hashes.
/// `data`: JSON. No text in it can end the element that holds it.
AMAYESH_EXPORT std::string report_page(std::string_view data);

}  // namespace amayesh
