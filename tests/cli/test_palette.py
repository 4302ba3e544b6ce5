"""`--palette` and `--icons`: other colours for classes and other symbols, in the picture itself and in what QGIS gets."""
import base64
import re
import sqlite3
import struct
import unittest
import zlib

import support

DAMAGE = """damage_id,grade,severity_low,severity_high,source,WKT
a,destroyed,4,4,Survey,POINT (22.61 32.76)
b,damaged,2,3,Survey,POINT (22.62 32.76)
c,possibly_damaged,0,2,Survey,POINT (22.63 32.76)
d,no_visible_damage,0,0,Survey,POINT (22.64 32.76)
"""
# Without the greys, which text has too.
COLOURS = {
    None: {"a50026", "f46d43", "fee090"},
    "default": {"a50026", "f46d43", "fee090"},
    "cems": {"ff0000", "e69800", "ffff00"},
    "print": {"3d0c11", "a8430f", "e89a3c", "f5f0e6"},
}


def colours(path):
    """Every colour of an RGB PNG whose rows are not filtered."""
    data, at, packed, width = path.read_bytes(), 8, b"", 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, model = struct.unpack(">IIBB", body[:10])
            assert (depth, model) == (8, 2), (depth, model)
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    rows, step, found = zlib.decompress(packed), 3 * width + 1, set()
    for row in range(0, len(rows), step):
        assert rows[row] == 0, "a filtered row"
        line = rows[row + 1:row + step]
        found.update(line[i:i + 3] for i in range(0, len(line), 3))
    return {c.hex() for c in found}


class Palette(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("damage.csv", DAMAGE)
        support.run("new", "w.gpkg")
        done = support.run("import", "damage.csv", "-w", "w.gpkg", "--to", "damage", "--crs", "EPSG:4326", "--set", "scale=cems_2019")
        self.assertIn(done.returncode, (0, 3), done.stdout + done.stderr)

    def map(self, *arguments):
        return support.run("map", "w.gpkg", "-o", "map.png", "--overwrite", "--dpi", "100", "--lang", "en", *arguments)

    def test_colours_are_in_the_picture(self):
        every = set().union(*COLOURS.values())
        for name, wanted in COLOURS.items():
            with self.subTest(name):
                done = self.map(*(["--palette", name] if name else []))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(colours(self.folder / "map.png") & every, wanted)

    def test_nothing_to_colour(self):
        self.write("place.csv", "place_id,name_en,kind,source,WKT\np,Derna,town,Survey,POINT (22.6 32.7)\n")
        support.run("new", "v.gpkg")
        support.run("import", "place.csv", "-w", "v.gpkg", "--to", "place", "--crs", "EPSG:4326")
        done = support.run("map", "v.gpkg", "-o", "v.png", "--palette", "print", "--dpi", "72")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the palette print changes nothing", done.stderr)

    def test_no_such_palette(self):
        for command in (["map", "w.gpkg", "-o", "map.png"], ["publish", "w.gpkg", "-o", "p.gpkg", "--audience", "internal"]):
            done = support.run(*command, "--palette", "prin")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn('there is no palette "prin"', done.stderr)
            self.assertIn("default, cems, print", done.stderr)
        self.assertFalse((self.folder / "p.gpkg").exists())

    def styles_of(self, *arguments):
        done = support.run("publish", "w.gpkg", "-o", "p.gpkg", "--overwrite", "--audience", "internal", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect(self.folder / "p.gpkg") as db:
            return dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles"))

    def test_qgis_gets_them(self):
        self.assertIn('value="165,0,38,255"', self.styles_of()["damage"])
        printed = self.styles_of("--palette", "print")["damage"]
        self.assertIn('value="61,12,17,255"', printed)
        self.assertNotIn('value="165,0,38,255"', printed)


CLOSURES = """closure_id,kind,passable,source,WKT
a,checkpoint,none,Survey,POINT (22.61 32.76)
b,debris,foot,Survey,"LINESTRING (22.615 32.755, 22.625 32.762)"
c,debris,none,Survey,"LINESTRING (22.615 32.765, 22.625 32.772)"
"""
OWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10H0z" fill="param(fill) #a50026"/></svg>'


class Icons(support.InFolder):
    """Symbols from files are recoloured too, and those of a folder of the user's own stand in the place of ours."""

    def setUp(self):
        super().setUp()
        self.write("closure.csv", CLOSURES)
        support.run("new", "w.gpkg")
        done = support.run("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", "--crs", "EPSG:4326")
        self.assertIn(done.returncode, (0, 3), done.stdout + done.stderr)
        (self.folder / "mine").mkdir()

    def map(self, *arguments):
        return support.run("map", "w.gpkg", "-o", "map.png", "--overwrite", "--dpi", "100", "--lang", "en", *arguments)

    def symbols(self, *arguments):
        """The symbols inside the style that QGIS gets."""
        done = support.run("publish", "w.gpkg", "-o", "p.gpkg", "--overwrite", "--audience", "internal", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect(self.folder / "p.gpkg") as db:
            qml, = db.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'closure'").fetchone()
        return {base64.b64decode(text).decode() for text in re.findall(r"base64:([A-Za-z0-9+/=]+)", qml)}

    def test_symbols_take_the_palette(self):
        self.assertTrue(all("#a50026" in text for text in self.symbols()))
        printed = self.symbols("--palette", "print")
        self.assertTrue(printed and not any("#a50026" in text for text in printed))
        self.assertEqual(self.map("--palette", "print").returncode, 0)
        self.assertNotIn("a50026", colours(self.folder / "map.png"))

    def test_a_folder_of_ones_own(self):
        self.write("mine/closure.svg", OWN)
        self.assertIn(OWN.replace("param(fill) ", ""), self.symbols("--icons", "mine"))
        self.assertEqual(self.map("--icons", "mine").returncode, 0)

    def test_through_the_same_gate(self):
        self.write("mine/closure.svg", OWN.replace("<path", '<image href="https://example.org/a.png"/><path'))
        for done in (self.map("--icons", "mine"), support.run("publish", "w.gpkg", "-o", "p.gpkg", "--audience", "internal", "--icons", "mine")):
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("mine/closure.svg", done.stderr)
        done = self.map("--icons", "nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere: there is no such folder", done.stderr)


if __name__ == "__main__":
    unittest.main()
