#include "io/text_encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr double share_that_settles_utf8 = 0.95;
constexpr double share_that_settles_arabic = 0.5;  ///< Other columns may be in the codes of an old font.
constexpr const char* replacement_character = "\xEF\xBF\xBD";

/// Length of the UTF-8 letter that starts `rest`; 0 if there is none (RFC 3629: no surrogates, shortest form).
std::size_t letter_length(std::string_view rest) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const auto continues = [&](std::size_t i) { return i < rest.size() && (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (!continues(1) || !continues(2)) return 0;
        if (lead == 0xE0 && byte(1) < 0xA0) return 0;
        if (lead == 0xED && byte(1) > 0x9F) return 0;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (!continues(1) || !continues(2) || !continues(3)) return 0;
        if (lead == 0xF0 && byte(1) < 0x90) return 0;
        if (lead == 0xF4 && byte(1) > 0x8F) return 0;
        return 4;
    }
    return 0;
}

enum class Sign : std::uint8_t { arabic, joining, other };

/// What a byte over 0x7F is in CP1256: an Arabic or Persian letter, a mark that stands among them, or something else.
Sign sign_in_cp1256(unsigned char byte) noexcept {
    switch (byte) {
        case 0x81:
        case 0x8A:
        case 0x8D:
        case 0x8E:
        case 0x8F:
        case 0x90:
        case 0x98:
        case 0x9A:
        case 0x9F:
        case 0xAA:
        case 0xC0:
        case 0xFF:
        case 0xE1:
        case 0xEC:
        case 0xED:
            return Sign::arabic;
        case 0x9D:
        case 0x9E:
        case 0xA0:
        case 0xA1:
        case 0xAB:
        case 0xBA:
        case 0xBB:
        case 0xBF:
        case 0xFD:
        case 0xFE:
        case 0xF0:
        case 0xF1:
        case 0xF2:
        case 0xF3:
        case 0xF5:
        case 0xF6:
        case 0xF8:
        case 0xFA:
            return Sign::joining;
        default:
            if ((byte >= 0xC1 && byte <= 0xDF && byte != 0xD7) || (byte >= 0xE3 && byte <= 0xE6)) return Sign::arabic;
            return Sign::other;
    }
}

bool is_program_default(const std::string& encoding) {
    return encoding.empty() || encoding == "UTF-8" || encoding == "CP1252" || encoding == "ISO-8859-1";
}

/// One way from an encoding to UTF-8.
class Converter {
public:
    explicit Converter(const std::string& encoding) : m_handle{iconv_open("UTF-8", encoding.c_str())} {
        if (!is_known())
            throw IoError(fmt::format("encoding '{}' is not known on this system; try UTF-8 or CP1256", encoding));
    }
    ~Converter() { iconv_close(m_handle); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// What no letter stands for becomes U+FFFD.
    std::string convert(std::string bytes) {
        std::string text;
        std::array<char, 256> buffer{};
        char* in = bytes.data();
        std::size_t left = bytes.size();
        while (left > 0) {
            char* out = buffer.data();
            std::size_t room = buffer.size();
            const bool has_failed = iconv(m_handle, &in, &left, &out, &room) == static_cast<std::size_t>(-1);
            text.append(buffer.data(), out);
            if (!has_failed || out != buffer.data()) continue;
            text += replacement_character;
            ++in;
            --left;
        }
        return text;
    }

private:
    [[nodiscard]] bool is_known() const noexcept { return m_handle != reinterpret_cast<iconv_t>(-1); }  // POSIX's sign
    iconv_t m_handle;
};

}  // namespace

bool is_ascii(std::string_view bytes) noexcept {
    std::size_t i = 0;
    for (; i + sizeof(std::uint64_t) <= bytes.size(); i += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        if ((word & 0x8080808080808080ULL) != 0) return false;
    }
    for (; i < bytes.size(); ++i)
        if (static_cast<unsigned char>(bytes[i]) > 0x7F) return false;
    return true;
}

std::string_view utf8_prefix(std::string_view bytes) noexcept {
    std::size_t end = 0;
    while (end < bytes.size()) {
        const std::size_t length = letter_length(bytes.substr(end));
        if (length == 0) break;
        end += length;
    }
    return bytes.substr(0, end);
}

bool is_utf8(std::string_view bytes) noexcept { return is_ascii(bytes) || utf8_prefix(bytes).size() == bytes.size(); }

