#include "output_options.hpp"

#include <CLI/CLI.hpp>

namespace amayesh::tools {

void OutputOptions::add_to(CLI::App& app, bool required) {
    app.add_option("-o,--output", target,
                   "File to write; GeoPackage unless its extension or -f says otherwise; or \"PG:dbname=…\"")
        ->type_name("FILE")
        ->required(required);
    app.add_option("-f,--format", driver, "GPKG, GeoJSON, FlatGeobuf, CSV, XLSX or 'ESRI Shapefile' (GDAL's names)")
        ->type_name("DRIVER");
    app.add_option("--lco", layer_options, "Layer creation option of the driver; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    app.add_flag("--overwrite", overwrite, "Replace the output if it exists");
}

VectorSinkOptions OutputOptions::sink_options() const {
    VectorSinkOptions options;
    options.overwrite = overwrite ? Overwrite::yes : Overwrite::no;
    options.driver = driver;
    options.layer_options = layer_options;
    return options;
}

}  // namespace amayesh::tools
