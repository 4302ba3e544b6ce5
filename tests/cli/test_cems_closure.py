"""`import --as cems` of damaged transportation, and damage observations of bridges: which closures come of them."""
import json
import sqlite3
import unittest

import support

REAL = support.ROOT / "data" / "derna" / "excerpt" / "EMSR696_AOI01_GRA_PRODUCT_transportationL_v1.json"
AREAS = support.ROOT / "data" / "derna" / "cems" / "EMSR696_aois.geojson"
PRODUCT = "EMSR900_AOI01_GRA_%s_transportation%s_v%d.json"
BRIDGE, ROAD, RAIL = "2141-Bridges and elevated highways", "21122-Local Road", "2121-Long-distance railways"


def line(number, info, grade):
    properties = {"obj_type": "%s-Whatever" % info[:3], "info": info, "damage_gra": grade, "det_method": "Photo-interpretation"}
    if grade is None:
        del properties["damage_gra"]
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": "LineString", "coordinates": [[22.6, 32.7 + number / 1000], [22.61, 32.7 + number / 1000]]}}


class Closures(support.InFolder):
    def setUp(self):
        super().setUp()
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)

    def load(self, *arguments, code=0):
        done = support.run("import", *arguments, "-w", "w.gpkg")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def product(self, *things, version=1, monitoring="PRODUCT", shape="L"):
        name = PRODUCT % (monitoring, shape, version)
        self.write(name, {"type": "FeatureCollection", "features": [line(i, *t) for i, t in enumerate(things)]})
        return name

    def closures(self):
        connection = sqlite3.connect("w.gpkg")
        connection.row_factory = sqlite3.Row
        found = {r["closure_id"]: dict(r) for r in connection.execute("SELECT * FROM closure ORDER BY closure_id")}
        connection.close()
        return found

    def says(self, *columns):
        return [tuple(row[c] for c in columns) for row in self.closures().values()]

    def test_excerpt_of_derna(self):
        """All 19 are destroyed roads; the date is that of the area's image, and no scenario is named: they are facts."""
        self.load("--as", "cems", AREAS, REAL, "--set", "completeness=excerpt")
        features = json.loads(REAL.read_text(encoding="utf-8"))["features"]
        self.assertEqual(len(features), 19)
        self.assertEqual(set(f["properties"]["damage_gra"] for f in features), {"Destroyed"})
        self.assertEqual(set(self.says("kind", "passable", "confidence", "scenario", "valid_from", "date", "completeness", "version")),
                         {("road_damaged", "none", "high", None, None, "2023-09-13", "excerpt", 1)})
        self.assertEqual(list(self.closures()), ["EMSR696_AOI01_GRA_transportationL_%05d" % i for i in range(1, 20)])
        self.assertEqual([r["object_source"] for r in self.closures().values()], [f["properties"]["info"] for f in features])

    def test_grades(self):
        self.load("--as", "cems", self.product(
            (BRIDGE, "Destroyed"), (BRIDGE, "Damaged"), (BRIDGE, "Possibly damaged"), (BRIDGE, "No visible damage"),
            (BRIDGE, "Not Analysed"), (ROAD, "Destroyed"), (ROAD, "Damaged"), (ROAD, "Squashed"), (RAIL, "Destroyed"),
            ("997-Not Applicable", "Destroyed")))
        self.assertEqual(self.says("kind", "passable", "confidence"), [
            ("bridge_cut", "none", "high"), ("bridge_damaged", "unknown", "medium"), ("bridge_damaged", "unknown", "low"),
            (None, "all", "medium"), ("unknown", "unknown", "unknown"), ("road_damaged", "none", "high"),
            ("road_damaged", "unknown", "medium"), ("unknown", "unknown", "unknown"), ("other", "unknown", "unknown"),
            ("road_damaged", "none", "high")])
        self.assertEqual(self.says("grade_source")[7], ("Squashed",))

    def test_words_of_2016(self):
        name = "EMSR149_02PORTOVIEJO_02GRADING_MAP_v1_transportation_line_grading.json"
        features = [line(0, BRIDGE, "x"), line(1, ROAD, "x")]
        for f, grade in zip(features, ("Completely Destroyed", "Moderately Damaged")):
            f["properties"] = {"obj_type": f["properties"]["info"], "grading": grade}
        self.write(name, {"type": "FeatureCollection", "features": features})
        self.load("--as", "cems", name)
        self.assertEqual(self.says("kind", "passable"), [("bridge_cut", "none"), ("road_damaged", "unknown")])

    def test_newer_version_replaces(self):
        self.load("--as", "cems", self.product((BRIDGE, "Destroyed"), (ROAD, "Destroyed")), self.product((ROAD, "Damaged"), shape="P"))
        self.load("--as", "cems", self.product((BRIDGE, "Damaged"), version=2))
        self.assertEqual(self.says("kind", "version"), [("bridge_damaged", 2), ("road_damaged", 1)])
        self.load("--as", "cems", self.product((BRIDGE, "Destroyed"), version=1), code=1)
        self.load("--as", "cems", self.product((BRIDGE, "Destroyed"), version=1, monitoring="MONIT01"))
        self.assertEqual(len(self.closures()), 3)

    def test_again_is_the_same(self):
        self.load("--as", "cems", AREAS, REAL)
        before = self.closures()
        self.load("--as", "cems", AREAS, REAL)
        self.assertEqual(self.closures(), before)

    def test_without_grades(self):
        done = self.load("--as", "cems", AREAS, self.product((ROAD, None)))
        self.assertIn("says nothing of what can be passed", done.stdout)

    def damage(self, *observations):
        lines = ["damage_id,scale,grade,use,lat,lon,date,source"]
        lines += ["%s,cems_2019,%s,%s,32.75,22.63,2023-09-14,Survey" % o for o in observations]
        self.load(self.write("damage.csv", "\n".join(lines) + "\n"), "--to", "damage")

    def test_bridges_of_damage(self):
        self.damage(("b1", "destroyed", "bridge"), ("b2", "possibly_damaged", "bridge"), ("h1", "destroyed", "residential"))
        self.assertEqual(self.says("closure_id", "kind", "passable", "date", "source"),
                         [("damage:b1", "bridge_cut", "none", "2023-09-14", "Survey"),
                          ("damage:b2", "bridge_damaged", "unknown", "2023-09-14", "Survey")])

    def test_bridge_is_seen_again(self):
        """What somebody added to the closure stays; what is no bridge any more is no closure any more; other closures stay."""
        self.damage(("b1", "destroyed", "bridge"), ("b2", "destroyed", "bridge"))
        self.write("own.csv", "closure_id,passable,valid_to,lat,lon\ndamage:b1,none,2023-10-01T00:00:00Z,32.75,22.63\nown,foot,,32.7,22.6\n")
        self.load("own.csv", "--to", "closure")
        self.damage(("b1", "damaged", "bridge"), ("b2", "destroyed", "school"))
        rows = self.closures()
        self.assertEqual(list(rows), ["damage:b1", "own"])
        self.assertEqual(rows["damage:b1"]["passable"], "unknown")
        self.assertTrue(rows["damage:b1"]["valid_to"].startswith("2023-10-01"))

    def test_no_bridge_no_layer(self):
        self.damage(("h1", "destroyed", "residential"))
        connection = sqlite3.connect("w.gpkg")
        self.assertEqual(connection.execute("SELECT count(*) FROM gpkg_contents WHERE table_name = 'closure'").fetchone(), (0,))
        connection.close()


unittest.main()
