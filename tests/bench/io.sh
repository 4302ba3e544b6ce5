#!/bin/bash
# ./dev bench io: read and write a million polygons and a million points beside GDAL, in one run.
#
# BENCH_DATA names a folder for the workload (1 GB, made once, 2 minutes); BENCH_GEN the generator (default: the one beside the
# project, ../shared/bench/gen/gen.py). Without both it says so and stops. BENCH_RUNS (default 5) runs each; medians are printed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
programs=${BENCH_BUILD:-$root/build/release}/tests/bench
generator=${BENCH_GEN:-$root/../shared/bench/gen/gen.py}
runs=${BENCH_RUNS:-5}
python=/usr/bin/python3

[ -n "${BENCH_DATA:-}" ] || { echo "bench io: skipped, BENCH_DATA names no folder for the workload (1 GB)"; exit 0; }
[ -x "$programs/bench_write" ] || { echo "bench io: build the release preset first (./dev build)" >&2; exit 1; }
mkdir -p "$BENCH_DATA/out"
if [ ! -f "$BENCH_DATA/scene_1000000.gpkg" ]; then
    [ -f "$generator" ] || { echo "bench io: skipped, there is no generator at $generator (BENCH_GEN)"; exit 0; }
    echo "making the workload in $BENCH_DATA ..." >&2
    "$python" "$generator" --out "$BENCH_DATA" --buildings 1000000 --edges 1000 --raster 2000 --friction 100 >&2
fi
if [ ! -f "$BENCH_DATA/points.gpkg" ]; then
    "$python" "$here/io_input.py" "$BENCH_DATA/scene_1000000.gpkg" "$BENCH_DATA/points_1000000.gpkg" "$BENCH_DATA"
fi
exec "$python" "$here/io_measure.py" "$programs" "$BENCH_DATA" "$runs"