bool is_cut_utf8(std::string_view bytes) noexcept {
    const std::string_view good = utf8_prefix(bytes);
    const std::string_view rest = bytes.substr(good.size());
    if (rest.empty() || rest.size() > 3 || is_ascii(good)) return false;
    if (static_cast<unsigned char>(rest[0]) < 0xC2) return false;
    return std::all_of(rest.begin() + 1, rest.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

bool looks_like_arabic_cp1256(std::string_view bytes) noexcept {
    std::size_t foreign = 0;
    std::size_t others = 0;
    std::size_t in_runs = 0;
    std::size_t run = 0;
    const auto end_run = [&] {
        if (run > 1) in_runs += run;
        run = 0;
    };
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const Sign sign = byte < 0x80 ? Sign::other : sign_in_cp1256(byte);
        if (byte >= 0x80) ++foreign;
        if (byte >= 0x80 && sign == Sign::other) ++others;
        if (sign == Sign::arabic) ++run;
        if (sign == Sign::other) end_run();
    }
    end_run();
    return in_runs > 0 && others * 10 <= foreign && in_runs * 2 >= foreign;
}

bool is_question_marks(std::string_view text) noexcept {
    if (text.empty() || (text.front() != '?' && text.front() != ' ')) return false;
    return std::count(text.begin(), text.end(), '?') > 1 && text.find_first_not_of("? ") == std::string_view::npos;
}

std::string encoding_name(std::string_view written) {
    std::string name;
    for (const char c : written)
        if (!std::isspace(static_cast<unsigned char>(c))) name += static_cast<char>(std::toupper(c));
    for (const std::string_view prefix : {"ANSI", "WINDOWS-", "WINDOWS", "OEM", "CP", "MS-"})
        if (name.starts_with(prefix)) {
            name.erase(0, prefix.size());
            break;
        }
    if (name == "UTF8" || name == "UTF-8" || name == "65001") return "UTF-8";
    if (name.starts_with("ISO") || name.starts_with("8859")) {
        const std::size_t at = name.find("8859");
        if (at == std::string::npos) return name;
        std::string part = name.substr(at + 4);
        part.erase(0, part.find_first_not_of("-_"));
        return "ISO-8859-" + part;
    }
    if (!name.empty() && name.find_first_not_of("0123456789") == std::string::npos) return "CP" + name;
    return name;
}

std::string encoding_of_language_byte(unsigned char language) {
    switch (language) {
        case 0x01:
            return "CP437";
        case 0x02:
            return "CP850";
        case 0x03:
        case 0x57:
            return "CP1252";
        case 0x64:
            return "CP852";
        case 0x26:
        case 0x65:
            return "CP866";
        case 0x7D:
            return "CP1255";
        case 0x7E:
            return "CP1256";
        case 0xC8:
            return "CP1250";
        case 0xC9:
            return "CP1251";
        case 0xCA:
            return "CP1254";
        case 0xCB:
            return "CP1253";
        case 0xCC:
            return "CP1257";
        default:
            return "";
    }
}

void EncodingEvidence::add_foreign(std::string_view text) {
    ++m_texts;
    if (is_utf8(text) || is_cut_utf8(text)) {
        ++m_utf8;
    } else if (looks_like_arabic_cp1256(text)) {
        ++m_arabic;
        if (m_arabic == 1) m_sample = text;
    }
    if (m_sample.empty()) m_sample = text;
}

bool EncodingEvidence::is_mostly_utf8() const noexcept {
    return static_cast<double>(m_utf8) >= share_that_settles_utf8 * static_cast<double>(m_texts);
}

bool EncodingEvidence::is_mostly_arabic() const noexcept {
    return static_cast<double>(m_arabic) >= share_that_settles_arabic * static_cast<double>(m_texts);
}

EncodingDecision decide_encoding(const EncodingEvidence& evidence, const std::string& stated,
                                 const std::string& forced) {
    if (!forced.empty()) return {encoding_name(forced), false};
    if (evidence.is_empty()) return {stated.empty() ? "UTF-8" : stated, false};
    if (evidence.is_mostly_utf8()) return {"UTF-8", !stated.empty() && stated != "UTF-8"};
    if (!is_program_default(stated)) return {stated, false};
    if (evidence.is_mostly_arabic()) return {"CP1256", true};
    return {stated.empty() || stated == "UTF-8" ? "CP1252" : stated, true};
}

TextDecoder::TextDecoder(std::string encoding) : m_encoding{std::move(encoding)}, m_is_utf8{m_encoding == "UTF-8"} {
    if (m_is_utf8) return;
    Converter converter(m_encoding);
    m_is_single_byte = m_encoding.starts_with("CP125") || m_encoding.starts_with("ISO-8859");
    if (!m_is_single_byte) return;
    for (std::size_t i = 0; i < m_upper_half.size(); ++i)
        m_upper_half[i] = converter.convert(std::string(1, static_cast<char>(0x80 + i)));
}

std::string TextDecoder::decode_single_bytes(std::string_view bytes) const {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            text += c;
        else
            text += m_upper_half[byte - 0x80U];
    }
    return text;
}

std::string TextDecoder::decode(std::string_view bytes) const {
    if (is_ascii(bytes)) return std::string(bytes);
    if (m_is_single_byte) return decode_single_bytes(bytes);
    if (!m_is_utf8) return Converter(m_encoding).convert(std::string(bytes));
    if (is_utf8(bytes)) return std::string(bytes);
    if (is_cut_utf8(bytes)) return std::string(utf8_prefix(bytes));
    static const TextDecoder arabic("CP1256");
    return arabic.decode_single_bytes(bytes);
}

}  // namespace amayesh::detail
