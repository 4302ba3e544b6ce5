"""The second plan: real flood and facilities with what is invented, in a workspace of its own. All rows are let in."""
import json
import unittest

import demo

INVENTED = ("building", "road", "site", "hazard_raster")


class Scenario(demo.Demo):
    def test_plan(self):
        demo.sitemap("run", demo.DATA / "scenario.json", "--output-dir", self.folder, "--threads", 2)
        workspace = self.folder / "derna-scenario.gpkg"
        for r in demo.rows(workspace, "SELECT * FROM provenance WHERE command = 'import'"):
            self.assertEqual((r["rows_in"], r["rows_rejected"]), (r["rows_out"], 0), r["inputs"])
        self.assertEqual(demo.rows(workspace, "SELECT * FROM finding WHERE severity <> 'info'"), [])
        for layer in INVENTED:
            with self.subTest(layer):
                unmarked = "SELECT * FROM %s WHERE source NOT LIKE 'SYNTHETIC%%' OR source IS NULL" % layer
                self.assertEqual(demo.rows(workspace, unmarked), [])
        self.assertEqual({r["synthetic"] for r in demo.rows(workspace, "SELECT synthetic FROM site")}, {1})
        hazards = demo.rows(workspace, "SELECT DISTINCT hazard, source LIKE 'SYNTHETIC%' AS made_up FROM hazard")
        self.assertEqual({r["hazard"]: r["made_up"] for r in hazards}, {"flood": 0, "landslide": 1})
        self.assertNotIn("damage", demo.layers(workspace), "no real observation meets an invented building")
        self.check_map(workspace)

    def check_map(self, workspace):
        """Also where no site is in sight, a map knows which of its layers are made up."""
        done = demo.sitemap("map", workspace, "-o", self.folder / "map.png", "--json",
                            "--extent", "22.590,32.750,22.603,32.7585")
        legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        said = {entry["layer"]: entry["synthetic"] for entry in legend}
        for layer in ("building", "road", "hazard"):
            self.assertTrue(said[layer], layer)
        self.assertNotIn("site", said)
        self.assertFalse(said.get("admin") or said.get("service"), said)

    def test_rasters_lie_where_the_rows_say(self):
        """Relative to the workspace that ./dev demo makes."""
        for r in demo.csv_rows(demo.DATA / "synthetic" / "hazard_raster.csv"):
            self.assertTrue((demo.ROOT / "out" / "derna" / r["path"]).resolve().is_relative_to(demo.DATA), r["path"])
            self.assertTrue((demo.DATA / "synthetic" / r["path"].rpartition("/")[2]).is_file())


unittest.main()
