#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include <amayesh/core/error.hpp>

#include "bash_completion.hpp"
#include "man_page.hpp"
#include "program.hpp"

namespace {

using namespace amayesh::tools;

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    if (!(out << text).flush()) throw amayesh::IoError("cannot write " + file.string());
}

void write_all(const std::filesystem::path& folder) {
    const Program program;
    write(folder / "man1" / "amayesh.1", man_page(program.page, program.pages));
    for (const CommandPage& page : program.pages)
        write(folder / "man1" / (man_name(page) + ".1"), man_page(page, program.pages));
    write(folder / "completions" / "amayesh", bash_completion(program));
}

}  // namespace

/// Usage: amayesh_pages FOLDER, with the folders man1 and completions in it.
int main(int argc, char** argv) {
    try {
        if (argc != 2) throw amayesh::InvalidInput("usage: amayesh_pages FOLDER");
        write_all(argv[1]);
        return exit_done;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return exit_failed;
    }
}
