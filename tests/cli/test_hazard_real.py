"""Real hazards and roads, measured a second time by SpatiaLite: the flood of Derna over the demo's buildings and roads, and the roads of Bentiu
over its wetlands. Lengths and areas of both are on the ellipsoid."""
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest

import support

BENTIU = support.ROOT.parent / "shared" / "data" / "bentiu" / "bentiu_southsudan-osm-20170213.gpkg"
DERNA = support.ROOT / "data" / "derna"


def spatialite(path, layer, measure, hazard, where="1"):
    """Features that have more than a point in common with the hazard, and how much."""
    sql = (f"SELECT count(*) AS n, sum({measure}) AS m FROM (SELECT ST_Intersection(a.geom, u.g) AS x FROM {layer} a, (SELECT ST_Union(geom) AS g "
           f"FROM {hazard} WHERE {where}) u WHERE ST_Intersects(a.geom, u.g)) WHERE {measure} > 0")
    said = subprocess.run(["ogrinfo", "-ro", "-q", str(path), "-dialect", "sqlite", "-sql", sql], capture_output=True, text=True, check=True)
    n, m = re.findall(r"= ([\d.eE+-]+)", said.stdout)
    return int(n), float(m)


def ours(path, layer, column):
    connection = sqlite3.connect(path)
    got = connection.execute(f"SELECT count(*), sum({column}) FROM {layer} WHERE flood_class > 0").fetchone()
    connection.close()
    return got


class Real(support.InFolder):
    def hazard(self, *arguments):
        done = support.run("hazard", *arguments, "-o", "out.gpkg", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return {t["name"]: t["rows"] for t in json.loads(done.stdout)["tables"]}

    def same(self, got, wanted):
        self.assertEqual(got[0], wanted[0])
        self.assertAlmostEqual(got[1], wanted[1], delta=2e-6 * wanted[1])

    @unittest.skipUnless(BENTIU.exists(), "needs ../shared")
    def test_bentiu(self):
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)
        self.hazard("w.gpkg", "--road", f"{BENTIU}|layername=roads_paths_lines", "--hazard", f"flood={BENTIU}|layername=natural_polygons")
        self.same(ours("out.gpkg", "exposure_road", "flood_length_m"), spatialite(BENTIU, "roads_paths_lines", "ST_Length(x, 1)", "natural_polygons"))

    def test_derna(self):
        done = support.run("run", DERNA / "scenario.json", "--output-dir", self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(support.run("new", "flood.gpkg").returncode, 0)
        observed = DERNA / "cems" / "EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json"
        self.assertEqual(support.run("import", observed, "-w", "flood.gpkg", "--as", "cems").returncode, 0)
        subprocess.run(["ogr2ogr", "-f", "GPKG", "some.gpkg", "derna-scenario.gpkg", "building", "-where", "fid % 20 = 0"], check=True)
        subprocess.run(["ogr2ogr", "-f", "GPKG", "-update", "some.gpkg", "derna-scenario.gpkg", "hazard"], check=True)
        tables = self.hazard("derna-scenario.gpkg", "--hazard", "flood=flood.gpkg|layername=hazard", "--building", "some.gpkg|layername=building")
        flood = "hazard = 'flood'"
        self.same(ours("out.gpkg", "exposure_road", "flood_length_m"),
                  spatialite("derna-scenario.gpkg", "road", "ST_Length(x, 1)", "hazard", flood))
        self.same(ours("out.gpkg", "exposure_building", "flood_area_m2"),
                  spatialite("some.gpkg", "building", "ST_Area(x, 1)", "hazard", flood))
        people = {row["class"]: row["people"] for row in tables["exposure_summary"] if row["asset"] == "building" and row["area_kind"] == "all"}
        self.assertGreater(people["affected"], 0)


if __name__ == "__main__":
    if not shutil.which("ogrinfo"):
        print("skipped: needs ogrinfo")
        sys.exit(77)
    unittest.main()
