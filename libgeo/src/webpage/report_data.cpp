#include <algorithm>

#include <nlohmann/json.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/output/word_titles.hpp>
#include <amayesh/study/date_words.hpp>
#include <amayesh/webpage/report_page.hpp>

#include "webpage/report_parts.hpp"

namespace amayesh {

namespace {

using namespace detail;

constexpr int data_format = 1;

const Rollup& nation_of(const GapResult& result) {
    const auto nation = std::ranges::find(result.rollups, RollupLevel::nation, &Rollup::level);
    if (nation == result.rollups.end()) throw InvalidInput("a result without totals cannot be reported");
    return *nation;
}

/// Nothing where the study gives no date: the page must not depend on the day it is made.
void add_date(Json& data, const Study& study) {
    const auto date = parse_date(study.date, study.calendar);
    if (!date) return;
    const DateWords words = words_of_day(to_day(*date, study.calendar));
    data["date"] = {{"iso", words.iso}, {"en", words.english}, {"fa", words.persian}};
}

Json words_json(const WordSet& words) {
    Json titles = Json::object();
    for (const std::string& word : words)
        titles[word] = to_json(Bilingual{std::string(word_title(word, TitleLanguage::english)),
                                         std::string(word_title(word, TitleLanguage::persian))});
    return titles;
}

}  // namespace

std::string report_data(const ReportContent& content) {
    if (!content.run.result) throw InvalidInput("a run whose input has errors has nothing to report");
    const Study& study = content.study;
    const GapResult& result = *content.run.result;
    const bool persian = study.language == Language::persian;
    const ReportInput input{.content = content,
                            .result = result,
                            .area = content.run.loaded.area,
                            .nation = nation_of(result),
                            .layers = {.area = content.run.loaded.area,
                                       .district_of_settlement = content.run.loaded.district_of_settlement,
                                       .result = result,
                                       .problems = content.run.problems,
                                       .manifest = content.run.manifest,
                                       .output_crs = content.run.loaded.output_crs,
                                       .language = persian ? TitleLanguage::persian : TitleLanguage::english}};
    WordSet words;
    ReportTables tables = report_tables(input, words);
    Json data{{"format", data_format},
              {"program", content.program},
              {"language", persian ? "fa" : "en"},
              {"study", {{"title", study.title}, {"file", study.file.filename().string()}}}};
    add_date(data, study);
    data["reach"] = to_string(result.reach);
    data["unit"] = to_json(unit_text(input));
    data["units"] = to_json(units_text(input));
    data["question"] = to_json(question_texts(input));
    data["method"] = to_json(method_texts(input));
    data["key_figures"] = key_figures_json(input);
    data["charts"] = charts_json(input, words);
    data["words"] = words_json(words);
    data["map"] = map_json(input, tables);
    Json& list = data["tables"] = Json::array();
    for (ReportTable* table : {&tables.units, &tables.unit_utilities, &tables.zones, &tables.sources, &tables.rollups,
                               &tables.unroutable, &tables.problems, &tables.standards, &tables.manifest})
        list.push_back(std::move(table->json));
    return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace amayesh
