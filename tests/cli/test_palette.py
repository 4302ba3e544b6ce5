"""`sitemap map --palette`: other colours for the grades of damage, in the picture itself."""
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


if __name__ == "__main__":
    unittest.main()
