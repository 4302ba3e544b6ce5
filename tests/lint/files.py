"""The tree itself: file names unique among sources, numbers among decisions, nothing unfinished, no path of a machine; long files are named."""
import collections
import re
import tree

LONG = 600
UNFINISHED = re.compile("|".join(rf"\b{word}\b" for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")))
MACHINE = re.compile(r"(^|[^A-Za-z.$}])/(work|farm|root|home|Users)/")
TEXT = {".c", ".h", ".py", ".sh", ".cmake", ".txt", ".md", ".json", ".sld", ".case", ".in", ".map", ".supp", ""}


def main():
    names = collections.defaultdict(list)
    faults, counted = [], 0
    for path in tree.tracked():
        shown = path.relative_to(tree.ROOT)
        if path.suffix in {".c", ".h"}:
            names[path.name].append(str(shown))
        if shown.parent.name == "decisions":
            names[path.name[:4]].append(str(shown))
        if path.suffix not in TEXT or shown.parts[0] == "data" and path.suffix == ".csv":
            continue
        counted += 1
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        if path.suffix in {".c", ".h"} and len(lines) > LONG:
            print(f"{shown}: {len(lines)} lines: does it still have one reason to exist?")
        for number, line in enumerate(lines, 1):
            if path.suffix in {".c", ".h", ".py", ".sh"} and UNFINISHED.search(line):
                faults.append(f"{shown}:{number}: a mark of unfinished work")
            if MACHINE.search(line):
                faults.append(f"{shown}:{number}: the path of a machine")
    faults += [f"one name or number in several places: {', '.join(paths)}" for paths in names.values() if len(paths) > 1]
    tree.finish("files", faults, counted)


main()
