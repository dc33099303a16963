#include <cstdio>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/name_folding.hpp>

/// Needs all three libraries. Returns 0 if names fold, versions are told, and an error keeps its type on the way out
/// of a shared library.
int main() {
    for (const std::string& version : amayesh::library_versions()) std::printf("%s\n", version.c_str());
    if (amayesh::library_versions().size() < 3) return 1;
    if (amayesh::fold_name("كاشمر") != amayesh::fold_name("کاشمر")) return 2;
    try {
        amayesh::ProblemReport problems;
        amayesh::read_vector("no such folder/estates.shp", {}, problems);
    } catch (const amayesh::IoError& error) {
        std::printf("%s\n", error.what());
        return 0;
    }
    return 3;
}
