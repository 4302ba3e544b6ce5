"""Names, phones, ids, households, safe spaces and small counts are planted, and searched for in every format that publish and map write: in
the bytes, in what is packed into them, and in all that the program says."""
import csv
import json
import re
import shutil
import sqlite3
import subprocess
import unittest

import protect_world
import support

AUDIENCES = ("humanitarian", "public")
SHEETS = ("overview", "site-map", "site-profile", "damage", "flash", "locator", "hazard")
COUNTS = ("households", "individuals", "people", "all_people", "assets", "all_assets", "target", "reached")
OURS = ("layer_styles", "qgis_projects", "sitemap_meta")
LEAST = 5


class Planted(support.InFolder):
    def setUp(self):
        super().setUp()
        protect_world.build(self)
        done = support.run("hazard", "w.gpkg")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.written = {}

    def run_into_folder(self, audience, *arguments, may_fail=False):
        """The program run; what it writes and says, with all that is packed in it, holds no mark. Returns the new files."""
        folder = self.folder / f"out{len(list(self.folder.glob('out*')))}"
        folder.mkdir()
        done = support.run(*[str(a).replace("OUT", str(folder)) for a in arguments], "--audience", audience, "--verbose", "--overwrite")
        if not may_fail:
            self.assertEqual(done.returncode, 0, done.stderr)
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        said = {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
        for name, content in [*said.items(), *((file.name, file.read_bytes()) for file in files)]:
            found = list(protect_world.unpacked(content))
            for what, needle in protect_world.needles(audience):
                for part in found:
                    if needle in part:
                        self.fail(f"{what} in {name} for {audience}: {' '.join(map(str, arguments))}")
        for file in files:
            self.assertNotIn(file.name, [mark for mark, _ in protect_world.MARKS.values()])
            self.written.setdefault(audience, set()).add(file.suffix)
        return files

    def layers_of(self, path):
        return [name for name, in sqlite3.connect(path).execute("SELECT table_name FROM gpkg_contents") if name not in OURS]

    def test_the_search_finds(self):
        """Each way of packing is seen through: the marks of the workspace are found in what is made for those who may see all."""
        for name in ("o.gpkg", "o.kmz", "o.xlsx"):
            done = support.run("publish", "w.gpkg", "-o", name, "--audience", "internal")
            self.assertEqual(done.returncode, 0, done.stderr)
            found = b"\n".join(protect_world.unpacked((self.folder / name).read_bytes()))
            for what in ("detention centre", "safe space", "confidential service", "phone run together", "passport"):
                if what != "passport" or name != "o.kmz":
                    self.assertTrue(protect_world.MARKS[what][0].encode() in found, f"{what} in {name}")
        for name in ("o.png", "o.pdf"):
            done = support.run("map", "w.gpkg", "-o", name, "--audience", "internal", "--title", "OWNERMARK Abdalla")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(b"OWNERMARK Abdalla" in b"\n".join(protect_world.unpacked((self.folder / name).read_bytes())), name)

    def read(self, file):
        """The rows of a .csv or .geojson, as another program reads them."""
        if file.suffix == ".csv":
            with open(file, encoding="utf-8-sig", newline="") as text:
                return list(csv.DictReader(text))
        return [feature["properties"] for feature in json.loads(file.read_text(encoding="utf-8"))["features"]]

    def check_rows(self, where, rows):
        """No count of people, households or places below the limit but 0; how many were looked at."""
        checked = 0
        for row in rows:
            for column in COUNTS:
                value = row.get(column)
                if row.get("asset") == "road" or value in (None, "") or not re.fullmatch(r"[0-9.]+", str(value)):
                    continue
                self.assertTrue(float(value) == 0 or float(value) >= LEAST, f"{column} = {value} in {where}")
                checked += 1
        return checked

    def test_published_files(self):
        """Whole files, and each layer in the formats that hold one; as cells, no small count in what the public gets."""
        checked = 0
        for audience in AUDIENCES:
            for name in ("o.kmz", "o.gpx", "o.xlsx"):
                self.run_into_folder(audience, "publish", "w.gpkg", "-o", f"OUT/{name}")
            published, = self.run_into_folder(audience, "publish", "w.gpkg", "-o", "OUT/o.gpkg", "--json", "--disclosure-report")
            database = sqlite3.connect(published)
            database.row_factory = sqlite3.Row
            for layer in self.layers_of(published):
                ending = {"area_round": "geojson", "exposure_summary": "geojson"}.get(layer, "csv")
                file, = self.run_into_folder(audience, "publish", "w.gpkg", "-o", f"OUT/{layer}.{ending}", "--layer", layer)
                if audience == "public":
                    checked += self.check_rows(layer, [dict(row) for row in database.execute(f'SELECT * FROM "{layer}"')])
                    checked += self.check_rows(file.name, self.read(file))
            self.assertLessEqual({".gpkg", ".kmz", ".gpx", ".xlsx", ".csv", ".geojson"}, self.written[audience])
        self.assertGreater(checked, 12)

    def test_maps(self):
        for audience in AUDIENCES:
            for sheet in SHEETS:
                self.run_into_folder(audience, "map", "w.gpkg", "--sheet", sheet, "-o", "OUT/o.png", "--world-file", "--dpi", 72,
                                     may_fail=sheet in ("damage", "flash", "site-map"))
            self.run_into_folder(audience, "map", "w.gpkg", "--sheet", "hazard", "-o", "OUT/o.svg", "--json")
            self.run_into_folder(audience, "map", "w.gpkg", "--atlas", "admin", "-o", "OUT/o.pdf")
            self.run_into_folder(audience, "map", "w.gpkg", "--sheet", "site-profile", "--atlas", "site", "-o", "OUT/o.png", "--dpi", 72)
            self.assertLessEqual({".png", ".pdf", ".svg", ".pgw", ".xml"}, self.written[audience])

    def test_sites_that_are_refused_are_not_named(self):
        for audience in AUDIENCES:
            files = self.run_into_folder(audience, "map", "w.gpkg", "--sheet", "site-profile", "--set", "site=s-int", "-o", "OUT/o.png", may_fail=True)
            self.assertEqual(files, [])

    def check_rows(self, where, rows):
        """No count of people, households or places below the limit but 0."""
        checked = 0
        for row in rows:
            if row.get("asset") in ("road", "population"):
                continue
            for column in COUNTS:
                value = row.get(column)
                if value in (None, "") or (isinstance(value, str) and not re.fullmatch(r"[0-9.]+", value)):
                    continue
                self.assertTrue(float(value) == 0 or float(value) >= LEAST, f"{column} = {value} in {where}")
                checked += 1
        return checked

    def test_no_small_count_on_sheets(self):
        """The three households of the public centre stand as "<5" on its page, in words that can be selected."""
        if not shutil.which("pdftotext"):
            self.skipTest("needs pdftotext")
        for lang in ("en", "ar"):
            file, = self.run_into_folder("public", "map", "w.gpkg", "--sheet", "site-profile", "--set", "site=s-open", "--lang", lang, "-o", "OUT/o.pdf")
            text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True, timeout=60).stdout
            self.assertRegex(text, "<5" if lang == "en" else "[<>]5|5[<>]")
            self.assertIn("14", text)
            if lang == "en":
                self.assertRegex(text, r"Households\s+<5")


if __name__ == "__main__":
    unittest.main()
