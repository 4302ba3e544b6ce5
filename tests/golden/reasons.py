"""CHANGES.md: why each picture looks as it does, newest first. The last reason of a picture names its bytes, by the id that git gives
them: a picture without a reason is found out, and every old picture can be looked at."""
import hashlib
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
LOG = HERE / "CHANGES.md"
MOST_BYTES = 4 << 20  # of all pictures: every change stays in the repository
ROW = re.compile(r"^\| ([\w.-]+\.png) \| ([^|]+) \| ([0-9a-f]{40}|-) \| ([0-9a-f]{40}|-) \|$", re.M)
HEAD = """# Why the pictures look as they do

Newest first; written by `./dev golden --why "..."`. Old and new are the ids that git has of the pictures: `git cat-file blob ID > was.png`,
and `tests/golden/golden.py history` makes a page of them. "Changed" is the share of pixels beyond the tolerance.
"""


def blob(path):
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def entries():
    """[(heading, [(picture, changed, old, new)])], newest first."""
    text = LOG.read_text(encoding="utf-8") if LOG.exists() else ""
    return [(part.partition("\n")[0], ROW.findall(part)) for part in text.split("\n## ")[1:]]


def latest():
    """The id that each picture has by its last reason; "-" where it was taken away."""
    found = {}
    for _, rows in entries():
        for name, _, _, new in rows:
            found.setdefault(name, new)
    return found


def faults(expected):
    """Sentences: pictures without their reason, reasons without their picture, pictures that are not in the list."""
    told = latest()
    kept = {path.name: blob(path) for path in HERE.glob("*.png")}
    size = sum((HERE / name).stat().st_size for name in kept)
    if size > MOST_BYTES:
        yield f"the pictures take {size} bytes, more than {MOST_BYTES}"
    for name in sorted(kept.keys() | set(expected) | {n for n, new in told.items() if new != "-"}):
        if name not in kept:
            yield f"tests/golden/{name} is missing"
        elif name not in expected:
            yield f"tests/golden/{name} is drawn by nothing"
        elif told.get(name) != kept[name]:
            yield f"tests/golden/{name} is another picture than CHANGES.md gives a reason for"


def date_of_commit():
    return subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()


def add(date, why, rows):
    why = " ".join(why.split()).replace("|", "/")
    lines = [f"\n## {date}: {why}\n", "| picture | changed | old | new |", "|---|---|---|---|"]
    lines += [f"| {name} | {changed} | {old} | {new} |" for name, changed, old, new in rows]
    before = LOG.read_text(encoding="utf-8")[len(HEAD):] if LOG.exists() else ""
    LOG.write_text(HEAD + "\n".join(lines) + "\n" + before, encoding="utf-8")


def stored(identity):
    """The bytes of an old picture; None where git does not have them."""
    done = subprocess.run(["git", "cat-file", "blob", identity], cwd=HERE, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None
