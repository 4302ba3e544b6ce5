#!/bin/bash
# ./dev bench map: a million buildings, 100,000 roads, 10,000 sites and their names as a picture, beside Mapnik and QGIS, in one run.
#
# BENCH_DATA names a folder for the workload (800 MB, made once, 3 minutes); BENCH_GEN the generator (default: the one beside the
# project, ../shared/bench/gen/gen.py). Without both it says so and stops. BENCH_RUNS (default 5) runs each but QGIS, which runs once; medians are
# printed. BENCH_SIZES (default "1600 a3"). Debian packages of the peers: python3-mapnik python3-qgis qgis-providers; of the input: python3-gdal
# python3-numpy python3-scipy.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BENCH_BUILD:-$root/build/release}
generator=${BENCH_GEN:-$root/../shared/bench/gen/gen.py}
python=/usr/bin/python3

[ -n "${BENCH_DATA:-}" ] || { echo "bench map: skipped, BENCH_DATA names no folder for the workload (800 MB)"; exit 0; }
[ -x "$build/cli/sitemap" ] || { echo "bench map: build the release preset first (./dev build)" >&2; exit 1; }
"$python" -c 'import numpy, scipy, mapnik; from osgeo import gdal' 2>/dev/null || {
    echo "bench map: skipped, $python lacks a module: apt-get install python3-gdal python3-numpy python3-scipy python3-mapnik"
    exit 0
}
"$python" -c 'import qgis.core' 2>/dev/null || {
    echo "bench map: skipped, there is no QGIS: apt-get install python3-qgis qgis-providers"
    exit 0
}
mkdir -p "$BENCH_DATA/out"
if [ ! -f "$BENCH_DATA/map_4326.gpkg" ]; then
    if [ ! -f "$BENCH_DATA/scene_1000000.gpkg" ] || [ ! -f "$BENCH_DATA/roads_100000.gpkg" ]; then
        [ -f "$generator" ] || { echo "bench map: skipped, there is no generator at $generator (BENCH_GEN)"; exit 0; }
        echo "making the workload in $BENCH_DATA ..." >&2
        "$python" "$generator" --out "$BENCH_DATA" --buildings 1000000 --edges 100000 --raster 1000 --friction 100 >&2
    fi
    "$python" "$here/map_input.py" "$BENCH_DATA/scene_1000000.gpkg" "$BENCH_DATA/roads_100000.gpkg" "$BENCH_DATA/points_10000.gpkg" \
        "$BENCH_DATA/out/map.gpkg" EPSG:4326
    mv "$BENCH_DATA/out/map.gpkg" "$BENCH_DATA/map_4326.gpkg"
fi
exec "$python" "$here/map_measure.py" "$root" "$build" "$BENCH_DATA" "${BENCH_RUNS:-5}" "${BENCH_SIZES:-1600 a3}"
