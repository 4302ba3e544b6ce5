#!/usr/bin/env bash
# run.sh CMAKE GENERATOR BUILD_DIR CC: install into an empty folder, then use the installation from outside: the README's example with CMake and
# with pkg-config, the program with its data, manual and completion.
set -euo pipefail
cmake=$1 generator=$2 build=$3 cc=$4
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SITEMAP_DATA SITEMAP_STYLES
fail() { echo "install: $*"; exit 1; }

DESTDIR='' "$cmake" --install "$build" --prefix "$work/usr" >"$work/install.log" || { cat "$work/install.log"; fail "cmake --install"; }
# Elsewhere than it was installed to: nothing may hang on the first place.
mv "$work/usr" "$work/moved"
root=$work/moved
grep -rlF "$work" "$root" && fail "the files above hold the path of the installation"

mkdir "$work/consumer"
cp "$here/consumer/CMakeLists.txt" "$work/consumer/"
awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$here/../../README.md" >"$work/consumer/area.c"
[ -s "$work/consumer/area.c" ] || fail "README.md has no C example"

"$cmake" -S "$work/consumer" -B "$work/by-cmake" -G "$generator" -DCMAKE_PREFIX_PATH="$root" -DCMAKE_C_COMPILER="$cc" >"$work/log" 2>&1 &&
    "$cmake" --build "$work/by-cmake" >>"$work/log" 2>&1 || { cat "$work/log"; fail "find_package(sitemap)"; }
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$root" -name sitemap.pc)")
# shellcheck disable=SC2046
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror "$work/consumer/area.c" -o "$work/by-pkg-config" $(pkg-config --cflags --libs sitemap) \
    -Wl,-rpath,"$(pkg-config --variable=libdir sitemap)" || fail "pkg-config sitemap"

# The area of this cell of the WGS 84 ellipsoid, from the radii of curvature at 0.005 degrees north: 122.9 to 123.2 ha.
for area in "$work/by-cmake/area" "$work/by-pkg-config"; do
    said=$("$area" "$here/consumer/square.geojson") || fail "the example failed: $said"
    [[ $said =~ ^1\ polygons,\ 123\.[01][0-9]\ ha$ ]] || fail "the example said: $said"
done

found=$(find "$root" -name libsitemap.so)
[ -z "$(nm -D --defined-only "$found" | awk '$3 !~ /^smap_[^_]/')" ] || fail "more than smap_* is exported"
for file in bin/sitemap share/man/man1/sitemap.1 share/man/man1/sitemap-import.1 share/bash-completion/completions/sitemap \
    share/sitemap/data/model share/sitemap/styles/sheets include/sitemap.h; do
    [ -e "$root/$file" ] || fail "$file is not installed"
done
cd "$work"
"$root/bin/sitemap" --version >/dev/null
"$root/bin/sitemap" new w.gpkg >log 2>&1 || { cat log; fail "the installed program does not find its data"; }
echo "install: fine"
