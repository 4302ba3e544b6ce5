#!/bin/bash
# ./dev bench hazard: polygon hazards and a raster over 10,000 to 1,000,000 buildings, beside PostGIS, GDAL with numpy, and QGIS, in one run.
#
# BENCH_DATA names a folder for the workload (2 GB, made once, 4 minutes); BENCH_GEN the generator (default: the one beside the
# project, ../shared/bench/gen/gen.py, with its peers). Without both it says so and stops. BENCH_RUNS (default 3) runs each; medians are
# printed. BENCH_SIZES (default "10000 100000 1000000").
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BENCH_BUILD:-$root/build/release}
generator=${BENCH_GEN:-$root/../shared/bench/gen/gen.py}
python=/usr/bin/python3

[ -n "${BENCH_DATA:-}" ] || { echo "bench hazard: skipped, BENCH_DATA names no folder for the workload (2 GB)"; exit 0; }
[ -x "$build/tests/bench/bench_zones" ] || { echo "bench hazard: build the release preset first (./dev build)" >&2; exit 1; }
mkdir -p "$BENCH_DATA/out"
if [ ! -f "$BENCH_DATA/depth_10000.tif" ]; then
    [ -f "$generator" ] || { echo "bench hazard: skipped, there is no generator at $generator (BENCH_GEN)"; exit 0; }
    echo "making the workload in $BENCH_DATA ..." >&2
    "$python" "$generator" --out "$BENCH_DATA" --edges 1000 --friction 100 >&2
fi
exec "$python" "$here/hazard_measure.py" "$build" "$BENCH_DATA" "$(dirname "$generator")/../peers" "${BENCH_RUNS:-3}" "${BENCH_SIZES:-10000 100000 1000000}"
