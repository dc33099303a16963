#!/usr/bin/env python3
"""Fails on an #include that points the wrong way between layers, or on a foreign header outside its one place.

Usage: check_includes.py SOURCE_DIR
Reads every #include line of the C++ files under libgeo/ and tools/. One line per fault on stderr: file:line: why.
"""

import pathlib
import re
import sys

# What each layer may see, itself included.
GEO_LAYERS = ["core", "geometry", "crs", "network", "raster", "model", "analysis"]
LAYER_SEES = {layer: set(GEO_LAYERS[: rank + 1]) for rank, layer in enumerate(GEO_LAYERS)}
LAYER_SEES["io"] = {"core", "geometry", "crs", "network", "raster", "model", "io"}
LAYER_SEES["output"] = {*GEO_LAYERS, "io", "output"}
LAYER_SEES["cartography"] = {*GEO_LAYERS, "io", "output", "cartography"}
LAYER_SEES["study"] = {*GEO_LAYERS, "io", "output", "cartography", "study"}
LAYER_SEES["webpage"] = {*LAYER_SEES["study"], "webpage"}
LAYER_SEES["tools"] = {*LAYER_SEES["webpage"], "tools"}

# Foreign headers that have one place: pattern of the included name, the layer, and what it is.
FOREIGN_PLACES = [
    (r"geos_c\.h|geos/.*", "geometry", "GEOS"),
    (r"proj\.h|proj_api\.h|proj_experimental\.h|geodesic\.h|proj/.*", "crs", "PROJ"),
    (r"(gdal|ogr|cpl_|vrtdataset|gnm|commonutils)\w*\.h(pp)?", "io", "GDAL"),
    (r"toml\+\+/.*|toml\.hpp|tomlplusplus/.*", "study", "TOML"),
    (r"unicode/.*", "study", "ICU"),
    (r"lemon/.*", "analysis", "LEMON"),
    (r"pugixml\.hpp|pugiconfig\.hpp", "cartography", "pugixml"),
]
GEOS_CXX_API = re.compile(r"geos/.*")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STANDARD_HEADER = re.compile(r"[a-z_0-9]+")
CXX_SUFFIXES = {".hpp", ".cpp", ".h"}


def layer_of(path, source_dir):
    """The layer that a file belongs to; None for files that no rule covers."""
    parts = path.relative_to(source_dir).parts
    if parts[0] == "tools":
        return "tools"
    if parts[:3] == ("libgeo", "include", "amayesh") and len(parts) > 4:
        return parts[3]
    if parts[:2] == ("libgeo", "src") and len(parts) > 3:
        return parts[2]
    return None


def is_public(path, source_dir):
    return path.relative_to(source_dir).parts[:2] == ("libgeo", "include")


def project_file_of(name, quoted, path, source_dir):
    """The file of this project that an include names; None for a foreign header."""
    folders = [source_dir / "libgeo" / "include", source_dir / "libgeo" / "src"]
    if quoted:
        folders.insert(0, path.parent)
    if layer_of(path, source_dir) == "tools":
        folders.append(source_dir / "tools")
    for folder in folders:
        candidate = (folder / name).resolve()
        if candidate.is_file() and candidate.is_relative_to(source_dir):
            return candidate
    return None


def fault_of_project_include(target, path, source_dir):
    layer, seen = layer_of(path, source_dir), layer_of(target, source_dir)
    if seen is None:
        return f"{target.relative_to(source_dir)} belongs to no layer"
    if seen not in LAYER_SEES[layer]:
        return f"{layer} may not see {seen}"
    if seen != layer and not is_public(target, source_dir):
        return f"private header of {seen} seen from {layer}"
    if is_public(path, source_dir) and not is_public(target, source_dir):
        return "a public header includes a private one"
    return None


def fault_of_foreign_include(name, path, source_dir):
    layer = layer_of(path, source_dir)
    for pattern, place, what in FOREIGN_PLACES:
        if not re.fullmatch(pattern, name):
            continue
        if GEOS_CXX_API.fullmatch(name):
            return "GEOS is used by its C API alone"
        if layer != place or is_public(path, source_dir):
            return f"{what} is seen only by libgeo/src/{place}"
    if name.startswith("amayesh/"):
        return "no such header of ours"
    if is_public(path, source_dir) and not STANDARD_HEADER.fullmatch(name):
        return "a public header includes only the standard library and <amayesh/...>"
    return None


def faults_of_file(path, source_dir):
    if layer_of(path, source_dir) not in LAYER_SEES:
        yield f"{path.relative_to(source_dir)}:1: belongs to no layer"
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        name = match[2]
        target = project_file_of(name, match[1] == '"', path, source_dir)
        fault = (
            fault_of_project_include(target, path, source_dir)
            if target
            else fault_of_foreign_include(name, path, source_dir)
        )
        if fault:
            yield f"{path.relative_to(source_dir)}:{number}: <{name}>: {fault}"


def cxx_files(source_dir):
    for top in ("libgeo", "tools"):
        yield from sorted(p for p in (source_dir / top).rglob("*") if p.suffix in CXX_SUFFIXES)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source_dir = pathlib.Path(arguments[1]).resolve()
    files = list(cxx_files(source_dir))
    if not files:
        print(f"{source_dir}: no C++ files under libgeo/ or tools/", file=sys.stderr)
        return 1
    faults = [fault for path in files for fault in faults_of_file(path, source_dir)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(files)} files read, {len(faults)} includes point the wrong way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
