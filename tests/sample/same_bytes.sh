#!/bin/sh
# The sample's layers are what its script makes of its facts, byte for byte.
set -eu
sample=$1/shapefiles/khorasan_razavi
python=/usr/bin/python3
if ! "$python" -c 'import osgeo.ogr, scipy.spatial, shapely' 2>/dev/null; then
    echo "skipped: needs python3-gdal, python3-scipy and python3-shapely"
    exit 77
fi
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
PYTHONDONTWRITEBYTECODE=1 "$python" "$sample/make.py" "$made"
failed=0
for file in "$made"/*; do
    cmp "$file" "$sample/$(basename "$file")" || failed=1
done
for file in "$sample"/*.shp; do
    [ -e "$made/$(basename "$file")" ] || { echo "$file is made by nothing"; failed=1; }
done
kilobytes=$(du -sk --apparent-size "$sample" | cut -f1)
[ "$kilobytes" -lt 3072 ] || { echo "the sample has $kilobytes kB, 3 MB at most"; failed=1; }
exit "$failed"
