"""headers.py CC CXX: every public header compiles alone as C11 and as C++17, every inner one alone as C17."""
import concurrent.futures
import os
import subprocess
import sys
import tree

WARNINGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wno-unused-function", "-Werror"]
INCLUDE = tree.ROOT / "libsitemap" / "include"
FOREIGN = {"draw": "pangocairo"}  # modules whose inner headers name types of a foreign library


def compile_alone(job):
    compiler, standard, language, path, folders = job
    package = FOREIGN.get(path.parent.name)
    flags = subprocess.run(["pkg-config", "--cflags", package], capture_output=True, text=True, check=True).stdout.split() if package else []
    command = [compiler, f"-std={standard}", "-x", language, *WARNINGS, *(f"-I{folder}" for folder in folders), *flags, "-"]
    text = f'#include "{path}"\n#include "{path}"\n'
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"{path.relative_to(tree.ROOT)} as {standard}:\n{done.stderr}"]


def main():
    cc, cxx = sys.argv[1:3]
    jobs = []
    for path in sorted(INCLUDE.rglob("*.h")):
        jobs.append((cc, "c11", "c", path, [INCLUDE]))
        jobs.append((cxx, "c++17", "c++", path, [INCLUDE]))
    for path in sorted(tree.SOURCES.rglob("*.h")):
        jobs.append((cc, "c17", "c", path, [INCLUDE, tree.SOURCES]))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for found in pool.map(compile_alone, jobs) for fault in found]
    tree.finish("headers", faults, len(jobs))


main()
