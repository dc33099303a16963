#!/bin/sh
# From a bare Debian 12 to the first result: installs what is missing, builds, runs the sample study.
set -eu
cd "$(dirname "$0")/.."
output=out/khorasan_razavi.gpkg

echo "1. Packages"
.ci/install_packages build
echo "2. Build, in build/release"
cmake --preset release -D AMAYESH_BUILD_TESTS=OFF
cmake --build --preset release --parallel "$(nproc)"
echo "3. The sample: rural districts of Razavi Khorasan"
mkdir -p out
build/release/tools/amayesh gap shapefiles/khorasan_razavi/study.toml -o "$output" --overwrite
echo
echo "The result is $output: open it in QGIS (its project is ${output%.gpkg}.qgz), or ask 'build/release/tools/amayesh --help' for more."
