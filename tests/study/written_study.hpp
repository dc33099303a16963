#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/study_file.hpp>
#include <catch2/catch.hpp>

/// A study in a folder of its own, gone when the test ends.
class WrittenStudy {
public:
    explicit WrittenStudy(std::string_view text) {
        std::string name = (std::filesystem::temp_directory_path() / "amayesh-study-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test: " + name);
        m_folder = name;
        write("study.toml", text);
    }
    ~WrittenStudy() {
        std::error_code error;
        std::filesystem::remove_all(m_folder, error);
    }
    WrittenStudy(const WrittenStudy&) = delete;
    WrittenStudy& operator=(const WrittenStudy&) = delete;

    void write(const std::string& name, std::string_view text) const {
        std::ofstream(m_folder / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::filesystem::path file() const { return m_folder / "study.toml"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

    [[nodiscard]] amayesh::Study read() const { return amayesh::read_study(file()); }

    /// The message that reading ends with, the folder's name taken out; fails the test where reading succeeds.
    [[nodiscard]] std::string message() const {
        try {
            (void)read();
        } catch (const amayesh::InvalidInput& error) {
            std::string text = error.what();
            const std::string folder = m_folder.string() + "/";
            for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
                text.erase(at, folder.size());
            return text;
        }
        FAIL("the study was read without complaint");
        return {};
    }

private:
    std::filesystem::path m_folder;
};

/// What every study needs: a version and one layer of districts, whose table is in lines 2 to 6.
inline const std::string least_study = R"(schema_version = 1
[layers.rural_districts]
source = "districts.gpkg"
[layers.rural_districts.fields]
id = "code"
name = "naam"
population = "pop"
)";
