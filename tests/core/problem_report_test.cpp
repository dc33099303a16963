#include <amayesh/core/problem_report.hpp>

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

Problem problem(Severity severity, ProblemKind kind, std::string feature, std::string message = "") {
    Problem p;
    p.severity = severity;
    p.kind = kind;
    p.layer = "settlements";
    p.feature = std::move(feature);
    p.message = std::move(message);
    return p;
}

}  // namespace

TEST_CASE("kinds and severities have their enumerator's name", "[core][problem_report]") {
    CHECK(to_string(ProblemKind::layer_empty) == "layer_empty");
    CHECK(to_string(ProblemKind::units_mixed) == "units_mixed");
    CHECK(to_string(ProblemKind::layer_incomplete) == "layer_incomplete");
    CHECK(to_string(Severity::note) == "note");
}

TEST_CASE("findings are counted by severity and by kind", "[core][problem_report]") {
    ProblemReport report;
    CHECK_FALSE(report.has_errors());
    report.add(problem(Severity::warning, ProblemKind::geometry_invalid, "7"));
    CHECK_FALSE(report.has_errors());
    ProblemReport other;
    other.add(problem(Severity::error, ProblemKind::crs_missing, ""));
    other.add(problem(Severity::error, ProblemKind::geometry_invalid, "8"));
    report.append(std::move(other));
    CHECK(report.has_errors());
    CHECK(report.count(Severity::error) == 2);
    CHECK(report.count(ProblemKind::geometry_invalid) == 2);
    CHECK(report.count(ProblemKind::id_missing) == 0);
}

TEST_CASE("findings come in one order, whatever order they were added in", "[core][problem_report]") {
    std::vector<Problem> problems;
    for (const auto* feature : {"9", "10", ""})
        for (const auto* message : {"b", "a"}) {
            problems.push_back(problem(Severity::note, ProblemKind::name_folded, feature, message));
            problems.push_back(problem(Severity::error, ProblemKind::id_duplicate, feature, message));
        }
    problems.push_back(problem(Severity::note, ProblemKind::name_folded, "9", "a"));
    problems.back().place = ProblemPlace{54, 32};

    const auto order_of = [](const std::vector<Problem>& list) {
        ProblemReport report;
        for (const Problem& p : list) report.add(p);
        std::string text;
        for (const Problem& p : report.sorted())
            text += std::string{to_string(p.severity)} + p.feature + p.message + (p.place ? "@" : "") + " ";
        return text;
    };
    const std::string first = order_of(problems);
    CHECK(first ==
          "errora errorb error10a error10b error9a error9b notea noteb note10a note10b note9a note9a@ note9b ");
    std::mt19937 random{20240607};
    for (int i = 0; i < 20; ++i) {
        std::shuffle(problems.begin(), problems.end(), random);
        CHECK(order_of(problems) == first);
    }
}
