#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace amayesh::detail {

using Json = nlohmann::ordered_json;

/// What the page shows in one of two languages.
struct Bilingual {
    std::string en{};
    std::string fa{};
};

/// Several of it, in order.
struct BilingualTexts {
    std::vector<std::string> en{};
    std::vector<std::string> fa{};
    void add(Bilingual text) {
        en.push_back(std::move(text.en));
        fa.push_back(std::move(text.fa));
    }
};

Json to_json(const Bilingual& text);
Json to_json(const BilingualTexts& texts);

/// 12,345 and ۱۲٬۳۴۵.
Bilingual whole_text(std::int64_t value);
/// At most six significant digits, no trailing zeros: 0.25 and ۰٫۲۵.
Bilingual decimal_text(double value);
/// The text's digits and the marks between them as Persian writes them.
std::string persian_digits(const std::string& text);

/// A number as the page gets it: six significant digits.
double rounded(double value);

}  // namespace amayesh::detail
