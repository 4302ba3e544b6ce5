"""What the lint programs share: the tables of libsitemap/doc/architecture.md and the sources of each module."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARCHITECTURE = ROOT / "libsitemap" / "doc" / "architecture.md"
SOURCES = ROOT / "libsitemap" / "src"


def table(first_heading):
    """The rows of the Markdown table whose first column has this heading, as lists of cells."""
    rows, inside = [], False
    for line in ARCHITECTURE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] == first_heading:
            inside = True
        elif inside and not line.startswith("|"):
            break
        elif inside and not set(cells[0]) <= set("-:"):
            rows.append([[] if cell == "-" else cell for cell in cells])
    if not rows:
        sys.exit(f"{ARCHITECTURE.name}: no table that starts with '{first_heading}'")
    return rows


def picture():
    """The layers of the picture, top first: the words of each."""
    text = ARCHITECTURE.read_text(encoding="utf-8").split("```picture\n")[1].split("```")[0]
    layers = [[]]
    for line in text.splitlines():
        if line.strip().startswith(("----", "====")):
            layers.append([])
        else:
            layers[-1] += line.replace(",", " ").replace(";", " ").split()
    return layers


def tracked(*patterns):
    """Files of the project: those git knows, or all of them where there is no repository."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    skipped = {"build", "out", ".git"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)
            and (not patterns or path.suffix in {pattern.lstrip("*") for pattern in patterns})]


def finish(name, faults, counted):
    """Say every fault, or what was looked at; end the program."""
    for fault in faults:
        print(fault)
    if not counted:
        faults = faults + ["nothing was checked"]
        print(faults[-1])
    print(f"{name}: {len(faults)} faults, {counted} checked")
    sys.exit(1 if faults else 0)
