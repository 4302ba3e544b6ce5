"""No figure of the demo stands in the program, the model or the styles: what it prints, it has counted."""
import re
import unittest

import demo

FOLDERS = ("libsitemap/include", "libsitemap/src", "cli", "data/model", "data/domains", "data/scales", "styles")
FIGURES = [
    r"\b21\.3\d?\b", r"\b602\.[67]\d?\b", r"\b3,?979\b", r"\b3,?925\b", r"\b30,?842\b", r"\b30,?903\b",
    r"\b(18|60|15|6|78|21|99|35|39)\b.{0,24}\b(residential|unclassified|damaged|destroyed)\b",
    r"\b(residential|unclassified|damaged|destroyed)\b.{0,24}[=:]\s*(18|60|15|6|78|21|99|35|39)\b",
]
NAMES = [r"\b(Derna|Darnah|Al ?Marj|Tobruk|Wadi Qattara)\b", r"\b(درنة|درنه|المرج)\b"]


def without_comments(path, text):
    if path.suffix in (".c", ".h"):
        return re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    if path.suffix in (".sld", ".svg", ".xml"):
        return re.sub(r"<!--.*?-->", "", text, flags=re.S)
    return text


def texts():
    for folder in FOLDERS:
        for path in sorted((demo.ROOT / folder).rglob("*")):
            if path.suffix in (".c", ".h", ".json", ".csv", ".sld", ".svg", ".xml"):
                yield path, without_comments(path, path.read_text(encoding="utf-8"))


class Literals(unittest.TestCase):
    def test_figures(self):
        count = 0
        for path, text in texts():
            count += 1
            for pattern in FIGURES:
                for found in re.finditer(pattern, text, re.I):
                    self.fail("%s: %r" % (path.relative_to(demo.ROOT), found.group()))
        self.assertGreater(count, 50)

    def test_places(self):
        """The library knows no place of the demo; the examples of the command line's help may name one."""
        for path, text in texts():
            if demo.ROOT / "cli" not in path.parents:
                for pattern in NAMES:
                    self.assertNotRegex(text, pattern, str(path.relative_to(demo.ROOT)))


unittest.main()
