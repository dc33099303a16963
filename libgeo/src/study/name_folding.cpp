#include <amayesh/study/name_folding.hpp>

#include <algorithm>
#include <cstddef>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <amayesh/core/error.hpp>

namespace amayesh {
namespace {

const icu::Normalizer2& normalizer(const icu::Normalizer2* instance, UErrorCode status) {
    if (U_FAILURE(status) || instance == nullptr)
        throw Error(std::string("ICU data for comparing names is missing: ") + u_errorName(status));
    return *instance;
}

const icu::Normalizer2& compatibility_casefold() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return normalizer(instance, status);
}

const icu::Normalizer2& canonical_decomposition() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* instance = icu::Normalizer2::getNFDInstance(status);
    return normalizer(instance, status);
}

icu::UnicodeString from_utf8(std::string_view utf8) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

icu::UnicodeString normalized(const icu::Normalizer2& form, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = form.normalize(text, status);
    if (U_FAILURE(status)) throw Error(std::string("a name cannot be normalised: ") + u_errorName(status));
    return result;
}

/// Letters that Persian keyboards, Arabic keyboards and neighbouring alphabets write for one Persian letter.
UChar32 persian_letter(UChar32 c) {
    switch (c) {
        case 0x064A:  // ARABIC YEH
        case 0x0649:  // ALEF MAKSURA
        case 0x06CD:  // YEH WITH TAIL
        case 0x06CE:  // YEH WITH SMALL V
        case 0x06D0:  // E
        case 0x06D2:  // YEH BARREE
            return 0x06CC;
        case 0x0643:  // ARABIC KAF
        case 0x06AA:  // SWASH KAF
            return 0x06A9;
        case 0x0629:  // TEH MARBUTA
        case 0x06BE:  // HEH DOACHASHMEE
        case 0x06C1:  // HEH GOAL
        case 0x06C3:  // TEH MARBUTA GOAL
        case 0x06D5:  // AE
            return 0x0647;
        case 0x0671:  // ALEF WASLA
            return 0x0627;
        case 0x06C6:  // OE
        case 0x06C7:  // U
            return 0x0648;
        default:
            return c;
    }
}

/// Signs that come and go with the writer: tatweel, a bare hamza, and the apostrophes of transliteration.
bool is_optional_sign(UChar32 c) {
    switch (c) {
        case 0x0640:  // TATWEEL
        case 0x0621:  // HAMZA
        case 0x0027:
        case 0x0060:
        case 0x2018:
        case 0x2019:
        case 0x02BB:
        case 0x02BC:
        case 0x02BE:
        case 0x02BF:
            return true;
        default:
            return false;
    }
}

bool is_mark(UChar32 c) {
    const int8_t type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

bool takes_no_column(UChar32 c) {
    const int8_t type = u_charType(c);
    return is_mark(c) || type == U_FORMAT_CHAR || type == U_CONTROL_CHAR ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

}  // namespace

std::string fold_name(std::string_view utf8) {
    const icu::UnicodeString folded = normalized(compatibility_casefold(), from_utf8(utf8));
    const icu::UnicodeString letters = normalized(canonical_decomposition(), folded);

    icu::UnicodeString key;
    bool space_pending = false;
    for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
        const UChar32 c = letters.char32At(i);
        if (is_mark(c) || is_optional_sign(c) || u_charType(c) == U_FORMAT_CHAR) continue;
        const int32_t digit = u_charDigitValue(c);
        if (digit < 0 && !u_isalpha(c) && !u_isalnum(c)) {
            space_pending = !key.isEmpty();
            continue;
        }
        if (space_pending) key.append(static_cast<UChar>(' '));
        space_pending = false;
        key.append(digit >= 0 ? static_cast<UChar32>('0' + digit) : persian_letter(c));
    }
    std::string result;
    key.toUTF8String(result);
    return result;
}

int display_width(std::string_view utf8) {
    const icu::UnicodeString text = from_utf8(utf8);
    int width = 0;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (takes_no_column(c)) continue;
        const int kind = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        width += kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

}  // namespace amayesh
