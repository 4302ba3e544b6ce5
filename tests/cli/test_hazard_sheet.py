"""The sheet of what `sitemap hazard` finds: every asset in the legend as the layer has it, and no sheet without a result."""
import json
import unittest

import support
from test_hazard import UTM, Hazard, square


class HazardSheet(Hazard):
    def map(self, *arguments):
        done = support.run("map", "w.gpkg", "--sheet", "hazard", "-o", "map.png", "--overwrite", "--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("cut", done.stderr)
        rows, = (t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "legend")
        return {(row["layer"], row["rule"]): row["in_frame"] for row in rows}

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


del Hazard  # its own tests run in test_hazard.py

if __name__ == "__main__":
    unittest.main()
