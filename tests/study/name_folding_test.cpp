#include <random>
#include <string>
#include <vector>

#include <amayesh/study/name_folding.hpp>
#include <catch2/catch.hpp>

using amayesh::display_width;
using amayesh::fold_name;

TEST_CASE("Arabic and Persian keyboards fold to one key", "[study][name_folding]") {
    CHECK(fold_name("رضوي") == fold_name("رضوی"));
    CHECK(fold_name("كرمان") == fold_name("کرمان"));
    CHECK(fold_name("مركزي") == "مرکزی");
    CHECK(fold_name("موسى") == fold_name("موسی"));
    CHECK(fold_name("ڪوه ے") == "کوه ی");
    CHECK(fold_name("فاطمة") == fold_name("فاطمه"));
    CHECK(fold_name("قلعۀ نو") == fold_name("قلعه نو"));
    CHECK(fold_name("ھرمز") == "هرمز");
}

TEST_CASE("Hamza seats and madda fold to their letters", "[study][name_folding]") {
    CHECK(fold_name("آباد") == "اباد");
    CHECK(fold_name("أحمد") == "احمد");
    CHECK(fold_name("مؤمن آباد") == "مومن اباد");
    CHECK(fold_name("رئيس") == "رییس");
    CHECK(fold_name("ابتداء") == fold_name("ابتدا"));
    // The same letter composed and as a base with a combining hamza.
    CHECK(fold_name("\u0627\u0653باد") == fold_name("\u0622باد"));
}

TEST_CASE("Marks, tatweel and invisible signs leave no trace", "[study][name_folding]") {
    CHECK(fold_name("مُحَمَّدآباد") == fold_name("محمدآباد"));
    CHECK(fold_name("تهـــران") == "تهران");
    CHECK(fold_name("علی\u200Cآباد") == fold_name("علیآباد"));
    CHECK(fold_name("\u200Fبهمن\u200E") == "بهمن");
    CHECK(fold_name("\u202Bشهرک\u202C") == "شهرک");
    CHECK(fold_name("\uFEFFده نو") == "ده نو");
    CHECK(fold_name("الله\u0670") == "الله");
}

TEST_CASE("Presentation forms fold to letters", "[study][name_folding]") {
    CHECK(fold_name("\uFE97\uFEEC\uFEAE\uFE8D\uFEE5") == "تهران");
    CHECK(fold_name("س\uFEFCم") == "سلام");  // lam-alef ligature
}

TEST_CASE("Spaces and punctuation fold to one space, ends are trimmed", "[study][name_folding]") {
    CHECK(fold_name("  حسن   آباد ") == "حسن اباد");
    CHECK(fold_name("حسن آباد(بالا)") == "حسن اباد بالا");
    CHECK(fold_name("حسن\u00A0آباد") == fold_name("حسن آباد"));
    CHECK(fold_name("«نو» - [2]") == "نو 2");
    CHECK(fold_name("under_construction") == "under construction");
    CHECK(fold_name("()") == "");
    CHECK(fold_name("") == "");
}

TEST_CASE("Digits of every script fold to 0-9", "[study][name_folding]") {
    CHECK(fold_name("منطقه ۲۲") == "منطقه 22");
    CHECK(fold_name("منطقه ٢٢") == "منطقه 22");
    CHECK(fold_name("۰۱۲۳۴۵۶۷۸۹") == "0123456789");
}

TEST_CASE("Latin names fold without case, accents and apostrophes", "[study][name_folding]") {
    CHECK(fold_name("TEHRĀN") == "tehran");
    CHECK(fold_name("Qā’en") == fold_name("Qaen"));
    CHECK(fold_name("Rūd‘ān") == fold_name("rudan"));
    CHECK(fold_name("Straße") == "strasse");
}

TEST_CASE("Different names stay different", "[study][name_folding]") {
    const std::vector<std::string> names{"علی آباد", "علی آباد بالا", "حسن آباد", "حسین آباد", "ده نو",
                                         "ده نو 2",  "سرخه",          "سرخس",     "سلطانیه"};
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j) CHECK(fold_name(names[i]) != fold_name(names[j]));
}

TEST_CASE("Folding a key again changes nothing, whatever the bytes", "[study][name_folding][property]") {
    constexpr unsigned seed = 20240619;
    CAPTURE(seed);
    std::mt19937 random{seed};
    std::uniform_int_distribution<int> length{0, 24};
    std::uniform_int_distribution<int> byte{0, 255};
    std::uniform_int_distribution<int> arabic{0x80, 0xBF};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = length(random); i > 0; --i) {
            if (round % 2 == 0) {
                text.push_back(static_cast<char>(byte(random)));
            } else {
                text.push_back(static_cast<char>(0xD8 + byte(random) % 4));
                text.push_back(static_cast<char>(arabic(random)));
            }
        }
        const std::string key = fold_name(text);
        CAPTURE(text, key);
        REQUIRE(fold_name(key) == key);
    }
}

TEST_CASE("Display width counts what a terminal shows", "[study][name_folding]") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("تهران") == 5);
    CHECK(display_width("مُحَمَّد") == 4);
    CHECK(display_width("علی\u200Cآباد") == 7);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("東京") == 4);
    CHECK(display_width("m³/h") == 4);
}
