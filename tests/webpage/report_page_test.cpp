#include <string>

#include <catch2/catch.hpp>

#include "webpage/reported_world.hpp"

using namespace amayesh;
using namespace amayesh::worlds;
using nlohmann::json;

namespace {

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
    return count;
}

/// What stands between the data element's tags.
std::string data_text(const std::string& page) {
    const std::string begin = R"(<script type="application/json" id="report-data">)";
    const std::size_t at = page.find(begin);
    REQUIRE(at != std::string::npos);
    const std::size_t from = at + begin.size();
    return page.substr(from, page.find("</script>", from) - from);
}

std::string page_with(const std::string& name) { return report_page(json{{"name", name}}.dump()); }

}  // namespace

TEST_CASE("The page holds its data once, and a policy that admits nothing from outside", "[webpage][page]") {
    const std::string page = report_page(R"({"a":1})");
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(data_text(page) == R"({"a":1})");
    CHECK(count_of(page, "<!-- amayesh:") == 0);
    CHECK(count_of(page, "http-equiv=\"Content-Security-Policy\"") == 1);
    CHECK(page.find("default-src 'none'") != std::string::npos);
    CHECK(page.find("unsafe") == page.npos);
    CHECK(page.find("SIL Open Font License") != std::string::npos);
    CHECK(page.find("Vladimir Agafonkin") != std::string::npos);
}

TEST_CASE("No name can end the data or start markup", "[webpage][page]") {
    const std::string plain = page_with("a");
    const std::string name = GENERATE(as<std::string>{}, "</script><script>alert(1)</script>", "<!--<script>", "-->",
                                      "]]>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "\"}</script>", "' onload='x",
                                      "\u2028\u2029", "\u202Eevil\u2066x", "\u061Ctext\u200E\u200F", "\x7f\x01\n\t");
    CAPTURE(name);
    const std::string page = page_with(name);
    for (const char* markup : {"<script", "</script", "<!--", "-->", "<img", "&"})
        CHECK(count_of(page, markup) == count_of(plain, markup));
    for (const char* unseen : {"\u2028", "\u2029", "\u202E", "\u2066", "\u061C", "\u200E", "\x7f", "\x01"})
        CHECK(count_of(data_text(page), unseen) == 0);
    CHECK(json::parse(data_text(page)).at("name") == name);
}

TEST_CASE("Persian letters and joiners stay as they are", "[webpage][page]") {
    const std::string name = "آبادی‌ها، گچساران";  // with a zero width non-joiner
    CHECK(data_text(page_with(name)).find(name) != std::string::npos);
}

TEST_CASE("A name that is no UTF-8 becomes text that is", "[webpage][page]") {
    World world = reported_world();
    world.area.rural_districts[0].name = "a\xff\xc3(b";
    const json data = report_of(world, reported_study());
    CHECK(cell(named(data.at("tables"), "units"), "A", "name") == "a\uFFFD\uFFFD(b");
}

TEST_CASE("The same run gives the same page", "[webpage][page]") {
    CHECK(report_page(report_of_world().dump()) == report_page(report_of_world().dump()));
}
