"""The sheet of what `sitemap access` finds: a town on both banks of a wadi whose bridge goes, by scenario, mode, type and limit;
and no sheet without a result."""
import json
import unittest

import support

ROADS = """road_id,name_en,class,bridge,source,WKT
r1,West road,residential,false,Survey,"LINESTRING (22.600 32.75,22.610 32.75)"
r2,Wadi bridge,residential,true,Survey,"LINESTRING (22.610 32.75,22.612 32.75)"
r3,East road,residential,false,Survey,"LINESTRING (22.612 32.75,22.640 32.75)"
"""
SITES = """site_id,name_en,name_ar,site_type,source,WKT
west,West school,مدرسة الغرب,collective_centre,Survey,POINT (22.601 32.7502)
east,East hall,قاعة الشرق,collective_centre,Survey,POINT (22.630 32.7502)
far,Far farm,مزرعة بعيدة,collective_centre,Survey,POINT (22.620 32.80)
"""
ROUNDS = "site_id,round,date,individuals\nwest,1,2023-09-20,120\neast,1,2023-09-20,80\n"
SERVICES = """service_id,service_type,status,name_en,source,WKT
h1,hospital,functional,East hospital,Survey,POINT (22.635 32.7501)
h2,hospital,not_functional,West hospital,Survey,POINT (22.602 32.7501)
c1,clinic,functional,West clinic,Survey,POINT (22.603 32.7501)
"""
CLOSURES = """closure_id,kind,passable,scenario,source,WKT
b,bridge_cut,none,bridge-out,Survey,POINT (22.611 32.75)
d,closed_by_authority,foot,no-cars,Survey,POINT (22.611 32.75)
"""


class AccessSheet(support.InFolder):
    def setUp(self):
        super().setUp()
        support.run("new", "w.gpkg")
        for layer, text in (("road", ROADS), ("site", SITES), ("site_round", ROUNDS), ("service", SERVICES), ("closure", CLOSURES)):
            self.write(layer + ".csv", text)
            done = support.run("import", layer + ".csv", "-w", "w.gpkg", "--to", layer, *(() if layer == "site_round" else ("--crs", "EPSG:4326")))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def access(self, *arguments):
        done = support.run("access", "w.gpkg", "--unknown", "open", "--isochrones", "--critical", "3", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def map(self, *arguments):
        """Features in the frame by layer and rule."""
        done = support.run("map", "w.gpkg", "--sheet", "access", "-o", "map.png", "--overwrite", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("cut", done.stderr)
        legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {(row["layer"], row["rule"]): row["in_frame"] for row in legend}

    def test_not_before_the_result(self):
        done = support.run("map", "w.gpkg", "--sheet", "access", "-o", "map.png", "--set", "mode=foot")
        self.assertEqual(done.returncode, 1)
        self.assertIn("sitemap access", done.stderr)
        self.assertFalse((self.folder / "map.png").exists())

    def test_before_and_after(self):
        self.access("--scenario", "bridge-out", "--scenario", "baseline")
        for lang in ("en", "ar", "both"):
            with self.subTest(lang):
                got = self.map("--lang", lang, "--set", "limit=60")
                for entry in (("access_site", "lost"), ("access_site", "same"), ("access_site", "off_network"), ("road_cut", "closed"),
                              ("closure", "bridge_out"), ("service", "hospital"), ("service", "not_functional"), ("access_area", "kept"),
                              ("access_area", "lost"), ("critical_link", "worst")):
                    self.assertIn(entry, got)
                self.assertEqual([got["access_site", rule] for rule in ("lost", "same", "off_network")], [1, 1, 1])
                self.assertEqual(got["service", "hospital"], 2)

    def test_what_is_chosen(self):
        self.access("--scenario", "bridge-out", "--mode", "both")
        self.access("--scenario", "no-cars", "--mode", "both")
        foot, vehicle = ("--set", "mode=foot"), ("--set", "mode=vehicle")
        self.assertEqual(self.map(*vehicle)["access_site", "lost"], 1)  # of the last run
        self.assertIn(("road_cut", "foot"), self.map(*vehicle))
        self.assertNotIn(("access_site", "lost"), self.map(*foot))
        self.assertEqual(self.map("--set", "scenario=bridge-out", *foot)["access_site", "lost"], 1)
        self.assertEqual(self.map("--set", "scenario=bridge-out", "--set", "service_type=clinic", *foot)["access_site", "lost"], 1)
        self.access("--scenario", "baseline", "--mode", "both")
        self.assertNotIn(("access_site", "reached"), self.map())  # the baseline only where it is asked for
        baseline = self.map("--set", "scenario=baseline", "--set", "limit=60")
        self.assertEqual(baseline["access_site", "reached"], 2)
        self.assertNotIn(("road_cut", "closed"), baseline)
        done = support.run("map", "w.gpkg", "--sheet", "access", "-o", "map.png", "--overwrite", "--set", "limit=45")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--set limit takes one of: 15, 30, 60", done.stderr)


if __name__ == "__main__":
    unittest.main()
