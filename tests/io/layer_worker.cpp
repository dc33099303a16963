// Reads and writes layers in a process of its own, for tests that kill, starve or watch it.
//   io_worker write TARGET ROWS WORD [DRIVER [LAYER]]   replaces TARGET; every row carries WORD
//                                                        DRIVER "COG": a raster of ROWS columns and rows
//   io_worker read SOURCE...                            reads each, whatever comes of it
// Exit code 3 = refused, said on stderr.
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/io/raster_sink.hpp>
#include <amayesh/io/raster_source.hpp>
#include <amayesh/io/vector_sink.hpp>

namespace {

using namespace amayesh;

LayerDefinition units(const std::string& name) {
    return {.name = name,
            .title = "Rural districts",
            .geometry = GeometryKind::multi_polygon,
            .fields = {{.name = "id", .title = "شناسه", .required = true},
                       {.name = "people",
                        .type = Column::Type::integer,
                        .title = "Population",
                        .comment = "people; NULL = unknown"},
                       {.name = "gap_area_ha", .short_name = "gap_ha", .type = Column::Type::real},
                       {.name = "status", .domain = {{"served", "Served"}, {"no_zone_in_reach", "No zone in reach"}}}}};
}

MultiPolygon square(std::int64_t i) {
    const double x = static_cast<double>(i % 100) / 100;
    const double y = static_cast<double>(i / 100) / 100;
    return {{{{{x, y}, {x + 0.01, y}, {x + 0.01, y + 0.01}, {x, y + 0.01}, {x, y}}, {}}}};
}

void write(const std::string& target, std::int64_t rows, const std::string& word, const std::string& driver,
           const std::string& layer) {
    VectorSink sink(target, {.overwrite = Overwrite::yes, .driver = driver}, {});
    sink.begin_layer(units(layer), Crs::wgs84());
    for (std::int64_t i = 0; i < rows; ++i) {
        const std::vector<FieldValue> values{"unit " + std::to_string(i),
                                             i % 7 == 0 ? FieldValue{} : FieldValue{i * 10},
                                             static_cast<double>(i) * 0.25, word};
        sink.add(square(i), values);
    }
    sink.finish();
}

void write_minutes(const std::string& target, std::int64_t rows, const std::string& word) {
    const auto side = static_cast<std::size_t>(rows);
    const RasterToWrite raster{.grid = {{500'000, 4'000'000}, 100, side, side},
                               .crs = Crs::parse("EPSG:32640"),
                               .band_name = word,
                               .unit = "min",
                               .read_row =
                                   [](std::size_t row, std::span<float> values) {
                                       for (std::size_t i = 0; i < values.size(); ++i)
                                           values[i] = static_cast<float>(row * values.size() + i * 7919 % 1009);
                                   },
                               .qml = "<qgis/>"};
    write_raster(raster, target, Overwrite::yes, {});
}

void read(const std::string& source) {
    ProblemReport problems;
    try {
        static_cast<void>(read_vector(source, {}, problems));
    } catch (const Error& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
    try {
        static_cast<void>(read_raster(source, {}, problems));
    } catch (const Error& e) {
        std::fprintf(stderr, "%s\n", e.what());
    }
}

}  // namespace

int main(int count, char** arguments) {
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() < 2) return 2;
    try {
        if (words[0] == "read")
            for (std::size_t i = 1; i < words.size(); ++i) read(words[i]);
        if (words[0] == "write" && words.size() > 4 && words[4] == "COG")
            write_minutes(words[1], std::stoll(words[2]), words[3]);
        else if (words[0] == "write" && words.size() > 3)
            write(words[1], std::stoll(words[2]), words[3], words.size() > 4 ? words[4] : "",
                  words.size() > 5 ? words[5] : "units");
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 3;
    }
    return 0;
}
