"""What the tests of the command line share: running the program, its table, its tables of cases."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["SITEMAP"]


def run(*arguments, before=(), **more):
    return subprocess.run([*before, PROGRAM, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False,
                          timeout=120, **more)


def usage():
    return json.loads(run("--json-usage").stdout)["commands"]


def cases(name):
    for number, line in enumerate((ROOT / "tests" / "table" / name).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in (line + " ").split(" | ")]


class InFolder(unittest.TestCase):
    """A test with an empty folder of its own as the current one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)

    def write(self, name, text):
        (self.folder / name).write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return name
