#!/usr/bin/env python3
"""Pictures of sheets against those that were kept; README.md says how.

golden.py log                    every kept picture has the reason of its last change
golden.py scenes | demo          draw, compare, and write a page of what differs
golden.py pages                  every sheet of the demo in every language, paper and orientation: no text is cut, margins are empty
golden.py keep --why TEXT        draw, look for what differs, keep it, write down why
golden.py history [PICTURE]      a page of what was changed when and why
"""
import argparse
import sys

import differences
import drawn
import reasons

PAPERS = ("A4", "A3")
EMPTY_MM = 2  # of every page's edge: what sheets leave to the printer, see "element" of styles/sheets/common.json


def worst_first(found):
    return (not found["same_size"], found["beyond"] / found["pixels"], found["worst_tile"])


def compare(drawing, what):
    """[(name, figures or None where nothing is kept, new path, difference path)] of what was drawn anew."""
    folder, marked = drawing.empty("new-" + what), drawing.empty("difference-" + what)
    (drawing.scenes if what == "scenes" else drawing.demo)(folder)
    for name in drawn.scene_names() if what == "scenes" else drawn.demo_names():
        old = reasons.HERE / name
        yield name, drawing.compare(old, folder / name, marked / name) if old.exists() else None, folder / name, marked / name


def differing(compared):
    rows = [row for row in compared if not (row[1] and row[1]["same"])]
    return sorted(rows, key=lambda row: worst_first(row[1]) if row[1] else (True, 1, 0), reverse=True)


def page_of(drawing, what, rows, title):
    parts = []
    for name, found, new, marked in rows:
        old = reasons.HERE / name
        parts.append(differences.part(name, differences.figures(found) if found else "A new picture.",
                                      old.read_bytes() if found else None, new.read_bytes(),
                                      marked.read_bytes() if found and found["same_size"] else None))
    return differences.write(drawing.folder / f"{what}.html", title, f"{len(rows)} pictures, the worst first.", parts)


def check(drawing, what):
    rows = differing(compare(drawing, what))
    if not rows:
        return 0
    for name, found, _, _ in rows:
        print(f"{name}: {differences.figures(found) if found else 'nothing is kept'}")
    print(f"{len(rows)} pictures are not as they were. Look at them: {page_of(drawing, what, rows, 'Pictures that are not as they were')}\n"
          'Where they are as they should be: ./dev golden --why "what changed, and why"')
    return 1


def check_log():
    faults = list(reasons.faults(drawn.scene_names() + drawn.demo_names()))
    for fault in faults:
        print(fault)
    if faults:
        print('Pictures are kept with ./dev golden --why "what changed, and why", which writes it down.')
    return bool(faults)


def check_pages(drawing):
    folder, worlds, faults = drawing.empty("pages"), drawing.worlds(), []
    jobs = [(worlds[entry["plan"]], entry, ["--" + side, "--paper", paper], lang, folder / f"{entry['sheet']}_{paper}_{side}_{lang}.png")
            for entry in drawn.LIST["sheets"] for paper in PAPERS for side in ("landscape", "portrait") for lang in drawn.LANGS]
    for job, cut in drawing.each(jobs):
        faults += [f"{job[-1].name}: {cut}"] if cut else []
        edge = drawing.run(drawing.tool, "edge", job[-1], round(EMPTY_MM / 25.4 * drawn.LIST["dpi"])).stdout.strip()
        faults += [f"{job[-1].name}: {edge} pixels within {EMPTY_MM} mm of the edge of the page"] if edge != "0" else []
    print("\n".join(faults) or f"{len(jobs)} pages")
    return bool(faults)


def keep(drawing, options):
    rows = []
    for what in ("scenes", "demo"):
        compared = list(compare(drawing, what))
        rows += compared if options.all else differing(compared)
    rows = [row for row in rows if not options.name or row[0] in options.name]
    page = page_of(drawing, "kept", rows, options.why)
    told = []
    for name, found, new, _ in rows:
        path = reasons.HERE / name
        old = reasons.blob(path) if path.exists() else "-"
        drawing.run(drawing.tool, "pack", new, path)
        if reasons.blob(path) != old:
            told.append((name, f"{100 * found['beyond'] / found['pixels']:.3f} %" if found else "new", old, reasons.blob(path)))
    expected = drawn.scene_names() + drawn.demo_names()
    for path in sorted(reasons.HERE.glob("*.png")):
        if path.name not in expected:
            told.append((path.name, "gone", reasons.blob(path), "-"))
            path.unlink()
    if not told:
        print("All pictures are as they were; nothing was kept.")
        return 0
    reasons.add(options.date or reasons.date_of_commit(), options.why, told)
    print(f"{len(told)} pictures kept, with the reason in {reasons.LOG.relative_to(drawn.ROOT)}. Old and new: {page}")
    return 0


def history(drawing, only):
    parts = []
    for heading, rows in reasons.entries():
        for name, changed, old, new in rows:
            if only in (None, name):
                old_data, new_data = (reasons.stored(i) if i != "-" else None for i in (old, new))
                parts.append(differences.part(name, f"{heading} ({changed})", old_data, new_data, None))
    print(differences.write(drawing.folder / "history.html", "Pictures that were changed, and why", "Newest first.", parts))
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("log", "scenes", "demo", "pages", "keep", "history"))
    parser.add_argument("name", nargs="*", help="only these pictures")
    parser.add_argument("--build", default=drawn.ROOT / "build" / "release", help="the build folder whose programs draw")
    parser.add_argument("--why", help="what changed, and why it should")
    parser.add_argument("--date", help="of the reason; the last commit's unless given")
    parser.add_argument("--all", action="store_true", help="keep also what differs within the tolerance")
    options = parser.parse_args()
    drawing = drawn.Drawing(options.build, options.what)
    if options.what == "log":
        return check_log()
    if options.what == "pages":
        return check_pages(drawing)
    if options.what == "history":
        return history(drawing, options.name[0] if options.name else None)
    if options.what != "keep":
        return check(drawing, options.what)
    if not options.why or len(options.why.split()) < 3:
        parser.error('say what changed and why it should: --why "..."')
    return keep(drawing, options)


if __name__ == "__main__":
    sys.exit(main())
