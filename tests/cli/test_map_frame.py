"""A map of a part of a large layer: only what lies near its frame is read, and the page is the same as from the whole."""
import json
import pathlib
import sqlite3
import unittest

import support

SIDE = 160  # more rows than are read whole as a matter of course


def square(k):
    x, y = 22 + k % SIDE * 0.005, 32 + k // SIDE * 0.005
    return "POLYGON ((%.4f %.4f, %.4f %.4f, %.4f %.4f, %.4f %.4f))" % (x, y, x + .003, y, x + .003, y + .003, x, y)


class Frame(support.InFolder):
    def setUp(self):
        super().setUp()
        rows = "".join('B%d,%s,%d,"%s"\n' % (k, "residential" if k % 3 else "school", k % 5, square(k)) for k in range(SIDE * SIDE))
        self.write("b.csv", "building_id,use,floors,WKT\n" + rows)
        support.run("new", "w.gpkg")
        done = support.run("import", "b.csv", "-w", "w.gpkg", "--to", "building", "--crs", "EPSG:4326", "--set", "source=Nobody's list")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = support.run("import", self.write("s.csv", "site_id,name_en,site_type,lon,lat\nA,Camp,planned_camp,22.31,32.31\n"), "-w", "w.gpkg",
                           "--to", "site", "--crs", "EPSG:4326")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.write("houses.json", {"extends": "overview", "name": "houses", "required": [], "layers": [
            {"layer": "building", "style": "building", "title": {"en": "Houses", "ar": "بيوت"}, "where": {"column": "floors", "at_most": 3}},
            {"layer": "site", "title": {"en": "Sites", "ar": "مواقع"}}]})

    def map(self, output, *arguments, code=0):
        done = support.run("map", "w.gpkg", "--sheet", "houses.json", "-o", output, "--overwrite", "--dpi", "96", "--json", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def legend(self, done):
        rows, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return [(r["layer"], r["in_frame"], r["in_layer"]) for r in rows]

    def change(self, sql):
        with sqlite3.connect("w.gpkg") as db:
            db.execute(sql)
        db.close()

    def test_the_same_page(self):
        for extent in ("22.3,32.3,22.32,32.32", "21.99,31.99,22.02,32.02"):
            with self.subTest(extent=extent):
                part = self.legend(self.map("part.png", "--extent", extent))
                self.assertTrue([r for r in part if r[0] == "building"])
                self.assertTrue(all(r[2] is None for r in part if r[0] == "building"), part)
                self.change("UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE table_name = 'building'")
                whole = self.legend(self.map("whole.png", "--extent", extent))
                self.change("UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE table_name = 'building'")
                self.assertEqual([r[:2] for r in part], [r[:2] for r in whole])
                self.assertTrue(all(r[2] > 1000 for r in whole if r[0] == "building"), whole)
                self.assertEqual(pathlib.Path("part.png").read_bytes(), pathlib.Path("whole.png").read_bytes())

    def test_a_file_in_place_of_a_layer(self):
        self.map("layer.png", "--extent", "22.3,32.3,22.32,32.32")
        self.map("file.png", "--extent", "22.3,32.3,22.32,32.32", "--building", "w.gpkg|layername=building")
        self.assertEqual(pathlib.Path("layer.png").read_bytes(), pathlib.Path("file.png").read_bytes())

    def test_nothing_there(self):
        """The sentence says where all of it lies."""
        done = self.map("m.png", "--extent", "22.0036,32.0036,22.0044,32.0044", code=1)
        self.assertRegex(done.stderr, r"nothing lies in .*22,32,22\.793,32\.798")

    def test_without_an_extent(self):
        for layer, _, total in self.legend(self.map("m.png")):
            self.assertIsNotNone(total, layer)

    def test_an_atlas_reads_the_whole(self):
        done = self.map("m.pdf", "--atlas", "site")
        self.assertEqual(len([t for t in json.loads(done.stdout)["tables"] if t["name"] == "pages"][0]["rows"]), 1)


if __name__ == "__main__":
    unittest.main()
