#include <array>
#include <fstream>
#include <iterator>
#include <string>

#include <amayesh/study/study_file.hpp>

#include "study/study_keys.hpp"
#include "study/written_study.hpp"

using namespace amayesh;

namespace {

std::string reference_page() {
    std::ifstream page(std::string(AMAYESH_SOURCE_DIR) + "/docs/study-file.md");
    return {std::istreambuf_iterator<char>(page), std::istreambuf_iterator<char>()};
}

/// Whether the page has the word as code or as the name of a table.
bool is_named(const std::string& page, const std::string& word) {
    for (const std::string& form : {"`" + word + "`", "[" + word + "]", "[" + word + ".", "." + word + "."})
        if (page.find(form) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("The complete example of the reference page can be read", "[study][study_file][docs]") {
    const std::string page = reference_page();
    const std::string fence = "```toml complete\n";
    const std::size_t begin = page.find(fence);
    REQUIRE(begin != std::string::npos);
    const std::size_t end = page.find("\n```", begin);
    const Study study = WrittenStudy(page.substr(begin + fence.size(), end - begin - fence.size() + 1)).read();
    CHECK(study.layers.size() == 6);
    CHECK(study.standards.at("demand.power").value == Range{0.20, 0.25, 0.40});
    CHECK(study.standards.at("demand.power").unit == "MW/ha");
}

TEST_CASE("The reference page names every key, attribute and word", "[study][study_file][docs]") {
    const std::string page = reference_page();
    for (const detail::KeyRule& rule : detail::key_rules) {
        CAPTURE(rule.key);
        CHECK(is_named(page, std::string(rule.key)));
    }
    constexpr std::array roles{LayerRole::rural_districts, LayerRole::settlements, LayerRole::zones,
                               LayerRole::plots,           LayerRole::sources,     LayerRole::roads,
                               LayerRole::constraints};
    for (const LayerRole role : roles) {
        const std::size_t row = page.find("\n| `" + std::string(to_string(role)) + "` |");
        REQUIRE(row != std::string::npos);
        const std::string line = page.substr(row + 1, page.find('\n', row + 1) - row);
        for (const AttributeRule& rule : attributes_of(role)) {
            CAPTURE(to_string(role), rule.name);
            CHECK(line.find("`" + std::string(rule.name) + "`") != std::string::npos);
        }
    }
}
