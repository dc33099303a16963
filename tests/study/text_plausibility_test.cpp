#include <string>

#include <amayesh/study/name_folding.hpp>
#include <catch2/catch.hpp>

using amayesh::is_plausible_text;

TEST_CASE("Persian, English and mixed texts are plausible", "[study][text_plausibility]") {
    for (const std::string text :
         {"", "تهران", "شهرک صنعتی عباس‌آباد", "Tehrān", "Qā'en (قائن)", "مركزي", "12", "?",
          "Gåsøya", "Zürich", "منطقه ۲۲", "طالقان", "عطاآباد", "Is it?", "m³/h", "5 ha"}) {
        CAPTURE(text);
        CHECK(is_plausible_text(text));
    }
}

TEST_CASE("Text that lost its encoding is not plausible", "[study][text_plausibility]") {
    SECTION("CP1256 bytes read as Latin-1") { CHECK_FALSE(is_plausible_text("ÒäÌÇä")); }
    SECTION("CP1256 bytes left raw") { CHECK_FALSE(is_plausible_text("\xD2\xE4\xCC\xC7\xE4")); }
    SECTION("UTF-8 bytes read as Latin-1") { CHECK_FALSE(is_plausible_text("ØªÙØ±Ø§Ù")); }
    SECTION("UTF-8 bytes read as CP1256") { CHECK_FALSE(is_plausible_text("طھظ‡ط±ط§ظ†")); }
    SECTION("letters replaced by question marks") {
        CHECK_FALSE(is_plausible_text("?????"));
        CHECK_FALSE(is_plausible_text("??? ??"));
        CHECK_FALSE(is_plausible_text("??"));
    }
    SECTION("replacement characters") { CHECK_FALSE(is_plausible_text("ته\uFFFDران")); }
    SECTION("control codes") { CHECK_FALSE(is_plausible_text("a\u0081b")); }
}
