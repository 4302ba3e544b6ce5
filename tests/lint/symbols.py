"""symbols.py OBJECT_DIR SHARED_LIBRARY: foreign names have one home, and the shared library shows smap_* alone."""
import fnmatch
import pathlib
import subprocess
import sys
import tree


def read_symbols(path, *options):
    out = subprocess.run(["nm", *options, str(path)], capture_output=True, text=True, check=True).stdout
    return [(line.split()[-2], line.split()[-1].split("@")[0]) for line in out.splitlines() if line.split()[1:]]


def read_homes():
    homes = []
    for names, places in tree.table("names"):
        places = (places or "").split()
        homes += [(name, places) for name in names.split()]
    return homes


def is_home(source, places):
    return any(source == place or source.startswith(place + "/") for place in places)


def check_object(path, source, homes):
    for kind, name in read_symbols(path):
        if kind == "U":
            for pattern, places in homes:
                if fnmatch.fnmatchcase(name, pattern) and not is_home(source, places):
                    yield f"{source}: may not use {name} (architecture.md: {pattern} only in {' '.join(places) or 'no file'})"
        elif kind in "TDBRV" and not name.startswith(("smap_", "__asan", "__odr_asan", "__ubsan")):
            yield f"{source}: {name} is visible to other files but does not start with smap_"


def check_library(path):
    shown = [name for kind, name in read_symbols(path, "-D", "--defined-only") if kind in "TDBRVW"]
    for name in shown:
        if not name.startswith("smap_") or name.startswith("smap__"):
            yield f"{path.name}: exports {name}"


def main():
    objects, library = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    homes, faults, counted = read_homes(), [], 0
    for path in sorted(objects.rglob("*.o")):
        source = str(path.relative_to(objects).with_suffix(""))
        counted += 1
        faults += check_object(path, source, homes)
    faults += check_library(library)
    tree.finish("symbols", faults, counted + 1)


main()
