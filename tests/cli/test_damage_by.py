"""Damage by polygons of somebody's own: counts against plain counts of the points in four boxes, and which column names them."""
import collections
import json
import pathlib
import sqlite3
import unittest

import cases
import support

POINTS = support.ROOT / "data" / "derna" / "cems" / "EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2.json"
QUARTERS = range(1, 5)


class DamageBy(support.InFolder):
    def setUp(self):
        super().setUp()
        features = json.loads(POINTS.read_text(encoding="utf-8"))["features"]
        self.points = [(*self.position(f["geometry"]), f["properties"]["damage_gra"]) for f in features]
        for arguments in (["new", "w.gpkg"], ["import", "--as", "cems", POINTS, "-w", "w.gpkg"]):
            done = support.run(*arguments, "--date", "2023-09-21")
            self.assertEqual(done.returncode, 0, done.stderr)

    @staticmethod
    def position(geometry):
        xy = geometry["coordinates"]
        return xy[0] if geometry["type"] == "MultiPoint" else xy

    def boxes(self):
        """Four quarters, cut where no point is."""
        xs, ys = (sorted(p[k] for p in self.points) for k in (0, 1))
        x, y = ((v[len(v) // 2 - 1] + v[len(v) // 2]) / 2 for v in (xs, ys))
        for quarter in QUARTERS:
            west, south = quarter % 2 == 1, quarter > 2
            yield (xs[0] - 1 if west else x, ys[0] - 1 if south else y, x if west else xs[-1] + 1, y if south else ys[-1] + 1)

    def write_areas(self, columns, name="areas.geojson", geometry=None):
        features = []
        for quarter, (west, south, east, north) in zip(QUARTERS, self.boxes()):
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            features.append({"type": "Feature", "properties": {c.rstrip("=?"): self.cell(c, quarter) for c in columns},
                             "geometry": geometry or {"type": "Polygon", "coordinates": [ring]}})
        return self.write(name, {"type": "FeatureCollection", "features": features})

    @staticmethod
    def cell(column, quarter):
        if column.endswith("=") or column == "-":
            return column[:-1] or None
        return None if column.endswith("?") and quarter == 1 else f"{column.rstrip('?')} {quarter}"

    def counted(self, workspace="w.gpkg"):
        """Quarter and grade -> observations; the names of each area."""
        connection = sqlite3.connect(workspace)
        rows = connection.execute("SELECT area_kind, area_id, area_name_en, area_name_ar, grade, observations FROM damage_summary "
                                  "WHERE observations IS NOT NULL").fetchall()
        connection.close()
        return rows

    def test_counts_are_those_of_the_points(self):
        wanted = collections.Counter()
        for x, y, grade in self.points:
            for quarter, (west, south, east, north) in zip(QUARTERS, self.boxes()):
                if west < x < east and south < y < north:
                    wanted[f"pcode {quarter}", grade.lower().replace(" ", "_")] += 1
        self.assertEqual(sum(wanted.values()), len(self.points))
        done = support.run("damage", "w.gpkg", "--by", self.write_areas(["pcode"]))
        self.assertEqual(done.returncode, 0, done.stderr)
        got = collections.Counter()
        for kind, area, *_, grade, count in self.counted():
            self.assertEqual(kind, "polygon")
            got[area, grade] += count
        self.assertEqual(got, wanted)

    def check(self, code, columns, typed, key, names):
        areas = self.write_areas(columns)
        done = support.run("damage", "w.gpkg", "--by", areas + typed.removeprefix("-"))
        self.assertNotRegex(done.stderr, cases.FOREIGN)
        self.assertEqual(done.returncode, code, done.stderr)
        if code:
            for words in key.split("; "):
                self.assertIn(words, done.stderr)
            return
        by_column = dict(zip((c.rstrip("=?") for c in columns), columns))
        wanted = {tuple(self.cell(by_column.get(c, c), quarter) for c in (key, *names)) for quarter in QUARTERS}
        self.assertEqual({row[1:4] for row in self.counted()}, wanted)

    def test_which_column_names_them(self):
        for number, (code, columns, typed, key, *names) in support.cases("cli_damage_by.case"):
            with self.subTest(line=number):
                self.check(int(code), columns.split(", "), typed, key, names)

    def test_points_and_tables_are_no_areas(self):
        point = {"type": "Point", "coordinates": [20.8, 32.4]}
        self.write("table.csv", "pcode,name\nA,B\n")
        for source in (self.write_areas(["pcode"], "points.geojson", point), "table.csv"):
            with self.subTest(source):
                done = support.run("damage", "w.gpkg", "--by", source)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("has no polygons", done.stderr)

    def test_the_polygons_are_not_overwritten(self):
        areas = self.write_areas(["pcode", "block"])
        self.assertEqual(support.run("damage", "w.gpkg", "--by", areas, "-o", "areas.gpkg").returncode, 0)
        before = pathlib.Path("areas.gpkg").read_bytes()
        for typed in ("areas.gpkg", "areas.gpkg,key=block", "areas.gpkg|layername=damage_summary", "./areas.gpkg|layername=x,key=block"):
            with self.subTest(typed):
                done = support.run("damage", "w.gpkg", "--by", typed, "-o", "areas.gpkg", "--overwrite")
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("would be gone", done.stderr)
                self.assertEqual(pathlib.Path("areas.gpkg").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
