"""Sheets about one site, and those of the first days: every one in every language and orientation, with nothing cut; what they
say is what was imported."""
import json
import pathlib
import shutil
import unittest

import support

DERNA = pathlib.Path(__file__).resolve().parents[2] / "data" / "derna"
SITES = """site_id,name_en,name_ar,site_type,capacity,floor_area_m2,source,WKT
DRN-001,Demo centre A,مركز إيواء تجريبي أ,collective_centre,320,1150,SYNTHETIC,POINT (22.6290 32.7520)
DRN-010,Demo centre J,مركز إيواء تجريبي ي,spontaneous_settlement,80,,SYNTHETIC,POINT (22.6355 32.7398)
"""
DAMAGE = """damage_id,use,scale,grade,source,date,WKT
d1,residential,cems_2019,destroyed,Survey,2023-09-13,POINT (22.630 32.752)
d2,residential,cems_2019,possibly_damaged,Survey,2023-09-13,POINT (22.633 32.750)
"""
PAGES = [("--lang", lang, side) for lang in ("en", "ar", "both") for side in ("--landscape", "--portrait")]


class SiteSheet(support.InFolder):
    def setUp(self):
        super().setUp()
        support.run("new", "w.gpkg")
        self.write("site.csv", SITES)
        self.write("damage.csv", DAMAGE)
        for layer, source in (("site", "site.csv"), ("damage", "damage.csv"), ("site_feature", DERNA / "inside/site_feature.geojson"),
                              ("site_round", DERNA / "inside/site_round.csv"), ("site_population", DERNA / "inside/site_population.csv"),
                              ("event_report", DERNA / "event_reports.csv")):
            crs = ("--crs", "EPSG:4326") if source in ("site.csv", "damage.csv") else ()
            done = support.run("import", str(source), "-w", "w.gpkg", "--to", layer, *crs)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def map(self, sheet, *arguments):
        """Features in the frame by layer and rule."""
        done = support.run("map", "w.gpkg", "--sheet", sheet, "-o", "map.png", "--overwrite", "--json", "--dpi", "72", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("cut", done.stderr, (sheet, arguments))
        legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {(row["layer"], row["rule"]): row["in_frame"] for row in legend}

    def test_all_fits(self):
        for sheet in ("site-profile", "site-map", "damage", "flash", "locator"):
            for page in PAGES:
                with self.subTest(sheet=sheet, page=page):
                    self.map(sheet, *page)

    def test_one_site(self):
        for site, shelters, latrines in (("DRN-001", 16, None), ("DRN-010", 16, 1)):
            got = self.map("site-map", "--set", "site=" + site)
            self.assertEqual(got["site_feature", "shelter"], shelters)
            self.assertEqual(got.get(("site_feature", "block")), 3 if site == "DRN-001" else None)
            self.assertNotIn(("site", "collective_centre"), got)
            profile = self.map("site-profile", "--set", "site=" + site)
            self.assertEqual(sum(count for (layer, _), count in profile.items() if layer == "site"), 1)

    def test_no_such_site(self):
        for sheet in ("site-map", "site-profile"):
            done = support.run("map", "w.gpkg", "--sheet", sheet, "-o", "map.png", "--set", "site=DRN-999")
            self.assertEqual(done.returncode, 1)
            self.assertIn("DRN-001, DRN-010", done.stderr)
            self.assertFalse((self.folder / "map.png").exists())

    def test_an_atlas_is_of_one_site_each(self):
        """A page of an atlas is the sheet of that site, to the byte; a site that has nothing inside has none."""
        self.write("more.csv", SITES.splitlines()[0] + "\nDRN-020,New hall,قاعة جديدة,transit_centre,40,,SYNTHETIC,POINT (22.64 32.75)\n")
        support.run("import", "more.csv", "-w", "w.gpkg", "--to", "site", "--crs", "EPSG:4326")
        for sheet, pages in (("site-map", ["DRN-001", "DRN-010"]), ("site-profile", ["DRN-001", "DRN-010", "DRN-020"])):
            done = support.run("map", "w.gpkg", "--sheet", sheet, "--atlas", "site", "-o", "a.png", "--overwrite", "--json", "--dpi", "72")
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            tables = {t["name"]: t["rows"] for t in json.loads(done.stdout)["tables"]}
            self.assertEqual([row["key"] for row in tables["pages"]], pages)
            self.assertEqual([row["key"] for row in tables.get("skipped", [])], [] if "DRN-020" in pages else ["DRN-020"])
            for site in pages:
                self.map(sheet, "--set", "site=" + site)
                self.assertEqual((self.folder / "map.png").read_bytes(), (self.folder / ("a-%s.png" % site)).read_bytes(), site)

    def test_nothing_inside(self):
        support.run("new", "empty.gpkg")
        for sheet in ("site-map", "site-profile", "flash"):
            done = support.run("map", "empty.gpkg", "--sheet", sheet, "-o", "map.png")
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertFalse((self.folder / "map.png").exists())

    def test_sites_without_an_inside(self):
        """Else the sheet of one site would show what is known of all."""
        support.run("new", "list.gpkg")
        support.run("import", "site.csv", "-w", "list.gpkg", "--to", "site", "--crs", "EPSG:4326")
        support.run("import", "damage.csv", "-w", "list.gpkg", "--to", "damage", "--crs", "EPSG:4326")
        support.run("import", str(DERNA / "admin.geojson"), "-w", "list.gpkg", "--to", "admin")
        for site in ((), ("--set", "site=DRN-001")):
            done = support.run("map", "list.gpkg", "--sheet", "site-map", "-o", "map.png", *site)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn("--to site_feature", done.stderr)
            self.assertFalse((self.folder / "map.png").exists())

    def test_a_field_that_is_none(self):
        self.write("mine.json", json.dumps({"extends": "site-profile", "name": "mine", "element": {"site_fact": {"fields": ["site_type", "colour"]}}}))
        done = support.run("map", "w.gpkg", "--sheet", "mine.json", "-o", "map.png")
        self.assertEqual(done.returncode, 1)
        self.assertIn('"colour"', done.stderr)

    def test_a_sheet_that_shows_nothing(self):
        for layers in ([], {}, "site", None):
            self.write("mine.json", json.dumps({"extends": "overview", "name": "mine", "layers": layers}))
            done = support.run("map", "w.gpkg", "--sheet", "mine.json", "-o", "map.png")
            self.assertEqual(done.returncode, 1)
            self.assertIn('mine.json: the key "layers"', done.stderr)

    def test_a_figure_that_is_none(self):
        """A misspelt column would be unknown of every site, in silence."""
        figures = [{"name": "individuals", "of": "individuals"}, {"name": "taps", "of": "taps+tabs"}]
        self.write("mine.json", json.dumps({"extends": "overview", "name": "mine", "element": {"site_summary": {"figures": figures}}}))
        done = support.run("map", "w.gpkg", "--sheet", "mine.json", "-o", "map.png")
        self.assertEqual(done.returncode, 1)
        self.assertIn('mine.json: "figures" of the table site_summary names "tabs"', done.stderr)

    def test_an_indicator_of_no_column(self):
        """The same of the file of standards, by its line; its axis cannot end before the standard."""
        data = self.folder / "data"
        shutil.copytree(DERNA.parent, data, ignore=shutil.ignore_patterns("derna"))
        path = data / "standards" / "site_indicator.csv"
        good = path.read_text(encoding="utf-8")
        for old, new, says in ((",individuals,taps,", ",individuals,tabs,", 'line 3: the column "below" names "tabs"'),
                               (",at_least,15,30,", ",at_least,15,10,", "line 2: the axis of the bar")):
            path.write_text(good.replace(old, new), encoding="utf-8")
            done = support.run("map", "w.gpkg", "--sheet", "site-profile", "-o", "map.png", env={"SITEMAP_DATA": str(data)})
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(says, done.stderr)

    def test_the_summary_tells_no_small_count(self):
        """What the public may not know cannot be seen: the page is the same, to the byte, whatever the count was."""
        pages = {}
        for people in (3, 4, 40):
            name = "p%d.gpkg" % people
            support.run("new", name)
            self.write("round.csv", "site_id,round,date,households,individuals,source\nDRN-001,1,2023-09-20,%d,%d,Survey\n" % (people, people))
            support.run("import", "site.csv", "-w", name, "--to", "site", "--crs", "EPSG:4326", "--set", "sensitivity=public")
            support.run("import", "round.csv", "-w", name, "--to", "site_round")
            for audience in ("internal", "public"):
                done = support.run("map", name, "-o", "map.png", "--overwrite", "--dpi", "72", "--audience", audience)
                self.assertEqual(done.returncode, 0, done.stderr)
                pages[audience, people] = (self.folder / "map.png").read_bytes()
        self.assertNotEqual(pages["internal", 3], pages["internal", 4])
        self.assertEqual(pages["public", 3], pages["public", 4])
        self.assertNotEqual(pages["public", 3], pages["public", 40])


class Inside(unittest.TestCase):
    def test_same_as_made(self):
        import subprocess
        import sys
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-B", str(DERNA / "generate" / "inside.py"), folder], check=True)
            for path in pathlib.Path(folder).iterdir():
                self.assertEqual(path.read_bytes(), (DERNA / "inside" / path.name).read_bytes(), path.name)


unittest.main()
