#pragma once

#include <chrono>
#include <string>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// A day as people read it.
struct DateWords {
    std::string iso{};      ///< 2026-11-22
    std::string english{};  ///< 22 November 2026
    std::string persian{};  ///< ۱ آذر ۱۴۰۵: Solar Hijri, in Persian digits
};

/// Names of months and digits are those of ICU. Throws: IoError where its data is missing.
AMAYESH_EXPORT DateWords words_of_day(std::chrono::sys_days day);

}  // namespace amayesh
