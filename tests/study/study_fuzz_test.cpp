#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

/// The complete example of the reference page, without the standards file that it names.
std::string complete_example() {
    std::ifstream page(std::string(AMAYESH_SOURCE_DIR) + "/docs/study-file.md");
    const std::string text{std::istreambuf_iterator<char>(page), std::istreambuf_iterator<char>()};
    const std::size_t begin = text.find("```toml complete\n") + std::string_view("```toml complete\n").size();
    std::string example = text.substr(begin, text.find("\n```", begin) - begin + 1);
    const std::size_t files = example.find("files = ");
    example.erase(files, example.find('\n', files) - files);
    return example.insert(example.find("low = "), "unit = \"MW/ha\"\n");
}

/// One change of a kind that editors, encodings and attackers make.
std::string changed(std::string text, std::mt19937& random) {
    static const std::vector<std::string> pieces{"[",
                                                 "]",
                                                 "{",
                                                 "}",
                                                 "\"",
                                                 "'",
                                                 "\"\"\"",
                                                 "=",
                                                 ",",
                                                 ".",
                                                 "#",
                                                 "\n",
                                                 "nan",
                                                 "inf",
                                                 "1e999",
                                                 "-1",
                                                 "[[layers.zones]]",
                                                 "\xFF",
                                                 "\xD8",
                                                 "\\u0000",
                                                 "9223372036854775808",
                                                 "1402-06-31",
                                                 "true",
                                                 "[a.b.c.d]"};
    const auto pick = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>{0, most}(random); };
    if (text.empty()) return pieces[pick(pieces.size() - 1)];
    const std::size_t at = pick(text.size() - 1);
    switch (pick(4)) {
        case 0:
            return text.erase(at, 1 + pick(30));
        case 1:
            return text.insert(at, pieces[pick(pieces.size() - 1)]);
        case 2:
            text[at] = static_cast<char>(pick(255));
            return text;
        case 3:
            return text.insert(at, text.substr(pick(text.size() - 1), pick(200)));
        default:
            return text.substr(0, at + 1);
    }
}

}  // namespace

TEST_CASE("Whatever a file holds, reading it ends with a study or with an error that says where",
          "[study][study_file][property][fuzz]") {
    constexpr unsigned seed = 1404;
    constexpr int rounds = 1500;
    CAPTURE(seed);
    std::mt19937 random{seed};
    const std::string example = complete_example();
    const WrittenStudy written(example);
    REQUIRE_FALSE(written.read().layers.empty());
    int read = 0;
    int refused = 0;
    for (int round = 0; round < rounds; ++round) {
        std::string text = example;
        for (int change = 0; change <= round % 4; ++change) text = changed(std::move(text), random);
        written.write("study.toml", text);
        try {
            (void)written.read();
            ++read;
        } catch (const InvalidInput& error) {
            ++refused;
            CAPTURE(round);
            CHECK_THAT(error.what(), Catch::StartsWith(written.file().string() + ":"));
        }
    }
    CHECK(read > 0);
    CHECK(refused > rounds / 2);
}
