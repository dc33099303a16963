#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace amayesh::detail {

[[nodiscard]] bool is_ascii(std::string_view bytes) noexcept;
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;
/// The part of `bytes` that is UTF-8 from the start; shorter than `bytes` where a fixed width cut the last letter.
[[nodiscard]] std::string_view utf8_prefix(std::string_view bytes) noexcept;
/// True when the last letter alone is incomplete: a DBF field cut it.
[[nodiscard]] bool is_cut_utf8(std::string_view bytes) noexcept;
/// True when the bytes, read as CP1256, are words of Arabic letters (runs of two or more, few other signs).
[[nodiscard]] bool looks_like_arabic_cp1256(std::string_view bytes) noexcept;
/// True for text whose letters were lost: nothing but question marks, two or more, spaces aside.
[[nodiscard]] bool is_question_marks(std::string_view text) noexcept;

/// The usual name of an encoding as .cpg files write it ("ANSI 1256", "65001", "8859-6"): "CP1256", "UTF-8", "ISO-8859-6".
[[nodiscard]] std::string encoding_name(std::string_view written);
/// The encoding a DBF header's language byte states; "" for none or unknown.
[[nodiscard]] std::string encoding_of_language_byte(unsigned char language);

/// What the non-ASCII texts of a file say about its encoding.
class EncodingEvidence {
public:
    void add(std::string_view text) {
        if (!is_ascii(text)) add_foreign(text);
    }
    [[nodiscard]] bool is_empty() const noexcept { return m_texts == 0; }
    [[nodiscard]] bool is_mostly_utf8() const noexcept;
    [[nodiscard]] bool is_mostly_arabic() const noexcept;
    [[nodiscard]] const std::string& sample() const noexcept { return m_sample; }

private:
    void add_foreign(std::string_view text);
    std::size_t m_texts = 0;
    std::size_t m_utf8 = 0;
    std::size_t m_arabic = 0;
    std::string m_sample;
};

struct EncodingDecision {
    std::string encoding;
    bool is_guess = false;  ///< Neither forced nor what the file states.
};

/// Forced; else UTF-8 where 95 % of the non-ASCII texts are; else a stated encoding that is not merely the default of
/// some program (UTF-8, Latin-1, CP1252); else CP1256 where half of them are words of Arabic letters; else as stated, or CP1252.
/// A guess is what contradicts a statement or goes beyond it; plain UTF-8 without one is none.
[[nodiscard]] EncodingDecision decide_encoding(const EncodingEvidence& evidence, const std::string& stated,
                                               const std::string& forced);

/// Turns bytes of one encoding into UTF-8.
class TextDecoder {
public:
    /// Throws: IoError for an encoding that this system cannot read.
    explicit TextDecoder(std::string encoding);

    [[nodiscard]] const std::string& encoding() const noexcept { return m_encoding; }
    /// In a UTF-8 file a text that is not UTF-8 is cut to its last whole letter, or read as CP1256.
    [[nodiscard]] std::string decode(std::string_view bytes) const;

private:
    [[nodiscard]] std::string decode_single_bytes(std::string_view bytes) const;
    std::string m_encoding;
    bool m_is_utf8 = false;
    bool m_is_single_byte = false;
    std::array<std::string, 128> m_upper_half;
};

}  // namespace amayesh::detail
