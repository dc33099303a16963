#!/bin/sh
# Installs what is missing, builds the release, runs all tests. The last line is CTest's summary.
set -eu
cd "$(dirname "$0")/.."

echo "1. Packages"
.ci/install_packages build test
echo "2. Build, in build/release"
cmake --preset release -D AMAYESH_BUILD_TESTS=ON -D AMAYESH_WERROR="${AMAYESH_WERROR:-OFF}"
cmake --build --preset release --parallel "$(nproc)"
echo "3. Tests"
exec ctest --preset release --parallel "$(nproc)"
