"""The sheet of what `sitemap hazard` finds: every asset in the legend as the layer has it, and no sheet without a result."""
import json
import sqlite3
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
                self.assertTrue(next(iter(rows("w.gpkg", "coincidence").values()))["source"].startswith(told))
                self.map()
                self.assertEqual({entry["synthetic"] for entry in self.legend}, {made_up})

    def test_made_up_assets_and_what_is_derived(self):
        """Places to evacuate to, closed roads, sums and pairs say so as the assets do."""
        self.write("site.csv", "site_id,source,WKT\ns1,SYNTHETIC: demo,POINT (22.64 32.76)\ns2,Survey,POINT (22.64 32.7601)\n")
        self.write("road.csv", 'road_id,source,WKT\nr1,SYNTHETIC: demo,"LINESTRING (22.6 32.7,22.61 32.7)"\nr2,OSM,"LINESTRING (22.6 32.7,22.62 32.7)"\n')
        self.write("flood.csv", 'depth,source,WKT\n3,Agency,"POLYGON ((22 32,23 32,23 33,22 33,22 32))"\n')
        for _ in range(2):  # a second run takes the place of its own rows
            self.hazard("--site", "site.csv", "--road", "road.csv", "--hazard", "flood=flood.csv,unit=m", "--passability", "flood",
                        "--evacuation", "--crs", "EPSG:4326")
        self.assertEqual({row["asset_id"]: row["source"] for row in self.whole("evacuation_site")}, {"s1": "SYNTHETIC: demo", "s2": "Survey"})
        self.assertEqual({row["road_id"]: row["source"] for row in self.whole("closure")},
                         {"r1": "SYNTHETIC hazard or road; sitemap hazard", "r2": "sitemap hazard"})
        for layer in ("coincidence", "exposure_summary"):
            self.assertEqual({row["source"] for row in self.whole(layer)}, {"SYNTHETIC assets; Agency"})
        self.assertEqual(len(self.whole("closure")), 2)

    def whole(self, layer):
        connection = sqlite3.connect("w.gpkg")
        connection.row_factory = sqlite3.Row
        got = [dict(row) for row in connection.execute(f'SELECT * FROM "{layer}"')]
        connection.close()
        return got


del Hazard  # its own tests run in test_hazard.py

if __name__ == "__main__":
    unittest.main()
