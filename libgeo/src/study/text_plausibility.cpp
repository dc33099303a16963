#include <cstddef>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <amayesh/study/name_folding.hpp>

namespace amayesh {
namespace {

/// What kinds of character a text is made of.
struct Census {
    std::size_t visible = 0;
    std::size_t ascii_letters = 0;
    std::size_t high_latin1 = 0;  ///< U+00A1–U+00FF: what CP1256 and UTF-8 bytes look like when read as Latin-1.
    std::size_t arabic_letters = 0;
    std::size_t utf8_lead_letters = 0;  ///< What the lead bytes of UTF-8 Persian look like when read as CP1256.
    std::size_t question_marks = 0;
    std::size_t longest_question_run = 0;
    bool broken = false;  ///< Not UTF-8, replacement characters or control codes.
};

bool is_control_code(UChar32 c) { return u_charType(c) == U_CONTROL_CHAR && c != '\t' && c != '\n' && c != '\r'; }

bool is_utf8_lead_in_cp1256(UChar32 c) { return c == 0x0637 || c == 0x0638 || c == 0x0639 || c == 0x063A; }

void count(UChar32 c, Census& census) {
    if (c < 0 || c == 0xFFFD || is_control_code(c)) {
        census.broken = true;
        return;
    }
    if (u_isUWhiteSpace(c)) return;
    ++census.visible;
    if (c < 0x80 && u_isalpha(c)) ++census.ascii_letters;
    if (c > 0xA0 && c <= 0xFF) ++census.high_latin1;
    if (u_isalpha(c) && ublock_getCode(c) == UBLOCK_ARABIC) ++census.arabic_letters;
    if (is_utf8_lead_in_cp1256(c)) ++census.utf8_lead_letters;
    if (c == '?') ++census.question_marks;
}

Census take_census(std::string_view utf8) {
    Census census;
    std::size_t run = 0;
    const auto length = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(utf8.data(), i, length, c);
        count(c, census);
        run = c == '?' ? run + 1 : 0;
        if (run > census.longest_question_run) census.longest_question_run = run;
    }
    return census;
}

}  // namespace

bool is_plausible_text(std::string_view utf8) {
    constexpr std::size_t fewest_signs = 2;  // one odd letter is a foreign name
    constexpr std::size_t fewest_lead_letters = 3;
    constexpr std::size_t lost_text_run = 3;
    const Census census = take_census(utf8);
    if (census.broken) return false;
    if (census.longest_question_run >= lost_text_run) return false;
    if (census.longest_question_run >= 2 && census.question_marks * 2 >= census.visible) return false;
    if (census.high_latin1 >= fewest_signs && census.high_latin1 > census.ascii_letters + census.arabic_letters)
        return false;
    // Every second character of Persian UTF-8 that was read as CP1256 is one of four letters; in words they are rare.
    return census.utf8_lead_letters < fewest_lead_letters || census.utf8_lead_letters * 5 < census.visible * 2;
}

}  // namespace amayesh
