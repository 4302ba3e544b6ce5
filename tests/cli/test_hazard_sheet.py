"""The sheet of what `sitemap hazard` finds: every asset in the legend as the layer has it, and no sheet without a result."""
import json
import unittest

import support
from test_hazard import UTM, Hazard, rows, square


class HazardSheet(Hazard):
    def map(self, *arguments):
        done = support.run("map", "w.gpkg", "--sheet", "hazard", "-o", "map.png", "--overwrite", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("cut", done.stderr)
        self.legend, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {(row["layer"], row["rule"]): row["in_frame"] for row in self.legend}

    def test_not_before_the_result(self):
        done = support.run("map", "w.gpkg", "--sheet", "hazard", "-o", "map.png")
        self.assertEqual(done.returncode, 1)
        self.assertIn("sitemap hazard", done.stderr)
        self.assertFalse((self.folder / "map.png").exists())

    def test_legend(self):
        """b1 flooded worst, b2 slides worst, b3 in a hazard of its own name, b4 in none, b5 where nobody looked."""
        self.buildings(*[square(100 * i, 0, 50) for i in range(5)])
        self.table("coverage.csv", "n", (1, square(-50, -50, 450, 200)))
        self.table("flood.csv", "class", ("high", square(0, 0, 50)), ("low", square(100, 0, 50)))
        self.table("landslide.csv", "class", ("medium", square(100, 0, 50)))
        self.table("swarm.csv", "class", ("low", square(200, 0, 50)))
        hazards = [f"--hazard={name}={name.partition('_')[0]}.csv,classes=given_3,coverage=coverage.csv"
                   for name in ("flood_100yr", "landslide", "swarm")]
        self.hazard("--building", "building.csv", *hazards, *UTM)
        for lang in ("en", "ar", "both"):
            with self.subTest(lang):
                self.assertEqual(self.map("--lang", lang), {
                    ("exposure_building", "flooding_very_high"): 1, ("exposure_building", "landslide_high"): 1,
                    ("exposure_building", "other_low"): 1, ("exposure_building", "none"): 1, ("exposure_building", "unknown"): 1})

    def test_made_up_hazards_make_up_the_result(self):
        """Polygons say so in their rows, a raster in its metadata; what was found of real buildings with them says so too."""
        raster = support.ROOT / "data" / "derna" / "synthetic" / "earthquake_pga.tif"
        self.write("building.csv", "building_id,source,WKT\nb1,Survey,POINT (22.64 32.76)\nb2,,POINT (22.64 32.7601)\n")
        self.write("flood.csv", 'class,source,WKT\nhigh,%s,"POLYGON ((22 32,23 32,23 33,22 33,22 32))"\n' % "SYNTHETIC: none")
        self.write("real.csv", 'class,source,WKT\nhigh,Agency,"POLYGON ((22 32,23 32,23 33,22 33,22 32))"\n')
        polygons = "flood=%s.csv,classes=given_3"
        for hazard, made_up, told in ((polygons % "flood", True, "SYNTHETIC: none"), (polygons % "real", False, "Agency"),
                                      (f"earthquake={raster},unit=g", True, "SYNTHETIC: generated")):
            with self.subTest(hazard):
                self.hazard("--building", "building.csv", "--hazard", hazard, "--crs", "EPSG:4326")
                sources = [row["source"] for row in rows("w.gpkg", "exposure_building").values()]
                self.assertEqual(sources, ["SYNTHETIC hazards; Survey", "SYNTHETIC hazards"] if made_up else ["Survey", None])
                summary, = {row["source"] for row in rows("w.gpkg", "exposure_summary").values()}
                self.assertTrue(summary.startswith(told), summary)
                self.map()
                self.assertEqual({entry["synthetic"] for entry in self.legend}, {made_up})


del Hazard  # its own tests run in test_hazard.py

if __name__ == "__main__":
    unittest.main()
