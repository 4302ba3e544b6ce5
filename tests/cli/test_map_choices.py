"""A sheet of one's own that shows one scenario of several: the default, --set, and what is refused."""
import json
import shutil
import unittest

import support

CLOSURES = """closure_id,passable,scenario,source,WKT
a,none,baseline,Survey,POINT (22.61 32.76)
b,none,bridges-out,Survey,POINT (22.62 32.76)
c,foot,bridges-out,Survey,POINT (22.63 32.76)
d,foot,night,Survey,POINT (22.64 32.76)
e,all,night,Survey,POINT (22.65 32.76)
f,unknown,baseline,Survey,POINT (22.66 32.76)
g,none,,Survey,"LINESTRING (22.61 32.75,22.66 32.75)"
"""


class Choices(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("closure.csv", CLOSURES)
        support.run("new", "w.gpkg")
        self.assertEqual(support.run("import", "closure.csv", "-w", "w.gpkg", "--to", "closure", "--crs", "EPSG:4326").returncode, 0)
        shutil.copy(support.ROOT / "styles" / "sheets" / "words.json", self.folder)

    def sheet(self, choose, where):
        sheet = json.loads((support.ROOT / "styles" / "sheets" / "overview.json").read_text(encoding="utf-8"))
        sheet["choose"] = choose
        sheet["layers"] = [{"layer": "closure", "title": {"en": "Closures", "ar": "إغلاقات"}, "where": where}]
        words = json.loads((self.folder / "words.json").read_text(encoding="utf-8"))
        words["subtitle_line"] = {"en": "Scenario {scenario}", "ar": "{scenario}"}
        self.write("words.json", json.dumps(words))
        self.write("own.json", json.dumps(sheet))

    def map(self, *arguments):
        return support.run("map", "w.gpkg", "--sheet", "own.json", "-o", "map.png", "--overwrite", "--json", *arguments)

    def counts(self, *arguments):
        done = self.map(*arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {row["rule"]: row["in_layer"] for row in legend}

    SCENARIO = {"key": "scenario", "column": "scenario", "layers": ["closure"], "avoid": ["baseline"]}
    PASSABLE = {"key": "passable", "column": "passable", "domain": "passable", "layers": ["hazard", "closure"], "prefer": ["foot"]}
    WHERE = [{"column": "scenario", "chosen": "scenario"}]

    def test_scenario_of_the_last_row(self):
        self.sheet([self.SCENARIO], self.WHERE)
        self.assertEqual(self.counts(), {"foot": 1, "all": 1})
        self.assertEqual(self.counts("--set", "scenario=baseline"), {"none": 1, "unknown": 1})
        self.assertEqual(self.counts("--set", "scenario=bridges-out", "--set", "scenario_ar=جسور"), {"none": 1, "foot": 1})

    def test_or_none(self):
        self.sheet([self.SCENARIO], [{"column": "scenario", "chosen": "scenario", "or_null": True}])
        self.assertEqual(self.counts(), {"none": 1, "foot": 1, "all": 1})
        self.sheet([self.SCENARIO], [{"column": "scenario", "chosen": "scenario", "or_null": True}, {"geometry": ["point"]}])
        self.assertEqual(self.counts(), {"foot": 1, "all": 1})

    def test_within_what_was_chosen_before(self):
        self.PASSABLE["layers"] = ["closure"]
        self.sheet([self.SCENARIO, self.PASSABLE], self.WHERE + [{"column": "passable", "chosen": "passable"}])
        self.assertEqual(self.counts(), {"foot": 1})
        self.assertEqual(self.counts("--set", "scenario=baseline"), {"unknown": 1})
        self.assertEqual(self.counts("--set", "scenario=bridges-out", "--set", "passable=none"), {"none": 1})
        done = self.map("--set", "scenario=bridges-out", "--set", "passable=all")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--set passable takes one of: none, foot", done.stderr)

    def test_off_the_extent(self):
        """A feature far away is not in the frame where it does not make the extent."""
        self.sheet([self.SCENARIO], self.WHERE)
        sheet = json.loads((self.folder / "own.json").read_text(encoding="utf-8"))
        self.write("far.csv", "closure_id,passable,scenario,WKT\nz,unknown,far,POINT (23.6 32.7)\n")
        support.run("import", "far.csv", "-w", "w.gpkg", "--to", "closure", "--crs", "EPSG:4326")
        for extent in (True, False):
            sheet["layers"][1:] = [{"layer": "closure", "extent": extent, "where": {"column": "scenario", "equals": "far"}}]
            self.write("own.json", json.dumps(sheet))
            self.assertEqual(self.counts("--set", "scenario=night"), {"foot": 1, "all": 1, **({"unknown": 1} if extent else {})})

    def test_nothing_found_yet(self):
        done = support.run("map", "w.gpkg", "--sheet", "access", "-o", "map.png", "--set", "scenario=bridges-out", "--set", "mode=foot")
        self.assertEqual(done.returncode, 1)
        self.assertIn("what `sitemap access` finds, and there is none of it yet", done.stderr)

    def test_refused(self):
        self.sheet([self.SCENARIO], self.WHERE)
        done = self.map("--set", "scenario=nigth")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing was found for scenario=nigth; --set scenario takes one of: baseline, bridges-out, night", done.stderr)
        self.sheet([dict(self.SCENARIO, column="scenari")], self.WHERE)
        done = self.map()
        self.assertEqual(done.returncode, 1)
        self.assertIn('"scenari"', done.stderr)


if __name__ == "__main__":
    unittest.main()
