#include <amayesh/study/date_words.hpp>

#include <memory>

#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <amayesh/core/error.hpp>

namespace amayesh {

namespace {

std::string formatted(std::chrono::sys_days day, const char* locale, const char16_t* pattern) {
    UErrorCode status = U_ZERO_ERROR;
    icu::SimpleDateFormat format(icu::UnicodeString(pattern), icu::Locale(locale), status);
    if (U_FAILURE(status)) throw IoError(std::string("ICU has no dates for ") + locale + ": " + u_errorName(status));
    format.adoptTimeZone(icu::TimeZone::getGMT()->clone());
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(day.time_since_epoch()).count();
    icu::UnicodeString text;
    std::string utf8;
    return format.format(static_cast<UDate>(milliseconds), text).toUTF8String(utf8);
}

}  // namespace

DateWords words_of_day(std::chrono::sys_days day) {
    return {.iso = formatted(day, "en_US@calendar=gregorian", u"yyyy-MM-dd"),
            .english = formatted(day, "en_US@calendar=gregorian", u"d MMMM yyyy"),
            .persian = formatted(day, "fa_IR@calendar=persian;numbers=arabext", u"d MMMM y")};
}

}  // namespace amayesh
