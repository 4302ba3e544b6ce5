#!/bin/bash
# ./dev bench access: networks of 10,000 to 1,000,000 roads and the nearest service of every node, beside a floor in C and scipy, in one run.
#
# BENCH_DATA names a folder for the workload (900 MB, made once, 4 minutes); BENCH_GEN the generator (default: the one beside the
# project, ../shared/bench/gen/gen.py, with its peers). Without both it says so and stops. BENCH_RUNS (default 5) runs each; medians are
# printed. BENCH_SIZES (default "10000 100000 1000000"). Debian packages of the peers: python3-scipy python3-pandas; of the input:
# python3-gdal python3-numpy python3-pyproj.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BENCH_BUILD:-$root/build/release}
generator=${BENCH_GEN:-$root/../shared/bench/gen/gen.py}
sizes=${BENCH_SIZES:-10000 100000 1000000}
peers=$(dirname "$generator")/../peers
python=/usr/bin/python3

[ -n "${BENCH_DATA:-}" ] || { echo "bench access: skipped, BENCH_DATA names no folder for the workload (900 MB)"; exit 0; }
[ -x "$build/tests/bench/bench_net" ] || { echo "bench access: build the release preset first (./dev build)" >&2; exit 1; }
[ -f "$generator" ] || { echo "bench access: skipped, there is no generator at $generator (BENCH_GEN)"; exit 0; }
"$python" -c 'import numpy, pandas, pyproj, scipy.sparse; from osgeo import ogr' 2>/dev/null || {
    echo "bench access: skipped, $python lacks a module: apt-get install python3-gdal python3-numpy python3-pyproj python3-scipy python3-pandas"
    exit 0
}
mkdir -p "$BENCH_DATA/out"
for size in $sizes; do
    [ ! -f "$BENCH_DATA/roads_$size.gpkg" ] || continue
    echo "making roads in $BENCH_DATA ..." >&2
    "$python" "$generator" --out "$BENCH_DATA" --buildings 10 --raster 1000 --friction 100 --edges "${sizes// /,}" >&2
    break
done
for size in $sizes; do
    [ -f "$BENCH_DATA/access_$size.gpkg" ] ||
        "$python" "$here/access_input.py" "$BENCH_DATA/roads_$size.gpkg" "$BENCH_DATA/services.gpkg" "$BENCH_DATA/access_$size.gpkg" >&2
done
# The floor's own clock is that of the wall; beside other work only its processor's time compares.
sed 's/CLOCK_MONOTONIC/CLOCK_PROCESS_CPUTIME_ID/; s/%.3f/%.6f/g' "$peers/w3_dijkstra.c" > "$BENCH_DATA/out/floor.c"
cc -O3 -march=native -w "$BENCH_DATA/out/floor.c" -o "$BENCH_DATA/out/floor" -lm
exec "$python" "$here/access_measure.py" "$build" "$BENCH_DATA" "$peers" "${BENCH_RUNS:-5}" "$sizes"
